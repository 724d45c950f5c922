"""How large the letters of a report's page are, where that can be told without measuring it.

Most pages have room to spare, or all but fit, and measuring takes as long as setting: it is done only where
this cannot say.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final, assert_never

from quanheng.documents.blocks import Note, Paragraph, Table
from quanheng.documents.compose.units.report import Effects, Part, Section, Strip, UnitReport
from quanheng.documents.compose.waterfall import Waterfall
from quanheng.documents.widths import width
from quanheng.findings.text import Language

_PAGE: Final = 240.0
"""Millimetres of a page that are taken for full, a little less than it holds."""
_ROW, _LINE, _HEADING, _STRIP, _KEYS, _NAME = 5.4, 4.9, 10.0, 15.0, 24.0, 10.0
"""How high a row, a line of text, a heading, a strip, the figures on top, and a line of the name are."""
_SIZES: Final = (10.0, 9.4)
"""The usual size of letters, in points, and the one that is as good to read."""
_CELL, _TEXT, _TITLE = 17.0, 44.0, 15.0
"""Characters that a cell, a line of text and a line of the name hold at least."""


def letters(report: UnitReport, page: int) -> float | None:
    """Return the size in points in which a page, 0 the first, is sure to fit; None where it must be measured.

    All on a page grows with its letters, so that a little less than full in the usual size fits in the next.
    """
    top = 0.0 if page else _KEYS + _NAME * _lines((report.name,), _TITLE) + _lines((report.title,), _TEXT)
    high = top + sum(_section(section, report.language) for section in report.pages[page])
    return next((size for size in _SIZES if high * size / _SIZES[0] <= _PAGE), None)


def _section(section: Section, language: Language) -> float:
    return _HEADING + sum(_part(part, language) for part in section.parts)


def _part(part: Part, language: Language) -> float:
    match part:
        case Paragraph(text=text, lead=lead):
            return 2.0 + _LINE * _lines((lead + text,), _TEXT)
        case Note(text=text):
            return 2.0 + _LINE * _lines((text,), _TEXT)
        case Strip(sentence=sentence):
            return _STRIP + _LINE * _lines((sentence,), _TEXT)
        case Table(columns=columns, rows=rows):
            return _rows([tuple(column.heading for column in columns), *rows])
        case Waterfall():
            labels = (part.start_label, *(step.label for step in part.steps), part.end_label)
            return _ROW + _rows([(label.in_language(language),) for label in labels])
        case Effects(rows=rows):
            return 2 * _ROW + _rows([(row.name,) for row in rows])
        case _:
            assert_never(part)


def _rows(rows: Iterable[tuple[str, ...]]) -> float:
    return sum(_ROW + _LINE * (_lines(row, _CELL) - 1) for row in rows)


def _lines(cells: Iterable[str], most: float) -> int:
    """Return how many lines the longest of `cells` takes at most."""
    return max((math.ceil(width(cell) / most) for cell in cells), default=1) or 1
