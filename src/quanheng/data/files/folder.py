"""A book as a folder.

    scheme.yaml     units.csv           data/*.csv|xlsx|parquet     targets.csv, targets/*.csv
    adjustments.csv ledgers/<name>.csv  history/<round>.csv or history/<round>/
    calendar.csv

Wherever `.csv` stands, `.tsv`, a workbook or `.parquet` may.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from quanheng.data.files.by_name import by_stem
from quanheng.data.files.contents import Contents
from quanheng.data.files.history.read import history_in
from quanheng.data.files.magic import SCHEME_FILES
from quanheng.data.files.source import NAMED, Folder, Source
from quanheng.data.tables.cutting import has_heading
from quanheng.data.tables.headings import ADJUSTMENTS, CALENDAR, DATA, TARGETS, UNITS, Column
from quanheng.data.tables.table import Raw
from quanheng.data.telling.findings import NO_UNITS, NOT_READ
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind, Location
from quanheng.scheme.files.read import NOTHING, Loaded, load_standing
from quanheng.scheme.reading.reading import AS_USUAL, Reading

_FORMS: Final = {
    "units": (UNITS,),
    "targets": (TARGETS,),
    "adjustments": (ADJUSTMENTS,),
    "calendar": (CALENDAR,),
}
LOG: Final = ".log.csv"
"""What the name of the file ends with in which the changes of a ledger are written down."""


def open_folder(path: Path, *, collector: Collector) -> Contents:
    """Return what stands in the folder at `path`; what cannot be read is told and left out."""
    folder = Folder(path, collector)
    folder.prepare("", "data", "targets", "ledgers", "history")
    loaded = _scheme(folder, collector)
    named = _named(folder, collector)
    reading = AS_USUAL if loaded.standing is None else loaded.standing.reading
    data = [
        raw
        for source in folder.tables("data")
        for raw in _tables(folder.read(source), DATA, collector, reading)
    ]
    further = [
        raw
        for source in folder.tables("targets")
        for raw in _tables(folder.read(source), _FORMS["targets"], collector, reading)
    ]
    ledgers = by_stem(_ledgers(folder), collector)
    history = history_in(folder, "history", loaded.standing, collector)
    return Contents(
        scheme=loaded.scheme,
        standing=loaded.standing,
        units=named["units"],
        data=data,
        targets=(*named["targets"], *further),
        adjustments=named["adjustments"],
        calendar=named["calendar"],
        ledgers={name: raws for name, source in ledgers.items() if (raws := folder.read(source))},
        history=history.results,
        awards=history.awards,
        digests=folder.digests,
        stamps=folder.stamps,
    )


def open_for_ledger(path: Path, name: str, *, collector: Collector) -> tuple[Contents, Source | None]:
    """Return the scheme, the units and the one ledger `name` of the folder at `path`, and the ledger's file.

    The file is None if the book has no such ledger yet. Nothing else is opened.
    """
    folder = Folder(path, collector)
    units = by_stem((source for source in folder.tables() if source.stem == "units"), collector)
    if not units:
        collector.add(NO_UNITS.at(Location(file="units.csv")))
    source = by_stem(_ledgers(folder), collector).get(name)
    contents = Contents(
        scheme=_scheme(folder, collector).scheme,
        units=_tables(folder.read(units["units"]), _FORMS["units"], collector) if units else (),
        ledgers={} if source is None else {name: folder.read(source)},
        digests=folder.digests,
    )
    return contents, source


def _ledgers(folder: Folder) -> Iterator[Source]:
    """Yield the files of ledgers; beside one lies the log of its imports."""
    return (source for source in folder.tables("ledgers") if not source.name.endswith(LOG))


NO_SCHEME: Final = Kind(
    code="QH302",
    severity="error",
    en="the book has no scheme.yaml",
    zh="考核册缺少 scheme.yaml",
    hint_en="write one, or begin with 'quanheng new'",
    hint_zh="请编写方案文件，或用 quanheng new 新建",
)


def _scheme(folder: Folder, collector: Collector) -> Loaded:
    source = folder.file(*SCHEME_FILES)
    if source is None:
        collector.add(NO_SCHEME.at(Location(file=SCHEME_FILES[0])))
        return NOTHING
    loaded = load_standing(source.path)
    collector.add_all(loaded.findings)
    return loaded


def _named(folder: Folder, collector: Collector) -> dict[str, tuple[Raw, ...]]:
    """Return the tables that lie beside the scheme, by their names."""
    sources = folder.tables()
    for source in sources:
        if source.stem not in NAMED:
            collector.add(NOT_READ.at(source.location, what=source.name))
    own = by_stem((source for source in sources if source.stem in NAMED), collector)
    if "units" not in own:
        collector.add(NO_UNITS.at(Location(file="units.csv")))
    return {
        name: _tables(folder.read(own[name]), forms, collector) if name in own else ()
        for name, forms in _FORMS.items()
    }


NO_TABLE_ON_SHEET: Final = Kind(
    code="QH336",
    severity="warning",
    en="no heading row was found on this sheet, beside others that have one; it was not read",
    zh="该工作表没有找到表头，同一文件的其他工作表有；该表未读取",
    hint_en="nothing if it only explains; else name the columns in one row above the figures",
    hint_zh="若只是说明可忽略；否则请在数据上方用一行写明各列名称",
)


def _tables(
    raws: tuple[Raw, ...],
    forms: tuple[tuple[Column, ...], ...],
    collector: Collector,
    reading: Reading = AS_USUAL,
) -> tuple[Raw, ...]:
    """Return those of a file's sheets that have a heading; all of them if none has, to be told why."""
    has_table = [has_heading(raw, forms, reading) for raw in raws]
    if not any(has_table):
        return raws
    for raw, has in zip(raws, has_table, strict=True):
        if not has:
            collector.add(NO_TABLE_ON_SHEET.at(raw.location))
    return tuple(raw for raw, has in zip(raws, has_table, strict=True) if has)
