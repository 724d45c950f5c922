"""What many rows change: they stream, and are held in memory or in files."""

from __future__ import annotations

import narwhals as nw
import polars as pl
import pytest
from polars.testing import assert_frame_equal
from tests.engines import EngineUnderTest

from quanheng.data.load import load
from quanheng.engine.frame.again.replays import Origin
from quanheng.engine.frame.engines import PolarsEngine, polars_engine
from quanheng.engine.frame.holding import MANY, engine_for, run_once
from quanheng.engine.results.score import score
from quanheng.examples import path_of_example


@pytest.mark.parametrize("name", ["hdi-2022", "district-2023", "enterprises"])
def test_streaming_gives_the_same_result(name: str) -> None:
    book = load(path_of_example(name))

    streamed = score(book, engine=polars_engine(streaming=True))

    settled = score(book)
    assert_frame_equal(streamed.ranking.to_native(), settled.ranking.to_native(), abs_tol=1e-9)
    assert_frame_equal(
        streamed.wide.to_native(), settled.wide.to_native(), abs_tol=1e-9, check_column_order=False
    )


def test_many_rows_stream() -> None:
    many = nw.from_native(pl.LazyFrame({"unit": range(MANY + 1)}))

    assert engine_for(many) == PolarsEngine(streaming=True)
    assert engine_for(many.head(MANY)) == PolarsEngine(streaming=False)


def test_a_plan_is_run_once_however_large() -> None:
    runs: list[int] = []

    def counted(frame: pl.DataFrame) -> pl.DataFrame:
        runs.append(frame.height)
        return frame

    plan = nw.from_native(pl.LazyFrame({"unit": ["A", "B"]}).map_batches(counted))
    kept = run_once(plan, rows=2)
    assert kept.collect().rows() == kept.collect().rows() == [("A",), ("B",)]
    assert runs == [2]

    large = run_once(plan, rows=2**26 + 1)
    assert large.collect().rows() == large.collect().rows() == [("A",), ("B",)]
    assert runs == [2, 2]


def test_totals_stand_beside_every_row(engine: EngineUnderTest) -> None:
    frame = engine.lift(pl.DataFrame({"unit": ["A", "B", "C"], "gdp": [1.0, None, 4.0]}))
    total, absent = nw.col("gdp").sum().alias("total"), nw.col("gdp").is_null().max().alias("absent")

    beside = engine.engine.with_totals(
        frame, lambda rows: rows.select(total, absent), Origin("totals", object())
    )

    rows = engine.collect(beside).sort("unit").rows()
    assert rows == [("A", 1.0, 5.0, True), ("B", None, 5.0, True), ("C", 4.0, 5.0, True)]
