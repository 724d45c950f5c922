"""Functions over the units of a group: what they give, of whom, and where nothing (formulas i)."""

from __future__ import annotations

import math

import polars as pl
import pytest
from tests.engines import EngineUnderTest

import quanheng as qh
from quanheng.engine.formulas.measures import measures_of, with_measures
from quanheng.engine.frame import columns as c
from quanheng.scheme.files.read import scheme_from_mapping

UNITS = ["A", "B", "C", "D", "E"]
GROUPS = ["g", "g", "g", "h", "h"]
RULE = {"bands": [[0, 0], [100, 100]]}


def measured(
    engine: EngineUnderTest, formula: str, *, away: str = "", **items: list[float | None]
) -> list[tuple[object, ...]]:
    """Return the value of the formula and why it is absent, unit by unit; `away` have no figures of x."""
    leaf = {"weight": 100, "measure": formula, "rule": RULE}
    scheme = scheme_from_mapping(
        {"groups": {"g": {}, "h": {}}, "items": {code: {} for code in items}, "indicators": {"k": leaf}}
    )
    columns = {c.item(code): pl.Series(values, dtype=pl.Float64) for code, values in items.items()}
    flags = {c.item_na("x"): [unit in away for unit in UNITS]}
    table = pl.DataFrame({"unit": UNITS, "name": UNITS, "group": GROUPS} | columns | flags)
    frame = with_measures(engine.lift(table), measures_of(scheme), scheme, engine.engine)
    return [
        row[1:]
        for row in engine.collect(frame.select("unit", c.measure("k"), c.absence("k"))).sort("unit").rows()
    ]


@pytest.mark.parametrize(
    ("formula", "gives"),
    [
        # of g: 1, 2 and 6; of h: 5 and nothing
        ("mean(units(x))", [3, 3, 3, 5, 5]),
        ("max(units(x))", [6, 6, 6, 5, 5]),
        ("min(units(x))", [1, 1, 1, 5, 5]),
        ("sum(units(x))", [9, 9, 9, 5, 5]),
        ("median(units(x))", [2, 2, 2, 5, 5]),
        # squares of the distances from 3: 4 + 1 + 9 = 14, over 3 - 1
        ("sd(units(x))", [math.sqrt(7), math.sqrt(7), math.sqrt(7), None, None]),
        # who has no value does not meet the condition
        ("units(x > 1)", [2, 2, 2, 1, 1]),
        ("units()", [3, 3, 3, 2, 2]),
        ("x - mean(units(x))", [-2, -1, 3, 0, None]),
        ("units(x > mean(units(x)))", [1, 1, 1, 0, 0]),
        ("mean(units(x * 2)) / 2", [3, 3, 3, 5, 5]),
    ],
)
def test_figures_over_the_units_of_a_group(
    formula: str, gives: list[float | None], engine: EngineUnderTest
) -> None:
    found = measured(engine, formula, x=[1.0, 2.0, 6.0, 5.0, None])

    assert [value for value, _ in found] == [
        None if one is None else pytest.approx(one, rel=1e-14) for one in gives
    ]


def test_absence_over_units(engine: EngineUnderTest) -> None:
    # g: two do not apply and one is missing; h: two are missing
    x: list[float | None] = [None] * 5
    # a deviation of one value is 0 / 0, which does not apply
    one: list[float | None] = [1.0, None, None, 1.0, 2.0]

    assert [absence for _, absence in measured(engine, "mean(units(x))", away="AB", x=x)] == [2, 2, 2, 1, 1]
    assert [absence for _, absence in measured(engine, "sd(units(x))", x=one)] == [2, 2, 2, 0, 0]
    # what cannot be computed for one unit cannot be for all: 1 / 0 of B
    assert measured(engine, "mean(units(x / y))", x=[1.0] * 5, y=[1.0, 0.0, 1.0, 2.0, 2.0]) == [
        *[(None, 3)] * 3,
        *[(0.5, 0)] * 2,
    ]
    # a count of nobody divides as a count of no records does: it does not apply
    assert [absence for _, absence in measured(engine, "x / units(x > 5)", x=[1.0, 2.0, 6.0, 1.0, 2.0])] == [
        0,
        0,
        0,
        2,
        2,
    ]


def test_an_explanation_shows_what_the_units_gave() -> None:
    frame = pl.DataFrame({"unit": ["A", "B", "C"], "x": [1.0, 2.0, None]})
    leaf = {"measure": "x - mean(units(x)) + units()", "weight": 100, "rule": "percentile"}
    scheme = {
        "items": {"x": {}},
        "defaults": {"gaps": {"missing": "redistribute"}},
        "indicators": {"k": leaf},
    }

    told = qh.score(frame, scheme).explain("B")

    # (1 + 2) / 2 = 1.5 over two units, of three
    assert "2 - mean(units(1.5, n = 2)) + units(3) = 3.5" in str(told)
    assert "平均(各单位(1.5, n = 2))" in told.text("zh")


@pytest.mark.parametrize(
    ("formula", "code"),
    [
        ("sd(x)", "QH177"),
        ("median(x, y)", "QH177"),
        ("mean(x)", "QH170"),
        ("mean(units())", "QH170"),
        ("units(x)", "QH224"),
        ("mean(units(x > 1))", "QH224"),
        ("mean(x, 1y)", "QH176"),
        ("mean(x, 51y)", "QH176"),
    ],
)
def test_misuse_is_told(formula: str, code: str) -> None:
    leaf = {"measure": formula, "weight": 100, "rule": RULE}

    with pytest.raises(qh.FindingsError) as refused:
        scheme_from_mapping({"items": {"x": {}, "y": {}}, "indicators": {"k": leaf}})

    # one of the items is not used in most of them, which is told as well
    assert {finding.code for finding in refused.value.findings} - {"QH221"} == {code}
