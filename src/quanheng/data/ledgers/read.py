"""Ledgers: registers of enterprises, projects, hazards, requests and the like, one record a row.

A column is typed by what it holds: dates, numbers, else texts; where the scheme asks for one of these, a cell
that is not so is a finding. A ledger that the scheme declares has laws of its own (`laws.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

import polars as pl

from quanheng.data.book import frames
from quanheng.data.ledgers.columns import of_one_type, record_column
from quanheng.data.ledgers.keys import check_identities
from quanheng.data.ledgers.laws import RECORD_LAWS, check_columns
from quanheng.data.ledgers.needs import Needs, needs_of
from quanheng.data.ledgers.records import Cells, Records
from quanheng.data.ledgers.times import check_times_of_day
from quanheng.data.ledgers.twice import check_twice
from quanheng.data.ledgers.words import check_words
from quanheng.data.tables.chosen import with_rows_chosen
from quanheng.data.tables.column_types import Content
from quanheng.data.tables.cutting import cut_table
from quanheng.data.tables.headings import UNIT, Column
from quanheng.data.tables.levels import NamesIn
from quanheng.data.tables.register import Register
from quanheng.data.tables.rows import resolve
from quanheng.data.tables.strangers.rows import without_strange_rows
from quanheng.data.tables.table import ROW, Raw, Table
from quanheng.data.telling.findings import UNKNOWN_UNIT
from quanheng.data.telling.names import Nearness, shown
from quanheng.data.telling.side_by_side import side_by_side
from quanheng.findings.collector import Collector
from quanheng.findings.finding import NOWHERE, Finding, Kind, Location
from quanheng.findings.text import Text

LEDGER_NOT_USED: Final = Kind(
    code="QH424",
    severity="note",
    en="no item of the scheme uses the ledger {ledger!r}",
    zh="方案中没有数据项用到台账“{ledger}”",
    hint_en="nothing, or check its name",
    hint_zh="无需处理，或核对名称",
)


def read_ledgers(
    ledgers: Mapping[str, Sequence[Raw]], register: Register, *, collector: Collector
) -> dict[str, pl.DataFrame]:
    """Return the ledgers by name: their columns, then source_file, source_sheet, source_row.

    The columns that name units hold unit codes. Told are ledgers and columns that the scheme asks for and
    the book does not have, cells that are not what it asks for, and records of unknown units or of none.
    """
    needs = needs_of(register.scheme)
    near = Nearness(ledgers)
    for name, asked in needs.items():
        if name not in ledgers:
            collector.add(_absent(name, asked, near))
        collector.add_all(_contradictions(name, asked))
    read: dict[str, pl.DataFrame] = {}
    for name, raws in ledgers.items():
        if name not in needs:
            where = Location(file=raws[0].file) if raws else Location()
            collector.add(LEDGER_NOT_USED.at(where, ledger=shown(name)))
            continue
        cut = [table for raw in raws if (table := cut_records(raw, needs[name], collector)) is not None]
        tables = [table for each in cut if (table := _chosen(each, register, collector)) is not None]
        parts = [read_records(name, table, needs[name], register, collector) for table in tables]
        if not parts:
            continue
        read[name] = pl.concat(of_one_type(parts), how="diagonal_relaxed")
        cells = Cells(tables)
        _check(name, read[name], needs[name], cells, collector)
    return read


def _check(name: str, frame: pl.DataFrame, needs: Needs, cells: Cells, collector: Collector) -> None:
    """Add what is wrong with the records of the ledger `name`."""
    ledger = needs.ledger
    laws: list[Callable[[Collector], None]] = [
        lambda told: check_words(frame, needs, cells, told),
        lambda told: check_times_of_day(frame, needs, cells, told),
    ]
    if ledger is not None:
        records = partial(Records, frame=frame, ledger=ledger, cells=cells)
        laws += [partial(_hold_against, law, records) for law in (*RECORD_LAWS, check_identities)]
    if ledger is None or ledger.key is None:
        laws.append(lambda told: check_twice(name, frame, cells, told))
    side_by_side(laws, frame.height, collector)


def _hold_against(
    law: Callable[[Records], None], records: Callable[..., Records], collector: Collector
) -> None:
    law(records(collector=collector))


def _chosen(table: Table, register: Register, collector: Collector) -> Table | None:
    """Return the records that the scheme asks for by the `where` of their file."""
    where = register.scheme.reading.of(table.file, table.sheet).where
    return with_rows_chosen(replace(table, reading=replace(table.reading, where=where)), collector)


NO_LEDGER: Final = Kind(
    code="QH422",
    severity="error",
    en="the scheme uses the ledger {ledger!r}, which the book does not have{near}",
    zh="方案用到台账“{ledger}”，但考核册没有{near}",
    hint_en="add ledgers/{ledger}.csv, or the sheet 台账-{ledger} to a workbook",
    hint_zh="请添加 ledgers/{ledger}.csv，工作簿请添加“台账-{ledger}”表",
)
NO_DECLARED_LEDGER: Final = Kind(
    code="QH461",
    severity="warning",
    en="the ledger {ledger!r} is declared, but the book does not have it yet",
    zh="方案声明了台账“{ledger}”，但考核册中尚无此台账",
    hint_en="import its first records: quanheng ledgers import BOOK {ledger} FILE",
    hint_zh="请导入首批事项：quanheng ledgers import 考核册 {ledger} 文件",
)


def _absent(name: str, asked: Needs, near: Nearness) -> Finding:
    """Return what to say of a ledger that the book lacks: items cannot do without it, a declaration can."""
    if asked.asked_by is not None or asked.ledger is None:
        where = Location() if asked.asked_by is None else asked.asked_by.where
        return NO_LEDGER.at(where, ledger=shown(name), **near.facts(name))
    return NO_DECLARED_LEDGER.at(asked.ledger.where, ledger=shown(name))


COLUMN_OF_TWO_SORTS: Final = Kind(
    code="QH478",
    severity="error",
    en="conditions compare the column {column!r} of the ledger {ledger!r} with {one} and with {other}",
    zh="条件既把台账“{ledger}”的“{column}”列与{one}比较，又与{other}比较",
    hint_en="a column holds one sort: compare it with that everywhere; whether it is empty is asked by == ''",
    hint_zh="一列只有一种内容，请统一；判断是否为空请写 == ''",
)
_SORTS: Final[Mapping[Content, Text]] = {
    "date": Text(en="days", zh="日期"),
    "number": Text(en="numbers", zh="数字"),
    "text": Text(en="words", zh="文字"),
    "anything": Text(en="anything", zh="任何内容"),
}


def _contradictions(name: str, needs: Needs) -> Iterator[Finding]:
    for column, (one, other) in needs.contradicted.items():
        item = needs.columns.get(column)
        facts = {"column": shown(column), "ledger": shown(name), "one": _SORTS[one], "other": _SORTS[other]}
        yield COLUMN_OF_TWO_SORTS.at(NOWHERE if item is None else item.where, **facts)


def cut_records(raw: Raw, needs: Needs, collector: Collector) -> Table | None:
    """Return the table of records in `raw`, or None and a finding."""
    form = tuple(
        UNIT if name == UNIT.key else Column(key=name, zh=name, needed=True) for name in needs.unit_columns
    )
    return cut_table(raw, (form,), collector=collector, names=NamesIn(needs.columns, each_named=True))


NO_LEDGER_COLUMN: Final = Kind(
    code="QH423",
    severity="error",
    en="the item {item!r} uses the column {column!r}, which the ledger {ledger!r} does not have{near}",
    zh="数据项“{item}”用到“{column}”列，但台账“{ledger}”没有{near}",
    hint_en="add the column, or correct the scheme",
    hint_zh="请添加该列，或更正方案",
)


def read_records(
    name: str, table: Table, needs: Needs, register: Register, collector: Collector
) -> pl.DataFrame:
    """Return the records of one table of the ledger `name`: its columns typed, then the source columns."""
    first, *further = needs.unit_columns
    known = _if_all_known(table, first, register)
    if known is None:
        table = without_strange_rows(table, register.unit_roster, key=first, collector=collector)
    there = {table.headings[column]: column for column in table.others}
    near = Nearness(there)
    if needs.ledger is not None:
        collector.add_all(check_columns(table, needs.ledger, needs.declared))
    known_otherwise = {*there, *table.known, *needs.declared, *needs.named_by_none(there)}
    for column, item in needs.columns.items():
        if column not in known_otherwise:
            facts = {"item": item.code, "column": shown(column), "ledger": shown(name)}
            collector.add(NO_LEDGER_COLUMN.at(item.where, **facts, **near.facts(column)))
    units = [_units(table, first, register, collector) if known is None else known]
    units += [_units(table, key, register, collector) for key in further]
    readers = [
        partial(_read_column, table, column, needs.contents.get(heading, "anything"))
        for heading, column in there.items()
        if heading not in frames.RECORD_SOURCE
    ]
    columns = side_by_side(readers, table.body.height, collector)
    return table.body.select(
        *units,
        *columns,
        source_file=pl.lit(table.file),
        source_sheet=pl.lit(table.sheet, dtype=pl.String),
        source_row=pl.col(ROW).cast(pl.UInt32),
    )


def _read_column(table: Table, column: int, expected: Content, collector: Collector) -> pl.Series:
    read = record_column(table, column, expected=expected, collector=collector)
    return read.alias(table.headings[column])


def _if_all_known(table: Table, key: str, register: Register) -> pl.Series | None:
    """Return the unit code of each record, as nearly always there is one for each; else None."""
    cells = table.body[str(table.known[key])]
    if register.unit_roster.has_codes(cells):
        return cells.alias(key)
    index = register.unit_roster.find(table.texts(key)).index
    return None if index.has_nulls() else register.units["unit"].gather(index).alias(key)


RECORD_OF_NOBODY: Final = Kind(
    code="QH430",
    severity="warning",
    en="the record names no unit, and counts for none",
    zh="该事项没有写单位，不计入任何单位",
    hint_en="write whose record it is, or remove it",
    hint_zh="请填写所属单位，或删除该事项",
)


def _units(table: Table, key: str, register: Register, collector: Collector) -> pl.Series:
    """Return the unit code of each record; a record of nobody is told, and counts for nobody."""
    stated = table.texts(key).is_not_null()
    nobody = table.body.select(ROW).filter(~stated)
    collector.tell(RECORD_OF_NOBODY, nobody, lambda row: table.location_of(row[ROW], key))
    of_somebody = table.with_body(table.body.filter(stated))
    index = resolve(of_somebody, key, register.unit_roster, unknown=UNKNOWN_UNIT, collector=collector)
    codes = of_somebody.body.select(ROW).with_columns(register.units["unit"].gather(index).alias(key))
    return table.body.select(ROW).join(codes, on=ROW, how="left", maintain_order="left")[key]
