"""Records of a ledger aggregated to indicators, beside the bare group-by: in memory, and from Parquet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import narwhals as nw
import numpy as np
import polars as pl

from benchmarks.case import OURS, Case, Contender, register
from quanheng.data.book.book import Book
from quanheng.data.load import load
from quanheng.engine.figures.grid import lay_out_grid
from quanheng.engine.formulas.measures import measures_of, with_measures
from quanheng.engine.frame.engines import polars_engine
from quanheng.engine.frame.holding import run_once

_UNITS: Final = 20_000
_RECORDS_A_UNIT: Final = 250
_END: Final = dt.date(2023, 12, 31)
_SCHEME: Final = """\
quanheng: 1
id: ledgers
title: ledgers
round: 2023
items:
  received: {count: requests, where: received_on <= period_end}
  due: {count: requests, where: due_on <= period_end}
  in_time: {count: requests, where: due_on <= period_end and closed_on <= due_on}
  serious: {count: requests, where: level == 'serious' and received_on <= period_end}
  cost: {sum: requests.cost, where: received_on <= period_end}
  pleased: {mean: requests.satisfaction, where: closed_on <= period_end}
defaults: {rule: percentile, gaps: {missing: redistribute}}
indicators:
  closing: {measure: in_time / due, weight: 40}
  graveness: {measure: serious / received, weight: 20, direction: less}
  price: {measure: cost / received, weight: 20, direction: less}
  satisfaction: {measure: pleased, weight: 20}
ledgers:
  requests:
    key: ticket
    opened: received_on
    due: due_on
    closed: closed_on
    fields: {level: {one_of: [serious, plain]}, satisfaction: {sort: number, least: 0, most: 100}}
"""
_MEASURES: Final = ("closing", "graveness", "price", "satisfaction")


def records(size: int) -> pl.DataFrame:
    """Return `size` invented requests of as many units as have 250 of them each."""
    chance = np.random.default_rng(20231231)
    units = min(_UNITS, max(2, size // _RECORDS_A_UNIT))
    received = chance.integers(0, 380, size)
    took = chance.integers(0, 40, size)
    first = dt.date(2023, 1, 1)
    return pl.DataFrame(
        {
            "ticket": np.arange(size),
            "unit": chance.integers(0, units, size),
            "received": received,
            "took": took,
            "level": chance.integers(0, 5, size),
            "cost": chance.integers(0, 100_000, size) / 100.0,
            "satisfaction": chance.integers(0, 101, size).astype(float),
        }
    ).select(
        pl.format("R{}", "ticket").alias("ticket"),
        pl.format("T{}", "unit").alias("unit"),
        (pl.lit(first) + pl.duration(days="received")).alias("received_on"),
        (pl.lit(first) + pl.duration(days=pl.col("received") + 15)).alias("due_on"),
        pl.when(pl.col("took") < 30)
        .then(pl.lit(first) + pl.duration(days=pl.col("received") + pl.col("took")))
        .alias("closed_on"),
        pl.when(pl.col("level") == 0).then(pl.lit("serious")).otherwise(pl.lit("plain")).alias("level"),
        "cost",
        "satisfaction",
    )


def write_book(size: int, folder: Path) -> Path:
    """Write a book with a ledger of `size` records as Parquet, and return its folder."""
    book = folder / f"book-{size}"
    (book / "ledgers").mkdir(parents=True)
    own = records(size)
    own.write_parquet(book / "ledgers/requests.parquet")
    (book / "scheme.yaml").write_text(_SCHEME, encoding="utf-8")
    own.select("unit").unique().sort("unit").write_csv(book / "units.csv")
    return book


def measures(book: Book) -> pl.DataFrame:
    """Return the measures of all units: the engine's stages as far as measures go."""
    engine = polars_engine()
    grid = run_once(lay_out_grid(book, round="2023"), rows=len(book.units))
    plan = with_measures(engine.lift(grid), measures_of(book.scheme), book.scheme, engine)
    wide: pl.DataFrame = engine.collect(
        plan.select("unit", *(f"measure|{name}" for name in _MEASURES))
    ).to_native()
    return wide


def group_by(ledger: pl.LazyFrame) -> pl.DataFrame:
    """Return the same measures, as somebody writes them who has this one ledger and no gaps."""
    received, due = pl.col("received_on") <= _END, pl.col("due_on") <= _END
    return (
        ledger.group_by("unit")
        .agg(
            received=received.sum(),
            due=due.sum(),
            in_time=(due & (pl.col("closed_on") <= pl.col("due_on"))).sum(),
            serious=((pl.col("level") == "serious") & received).sum(),
            cost=pl.col("cost").filter(received).sum(),
            pleased=pl.col("satisfaction").filter(pl.col("closed_on") <= _END).mean(),
        )
        .select(
            "unit",
            closing=pl.col("in_time") / pl.col("due"),
            graveness=pl.col("serious") / pl.col("received"),
            price=pl.col("cost") / pl.col("received"),
            satisfaction="pleased",
        )
        .collect()
    )


def prepare_memory(size: int, folder: Path) -> Mapping[str, Contender]:
    """Read the book once; aggregate its ledger from memory."""
    book = load(write_book(size, folder))
    ledger = nw.to_native(book.ledgers["requests"])
    return {OURS: lambda: measures(book), "bare Polars group-by": lambda: group_by(ledger.lazy())}


def prepare_file(size: int, folder: Path) -> Mapping[str, Contender]:
    """Write the book once; read and check it each time, and aggregate its ledger."""
    book = write_book(size, folder)
    file = book / "ledgers/requests.parquet"
    return {
        OURS: lambda: measures(load(book)),
        "bare Polars scan and group-by": lambda: group_by(pl.scan_parquet(file)),
    }


register(Case(name="ledger in memory to indicators", size=5_000_000, tiny=1000, prepare=prepare_memory))
register(
    Case(name="ledger from Parquet to indicators", size=5_000_000, tiny=1000, prepare=prepare_file, repeats=3)
)
