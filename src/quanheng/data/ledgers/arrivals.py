"""Records that arrive from outside for a ledger of a book: one file, possibly with some columns only.

What arrives is not trusted: the file is opened within limits, and a cell that could do harm in a spreadsheet
or could not be kept in a csv file is a finding.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

import polars as pl

from quanheng.data.book import frames
from quanheng.data.cells import formulas
from quanheng.data.files.source import TABLES, Folder, Source
from quanheng.data.ledgers.columns import does_not_apply, of_one_type, record_column
from quanheng.data.ledgers.needs import Needs
from quanheng.data.tables.cutting import cut_table
from quanheng.data.tables.headings import UNIT, Column
from quanheng.data.tables.levels import NamesIn
from quanheng.data.tables.register import Register
from quanheng.data.tables.rows import resolve
from quanheng.data.tables.table import ROW, Raw, Table, texts_of
from quanheng.data.telling import limits
from quanheng.data.telling.findings import (
    NEEDED_CELL,
    NOT_ORDINARY,
    OTHER_FORMAT,
    TEXT_TOO_LONG,
    UNKNOWN_UNIT,
)
from quanheng.data.telling.names import Nearness, shown
from quanheng.findings.collector import SHOWN, Collector
from quanheng.findings.finding import Kind
from quanheng.findings.value import Value
from quanheng.findings.visible import ACTING, printable

EMPTIED: Final = "/"
"""How every cell is spelled that says that it does not apply."""


class Arrivals(Value):
    """Records as they arrived: the tables they were read from, their typed columns, and the same as texts.

    `records` has the source columns, too; `texts` has one spelling of each cell (see `spelled`).
    """

    tables: tuple[Table, ...]
    records: pl.DataFrame
    texts: pl.DataFrame


def open_file(path: Path, *, collector: Collector) -> tuple[Raw, ...]:
    """Return what a file that a person hands in holds: a table, or a workbook's sheets; else a finding."""
    source = Source(name=printable(path.name), path=path)
    if source.suffix not in TABLES:
        collector.add(OTHER_FORMAT.at(source.location, suffix=printable(source.suffix) or "∅"))
        return ()
    if not path.is_file():
        collector.add(NOT_ORDINARY.at(source.location))
        return ()
    return Folder(path.parent, collector).read(source)


def read_arrivals(
    raws: tuple[Raw, ...], needs: Needs, register: Register, *, key: str, collector: Collector
) -> Arrivals | None:
    """Return the records in `raws`, or None and findings where there is no table of records.

    A record may leave out its unit and every other column but the `key`.
    """
    units = tuple(
        UNIT if name == UNIT.key else Column(key=name, zh=name) for name in needs.unit_columns if name != key
    )
    optional = tuple(Column(key=unit.key, zh=unit.zh, others=unit.others) for unit in units)
    form = (Column(key=key, zh=key, needed=True), *optional)
    tables = [
        table
        for raw in raws
        if (
            table := cut_table(
                raw, (form,), collector=collector, names=NamesIn(needs.columns, each_named=True)
            )
        )
    ]
    if not tables:
        return None
    read = [_read(table, key, needs, register, collector) for table in tables]
    return Arrivals(
        tables=tuple(tables),
        records=pl.concat(of_one_type([records for records, _ in read]), how="diagonal_relaxed"),
        texts=pl.concat([texts for _, texts in read], how="diagonal_relaxed"),
    )


def spelled(table: Table, records: pl.DataFrame) -> pl.DataFrame:
    """Return the columns of `records`, read from `table` row by row, as texts in one spelling.

    A date is 2023-03-18, with a time of day 2023-03-18 19:30; a number has no needless zeros, a unit is its
    code; what does not apply is `/`, what is empty is null.
    """
    numbers = columns_of(table)
    columns = [name for name in records.columns if name not in frames.RECORD_SOURCE]
    return pl.DataFrame([_spelled(records[name], table.body[str(numbers[name])]) for name in columns])


def columns_of(table: Table) -> dict[str, int]:
    """Return the number of each column by the name that its records have it under."""
    return {table.headings[number]: number for number in table.others} | dict(table.known)


COLUMN_NOT_IN_LEDGER: Final = Kind(
    code="QH473",
    severity="warning",
    en="the ledger has no column {heading!r}, so it was not imported{near}",
    zh="台账没有“{heading}”列，未导入{near}",
    hint_en="correct the heading; for a new column declare it under 'fields' of the ledger",
    hint_zh="请更正表头；新增列请在方案该台账的字段（fields）中声明",
)


def without_strange_columns(arrivals: Arrivals, known: Sequence[str], collector: Collector) -> Arrivals:
    """Return `arrivals` without columns that the ledger does not have; each is told."""
    strange = [name for name in arrivals.texts.columns if name not in known]
    near = Nearness(known)
    for name in strange:
        table = next(table for table in arrivals.tables if name in table.headings)
        where = table.heading_place(table.headings.index(name))
        facts = {"heading": shown(name), **near.facts(name)}
        collector.add(COLUMN_NOT_IN_LEDGER.at(where, **facts))
    return Arrivals(
        tables=arrivals.tables,
        records=arrivals.records.drop(strange, strict=False),
        texts=arrivals.texts.drop(strange),
    )


