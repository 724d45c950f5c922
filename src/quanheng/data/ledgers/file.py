"""One ledger of a book in a folder, opened to take in records."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from quanheng.data.book import frames
from quanheng.data.files.folder import open_for_ledger
from quanheng.data.files.workbook import open_workbook
from quanheng.data.ledgers.arrivals import Arrivals, columns_of, spelled
from quanheng.data.ledgers.laws import check_keys_of
from quanheng.data.ledgers.needs import Needs, needs_of
from quanheng.data.ledgers.read import cut_records, read_records
from quanheng.data.parts.units import read_units
from quanheng.data.tables.register import Register, register_of
from quanheng.data.tables.table import ROW, ParquetFile, Sheet, Table
from quanheng.data.telling.findings import OUTSIDE_BOOK
from quanheng.findings.collector import Collector
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import FindingsError, Location, require_no_errors
from quanheng.findings.nearest import did_you_mean
from quanheng.findings.value import Value
from quanheng.findings.visible import printable
from quanheng.periods.period import parse_period
from quanheng.scheme.ledgers.ledger import Ledger
from quanheng.scheme.tree.scheme import Scheme


class LedgerFile(Value):
    """A ledger as it stands: `sheet` and `table` are None if the book has none of it yet.

    `records` are typed, `texts` the same in one spelling; both have a row for each record of `table`.
    `digest` is that of the file as it was read. `in_workbook` says whether that is the workbook of the book.
    """

    ledger: Ledger
    key: str
    needs: Needs
    register: Register
    path: Path
    digest: str | None
    in_workbook: bool
    sheet: Sheet | None
    table: Table | None
    records: pl.DataFrame
    texts: pl.DataFrame

    @property
    def declared(self) -> tuple[str, ...]:
        """The columns that the scheme names, the key first."""
        fields = (field.column for field in self.ledger.fields)
        needs = self.needs
        return tuple(dict.fromkeys((self.key, *needs.unit_columns, *needs.declared, *needs.columns, *fields)))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that records may have: those that are there, and those that the scheme names."""
        there = () if self.table is None else tuple(columns_of(self.table))
        return tuple(dict.fromkeys((*there, *self.declared)))


def open_ledger(book: Path, name: str, *, collector: Collector) -> LedgerFile:
    """Return the ledger `name` of the book in the folder `book`, which need not have records of it yet.

    Raises:
        FindingsError: the scheme, the units or the ledger cannot be read.
        UsageError: the book is no folder, the ledger is not declared with a key, or is no csv file.
    """
    in_workbook = book.is_file() and book.suffix.lower() == ".xlsx"
    if in_workbook:
        contents, source = open_workbook(book, collector=collector), None
    elif book.is_dir():
        contents, source = open_for_ledger(book, name, collector=collector)
    else:
        raise _no_folder(book)
    if contents.scheme is None:
        raise FindingsError(collector.findings())
    ledger = ledger_called(contents.scheme, name)
    if ledger.key is None:
        raise UsageError(
            f"the ledger {name!r} declares no 'key', so records cannot be told apart",
            f"台账 {name!r} 未声明 key（编号列），无法区分事项",
        )
    units = read_units(contents.units, contents.scheme, collector=collector)
    require_no_errors(collector.findings())
    needs = needs_of(contents.scheme)[name]
    register = register_of(contents.scheme, parse_period(contents.scheme.round), units)
    sheet, table = None, None
    records = texts = pl.DataFrame(schema={ledger.key: pl.String})
    in_new_sheet = in_workbook and name not in contents.ledgers
    if source is not None or (in_workbook and not in_new_sheet):
        sheet = _only_table(name, contents.ledgers.get(name, ()), collector, in_workbook=in_workbook)
        table = cut_records(sheet, needs, collector)
        require_no_errors(collector.findings())
        if table is not None:
            records = read_records(name, table, needs, register, collector)
            table = table.with_body(table.body.filter(pl.col(ROW).is_in(records["source_row"].implode())))
            texts = spelled(table, records)
            check_keys_of(records, [table], ledger, collector)
        require_no_errors(collector.findings())
    return LedgerFile(
        ledger=ledger,
        key=ledger.key,
        needs=needs,
        register=register,
        path=book if in_workbook else source.path if source else _place_of_new(book, name, collector),
        digest=contents.digests[book.name]
        if in_workbook
        else contents.digests[source.name]
        if source
        else None,
        in_workbook=in_workbook,
        sheet=sheet,
        table=table,
        records=records,
        texts=texts,
    )


