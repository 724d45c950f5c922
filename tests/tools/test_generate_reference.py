from __future__ import annotations

import re
from pathlib import Path

from tools.generate_reference import out_of_date
from tools.reference_findings import finding_pages
from tools.reference_scheme import descriptions, scheme_pages


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


def test_every_key_of_the_scheme_language_is_described_in_chinese() -> None:
    described = set(zip(descriptions("en"), descriptions("zh"), strict=True)) - {("", "")}

    assert {en for en, zh in described if en == zh or not re.search("[一-鿿]", zh)} == set()
    assert all(en for en, _ in described)


def test_pages_of_the_scheme_language_have_the_same_keys() -> None:
    pages = scheme_pages()
    keys = [
        [line.split("|")[1] for line in pages[page].splitlines() if line.startswith("| `")]
        for page in pages
        if page.endswith(".md")
    ]

    assert keys[0] == keys[1]
    assert "| `pace` | [PaceForm](#paceform) |  | 序时进度：目标在何时应完成多少。 |" in pages["scheme.zh.md"]
