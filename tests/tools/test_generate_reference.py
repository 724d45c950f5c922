from __future__ import annotations

from pathlib import Path

from tools.generate_reference import out_of_date
from tools.reference_findings import finding_pages


def test_missing_changed_and_left_over_pages_are_out_of_date(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "same.md").write_text("same", encoding="utf-8")
    (tmp_path / "changed.md").write_text("old", encoding="utf-8")
    (tmp_path / "rules" / "gone.md").write_text("gone", encoding="utf-8")

    stale = list(out_of_date({"same.md": "same", "changed.md": "new", "missing.md": "new"}, tmp_path))

    assert stale == ["changed.md", "missing.md", "rules/gone.md"]


def test_findings_page_names_every_code_in_both_languages() -> None:
    pages = finding_pages()

    assert pages["findings.md"].count("### QH") == pages["findings.zh.md"].count("### QH")
    assert "### QH101" in pages["findings.md"]
