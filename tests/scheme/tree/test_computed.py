"""Computed items: their formulas stand where they are named, worked out by hand (formulas j)."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

import quanheng as qh
from quanheng.findings.finding import FindingsError

FIGURES = pl.DataFrame({"unit": ["a", "b", "c"], "x": [10.0, 12.0, 9.0], "y": [2.0, 3.0, None]})


def scored(items: dict[str, Any], measures: dict[str, Any], frame: pl.DataFrame = FIGURES) -> qh.Result:
    wide = {"given": {"range": [-1000, 1000]}}
    leaves = {
        code: {"rule": wide, **(each if isinstance(each, dict) else {"measure": each})}
        for code, each in measures.items()
    }
    known = {code: {} for code in ("x", "y")} | items
    scheme = {
        "weights": "equal",
        "gaps": {"missing": "redistribute"},
        "items": known,
        "indicators": leaves,
    }
    return qh.score(frame, scheme)


def measures_of(result: qh.Result, code: str) -> list[float | None]:
    return result.wide.sort("unit")[f"measure|{code}"].to_list()


def codes_of(items: dict[str, Any], measures: dict[str, Any]) -> set[str]:
    with pytest.raises(FindingsError) as caught:
        scored(items, measures)
    return {finding.code for finding in caught.value.findings}


def test_a_computed_item_is_used_by_indicators_and_by_other_items() -> None:
    items = {"double": {"formula": "ratio * 2"}, "ratio": {"formula": "x / y"}}
    result = scored(items, {"p": "ratio", "q": "double + 1", "r": "share(ratio)"})

    # 10/2 and 12/3; c reported no y
    assert measures_of(result, "p") == [5.0, 4.0, None]
    assert measures_of(result, "q") == [11.0, 9.0, None]
    assert measures_of(result, "r") == [pytest.approx(5 / 9), pytest.approx(4 / 9), None]


def test_conditions_and_coefficients_name_it_too() -> None:
    items = {"ratio": {"formula": "x / y"}}
    leaf = {"measure": "x", "coefficient": "where(ratio > 4, 2, 1)"}
    result = scored(items, {"p": leaf, "q": {"measure": "x", "rule": {"met": "ratio >= 5"}}}, FIGURES.head(2))

    assert result.wide.sort("unit")["points|p"].to_list() == [20.0, 12.0]
    assert result.wide.sort("unit")["points|q"].to_list() == [100.0, 0.0]


def test_a_year_before_every_figure_in_it_is_that_of_the_year_before() -> None:
    frame = pl.DataFrame({"unit": ["a"], "x": [12.0], "y": [2.0], "x@12": [9.0], "y@12": [3.0]})
    result = scored({"ratio": {"formula": "x / y"}}, {"p": "change(ratio)"}, frame)

    # 12/2 - 9/3
    assert measures_of(result, "p") == [3.0]


def test_a_chain_of_a_hundred_is_one_formula() -> None:
    chain = {f"c{number}": {"formula": f"c{number - 1} + 1"} for number in range(1, 100)}
    result = scored({"c0": {"formula": "x + y"}, **chain}, {"p": "c99"})

    assert measures_of(result, "p") == [111.0, 114.0, None]


def test_the_explanation_tells_the_formula_of_the_item() -> None:
    result = scored({"ratio": {"name": "Ratio", "formula": "x / y"}}, {"p": "ratio"})

    told = result.explain("a").text("en")
    assert "measure: ratio = 10 / 2 = 5" in told
    assert "ratio Ratio = x / y" in told


@pytest.mark.parametrize(
    ("items", "code"),
    [
        ({"a": {"formula": "b + 1"}, "b": {"formula": "a + 1"}}, "QH286"),
        ({"a": {"formula": "a + 1"}}, "QH286"),
        ({"a": {"formula": "z + 1"}}, "QH283"),
        ({"a": {"formula": "completion(x)"}}, "QH287"),
        ({"score": {"formula": "x"}}, "QH284"),
        ({"a": {"formula": "x", "kind": "flow"}}, "QH133"),
        ({"a": {"formula": "x +"}}, "QH165"),
        ({f"d{n}": {"formula": f"d{n - 1} + d{n - 1}" if n else "x + y"} for n in range(20)}, "QH285"),
    ],
)
def test_what_no_computed_item_can_be_is_a_finding(items: dict[str, Any], code: str) -> None:
    assert code in codes_of(items, {"p": "x + y"})


def test_a_circle_is_named() -> None:
    with pytest.raises(FindingsError) as caught:
        scored({"a": {"formula": "b"}, "b": {"formula": "x + a"}}, {"p": "x + y"})

    (circle,) = [finding for finding in caught.value.findings if finding.code == "QH286"]
    assert "a → b → a" in circle.message("en")
