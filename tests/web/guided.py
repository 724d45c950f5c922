"""What guides tell people to press, follow and look at, by the words of the site."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import Final

import quanheng.process.rounds
import quanheng.web

_DOCS: Final = Path(__file__).resolve().parents[2] / "docs"
PLAYED: Final = (
    *("guides/office", "guides/unit", "guides/leader", "guides/public", "guides/auditor"),
    *("how-to/appeal", "how-to/publish-from-the-site"),
)
"""What the year is played by: all that it tells to do is done in it."""
_LEAD: Final = re.compile(r"^- \*\*[^*]+\*\*", re.MULTILINE)
"""What a list says may be refused, in words of its own."""
_CHINESE: Final = re.compile(r"“([^”]+)”|\*\*([^*\n]+)\*\*")
_ENGLISH: Final = re.compile(r"\*{1,2}([^*\n]+)\*{1,2}")
_SAID: Final = re.compile(r'zh="(?P<zh>[^"]+)",? en="(?P<en>[^"]+)"')


def not_played(done: Collection[str]) -> list[str]:
    """Return what guides name and nobody did or saw, by the guide; `done` is in Chinese."""
    here = {text.strip().lower() for text in done}
    in_english = _in_chinese()
    chinese = [(guide, name) for guide in PLAYED for name in _named(f"{guide}.zh.md", _CHINESE)]
    english = [(guide, name) for guide in PLAYED for name in _named(f"{guide}.md", _ENGLISH)]
    return [
        *(f"{guide}.zh.md: {name}" for guide, name in chinese if name not in here),
        *(f"{guide}.md: {name}" for guide, name in english if not in_english.get(name, set()) & here),
    ]


def _named(page: str, names: re.Pattern[str]) -> list[str]:
    text = _LEAD.sub("", (_DOCS / page).read_text(encoding="utf-8"))
    found = ["".join(match.groups(default="")).lower() for match in names.finditer(text)]
    assert found, page
    return found


def _in_chinese() -> dict[str, set[str]]:
    """Return what English words of the site are in Chinese."""
    folders = [Path(package.__file__ or "").parent for package in (quanheng.web, quanheng.process.rounds)]
    files = [file for folder in folders for ending in ("html", "py") for file in folder.rglob(f"*.{ending}")]
    found: dict[str, set[str]] = {}
    for file in files:
        for pair in _SAID.finditer(file.read_text(encoding="utf-8")):
            found.setdefault(pair["en"].lower(), set()).add(pair["zh"].lower())
    return found