def ledger_called(scheme: Scheme, name: str) -> Ledger:
    """Return the declared ledger `name`; raise `UsageError` with the nearest one if there is none."""
    for ledger in scheme.ledgers:
        if ledger.code == name:
            return ledger
    offer = did_you_mean(name, [ledger.code for ledger in scheme.ledgers])
    raise UsageError(
        f"the scheme declares no ledger {printable(name)!r}{offer.en}",
        f"方案没有声明台账{printable(name)!r}{offer.zh}",
    )


def touched(file: LedgerFile, arrivals: Arrivals, keys: nw.Series[Any]) -> pl.DataFrame:
    """Return the records with `keys` as they will be, typed: what arrived before what is there.

    The source columns say where the record arrived.
    """
    key = file.key
    wanted = pl.DataFrame({key: keys.to_native()}).unique()
    arrived = arrivals.records.join(wanted, on=key, how="semi", maintain_order="left")
    said = arrivals.texts.join(wanted, on=key, how="semi", maintain_order="left")
    there = arrived.select(key).join(file.records, on=key, how="left", maintain_order="left")
    names = [name for name in dict.fromkeys((*arrived.columns, *there.columns)) if name != key]
    return arrived.select(
        key, *(_settled(name, arrived, said, there) for name in names if name not in frames.RECORD_SOURCE)
    ).with_columns(arrived.select(*frames.RECORD_SOURCE))


def _settled(name: str, arrived: pl.DataFrame, said: pl.DataFrame, there: pl.DataFrame) -> pl.Series:
    if name not in arrived.columns:
        return there[name]
    here = arrived[name]
    if name not in there.columns:
        return here
    old = there[name] if there[name].dtype == here.dtype else there[name].cast(here.dtype, strict=False)
    both = pl.DataFrame([here.alias("new"), old.alias("old"), said[name].alias("said")])
    return both.select(pl.when(pl.col("said").is_null()).then("old").otherwise("new").alias(name)).to_series()


def _only_table(
    name: str, raws: Sequence[Sheet | ParquetFile], collector: Collector, *, in_workbook: bool
) -> Sheet:
    if not raws:
        raise FindingsError(collector.findings())
    first = raws[0]
    if isinstance(first, ParquetFile) or (first.sheet is not None) != in_workbook or len(raws) > 1:
        raise UsageError(
            f"the ledger {name!r} stands in {first.file}; records are imported into csv ledgers only",
            f"台账 {name!r} 保存在 {first.file} 中；只能向 csv 台账导入事项",
        )
    return first


def _no_folder(book: Path) -> UsageError:
    return UsageError(
        f"{book} is neither a folder nor a workbook (.xlsx)", f"{book} 既不是文件夹，也不是工作簿（.xlsx）"
    )


def _place_of_new(book: Path, name: str, collector: Collector) -> Path:
    """Return where a new ledger will lie; the folder of ledgers must lie in the book."""
    folder = book.resolve() / "ledgers"
    if folder.exists() and folder.resolve() != folder:
        collector.add(OUTSIDE_BOOK.at(Location(file="ledgers")))
        raise FindingsError(collector.findings())
    if not name.isidentifier():
        raise UsageError(f"no file can be called {printable(name)!r}", f"文件不能命名为 {printable(name)!r}")
    return folder / f"{name}.csv"
