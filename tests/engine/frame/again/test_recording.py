"""A whole run of stages is noted and taken again on other figures, where it looks at none of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quanheng.engine.frame.again.replays import Origin, Rerun, recorded
from quanheng.engine.frame.engines import polars_engine
from quanheng.engine.results.score import score_frame
from quanheng.findings.finding import FindingsError
from quanheng.scheme.files.read import scheme_from_mapping
from quanheng.scheme.tree.scheme import Scheme

Rows: TypeAlias = nw.LazyFrame[Any]
ENGINE = polars_engine()
OBSERVED = {"scale": {"worst": "observed", "best": "observed"}}


def frame(*figures: float) -> Rows:
    return nw.from_native(pl.LazyFrame({"a": figures}))


def rows_of(made: Rows | Rerun) -> list[tuple[Any, ...]]:
    return (made.whole if isinstance(made, Rerun) else made).collect().rows()


def runs(run: Callable[[Rows], tuple[Rows, object]], times: int = 4) -> list[list[tuple[Any, ...]]]:
    of = Origin("run", object())
    return [rows_of(recorded(frame(1.0 * time, 2.0 * time), run, of)[0]) for time in range(1, times + 1)]


def test_settling_and_totals_are_taken_again_with_the_figures_of_the_time() -> None:
    asked = []

    def run(rows: Rows) -> tuple[Rows, str]:
        asked.append(rows)
        rows = ENGINE.settle(rows.with_columns((nw.col("a") * 10).alias("b")))
        rows = ENGINE.with_totals(
            rows, lambda each: each.select(nw.col("b").sum().alias("sum")), Origin("sum", object())
        )
        return rows.with_columns((nw.col("b") / nw.col("sum")).alias("part")).drop("sum"), "told"

    found = runs(run)

    assert [[row[1] for row in rows] for rows in found] == [[10, 20], [20, 40], [30, 60], [40, 80]]
    assert {row[2] for rows in found for row in rows} == {1 / 3, 2 / 3}
    assert len(asked) == 2, "the first time as it is, the second time to note it"


@pytest.mark.parametrize(
    "looks",
    [
        lambda rows: rows.with_columns(nw.lit(len(ENGINE.collect(rows))).alias("b")),
        lambda rows: rows.with_columns(nw.lit(ENGINE.distinct(rows)).alias("b")),
        lambda rows: rows.filter(nw.col("a") > rows.select(nw.col("a").min()).collect().item()),
        lambda rows: rows.join(rows.group_by("a").agg(nw.len().alias("b")), on="a", how="left"),
        lambda rows: rows.sort("a", descending=True),
    ],
)
def test_a_run_that_looks_at_figures_or_other_rows_is_run_as_it_is(looks: Callable[[Rows], Rows]) -> None:
    asked = []

    def run(rows: Rows) -> tuple[Rows, None]:
        asked.append(rows)
        return looks(rows), None

    found = runs(run)

    expected = [looks(frame(1.0 * time, 2.0 * time)).collect().rows() for time in range(1, 5)]
    assert [sorted(rows) for rows in found] == [sorted(rows) for rows in expected]
    assert len(asked) == 5, "once more to find out that it cannot be noted"


def scheme(**further: object) -> Scheme:
    tree = {
        "growth": {"measure": "x / y", "rule": OBSERVED},
        "safety": {"measure": "z", "direction": "less", "rule": OBSERVED},
    }
    return scheme_from_mapping(
        {
            "items": {"x": {}, "y": {}, "z": {}},
            "weights": "equal",
            "indicators": tree,
            "gaps": {"missing": "redistribute"},
            **further,
        }
    )


FIGURES = st.one_of(st.none(), st.integers(1, 4).map(float))


RICHER: tuple[dict[str, object], ...] = (
    {},
    {"tiers": [{"name": "A", "top": "50%"}, {"name": "B"}], "ties": {"break_by": ["growth", "safety"]}},
    {
        "adjustments": {
            "rules": [
                {"name": "n", "kind": "bonus", "marks": "x", "when": "z < 3"},
                {"name": "v", "kind": "veto", "when": "y > 3"},
            ]
        },
        "tiers": [{"name": "A", "at_least": 60}, {"name": "B"}],
    },
    {"rounding": {"ratio": 2, "total": 1}, "lowest_first": True},
)


@settings(max_examples=20)
@given(
    further=st.sampled_from(RICHER),
    times=st.lists(
        st.lists(st.tuples(FIGURES, FIGURES, FIGURES), min_size=2, max_size=6), min_size=4, max_size=4
    ),
)
def test_scored_again_and_again_is_scored_alone(
    further: dict[str, object], times: list[list[tuple[float | None, ...]]]
) -> None:
    kept = scheme(**further)

    def found(of: Scheme, rows: list[tuple[float | None, ...]]) -> tuple[object, ...]:
        table = pl.DataFrame(rows, schema=dict.fromkeys("xyz", pl.Float64), orient="row")
        units = pl.Series("unit", [f"U{i}" for i in range(len(rows))])
        try:
            result = score_frame(table.with_columns(units), of)
        except FindingsError as refused:
            return (sorted(str(each) for each in refused.findings),)
        told = sorted((each.code, str(each)) for each in result.all_findings)
        return result.ranking.rows(), result.wide.drop("name").rows(), told

    for rows in times:
        assert found(kept, rows) == found(scheme(**further), rows)


def test_of_several_groups_each_is_compared_inside() -> None:
    kept = scheme(groups={"a": {}, "b": {}})
    figures = {"x": [1.0, 2.0, 3.0, 5.0], "y": [1.0] * 4, "z": [4.0, 3.0, 2.0, 2.0]}
    table = pl.DataFrame({"unit": ["A", "B", "C", "D"], "group": ["a", "a", "b", "b"], **figures})

    found = [score_frame(table, kept).ranking.select("unit", "score").rows() for _ in range(4)]

    # of b both have the same z, which tells them apart by nothing: 100 for both
    assert found == [[("B", 100.0), ("A", 0.0), ("D", 100.0), ("C", 50.0)]] * 4
