"""The pages of reference and explanation show what the program really prints, in both languages."""

from __future__ import annotations

import pytest
from tools.replay_documents import DOCS, IN_ITS_OWN_WORDS, PAGES, replayed


@pytest.mark.parametrize("page", [page for page in PAGES if page not in IN_ITS_OWN_WORDS])
def test_page_shows_what_the_program_prints(page: str) -> None:
    for name, text in replayed(page):
        assert (DOCS / name).read_text(encoding="utf-8") == text, f"{name}: see tools/replay_documents.py"
