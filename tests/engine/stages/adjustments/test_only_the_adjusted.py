"""Marks of one unit change nothing of another, and marks at a node that is worth none are lost."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.documents.assessments import Assessment
from tests.engine.texts import Table, column, scored
from tests.engines import EngineUnderTest

from quanheng.engine.frame import columns as c
from quanheng.engine.results.result import Result

TWO_GROUPS = """
groups: {{one: One, two: Two}}
items: {{x: {{}}, y: {{}}, extra: {{}}}}
aggregate: {aggregate}
rounding: {{{rounding}}}
indicators:
  i: {{measure: x, weight: 60, rule: {{given: {{}}}}}}
  j: {{measure: y, weight: 40, rule: {{given: {{}}}}}}
adjustments:
  rules: [{{name: more, kind: {kind}, node: {node}, marks: extra}}]
"""


def table(extra: float) -> Table:
    return {
        "unit": ["A", "B"],
        "group": ["one", "two"],
        "x": [61.0, 61.0],
        "y": [41.0, 41.0],
        "extra": [0.0, extra],
    }


def test_a_bonus_leaves_the_points_of_another_group_alone(engine: EngineUnderTest) -> None:
    # i has 61 points of 60 marks: 36.6, rounded 37; as points that follow, 100·37/60 = 61.667.
    # A was given nothing: 61^0.6 · 41^0.4 = 52.03 -> 52; from 61.667 it would be 52.37
    # B has 37 + 1 = 38 and so 63.333 points: 63.333^0.6 · 41^0.4 = 53.22 -> 53
    scheme = TWO_GROUPS.format(aggregate="geometric", rounding="scores: 0", kind="bonus", node="i")

    result = scored(scheme, table(1.0), engine)

    assert column(result, c.points("i")) == {"A": 61.0, "B": 63.333333333}
    assert column(result, c.score("total")) == {"A": 52.0, "B": 53.0}


AGGREGATES = ("arithmetic", "geometric", "harmonic", "{power: 2}", "min", "copeland")


@settings(max_examples=25)
@given(
    x=st.lists(st.integers(2_000, 10_000).map(lambda n: n / 100), min_size=4, max_size=4),
    y=st.lists(st.integers(2_000, 10_000).map(lambda n: n / 100), min_size=4, max_size=4),
    extra=st.integers(1, 400).map(lambda n: n / 100),
    aggregate=st.sampled_from(AGGREGATES),
    at=st.tuples(st.sampled_from(("bonus", "penalty")), st.sampled_from(("i", "j", "total"))),
    rounding=st.sampled_from(("", "scores: 0", "scores: 1", "points: 1, scores: 2, total: 1")),
)
def test_an_adjustment_never_changes_another_units_points(
    x: list[float],
    y: list[float],
    extra: float,
    aggregate: str,
    at: tuple[str, str],
    rounding: str,
) -> None:
    kind, node = at
    # Copeland above the node compares units with each other: there they are to change
    assume(aggregate != "copeland" or node == "total")
    scheme = TWO_GROUPS.format(aggregate=aggregate, rounding=rounding, kind=kind, node=node)
    units = {"unit": ["A", "B", "C", "D"], "group": ["one", "one", "two", "two"], "x": x, "y": y}

    def others(marks: float) -> pl.DataFrame:
        found: pl.DataFrame = scored(scheme, {**units, "extra": [0.0, marks, 0.0, 0.0]}).wide.to_native()
        same = [name for name in found.columns if name.split("|")[0] in ("points", "score", "marks")]
        return found.filter(pl.col("unit") != "B").select("unit", *same)

    assert others(extra).equals(others(0.0))


BESIDE = """\
items: {x: {name: x}, y: {name: y}}
defaults: {rule: given}
indicators:
  i: {weight: 100, measure: x}
  beside: {weight: 0, measure: y}
"""


@pytest.mark.parametrize("rounding", ["", "rounding: {scores: 2}\n"])
def test_a_bonus_at_a_node_worth_no_marks_is_lost(rounding: str, tmp_path: Path) -> None:
    # the total is 100 · 80 ÷ 100 = 80: what stands at weight 0 brings nothing, rounded or not
    book = Assessment(
        name="beside",
        scheme=f"{rounding}{BESIDE}",
        data="unit,period,x,y\nA,2023,80,50\n",
        adjustments="unit,kind,marks,reason,node\nA,bonus,1,good,beside\n",
    )

    result = book.scored(tmp_path)

    assert column(result, c.score("total")) == {"A": 80.0}
    assert column(result, c.score("beside")) == {"A": 0.0}
    assert column(result, c.points("beside")) == {"A": 50.0}
    assert [finding.code for finding in result.all_findings] == ["QH574"]
    assert counted(result) == [("bonus", 1.0, 0.0)]


def counted(result: Result) -> list[tuple[str, float, float]]:
    """Return what is asked for and what counts of the marks beside the indicators."""
    found = next(part for part in result.explain("A").walk() if part.node == "beside")
    return [(marking.kind, marking.asked, marking.counted) for marking in found.markings]
