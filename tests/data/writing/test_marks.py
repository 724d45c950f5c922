"""A mark survives copying, and goes with any change."""

from __future__ import annotations

from pathlib import Path

from quanheng.data.writing.marks import BLANK_MARK, is_marked, marked


def test_a_marked_file_is_known_until_a_letter_of_it_changes(tmp_path: Path) -> None:
    file, copy, changed = tmp_path / "a.svg", tmp_path / "b.svg", tmp_path / "c.svg"
    file.write_text(marked(f"<svg>80</svg>\n<!-- {BLANK_MARK} -->\n"), encoding="utf-8")
    copy.write_bytes(file.read_bytes())
    changed.write_bytes(file.read_bytes().replace(b"80", b"81"))

    assert [is_marked(path) for path in (file, copy, changed, tmp_path / "none")] == [
        True,
        True,
        False,
        False,
    ]
