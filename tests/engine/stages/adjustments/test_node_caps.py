"""Caps on marks at a node and below it (adjustments §2 f): hand-computed, and their laws."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import narwhals as nw
import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.graded import graded
from tests.engine.replicates.agreement import disagreements
from tests.engine.stages.adjustments.test_categories import Row, rows
from tests.engines import EngineUnderTest

import quanheng as qh
from quanheng.engine.frame.engines import polars_engine
from quanheng.engine.stages.adjustments.adjust import with_adjustments
from quanheng.engine.stages.adjustments.counted import counted_adjustments
from quanheng.engine.stages.adjustments.nodes import node_caps
from quanheng.findings.text import Text
from quanheng.scheme.grades.grades import Adjustments, Category, Limit, NodeLimit
from quanheng.scheme.tree.scheme import Dimension, Scheme

UNITS = pl.DataFrame(
    {"unit": ["a", "b"], "group": ["towns", "towns"], "item|growth": [8.2, 7.9], "item|deaths": [0.0, 1.0]}
)
NEW = Category(code="new", name="New", cap=3.0)
NODES = (
    NodeLimit(node="society", cap=4.0, categories={"new": 2.0}),
    NodeLimit(node="safety", cap=3.0),
)
LIMIT = Limit(cap=6.0, categories=(NEW,), nodes=NODES)


def nested(limit: Limit) -> Scheme:
    """`economy` and `society` below the root, `safety` below `society`."""
    scheme = graded(only_towns=(), adjustments=Adjustments(bonus=limit))
    economy, safety = scheme.root.children
    society = Dimension(
        code="society", name=Text(en="society"), weights=dict(safety.weights), children=(safety,)
    )
    return replace(scheme, root=replace(scheme.root, children=(economy, society)))


def adjusted(engine: EngineUnderTest, scheme: Scheme, written: nw.DataFrame[Any]) -> pl.DataFrame:
    lifted = with_adjustments(engine.lift(UNITS), scheme, written, engine.engine)
    return engine.collect(lifted).sort("unit")


def test_caps_hold_from_the_deepest_node_up_and_those_over_all_come_last(engine: EngineUnderTest) -> None:
    written = rows(
        ("a", "bonus", 4.0, "safety", "new"),
        ("a", "bonus", 2.0, "safety", None),
        ("a", "bonus", 1.0, "society", "new"),
        ("a", "bonus", 4.0, "society", None),
        ("a", "bonus", 1.5, "economy", "new"),
        ("a", "bonus", 6.5, "total", None),
        ("b", "bonus", 2.0, "society", "new"),
        ("b", "bonus", 2.0, "society", None),
    )

    told = adjusted(engine, nested(LIMIT), written)

    # at safety 6 > 3: halved, 2 new and 1
    assert told["below|safety|bonus"].to_list() == [6.0, 0.0]
    # new at society and below 2 + 1 = 3 > 2: two thirds, 4/3 and 2/3; then 4/3 + 1 + 2/3 + 4 = 7 > 4
    assert told["below|society|bonus|new"].to_list() == [3.0, 2.0]
    assert told["below|society|bonus"].to_list() == pytest.approx([7.0, 4.0])
    assert told["left|safety|bonus|new"].to_list() == pytest.approx([16 / 21, 0.0])
    assert told["left|safety|bonus|"].to_list() == pytest.approx([4 / 7, 0.0])
    # new over all: 16/21 + 8/21 + 1.5 = 37/14 <= 3, so it stays; over all 4 + 1.5 + 6.5 = 12 > 6: halved
    assert told["uncapped|bonus|new"].to_list() == pytest.approx([37 / 14, 2.0])
    assert told["uncapped|bonus"].to_list() == pytest.approx([12.0, 4.0])
    assert told["adjust|safety|bonus"].to_list() == pytest.approx([2 / 3, 0.0])
    assert told["adjust|society|bonus"].to_list() == pytest.approx([4 / 3, 4.0])
    assert told["adjust|economy|bonus"].to_list() == [0.75, 0.0]
    assert told["adjust|total|bonus"].to_list() == [3.25, 0.0]


@pytest.mark.parametrize(("cap", "counts"), [(0.0, 0.0), (2.0, 2.0), (3.0, 3.0), (9.0, 3.0)])
def test_a_node_may_have_the_only_cap(engine: EngineUnderTest, cap: float, counts: float) -> None:
    limit = Limit(nodes=(NodeLimit(node="society", cap=cap),))

    told = adjusted(
        engine, nested(limit), rows(("a", "bonus", 3.0, "safety", None), ("a", "bonus", 5.0, "economy", None))
    )

    assert told["adjust|safety|bonus"].to_list() == [counts, 0.0]
    assert told["adjust|economy|bonus"].to_list() == [5.0, 0.0]


def test_what_is_lost_uses_up_no_cap_of_a_node(engine: EngineUnderTest) -> None:
    limit = Limit(nodes=(NodeLimit(node="society", cap=2.0),))
    worth = UNITS.with_columns(pl.lit(0.0).alias("marks|safety"), pl.lit(50.0).alias("marks|society"))
    written = rows(("a", "bonus", 9.0, "safety", None), ("a", "bonus", 2.0, "society", None))

    lifted = with_adjustments(engine.lift(worth), nested(limit), written, engine.engine)

    assert engine.collect(lifted).sort("unit")["adjust|society|bonus"].to_list() == [2.0, 0.0]


def test_each_row_says_which_caps_cut_it() -> None:
    written = rows(
        ("a", "bonus", 6.0, "safety", "new"),
        ("a", "bonus", 4.0, "society", None),
        ("a", "bonus", 9.0, "economy", None),
    )
    scheme, engine = nested(LIMIT), polars_engine()
    wide = engine.collect(with_adjustments(engine.lift(UNITS), scheme, written, engine))
    [row] = wide.filter(nw.col("unit") == "a").rows(named=True)

    told = counted_adjustments(scheme, row, written)

    # 6 -> 3 at safety -> 2 of new at society; 2 + 4 > 4: 4/3 and 8/3; with 9 there are 13 > 6
    assert [each.gate for each in told] == [
        "safety Σ 6 > 3; society New Σ 3 > 2; society Σ 6 > 4; Σ 13 > 6",
        "society Σ 6 > 4; Σ 13 > 6",
        "Σ 13 > 6",
    ]
    assert [each.counted for each in told] == pytest.approx([4 / 3 * 6 / 13, 8 / 3 * 6 / 13, 9 * 6 / 13])


_MARKS = st.one_of(st.just(0.0), st.floats(0.001, 9.0))
_ASKED = st.lists(
    st.tuples(
        st.sampled_from(["total", "economy", "society", "safety"]), _MARKS, st.sampled_from(["new", None])
    ),
    min_size=1,
    max_size=6,
)
_CAP = st.one_of(st.none(), st.floats(0.0, 9.0))


@st.composite
def _limits(draw: st.DrawFn) -> Limit:
    nodes = [
        NodeLimit(node=node, cap=draw(_CAP), categories=draw(st.sampled_from([{}, {"new": 1.5}])))
        for node in draw(st.lists(st.sampled_from(["economy", "society", "safety"]), unique=True))
    ]
    return Limit(cap=draw(_CAP), categories=(replace(NEW, cap=draw(_CAP)),), nodes=tuple(nodes))


@settings(max_examples=60)
@given(asked=_ASKED, limit=_limits(), order=st.permutations(range(6)))
def test_no_cap_is_passed_whatever_the_order_of_rows_and_caps(
    asked: list[Any], limit: Limit, order: list[int]
) -> None:
    told = _told(nested(limit), asked)

    assert all(counted <= marks + 1e-9 for (_, marks, _), counted in zip(asked, told, strict=True))
    for cap in node_caps(nested(limit), "bonus"):
        under = [
            counted
            for (node, _, category), counted in zip(asked, told, strict=True)
            if node in cap.codes and cap.category in {None, category}
        ]
        assert sum(under) <= cap.cap + 1e-9
    assert limit.cap is None or sum(told) <= limit.cap + 1e-9
    turned, ways = replace(limit, nodes=limit.nodes[::-1]), [at for at in order if at < len(asked)]
    again = _told(nested(turned), [asked[at] for at in ways])
    assert again == pytest.approx([told[at] for at in ways], abs=1e-9)


@settings(max_examples=30)
@given(asked=_ASKED, limit=_limits())
def test_caps_that_nothing_reaches_change_nothing(asked: list[Any], limit: Limit) -> None:
    wide = tuple(
        NodeLimit(node=node, cap=100.0, categories={"new": 100.0})
        for node in ("society", "safety", "economy")
    )

    capped = _told(nested(replace(limit, nodes=wide)), asked)

    assert capped == pytest.approx(_told(nested(replace(limit, nodes=())), asked), abs=1e-12)


def _told(scheme: Scheme, asked: list[tuple[str, float, str | None]]) -> list[float]:
    """Return what counts of each of the marks of a unit."""
    written: list[Row] = [("a", "bonus", marks, node, category) for node, marks, category in asked]
    engine, table = polars_engine(), rows(*written)
    wide = engine.collect(with_adjustments(engine.lift(UNITS), scheme, table, engine))
    [row] = wide.filter(nw.col("unit") == "a").rows(named=True)
    told = counted_adjustments(scheme, row, table)
    counting = sum(row[name] for name in row if name.startswith("adjust|"))
    assert sum(each.counted for each in told) == pytest.approx(counting)
    return [each.counted for each in told]


SCHEME = """\
quanheng: 1
id: capped
title: Capped
round: 2023
items: {growth: {}, trade: {}, air: {}, water: {}}
defaults: {rule: given}
indicators:
  economy:
    weight: 50
    children: {g: {measure: growth, weight: 25}, t: {measure: trade, weight: 25}}
  ecology:
    weight: 50
    children: {a: {measure: air, weight: 25}, w: {measure: water, weight: 25}}
