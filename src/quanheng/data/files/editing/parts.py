"""The parts of a workbook that name its sheets: a workbook is a zip archive of parts."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from xml.parsers import expat

from quanheng.findings.errors import DataError
from quanheng.findings.patterns import linear

WORKBOOK: Final = "xl/workbook.xml"
RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_CALCULATION: Final = linear(rb"<(\w+:)?calcPr\b[^<>]*?(/?)>", why="the next bracket ends it")
_ANEW: Final = linear(rb'\sfullCalcOnLoad="[^"]*"', why="the next quotation mark ends it")
_BEFORE_CALCULATION: Final = tuple(
    linear(rb"</(\w+:)?" + ending, why="only letters stand between")
    for ending in (b"definedNames>", b"externalReferences>", b"functionGroups>", b"sheets>")
)


def can_be_edited(content: bytes) -> bool:
    """Return whether `content` is a workbook of XML parts: an `.xlsx` or `.xlsm`, no `.xls` or `.ods`."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {WORKBOOK, RELATIONS} <= set(archive.namelist())
    except zipfile.BadZipFile:
        return False


@contextmanager
def archive_of(content: bytes) -> Iterator[zipfile.ZipFile]:
    """Yield the parts of the workbook `content`, as long as it is worked with.

    Raises:
        DataError: it is none whose parts can be read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield archive
    except (zipfile.BadZipFile, KeyError, IndexError, NotImplementedError) as error:
        raise DataError("the workbook cannot be changed", "该工作簿无法修改") from error


def sheet_names_in(content: bytes) -> tuple[str, ...]:
    """Return the names of the sheets of the workbook `content`, in their order.

    Raises:
        DataError: it is none whose parts can be read.
    """
    with archive_of(content) as archive:
        named = elements_of(archive.read(WORKBOOK))
    return tuple(marks["name"] for tag, marks in named if _local(tag) == "sheet" and "name" in marks)


def part_of_sheet(archive: zipfile.ZipFile, sheet: str) -> str:
    """Return the part that holds the sheet of that name; raise `DataError` if there is none."""
    relation = next(
        (
            marks[key]
            for tag, marks in elements_of(archive.read(WORKBOOK))
            if _local(tag) == "sheet" and marks.get("name", "").strip() == sheet.strip()
            for key in marks
            if _local(key) == "id" and ":" in key
        ),
        None,
    )
    for tag, marks in elements_of(archive.read(RELATIONS)):
        if _local(tag) == "Relationship" and relation is not None and marks.get("Id") == relation:
            target = marks.get("Target", "")
            return target[1:] if target.startswith("/") else posixpath.normpath(f"xl/{target}")
    raise DataError(f"the workbook has no sheet {sheet!r}", f"工作簿没有“{sheet}”表")


def elements_of(content: bytes) -> list[tuple[str, dict[str, str]]]:
    """Return the tag of each element of an XML part, as it is written, with its attributes."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, marks: found.append((name, marks))
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
        closing = ending.search(content)
        if closing is not None:
            told = b"<" + (closing[1] or b"") + b'calcPr fullCalcOnLoad="1"/>'
            return content[: closing.end()] + told + content[closing.end() :]
    return content


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]
