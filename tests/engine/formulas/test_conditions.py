from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest
from tests.engine.graded import formula, graded
from tests.engines import EngineUnderTest

from quanheng.engine.formulas.conditions import amount, holds, judged, with_outcome
from quanheng.engine.formulas.measures import scope_of
from quanheng.findings.errors import EngineError

FRAME = pl.DataFrame(
    {
        "unit": ["a", "b", "c", "d"],
        "group": ["towns", "towns", "parks", "parks"],
        "item|growth": [8.2, 8.0, None, 7.9],
        "item|deaths": [0.0, 2.0, None, 0.0],
        "score|total": [90.0, 84.99999999999999, 70.0, None],
        "score|economy": [40.0, 30.0, 20.0, None],
        "place": [1, 2, 1, None],
        "tier": ["A", "B", None, None],
        "vetoed": [False, True, False, False],
    }
)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("growth >= 8", [True, True, None, False]),
        ("not deaths > 0", [True, False, None, True]),
        ("growth >= 8 and deaths < 1", [True, False, None, False]),
        ("group == 'parks' or growth > 8.1", [True, False, True, True]),
        ("score >= 85", [True, True, False, None]),
        ("economy > 25", [True, True, False, None]),
        ("tier in ('A', 'C')", [True, False, None, None]),
        ("veto", [False, True, False, False]),
        ("not vetoed and place == 1", [True, False, True, None]),
        ("where(group == 'towns', growth, deaths) < 8.1", [False, True, None, True]),
        ("growth / deaths > 1", [None, True, None, None]),
    ],
)
def test_judged_is_open_where_absent_figures_decide(
    engine: EngineUnderTest, condition: str, expected: list[bool | None]
) -> None:
    frame, scheme = engine.lift(FRAME), graded()
    scope = with_outcome(scope_of(frame, scheme), frame, scheme)

    told = engine.collect(
        frame.select(
            "unit",
            judged(formula(condition), scope).alias("judged"),
            holds(formula(condition), scope).alias("holds"),
        )
    ).sort("unit")

    assert told["judged"].to_list() == expected
    assert told["holds"].to_list() == [value is True for value in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.5 * (growth - 8)", [0.1, 0.0, None, -0.05]),
        ("deaths", [0.0, 2.0, None, 0.0]),
        ("growth / deaths", [None, 4.0, None, None]),
        ("3", [3.0, 3.0, 3.0, 3.0]),
        ("max(growth, deaths) + place", [9.2, 10.0, None, None]),
    ],
)
def test_amount_is_absent_where_it_cannot_be_computed(
    engine: EngineUnderTest, text: str, expected: list[float | None]
) -> None:
    frame, scheme = engine.lift(FRAME), graded()
    scope = with_outcome(scope_of(frame, scheme), frame, scheme)

    told = engine.collect(frame.select("unit", amount(formula(text), scope).alias("amount"))).sort("unit")

    assert [value if value is None else round(value, 12) for value in told["amount"]] == expected


def test_an_item_goes_before_a_node_of_the_same_code(engine: EngineUnderTest) -> None:
    scheme = graded()
    scheme = replace(scheme, items=(*scheme.items, replace(scheme.items[0], code="economy")))
    frame = engine.lift(FRAME.with_columns(pl.Series("item|economy", [1.0, 2.0, 3.0, 4.0])))
    scope = with_outcome(scope_of(frame, scheme), frame, scheme)

    told = engine.collect(frame.select("unit", amount(formula("economy"), scope).alias("amount"))).sort(
        "unit"
    )

    assert told["amount"].to_list() == [1.0, 2.0, 3.0, 4.0]


def test_a_word_that_is_no_column_yet_means_nothing(engine: EngineUnderTest) -> None:
    frame, scheme = engine.lift(FRAME.drop("tier")), graded()
    scope = with_outcome(scope_of(frame, scheme), frame, scheme)

    with pytest.raises(EngineError, match="tier"):
        judged(formula("tier == 'A'"), scope)
