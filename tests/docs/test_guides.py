"""Each role has its guide, and what a guide calls a page or a button of the site is called so there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

import quanheng.process.rounds
import quanheng.web
from quanheng.web.people.roles import KEPT

_ROOT: Final = Path(__file__).resolve().parents[2]
_GUIDES: Final = _ROOT / "docs" / "guides"
_LEAD: Final = re.compile(r"^- \*\*[^*]+\*\*", re.MULTILINE)
"""What a list says may be refused, in words of its own."""
_ENGLISH: Final = re.compile(r"\*{1,2}([^*\n]+)\*{1,2}")
_CHINESE: Final = re.compile(r"“([^”]+)”")


def _words_of_the_site() -> str:
    folders = [Path(package.__file__ or "").parent for package in (quanheng.web, quanheng.process.rounds)]
    files = [file for folder in folders for ending in ("html", "py") for file in folder.rglob(f"*.{ending}")]
    assert len(files) > 1
    return "\n".join(file.read_text(encoding="utf-8") for file in files).lower()


def test_every_role_and_the_public_have_a_guide_in_both_languages() -> None:
    wanted = {f"{name}{ending}" for name in (*KEPT, "public") for ending in (".md", ".zh.md")}

    assert wanted <= {page.name for page in _GUIDES.iterdir()}


@pytest.mark.parametrize("page", sorted(page.name for page in _GUIDES.glob("*.md")))
def test_what_a_guide_names_is_called_so_on_the_site(page: str) -> None:
    text = _LEAD.sub("", (_GUIDES / page).read_text(encoding="utf-8"))
    names = (_CHINESE if page.endswith(".zh.md") else _ENGLISH).findall(text)
    words = _words_of_the_site()

    assert [name for name in names if name.lower() not in words] == []


def test_guides_name_pages_and_buttons() -> None:
    texts = [page.read_text(encoding="utf-8") for page in _GUIDES.glob("*.md")]

    assert sum(len(_CHINESE.findall(text)) for text in texts) > 20
    assert sum(len(_ENGLISH.findall(_LEAD.sub("", text))) for text in texts) > 20