adjustments:
  bonus:
    cap: 4
    categories: {innovation: {name: 创新}}
    nodes:
      economy: 2
      ecology: {cap: 3, categories: {innovation: 1}}
  penalty: {nodes: {ecology: 5}}
"""
WRITTEN = """\
unit,kind,marks,reason,node,category
A,bonus,3,export,g,
A,bonus,1,park,economy,
A,bonus,2,pilot,a,创新
A,bonus,4,lake,ecology,
B,penalty,4,spill,w,
B,penalty,6,dump,ecology,
C,bonus,1,park,economy,
C,bonus,2,visit,,
"""


def book(folder: Path) -> Path:
    (folder / "data").mkdir()
    (folder / "scheme.yaml").write_text(SCHEME, encoding="utf-8")
    (folder / "units.csv").write_text("unit,name\nA,A\nB,B\nC,C\n", encoding="utf-8")
    figures = "".join(f"{unit},2023,80,80,80,80\n" for unit in "ABC")
    (folder / "data" / "figures.csv").write_text(f"unit,period,growth,trade,air,water\n{figures}", "utf-8")
    (folder / "adjustments.csv").write_text(WRITTEN, encoding="utf-8")
    return folder


def test_a_book_caps_marks_at_nodes(tmp_path: Path) -> None:
    result = qh.score(qh.load(book(tmp_path)))

    # A: 4 -> 2 in the economy; of 2 for innovation 1, with 4 there are 5 -> 3 in ecology; 5 -> 4 over all
    scores = result.wide.select("unit", "score|g", "score|economy", "score|ecology", "score|total")
    told = {unit: pytest.approx(values) for unit, *values in scores.rows()}
    assert told == {
        "A": [21.2, 41.6, 42.4, 84.0],
        "B": [20.0, 40.0, 35.0, 75.0],
        "C": [20.0, 41.0, 40.0, 83.0],
    }
    trace = result.engine.collect(result.trace).filter(nw.col("unit") == "A")
    stages = dict(trace.filter(nw.col("node") == "ecology").select("stage", "value").rows())
    assert stages["bonus in innovation at the node and below before its cap"] == 2.0
    assert stages["bonus at the node and below before its cap"] == 5.0
    assert stages["bonus within categories"] == pytest.approx(2.4)
    assert "ecology 创新 Σ 2 > 1; ecology Σ 5 > 3; Σ 5 > 4" in result.explain("A").text("en")
    assert "ecology Σ 10 > 5" in result.explain("B").text("zh")


def test_replicates_cut_at_nodes_as_a_full_scoring_does(tmp_path: Path) -> None:
    loaded = qh.load(book(tmp_path))

    assert list(disagreements(loaded, np.random.default_rng(7), {}, count=4)) == []
