"""What readers of values leave out of a sheet: errors such as `#DIV/0!`, and numbers shown as per cent.

A library that reads values gives an empty cell for an error, so that a broken formula would pass for a
missing figure; and 0.061 for a cell that shows 6.1%, which would be read as 0.061 where 6.1 is meant. Both
are taken from the sheet's own XML.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Final, TypeAlias

from quanheng.data.tables.table import column_of

Cell: TypeAlias = tuple[int, int]
"""Row and column, from 0."""

_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_STYLESHEET: Final = "xl/styles.xml"
_PER_CENT_FORMATS: Final = frozenset({"9", "10"})
"""The two formats that spreadsheets know without a description: 0% and 0.00%."""

_SHEET: Final = re.compile(r"<(?:\w+:)?sheet\s[^<>]*?\b\w+:id\s*=\s*\"([^\"]+)\"")
_RELATION: Final = re.compile(r"<(?:\w+:)?Relationship\s([^<>]*)>")
_FORMAT: Final = re.compile(r"<(?:\w+:)?numFmt\s([^<>]*)>")
_STYLES: Final = re.compile(r"<(?:\w+:)?cellXfs[^<>]*>(.*?)</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE: Final = re.compile(r"<(?:\w+:)?xf\s([^<>]*)>")
_ATTRIBUTE: Final = re.compile(r"(\w+)\s*=\s*\"([^\"]*)\"")
_ERROR_CELL: Final = re.compile(
    rb'r="([A-Z]{1,3})([0-9]{1,7})"[^<>]*\st="e"[^<>]*>'
    rb"(?:<f[^<>]*/>|<f[^<>]*>[^<]*</f>)?<v>([^<]{1,20})</v>"
)


@dataclass(frozen=True, slots=True)
class Marks:
    """The special cells of a sheet: the text of each error, and the cells that are shown as per cent."""

    errors: Mapping[Cell, str] = field(default_factory=dict)
    per_cent: frozenset[Cell] = frozenset()


def read_marks(parts: Mapping[str, bytes]) -> tuple[Marks, ...]:
    """Return the marks of each sheet of an unpacked workbook, in the order in which the workbook lists them.

    A workbook of another build than spreadsheets write has no marks.
    """
    styles = _per_cent_styles(_text(parts, _STYLESHEET))
    relations = {
        own["Id"]: own["Target"]
        for own in map(_attributes, _RELATION.findall(_text(parts, _RELATIONS)))
        if "Id" in own and "Target" in own
    }
    targets = (relations.get(relation, "") for relation in _SHEET.findall(_text(parts, _WORKBOOK)))
    return tuple(
        _marks_in(
            parts.get(target.removeprefix("/") if target.startswith("/") else f"xl/{target}", b""), styles
        )
        for target in targets
    )


def _marks_in(sheet: bytes, per_cent_styles: frozenset[str]) -> Marks:
    errors = {
        _cell(letters, row): unescape(text.decode(errors="replace"))
        for letters, row, text in (_ERROR_CELL.findall(sheet) if b't="e"' in sheet else ())
    }
    shown: list[tuple[bytes, bytes]] = []
    if per_cent_styles:
        styles = "|".join(sorted(per_cent_styles)).encode()
        shown = re.findall(rb'r="([A-Z]{1,3})([0-9]{1,7})" s="(?:' + styles + rb')"', sheet)
    return Marks(errors=errors, per_cent=frozenset(_cell(letters, row) for letters, row in shown))


def _per_cent_styles(stylesheet: str) -> frozenset[str]:
    """Return the numbers of the cell styles that show per cent."""
    formats = set(_PER_CENT_FORMATS)
    for own in map(_attributes, _FORMAT.findall(stylesheet)):
        if "%" in own.get("formatCode", ""):
            formats.add(own.get("numFmtId", ""))
    styles = _STYLES.search(stylesheet)
    listed = _STYLE.findall(styles[1]) if styles else []
    return frozenset(
        str(number) for number, style in enumerate(listed) if _attributes(style).get("numFmtId") in formats
    )


def _attributes(text: str) -> dict[str, str]:
    return dict(_ATTRIBUTE.findall(text))


def _text(parts: Mapping[str, bytes], name: str) -> str:
    return parts.get(name, b"").decode(errors="replace")


def _cell(letters: bytes, row: bytes) -> Cell:
    return int(row) - 1, column_of(letters.decode())
