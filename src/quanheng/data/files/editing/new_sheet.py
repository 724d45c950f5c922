"""A sheet added to a workbook, behind all others; every other part of it stays as it is."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Final
from xml.sax.saxutils import quoteattr

from quanheng.data.files.editing.parts import (
    RELATIONS,
    WORKBOOK,
    archive_of,
    elements_of,
    to_be_computed,
)
from quanheng.data.files.editing.sheet_xml import Place, Value, with_cells
from quanheng.findings.errors import DataError
from quanheng.findings.patterns import linear

_CLOSING: Final = linear(rb"</(?:[\w.-]+:)?([\w.-]+)\s*>", why="letters, which no bracket is")
_TYPES: Final = "[Content_Types].xml"
_SORT: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_FOLDER: Final = "xl/worksheets/"
_WIDTH: Final = 14


def workbook_with_sheet(content: bytes, sheet: str, cells: Mapping[Place, Value]) -> bytes:
    """Return the workbook `content` with one sheet more, called `sheet`, that has `cells`.

    Raises:
        DataError: there is a sheet of that name, or the workbook cannot be changed.
    """
    out = io.BytesIO()
    with archive_of(content) as old, zipfile.ZipFile(out, "w") as new:
        part = _free_part(old)
        changed = _with_entries(old, sheet, part)
        added = with_cells(_empty(old), cells)  # what is written shifts the entries of what is read
        for entry in old.infolist():
            new.writestr(
                entry, changed.get(entry.filename) or old.read(entry), compress_type=entry.compress_type
            )
        new.writestr(part, added, compress_type=zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _free_part(archive: zipfile.ZipFile) -> str:
    taken = {name.lower() for name in archive.namelist()}
    number = 1
    while f"{_FOLDER}sheet{number}.xml" in taken:
        number += 1
    return f"{_FOLDER}sheet{number}.xml"


def _with_entries(archive: zipfile.ZipFile, sheet: str, part: str) -> dict[str, bytes]:
    """Return the parts that name the sheets, with the new one among them."""
    workbook, relations = archive.read(WORKBOOK), archive.read(RELATIONS)
    sheets = [(tag, marks) for tag, marks in elements_of(workbook) if tag.rpartition(":")[2] == "sheet"]
    if any(marks.get("name", "").strip().lower() == sheet.strip().lower() for _, marks in sheets):
        raise DataError(f"the workbook has a sheet {sheet!r} already", f"工作簿已有“{sheet}”表")
    tag, marks = sheets[0]
    link = next(name for name in marks if name.rpartition(":")[2] == "id" and ":" in name)
    number = 1 + max(int(each["sheetId"]) for _, each in sheets)
    known = [
        (name, each) for name, each in elements_of(relations) if name.rpartition(":")[2] == "Relationship"
    ]
    first, beside = next((name, each) for name, each in known if each.get("Id") == marks[link])
    own = _free_id({each.get("Id", "") for _, each in known})
    target = f"/{part}" if beside["Target"].startswith("/") else part.removeprefix("xl/")
    listed = f'<{tag} name={quoteattr(sheet)} sheetId="{number}" {link}="{own}"/>'
    related = f'<{first} Id="{own}" Type={quoteattr(beside["Type"])} Target="{target}"/>'
    types = archive.read(_TYPES)
    outer = next(name for name, _ in elements_of(types) if name.rpartition(":")[2] == "Types")
    override = outer.removesuffix("Types") + "Override"
    typed = f'<{override} PartName="/{part}" ContentType="{_SORT}"/>'
    return {
        WORKBOOK: to_be_computed(_before_closing(workbook, "sheets", listed)),
        RELATIONS: _before_closing(relations, "Relationships", related),
        _TYPES: _before_closing(types, "Types", typed),
    }


def _free_id(taken: set[str]) -> str:
    number = len(taken) + 1
    while f"rId{number}" in taken:
        number += 1
    return f"rId{number}"


def _before_closing(content: bytes, tag: str, text: str) -> bytes:
    """Return `content` with `text` as the last element inside `tag`."""
    closing = [found for found in _CLOSING.finditer(content) if found[1] == tag.encode()][-1]
    return content[: closing.start()] + text.encode() + content[closing.start() :]


def _empty(archive: zipfile.ZipFile) -> bytes:
    """Return the XML of a sheet without rows, in the namespace of the workbook's own."""
    tag, marks = elements_of(archive.read(WORKBOOK))[0]
    prefix = tag.rpartition(":")[0]
    space = marks[f"xmlns:{prefix}" if prefix else "xmlns"]
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns={quoteattr(space)}>'
        f'<sheetFormatPr defaultColWidth="{_WIDTH}" defaultRowHeight="15"/><sheetData/></worksheet>'
    ).encode()
