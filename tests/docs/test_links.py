"""Every link between the documents leads somewhere, and every page can be reached from the index."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from quanheng.scheme.tools.tool import FAMILIES

_ROOT = Path(__file__).resolve().parents[2]
_PAGES = sorted([*(_ROOT / "docs").rglob("*.md"), *_ROOT.glob("*.md")])
_GENERATED = ("findings", "commands", "toolbox")
_WRITTEN = [
    page
    for page in _PAGES
    if page.parent.name not in FAMILIES and page.name.partition(".")[0] not in _GENERATED
]
_LINK = re.compile(r"\]\((?P<to>[^)\s]+)\)")
_HEADING = re.compile(r"^#+ (?P<text>.+)$", re.MULTILINE)
_BLOCK = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def _links(page: Path) -> Iterator[str]:
    for link in _LINK.finditer(_BLOCK.sub("", page.read_text(encoding="utf-8"))):
        if "://" not in link["to"] and not link["to"].startswith("mailto:"):
            yield link["to"]


def _anchors(page: Path) -> set[str]:
    headings = (
        found["text"] for found in _HEADING.finditer(_BLOCK.sub("", page.read_text(encoding="utf-8")))
    )
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.relative_to(_ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for link in _links(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        if anchor and target.suffix == ".md":
            assert anchor in _anchors(target), link


def test_every_page_can_be_reached_from_the_index() -> None:
    waiting, seen = [_ROOT / "docs" / "README.md"], set[Path]()
    while waiting:
        page = waiting.pop()
        if page.suffix != ".md" or page in seen:
            continue
        seen.add(page)
        waiting += [(page.parent / link.partition("#")[0]).resolve() for link in _links(page)]

    numbered = set((_ROOT / "docs" / "decisions").glob("*.md"))
    assert set((_ROOT / "docs").rglob("*.md")) - numbered <= seen


@pytest.mark.parametrize("page", _WRITTEN, ids=lambda page: page.relative_to(_ROOT).as_posix())
def test_a_page_in_two_languages_names_the_other(page: Path) -> None:
    other = page.with_name(
        page.name.replace(".zh.md", ".md") if page.name.endswith(".zh.md") else f"{page.stem}.zh.md"
    )
    if other.exists():
        assert other.name in set(_links(page))
