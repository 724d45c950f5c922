from __future__ import annotations

import polars as pl

from quanheng.engine.frame.again.noting import Noting, taken


def test_what_is_added_by_name_is_noted() -> None:
    frame = pl.LazyFrame({"a": [1, 2]})

    noting = Noting.of(frame).with_columns(pl.col("a").alias("b"), c=pl.col("a") * 2, d="a", e=7)

    assert noting.steps is not None
    done = taken(frame, noting.steps).collect()
    assert done.equals(noting.collect())
    assert done.rows() == [(1, 1, 2, 1, 7), (2, 2, 4, 2, 7)]


def test_what_is_kept_by_name_is_noted() -> None:
    frame = pl.LazyFrame({"a": [1, 2], "b": [3, 4]})

    noting = Noting.of(frame).select("b", ["a"], c=pl.col("a") + pl.col("b"))

    assert noting.steps is not None
    assert taken(frame, noting.steps).collect().to_dict(as_series=False) == {
        "b": [3, 4],
        "a": [1, 2],
        "c": [4, 6],
    }
