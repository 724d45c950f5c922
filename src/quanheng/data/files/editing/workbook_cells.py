"""Cells written into one sheet of a workbook; styles, other sheets and formulas stay as they are.

A workbook is a zip archive of parts: only the part of the sheet is changed, and the workbook's word that
formulas are to be computed anew when it is opened.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from typing import Final
from xml.parsers import expat

from quanheng.data.files.editing.sheet_xml import Place, Value, with_cells
from quanheng.findings.errors import DataError

_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_CALCULATION: Final = re.compile(rb"<(\w+:)?calcPr\b[^>]*?(/?)>")
_ANEW: Final = re.compile(rb'\sfullCalcOnLoad="[^"]*"')
_BEFORE_CALCULATION: Final = (b"definedNames>", b"externalReferences>", b"functionGroups>", b"sheets>")


def workbook_with(content: bytes, sheet: str, cells: Mapping[Place, Value]) -> bytes:
    """Return the workbook `content` with `cells` (row and column from 1) on the sheet of that name.

    Raises:
        DataError: there is no such sheet, or what stands there cannot be changed.
    """
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
            part = _part_of(old, sheet)
            for entry in old.infolist():
                data = old.read(entry)
                if entry.filename == part:
                    data = with_cells(data, cells)
                elif entry.filename == _WORKBOOK:
                    data = to_be_computed(data)
                new.writestr(entry, data, compress_type=entry.compress_type)
    except (zipfile.BadZipFile, KeyError, NotImplementedError) as error:
        raise DataError("the workbook cannot be changed", "该工作簿无法修改") from error
    return out.getvalue()


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """Return the part that holds the sheet of that name."""
    relation = next(
        (
            marks[key]
            for name, marks in _elements(archive.read(_WORKBOOK))
            if name == "sheet" and marks.get("name", "").strip() == sheet.strip()
            for key in marks
            if key.rpartition(":")[2] == "id" and ":" in key
        ),
        None,
    )
    for name, marks in _elements(archive.read(_RELATIONS)):
        if name == "Relationship" and relation is not None and marks.get("Id") == relation:
            target = marks.get("Target", "")
            return target[1:] if target.startswith("/") else posixpath.normpath(f"xl/{target}")
    raise DataError(f"the workbook has no sheet {sheet!r}", f"工作簿没有“{sheet}”表")


def _elements(content: bytes) -> list[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, marks: found.append((name.rpartition(":")[2], marks))
    try:
        parser.Parse(content, True)  # noqa: FBT003  the library takes it by position
    except expat.ExpatError as error:
        raise DataError("the workbook cannot be changed", "该工作簿无法修改") from error
    return found


def to_be_computed(content: bytes) -> bytes:
    """Return the part of the workbook with the word that all formulas are computed when it is opened."""
    found = _CALCULATION.search(content)
    if found is not None:
        tag = _ANEW.sub(b"", found[0])
        end = b"/>" if found[2] else b">"
        tag = tag[: -len(end)].rstrip() + b' fullCalcOnLoad="1"' + end
        return content[: found.start()] + tag + content[found.end() :]
    for ending in _BEFORE_CALCULATION:
        closing = re.search(rb"</(\w+:)?" + ending, content)
        if closing is not None:
            told = b"<" + (closing[1] or b"") + b'calcPr fullCalcOnLoad="1"/>'
            return content[: closing.end()] + told + content[closing.end() :]
    return content
