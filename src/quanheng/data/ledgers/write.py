"""Writing what an import changed: the ledger, and beside it the log of its changes.

What nobody changed keeps its text. Both files are replaced together or not at all.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import narwhals as nw
import polars as pl

from quanheng.data.cells.formulas import inert
from quanheng.data.files.editing.changes import changed_cells, placed
from quanheng.data.files.editing.new_sheet import workbook_with_sheet
from quanheng.data.files.editing.parts import sheet_names_in
from quanheng.data.files.editing.workbook_cells import workbook_with
from quanheng.data.files.folder import LOG
from quanheng.data.files.hashes import digest_of_file
from quanheng.data.files.workbook import language_of, name_of_table
from quanheng.data.ledgers.arrivals import columns_of
from quanheng.data.ledgers.file import LedgerFile
from quanheng.data.tables.table import ROW, Table
from quanheng.data.writing.changing import preparing
from quanheng.data.writing.locks import Lock
from quanheng.findings.errors import DataError

_BOM: Final = "\ufeff"
"""Excel and WPS take a csv file for one in the local encoding unless it begins with this."""
_LOG_HEADING: Final = ("on", "key", "column", "before", "after")


def write_changes(
    file: LedgerFile,
    changes: nw.DataFrame[Any],
    new: Sequence[str],
    *,
    on: dt.date,
    lock: Lock,
    command: str,
) -> None:
    """Write the ledger with `changes` (key, column, before, after) and the `new` keys, and the log of them.

    `lock` is the book's, held since before the ledger was read.

    Raises:
        DataError: the ledger was changed by somebody who takes no lock, such as a spreadsheet program.
        OSError: it cannot be written; then nothing is changed.
    """
    cells = _changed(file, changes.to_native(), new)
    stem = f"{file.path.stem}-{file.ledger.code}" if file.in_workbook else file.ledger.code
    log = file.path.with_name(f"{stem}{LOG}")
    if log.is_symlink() or (log.exists() and not log.is_file()):
        raise DataError(f"{log.name} is no ordinary file", f"{log.name} 不是普通文件")
    entries = changes.to_native().select(
        pl.lit(on.isoformat()).alias("on"), "key", "column", "before", "after"
    )
    file.path.parent.mkdir(exist_ok=True)
    with preparing(file.path.parent) as change:
        ledger = change.new / file.path.name
        if file.in_workbook:
            ledger.write_bytes(_workbook_with(file, cells))
        else:
            ledger_text = _BOM + cells.write_csv(include_header=False)
            ledger.write_text(ledger_text, encoding="utf-8", newline="")
        _extend(log, change.new / log.name, entries)
        _require_unchanged(file)
        change.commit(lock, command)


def _workbook_with(file: LedgerFile, cells: pl.DataFrame) -> bytes:
    """Return the workbook with the cells of the ledger on its sheet, a new one if it has none yet."""
    content = file.path.read_bytes()
    if file.sheet is not None and file.sheet.sheet is not None:
        return workbook_with(content, file.sheet.sheet, changed_cells(file.sheet.cells, cells))
    name = name_of_table("ledgers", file.ledger.code, language_of(sheet_names_in(content)))
    return workbook_with_sheet(content, name, placed(cells))


def _require_unchanged(file: LedgerFile) -> None:
    digest = digest_of_file(file.path) if file.path.exists() else None
    if digest != file.digest:
        raise DataError(
            f"{file.path.name} was changed meanwhile; nothing was written, import again",
            f"{file.path.name} 在此期间已被修改；未写入任何内容，请重新导入",
        )


def _changed(file: LedgerFile, changes: pl.DataFrame, new: Sequence[str]) -> pl.DataFrame:
    """Return the cells of the ledger with `changes`: every row stays where it is, new ones come after."""
    added = pl.DataFrame({"key": list(new)}, schema={"key": pl.String})
    if file.sheet is None or file.table is None:
        columns = list(dict.fromkeys((*file.declared, *changes["column"].unique(maintain_order=True))))
        cells = pl.DataFrame([list(columns)], schema=[str(n) for n in range(len(columns))], orient="row")
        numbers = {name: number for number, name in enumerate(columns)}
        rows = added.head(0).with_columns(pl.lit(0, dtype=pl.UInt32).alias("at"))
    else:
        cells = file.sheet.cells
        numbers = columns_of(file.table)
        fresh = [name for name in changes["column"].unique(maintain_order=True) if name not in numbers]
        heading = _heading_row(file.table, cells)
        for name in fresh:
            numbers[name] = cells.width
            at = pl.int_range(pl.len()) == heading
            cells = cells.with_columns(pl.when(at).then(pl.lit(name)).alias(str(cells.width)))
        rows = file.texts.select(key=file.key).with_columns(at=file.records["source_row"] - 1)
    last = cells.height
    rows = pl.concat(
        [rows, added.with_row_index("at").select("key", at=pl.col("at").cast(pl.UInt32) + last)],
        how="vertical_relaxed",
    )
    blank = pl.DataFrame(schema=dict.fromkeys(cells.columns, pl.String)).clear(len(new))
    cells = pl.concat([cells, blank]).with_columns(_column(numbers[file.key], rows.tail(len(new)), "key"))
    for (name,), own in changes.group_by("column", maintain_order=True):
        placed = own.join(rows, on="key", how="inner")
        cells = cells.with_columns(_column(numbers[str(name)], placed, "after"))
    return cells


def _column(number: int, rows: pl.DataFrame, text: str) -> pl.Expr:
    """Return the numbered column with the `text` of `rows` in the rows they are `at`."""
    here = pl.int_range(pl.len(), dtype=pl.UInt32)
    old = pl.col(str(number))
    if rows.is_empty():
        return old
    known = here.is_in(rows["at"].implode())
    fresh = here.replace_strict(rows["at"], rows[text], default=None, return_dtype=pl.String)
    return pl.when(known).then(fresh).otherwise(old).alias(str(number))


def _heading_row(table: Table, cells: pl.DataFrame) -> int:
    """Return the row, from 0, with the heading that is the table's."""
    first = int(table.body[ROW][0]) - 1 if table.body.height else cells.height
    key = next(iter(columns_of(table).items()))
    for row in range(min(first, cells.height) - 1, -1, -1):
        if (cells[row, key[1]] or "").strip() == table.headings[key[1]]:
            return row
    return 0


def _extend(log: Path, target: Path, entries: pl.DataFrame) -> None:
    """Write the log with `entries` after those it has."""
    if log.is_file():
        shutil.copyfile(log, target)
        with target.open("rb+") as file:
            if file.seek(0, 2):
                file.seek(-1, 2)
                if file.read(1) not in b"\r\n":
                    file.write(b"\n")
    else:
        target.write_text(f"{_BOM}{','.join(_LOG_HEADING)}\n", encoding="utf-8", newline="")
    with target.open("ab") as file:
        texts = nw.from_native(entries).with_columns(*map(inert, ("key", "column", "before", "after")))
        file.write(texts.to_native().write_csv(include_header=False).encode())
