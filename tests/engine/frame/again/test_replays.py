"""A stage is compiled once for a scheme, and run again on other figures."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import polars as pl

from quanheng.engine.frame.again.replays import Origin
from quanheng.engine.frame.engines import polars_engine
from quanheng.engine.results.score import score_frame
from quanheng.scheme.files.read import scheme_from_mapping

ENGINE = polars_engine()


class _Stage:
    """Doubles a column on the way to another, and counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, rows: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        self.asked += 1
        doubled = rows.with_columns((nw.col("a") * 2).alias("twice"))
        return doubled.with_columns((nw.col("twice") + 1).alias("b")).drop("twice")


def frame(**figures: list[float]) -> nw.LazyFrame[Any]:
    return ENGINE.lift(pl.LazyFrame(figures))


def test_a_stage_is_asked_once_for_a_scheme_and_its_columns() -> None:
    stage, scheme = _Stage(), object()

    first = ENGINE.by_row(frame(a=[1.0]), stage, Origin("stage", scheme))
    again = ENGINE.by_row(frame(a=[2.0, 3.0]), stage, Origin("stage", scheme))

    assert (ENGINE.collect(first).rows(), ENGINE.collect(again).rows()) == ([(1, 3)], [(2, 5), (3, 7)])
    assert stage.asked == 1


def test_another_scheme_other_columns_and_other_facts_are_compiled_anew() -> None:
    stage, scheme = _Stage(), object()

    ENGINE.by_row(frame(a=[1.0]), stage, Origin("stage", scheme))
    ENGINE.by_row(frame(a=[1.0]), stage, Origin("stage", object()))
    ENGINE.by_row(frame(a=[1.0]), stage, Origin("stage", scheme, facts=("weights", 2.0)))
    wider = ENGINE.by_row(frame(a=[1.0], c=[9.0]), stage, Origin("stage", scheme))

    assert stage.asked == 4
    assert ENGINE.collect(wider).columns == ["a", "c", "b"]


def test_a_stage_that_does_anything_else_is_asked_every_time() -> None:
    def some(rows: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        return rows.filter(nw.col("a") > 1)

    of = Origin("some", object())

    found = [ENGINE.collect(ENGINE.by_row(frame(a=[1.0, 2.0]), some, of)).rows() for _ in range(2)]

    assert found == [[(2,)], [(2,)]]


def test_a_scheme_gives_other_figures_their_own_scores() -> None:
    rule = {"scale": {"worst": "observed", "best": "observed"}}
    tree = {"a": {"measure": "x / y", "rule": rule}, "b": {"measure": "y", "rule": rule}}
    scheme = scheme_from_mapping({"items": {"x": {}, "y": {}}, "weights": "equal", "indicators": tree})
    units = {"unit": ["A", "B", "C"]}
    figures = ({"x": [1.0, 2.0, 3.0], "y": [1.0, 1.0, 2.0]}, {"x": [3.0, 2.0, 1.0], "y": [2.0, 1.0, 1.0]})

    there, back = (score_frame(pl.DataFrame(units | each), scheme).ranking for each in figures)

    assert there.select("unit", "score").rows() == [("C", 75.0), ("B", 50.0), ("A", 0.0)]
    assert back.select("unit", "score").rows() == [("A", 75.0), ("B", 50.0), ("C", 0.0)]
