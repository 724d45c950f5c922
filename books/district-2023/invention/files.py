"""Writing the book's files so that the same content always gives the same bytes."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal

import polars as pl
import xlsxwriter

from invention.economy import Figures

Table = Sequence[Sequence[object]]
_MADE = dt.datetime(2024, 1, 15, 9, 0, 0)  # noqa: DTZ001 - a workbook's date of creation has no zone


def write_csv(
    path: Path, table: Table, *, encoding: Literal["utf-8", "utf-8-sig", "gb18030"] = "utf-8"
) -> None:
    """Write `table`, its headings first, as csv; None is an empty cell."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(table)
    path.write_bytes(text.getvalue().encode(encoding))


def write_workbook(path: Path, sheets: Mapping[str, Table]) -> None:
    """Write an Excel file of plain sheets with a date of creation that never changes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path) as workbook:
        workbook.set_properties({"created": _MADE, "author": "虚构数据"})
        bold = workbook.add_format({"bold": True})
        for name, table in sheets.items():
            sheet = workbook.add_worksheet(name)
            sheet.set_column(0, len(table[0]) - 1, 16)
            for row, cells in enumerate(table):
                sheet.write_row(row, 0, cells, bold if row == 0 else None)


def write_parquet(path: Path, table: Table) -> None:
    """Write `table` as Parquet: text columns as they are, the others as numbers."""
    path.parent.mkdir(parents=True, exist_ok=True)
    headings, *rows = table
    texts = {"unit", "period"}
    columns = {
        str(heading): pl.Series(
            [row[n] if row[n] != "" else None for row in rows],
            dtype=pl.String if heading in texts else pl.Float64,
        )
        for n, heading in enumerate(headings)
    }
    pl.DataFrame(columns).write_parquet(path, statistics=False)


def wide(
    figures: Figures, items: Mapping[str, str], *, headings: tuple[str, str] = ("unit", "period")
) -> Table:
    """Return `items` (code -> heading) as a wide table, one row a unit and period."""
    keys = sorted({key for item in items for key in figures[item]})
    rows = [[*key, *(figures[item].get(key, "") for item in items)] for key in keys]
    return [[*headings, *items.values()], *rows]


def long(
    figures: Figures,
    items: Mapping[str, str],
    *,
    headings: tuple[str, ...] = ("item", "unit", "period", "value"),
) -> Table:
    """Return `items` (code -> name to write) as a long table, one row a figure."""
    rows = [
        [name, unit, period, cell]
        for item, name in items.items()
        for (unit, period), cell in sorted(figures[item].items(), key=lambda pair: pair[0])
    ]
    return [list(headings), *rows]


def rows_of(records: Iterable[Mapping[str, object]]) -> Table:
    """Return `records`, all with the same keys, as a table."""
    records = list(records)
    headings = list(records[0])
    return [headings, *([record[heading] for heading in headings] for record in records)]
