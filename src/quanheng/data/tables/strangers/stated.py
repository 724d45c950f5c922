"""What the scheme says of files and headings that are not there: likely a slip."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Final

import polars as pl

from quanheng.data.tables.headings import plain, without_measure
from quanheng.data.tables.register import Register
from quanheng.data.tables.table import ParquetFile, Raw
from quanheng.data.telling.names import Nearness, shown
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind, Location
from quanheng.findings.text import Text
from quanheng.scheme.items.item import Reported

_TOP: Final = 20
"""So many rows of a sheet may hold headings."""
_FILE: Final = Text(en="file or sheet", zh="文件或工作表")
_HEADING: Final = Text(en="heading", zh="表头")

NOT_IGNORED: Final = Kind(
    code="QH391",
    severity="warning",
    en="'ignore' names {name!r}, which is the item {item}; its columns are read all the same",
    zh="“忽略的列”（ignore）中的“{name}”是数据项 {item}，仍会读取",
    hint_en="take it off the list; a column that is not to be read needs another heading",
    hint_zh="请从中删去；不想读取的列请改用别的表头",
)
STATED_FOR_NOTHING: Final = Kind(
    code="QH439",
    severity="warning",
    en="{key!r} names {name!r}, but no {what} of the book is called so{near}",
    zh="“{key}”中写了“{name}”，但考核册中没有这个{what}{near}",
    hint_en="correct it, or remove it",
    hint_zh="请更正或删除",
)


def tell_stated_for_nothing(
    raws: Iterable[Raw], files: Iterable[str], register: Register, collector: Collector
) -> None:
    """Add a warning for each file and each heading of which the scheme says how it is read and which is none.

    `raws` are the tables of the book and `files` the names of its files.
    """
    reading = register.scheme.reading
    where = Location(file=next((item.where.file for item in register.scheme.items), ""))
    tables = tuple(raws)
    if reading.files:
        names = {name for raw in tables for name in _names_of(raw)}
        names |= {name for file in files for name in (file, PurePosixPath(file).name)}
        near = Nearness(sorted(names))
        for name in reading.files:
            if name not in names:
                facts = {"key": "files", "name": shown(name), "what": _FILE, **near.facts(name)}
                collector.add(STATED_FOR_NOTHING.at(where, **facts))
    ignored = {
        heading: None for own in (reading.everywhere, *reading.files.values()) for heading in own.ignore
    }
    if ignored:
        _tell_ignored(tuple(ignored), tables, where, register, collector)


def _tell_ignored(
    ignored: tuple[str, ...],
    tables: tuple[Raw, ...],
    where: Location,
    register: Register,
    collector: Collector,
) -> None:
    written = {text for raw in tables for text in _headings_of(raw)}
    there = {spelled for text in written for spelled in (plain(text), plain(without_measure(text)[0]))}
    found = register.item_roster.find(pl.Series(ignored, dtype=pl.String)).index
    near = Nearness(sorted(text for text in written if len(text) <= _LONGEST))
    for heading, index in zip(ignored, found, strict=True):
        if index is not None and isinstance(register.item(index).source, Reported):
            facts = {"name": shown(heading), "item": register.item(index).code}
            collector.add(NOT_IGNORED.at(where, **facts))
        elif plain(heading) not in there:
            told = {"key": "ignore", "name": shown(heading), "what": _HEADING, **near.facts(heading)}
            collector.add(STATED_FOR_NOTHING.at(where, **told))


_LONGEST: Final = 40
"""No heading that may be meant is longer."""


def _names_of(raw: Raw) -> Iterator[str]:
    yield raw.file
    yield PurePosixPath(raw.file).name
    if not isinstance(raw, ParquetFile) and raw.sheet is not None:
        yield raw.sheet


def _headings_of(raw: Raw) -> Iterator[str]:
    if isinstance(raw, ParquetFile):
        yield from raw.schema
        return
    for row in raw.cells.head(_TOP).rows():
        yield from (text for text in row if text)