def _read(
    table: Table, key: str, needs: Needs, register: Register, collector: Collector
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the records of one table, typed and spelled; rows without a key are told and left out."""
    keys = table.texts(key)
    named = keys.is_not_null() & ~does_not_apply(keys).fill_null(value=False)
    for row in table.body.filter(~named)[ROW].head(SHOWN):
        collector.add(NEEDED_CELL.at(table.location_of(row, key), column=shown(key)))
    table = table.with_body(table.body.filter(named))
    there = {table.headings[number]: number for number in table.others}
    columns = [
        record_column(
            table, number, expected=needs.contents.get(name, "anything"), collector=collector
        ).alias(name)
        for name, number in there.items()
        if name not in frames.RECORD_SOURCE
    ]
    units = [_units(table, name, register, collector) for name in needs.unit_columns if table.has(name)]
    records = table.body.select(
        table.texts(key).alias(key),
        *units,
        *columns,
        source_file=pl.lit(table.file),
        source_sheet=pl.lit(table.sheet, dtype=pl.String),
        source_row=pl.col(ROW).cast(pl.UInt32),
    )
    texts = spelled(table, records)
    _tell_harmful(table, texts, collector)
    return records, texts


def _units(table: Table, name: str, register: Register, collector: Collector) -> pl.Series:
    """Return the unit code of each record, null where it names none."""
    stated = table.with_body(table.body.filter(table.texts(name).is_not_null()))
    index = resolve(stated, name, register.unit_roster, unknown=UNKNOWN_UNIT, collector=collector)
    codes = stated.body.select(ROW).with_columns(register.units["unit"].gather(index).alias(name))
    return table.body.select(ROW).join(codes, on=ROW, how="left", maintain_order="left")[name]


def _spelled(typed: pl.Series, cells: pl.Series) -> pl.Series:
    name = typed.name
    if typed.dtype.is_float():
        text = pl.col(name).cast(pl.String).str.replace(r"\.0$", "")
    elif typed.dtype == pl.Date:
        text = pl.col(name).dt.to_string("%Y-%m-%d")
    elif typed.dtype == pl.Datetime:
        text = pl.col(name).dt.to_string("%Y-%m-%d %H:%M:%S")
        text = text.str.replace(r":00$", "").str.replace(r" 00:00$", "")
    else:
        text = pl.col(name).cast(pl.String)
    emptied = does_not_apply(texts_of(cells)).alias("emptied")
    frame = pl.DataFrame([typed, emptied])
    return frame.select(pl.when("emptied").then(pl.lit(EMPTIED)).otherwise(text).alias(name)).to_series()


LIKE_A_FORMULA: Final = Kind(
    code="QH474",
    severity="error",
    en="{text!r} would run as a formula when the ledger is opened in a spreadsheet",
    zh="“{text}”在表格软件中会被当作公式执行",
    hint_en="write plain text: it must not begin with '=', '@', or a sign before what can be computed",
    hint_zh="请改为普通文字，不要以“=”“@”或正负号加可计算内容开头",
)
CONTROL_CHARACTER: Final = Kind(
    code="QH476",
    severity="error",
    en="the text under {column!r} has a character that acts instead of being seen: {text!r}",
    zh="“{column}”列的文字含有不显示、只起控制作用的字符：{text}",
    hint_en="type the text again without it",
    hint_zh="请重新录入，去掉该字符",
)


def _tell_harmful(table: Table, texts: pl.DataFrame, collector: Collector) -> None:
    """Add a finding for each cell that runs as a formula, is far too long, or has control characters."""
    for name, number in columns_of(table).items():
        if name not in texts.columns:
            continue
        cell = pl.col(name)
        told = partial(_tell, table=table, number=number, cells=texts[name], collector=collector)
        too_long = cell.str.len_chars() > limits.CELL_LENGTH
        told(TEXT_TOO_LONG, too_long, heading=shown(name), most=limits.CELL_LENGTH)
        told(CONTROL_CHARACTER, cell.str.contains(ACTING), column=shown(name))
        if table.body[str(number)].dtype == pl.String:
            told(LIKE_A_FORMULA, cell.str.contains(formulas.LIKE_A_FORMULA))


def _tell(
    kind: Kind,
    wrong: pl.Expr,
    *,
    table: Table,
    number: int,
    cells: pl.Series,
    collector: Collector,
    **facts: object,
) -> None:
    """Add a finding of `kind` for each of `cells`, a column of `table`, that is `wrong`."""
    rows = table.body.select(ROW, cells).filter(wrong.fill_null(value=False))
    collector.tell(
        kind,
        rows,
        lambda row: table.location(row[ROW], number),
        lambda row: {"text": shown(row[cells.name]), **facts},
    )
