from __future__ import annotations

import datetime as dt
from typing import Any

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.graded import formula, graded
from tests.engines import EngineUnderTest

from quanheng.engine.frame.engines import polars_engine
from quanheng.engine.stages.adjustments.adjust import rows_of_round, with_adjustments
from quanheng.periods.period import parse_period
from quanheng.scheme.grades.grades import Adjustments, ComputedAdjustment, Limit
from quanheng.scheme.tree.scheme import Scheme

UNITS = pl.DataFrame(
    {
        "unit": ["a", "b", "c", "d"],
        "group": ["towns", "towns", "towns", "parks"],
        "item|growth": [8.2, 7.9, None, 9.0],
        "item|deaths": [0.0, 1.0, 0.0, None],
    }
)


def rows(*written: tuple[str, str, float | None, str]) -> nw.DataFrame[Any]:
    schema = {"unit": pl.String, "kind": pl.String, "marks": pl.Float64, "node": pl.String}
    return nw.from_native(pl.DataFrame(list(written), schema=schema, orient="row"))


def adjusted(
    engine: EngineUnderTest, scheme: Scheme, written: nw.DataFrame[Any] | None, frame: pl.DataFrame = UNITS
) -> pl.DataFrame:
    lifted = with_adjustments(engine.lift(frame), scheme, written, engine.engine)
    return engine.collect(lifted).sort("unit")


def test_rows_add_up_by_node_and_kind_whatever_their_sign(engine: EngineUnderTest) -> None:
    written = rows(
        ("a", "bonus", 1.5, "total"),
        ("a", "bonus", 2.0, "total"),
        ("a", "bonus", 0.5, "economy"),
        ("b", "penalty", -3.0, "total"),
        ("b", "penalty", 1.0, "total"),
        ("c", "veto", None, "total"),
    )

    told = adjusted(engine, graded(), written)

    assert told["adjust|total|bonus"].to_list() == [3.5, 0.0, 0.0, 0.0]
    assert told["adjust|economy|bonus"].to_list() == [0.5, 0.0, 0.0, 0.0]
    assert told["adjust|total|penalty"].to_list() == [0.0, 4.0, 0.0, 0.0]
    assert told["uncapped|bonus"].to_list() == [4.0, 0.0, 0.0, 0.0]
    assert told["vetoed"].to_list() == [False, False, True, False]
    # nothing for nodes without any, nothing left over from the making
    assert set(told.columns) - set(UNITS.columns) == {
        "claim|total|bonus",
        "claim|economy|bonus",
        "claim|total|penalty",
        "adjust|total|bonus",
        "adjust|economy|bonus",
        "adjust|total|penalty",
        "uncapped|bonus",
        "uncapped|penalty",
        "vetoed",
    }


@pytest.mark.parametrize("written", [None, rows()])
def test_without_adjustments_nobody_is_vetoed(
    engine: EngineUnderTest, written: nw.DataFrame[Any] | None
) -> None:
    told = adjusted(engine, graded(), written)

    assert set(told.columns) - set(UNITS.columns) == {"vetoed"}
    assert told["vetoed"].to_list() == [False] * 4


def test_a_cap_holds_for_the_sum_over_nodes_and_reduces_in_proportion(engine: EngineUnderTest) -> None:
    written = rows(
        ("a", "bonus", 6.0, "total"),
        ("a", "bonus", 2.0, "economy"),
        ("b", "bonus", 7.0, "total"),
        ("c", "bonus", 5.0, "total"),
        ("a", "penalty", 30.0, "total"),
    )

    told = adjusted(engine, graded(adjustments=Adjustments(bonus=Limit(cap=5.0))), written)

    # a: 8 asked, 5 allowed: 6·5/8 and 2·5/8; b: 7 at one node give the cap itself; c is just under it
    assert told["adjust|total|bonus"].to_list() == [3.75, 5.0, 5.0, 0.0]
    assert told["adjust|economy|bonus"].to_list() == [1.25, 0.0, 0.0, 0.0]
    assert told["claim|total|bonus"].to_list() == [6.0, 7.0, 5.0, 0.0]
    assert told["uncapped|bonus"].to_list() == [8.0, 7.0, 5.0, 0.0]
    assert told["adjust|total|penalty"].to_list() == [30.0, 0.0, 0.0, 0.0]


def test_a_gate_that_fails_or_is_open_voids_the_bonus(engine: EngineUnderTest) -> None:
    written = rows(*[(unit, kind, 2.0, "total") for unit in "abcd" for kind in ("bonus", "penalty")])
    scheme = graded(adjustments=Adjustments(bonus=Limit(cap=5.0, when=formula("growth >= 8"))))

    told = adjusted(engine, scheme, written)

    assert told["gate|bonus"].to_list() == [True, False, None, True]
    assert told["adjust|total|bonus"].to_list() == [2.0, 0.0, 0.0, 2.0]
    assert told["uncapped|bonus"].to_list() == [2.0, 2.0, 2.0, 2.0]
    assert told["adjust|total|penalty"].to_list() == [2.0, 2.0, 2.0, 2.0]


