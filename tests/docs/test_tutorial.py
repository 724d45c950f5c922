"""The tutorial, replayed in an empty folder, prints what it shows, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools.document_blocks import Replay
from tools.replay_documents import DOCS

from quanheng.findings import Language


@pytest.mark.parametrize(("page", "language"), [("tutorial.md", "en"), ("tutorial.zh.md", "zh")])
def test_the_tutorial_shows_what_really_happens(page: str, language: Language, tmp_path: Path) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")

    assert Replay(tmp_path, language).of(text) == text


def test_both_tutorials_use_the_same_figures() -> None:
    english, chinese = (
        [
            line
            for line in (DOCS / page).read_text(encoding="utf-8").splitlines()
            if line.startswith("east,2023")
        ]
        for page in ("tutorial.md", "tutorial.zh.md")
    )

    assert len(english) == 1
    assert english == chinese
