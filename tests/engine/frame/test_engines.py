from __future__ import annotations

import datetime as dt

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pytest
from tests.engines import EngineUnderTest

from quanheng.engine.frame.engines import engine_behind, from_arrow, polars_engine, spark_engine
from quanheng.findings.errors import EngineError

FRAME = pl.DataFrame(
    {
        "unit": ["A", "B", None],
        "points": [80.5, None, -1.0],
        "opened": [dt.date(2023, 3, 12), None, dt.date(2024, 2, 29)],
        "ranked": [True, None, False],
        "place": [1, 2, None],
    }
)


def test_what_is_lifted_is_collected_unchanged(engine: EngineUnderTest) -> None:
    collected = engine.collect(engine.lift(FRAME))

    assert collected.sort("unit").equals(FRAME.sort("unit"))


def test_a_settled_plan_has_the_same_outcome(engine: EngineUnderTest) -> None:
    doubled = engine.lift(FRAME).with_columns(points=nw.col("points") * 2)

    settled = engine.settle(doubled)

    assert isinstance(settled, nw.LazyFrame)
    assert engine.collect(settled).sort("unit")["points"].to_list() == [-2.0, 161.0, None]


def test_types_that_spark_does_not_know_are_lifted(engine: EngineUnderTest) -> None:
    frame = pl.DataFrame(
        {"n": [1], "group": ["towns"], "note": [None]},
        schema={"n": pl.UInt32, "group": pl.Categorical, "note": pl.Null},
    )

    assert engine.collect(engine.lift(frame)).rows() == [(1, "towns", None)]


def test_a_lifted_frame_is_lifted_again_unchanged(engine: EngineUnderTest) -> None:
    lifted = engine.lift(FRAME)

    assert engine.collect(engine.engine.lift(lifted)).height == 3


def test_the_engine_behind_a_frame_is_found(engine: EngineUnderTest) -> None:
    assert engine_behind(engine.lift(FRAME)).name == engine.name


def test_a_running_spark_session_is_used(engine: EngineUnderTest) -> None:
    if engine.name == "polars":
        assert polars_engine(streaming=True).collect(engine.lift(FRAME)).shape == (3, 5)
    else:
        assert spark_engine() == engine.engine


def test_polars_refuses_a_spark_frame(engine: EngineUnderTest) -> None:
    lifted = engine.lift(FRAME)

    if engine.name == "spark":
        with pytest.raises(EngineError, match="the polars engine does not run on a frame of pyspark"):
            polars_engine().collect(lifted)
    else:
        assert polars_engine().collect(lifted).shape == (3, 5)


def test_no_engine_is_behind_a_frame_of_another_library() -> None:
    relation = nw.from_native(duckdb.from_arrow(FRAME.to_arrow()))

    with pytest.raises(EngineError, match="no engine runs on duckdb frames"):
        engine_behind(relation)


def test_nan_of_pandas_is_missing_once_it_came_through_arrow() -> None:
    frame = from_arrow(pd.DataFrame({"unit": ["A", "B"], "gdp": [1.5, float("nan")]}))

    assert frame.rows() == [("A", 1.5), ("B", None)]


def test_a_pandas_column_of_mixed_values_is_refused_in_one_line() -> None:
    with pytest.raises(EngineError, match=r"^the DataFrame cannot be read as a table: [^\n]*$"):
        from_arrow(pd.DataFrame({"unit": ["A", 1]}))
