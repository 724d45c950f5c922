"""Tutorials and guides with a book in each language, replayed in an empty folder, print what they show."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from tools.document_blocks import Replay
from tools.replay_documents import DOCS, IN_ITS_OWN_WORDS, chinese

from quanheng.findings.text import Language

_PAGES: Final[list[tuple[str, Language]]] = [
    page for name in sorted(IN_ITS_OWN_WORDS) for page in ((name, "en"), (chinese(name), "zh"))
]


@pytest.mark.parametrize(("page", "language"), _PAGES)
def test_the_page_shows_what_really_happens(page: str, language: Language, tmp_path: Path) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")

    assert Replay(tmp_path, language).of(text) == text


def test_both_tutorials_use_the_same_figures() -> None:
    english, in_chinese = (
        [
            line
            for line in (DOCS / page).read_text(encoding="utf-8").splitlines()
            if line.startswith("east,2023")
        ]
        for page in ("tutorial.md", "tutorial.zh.md")
    )

    assert len(english) == 1
    assert english == in_chinese


def test_both_years_in_the_office_use_the_same_figures() -> None:
    english, in_chinese = (
        [
            line
            for line in (DOCS / page).read_text(encoding="utf-8").splitlines()
            if line.startswith(("east,2024-Q", "west,2024-Q", "north,2024-Q"))
        ]
        for page in ("tutorial-year.md", "tutorial-year.zh.md")
    )

    assert len(english) == 3 * 4 + 12
    assert english == in_chinese