def test_computed_adjustments_stand_beside_rows(engine: EngineUnderTest) -> None:
    rules = (
        ComputedAdjustment(name="growth over 8", kind="bonus", marks=formula("5 * (growth - 8)")),
        ComputedAdjustment(
            name="safe towns", kind="bonus", node="safety", marks=formula("1"), when=formula("deaths < 1")
        ),
        ComputedAdjustment(name="accidents", kind="penalty", marks=formula("2 * deaths")),
        ComputedAdjustment(name="a death", kind="veto", when=formula("deaths >= 1")),
    )

    told = adjusted(engine, graded(adjustments=Adjustments(rules=rules)), rows(("a", "bonus", 1.0, "total")))

    # b grew by less than 8: what is below 0 gives nothing; c's growth is not known
    given = [[round(value, 9) for value in told[f"adjust|{node}|bonus"]] for node in ("total", "safety")]
    assert given[0] == [2.0, 0.0, 0.0, 5.0]
    # b had a death; d is a park, where safety does not stand
    assert given[1] == [1.0, 0.0, 1.0, 0.0]
    assert told["adjust|total|penalty"].to_list() == [0.0, 2.0, 0.0, 0.0]
    assert told["vetoed"].to_list() == [False, True, False, False]
    assert told["adjustment_rule|1"].to_list() == [1.0, 1.0, 1.0, 1.0]
    assert told["adjustment_gate|1"].to_list() == [True, False, True, None]
    assert told["adjustment_rule|2"].to_list() == [0.0, 2.0, 0.0, None]
    assert told["adjustment_rule|3"].to_list() == [False, True, False, None]


def test_a_gate_may_look_a_year_back(engine: EngineUnderTest) -> None:
    frame = UNITS.with_columns(pl.Series("item|deaths@12", [1.0, 1.0, 0.0, 0.0]))
    rule = ComputedAdjustment(
        name="fewer deaths", kind="bonus", marks=formula("1"), when=formula("change(deaths) < 0")
    )

    told = adjusted(engine, graded(adjustments=Adjustments(rules=(rule,))), None, frame)

    assert told["adjust|total|bonus"].to_list() == [1.0, 0.0, 0.0, 0.0]


MARKS = st.integers(min_value=-100, max_value=100).map(lambda number: number / 10)


@given(
    asked=st.lists(
        st.tuples(st.sampled_from("abcd"), MARKS, st.sampled_from(["total", "economy"])), min_size=1
    ),
    cap=st.integers(min_value=0, max_value=200).map(lambda number: number / 10),
)
def test_adjustments_never_exceed_the_cap_nor_what_was_asked(
    asked: list[tuple[str, float, str]], cap: float
) -> None:
    written = rows(*[(unit, "penalty", marks, node) for unit, marks, node in asked])
    scheme = graded(adjustments=Adjustments(penalty=Limit(cap=cap)))

    told = adjusted(EngineUnderTest(polars_engine()), scheme, written)

    for row in told.iter_rows(named=True):
        by_node = {
            node: sum(abs(marks) for unit, marks, at in asked if unit == row["unit"] and at == node)
            for node in ("total", "economy")
        }
        counted = {node: row.get(f"adjust|{node}|penalty") or 0.0 for node in by_node}
        every = sum(by_node.values())
        assert sum(counted.values()) == pytest.approx(min(cap, every), abs=1e-9)
        assert sum(counted.values()) <= cap + 1e-9
        for node, marks in by_node.items():
            assert 0.0 <= counted[node] <= marks + 1e-9
            # in proportion: what counts at a node is to all that counts as what was asked is to all
            assert counted[node] * every == pytest.approx(marks * sum(counted.values()), abs=1e-6)


def test_adjustment_dated_outside_the_round_does_not_count() -> None:
    rows = nw.from_native(
        pl.DataFrame(
            {
                "unit": ["a", "b", "c"],
                "date": [dt.date(2023, 8, 1), dt.date(2023, 3, 31), None],
                "file": ["adjustments.csv"] * 3,
                "sheet": [None] * 3,
                "cell": ["2", "3", "4"],
            }
        )
    )

    inside, notes = rows_of_round(rows, parse_period("2023-Q1"))

    assert inside["unit"].to_list() == ["b", "c"]
    assert [(note.code, note.facts["unit"], str(note.where)) for note in notes] == [
        ("QH552", "a", "adjustments.csv!2")
    ]
