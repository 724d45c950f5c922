"""The pages of a PDF as pdftotext sees them: where each word stands, in millimetres."""

from __future__ import annotations

import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final

_POINT: Final = 25.4 / 72
_HTML: Final = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word and its box."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page: its size and its words, in the order of the file."""

    width: float
    height: float
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """All that stands on it, without blanks."""
        return "".join(word.text for word in self.words)

    def lines(self) -> Iterator[tuple[Word, ...]]:
        """Yield the words that stand on one height, from the left."""
        ordered = sorted(self.words, key=lambda word: (round(word.bottom, 1), word.left))
        for _, words in groupby(ordered, key=lambda word: round(word.bottom, 1)):
            yield tuple(words)


def pages_of(file: Path) -> list[Page]:
    """Return the pages of a PDF."""
    command = ["pdftotext", "-bbox", str(file), "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    root = ET.fromstring(done.stdout)  # noqa: S314  what our own PDF gave
    return [_page(page) for page in root.iter(f"{_HTML}page")]


def _page(page: ET.Element) -> Page:
    words = tuple(
        Word(
            text=word.text or "",
            left=float(word.attrib["xMin"]) * _POINT,
            top=float(word.attrib["yMin"]) * _POINT,
            right=float(word.attrib["xMax"]) * _POINT,
            bottom=float(word.attrib["yMax"]) * _POINT,
        )
        for word in page.iter(f"{_HTML}word")
    )
    return Page(
        width=float(page.attrib["width"]) * _POINT, height=float(page.attrib["height"]) * _POINT, words=words
    )
