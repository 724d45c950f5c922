"""Figures of any size in the range: no infinite number, no NaN, no -0 in any table, no fault (numbers §3)."""

from __future__ import annotations

import math

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.texts import column, points, scored
from tests.engines import EngineUnderTest

from quanheng.engine.frame import columns as c
from quanheng.engine.results.result import Result
from quanheng.findings.finding import FindingsError
from quanheng.scheme.formulas.numbers import in_range

SCHEME = """
items: {{x: {{}}, y: {{}}}}
defaults: {{gaps: {{missing: redistribute}}, direction: {direction}}}
{joined}
indicators:
  i: {{measure: {first}, weight: {weight}, rule: {rule}}}
  j: {{measure: {second}, weight: 100, rule: {rule}}}
"""
RULES = (
    "{given: {range: [-999e12, 999e12]}}",
    "{ratio: {ref: best}}",
    "{ratio: {ref: mean, cap: 120}}",
    "zscore",
    "{scale: {base: 60}}",
    "{scale: {clamp: none}}",
    "{scale: {clamp: none, worst: 0, best: 1.0e-15}}",
    "{scale: {clamp: none, worst: 1, best: 0}}",
    "{scale: {base: 1, curve: exponential, clamp: none}}",
    "{deduct: {each: 9.0e+14}}",
    "{place: {first: 100, last: 0}}",
    "percentile",
    "{ideal: {between: [0, 1]}}",
    "{bands: [[-1.0e-15, 0], [1.0e-15, 9.0e+14]]}",
    "{met: x >= 1}",
    "{steps: {table: [[1.0e-15, 60], [9.0e+14, 100]], otherwise: 0}}",
)
JOINED = (
    *("weights: relative", "aggregate: geometric", "aggregate: harmonic", "aggregate: {power: -20}"),
    *(
        "aggregate: {power: 20}",
        "aggregate: min",
        "aggregate: max",
        "aggregate: product",
        "aggregate: {best: 2}",
        "aggregate: {last: 1}",
        "aggregate: copeland",
        "rounding: {points: 2, scores: 2}",
    ),
)
COMPUTED = ("weights: bod", "weights: entropy", "weights: critic", "weights: std", "weights: pca")
FIGURES = st.sampled_from([0.0, -0.0, 1e-15, -1e-15, 1e-12, 1.0, -1.0, 9.3e9, 1e12, 9.99e14, -9.99e14]) | (
    st.floats(-9.99e14, 9.99e14).filter(in_range)
)


def is_sound(result: Result) -> bool:
    """Return whether every number of every table is finite, and no 0 has a sign."""
    tables = (result.wide, result.scores, result.ranking, result.weights, result.trace.collect())
    return all(
        math.isfinite(number) and (number != 0.0 or math.copysign(1.0, number) > 0.0)
        for table in tables
        for name, dtype in table.schema.items()
        if dtype.is_float()
        for number in table[name].drop_nulls().to_list()
    )


@pytest.mark.parametrize("rule", RULES)
@settings(max_examples=3)
@given(
    x=st.lists(FIGURES, min_size=4, max_size=4),
    y=st.lists(FIGURES, min_size=4, max_size=4),
    joined=st.sampled_from((*JOINED, *COMPUTED)),
    measures=st.sampled_from((("x", "y"), ("-x", "y / 7"), ("x * y", "x - y"), ("x / y", "y ** 3"))),
    direction=st.sampled_from(("more", "less")),
)
def test_no_figure_in_the_range_makes_a_result_that_is_none(
    rule: str, x: list[float], y: list[float], joined: str, measures: tuple[str, str], direction: str
) -> None:
    scheme = SCHEME.format(
        rule=rule,
        joined=joined,
        first=measures[0],
        second=measures[1],
        direction=direction,
        weight=1 if joined in COMPUTED else 0,
    )
    try:
        result = scored(scheme, {"unit": list("abcd"), "x": x, "y": y})
    except FindingsError:
        return

    assert is_sound(result)


def test_points_beyond_the_range_are_an_error(engine: EngineUnderTest) -> None:
    # 100 · 5 ÷ 10^-15 = 5·10^17 points
    scheme = SCHEME.format(
        rule="{scale: {clamp: none, worst: 0, best: 1.0e-15}}",
        joined="weights: relative",
        first="x",
        second="x",
        direction="more",
        weight=100,
    )

    with pytest.raises(FindingsError) as refused:
        scored(scheme, {"unit": ["p", "q"], "x": [5.0, 0.0], "y": [1.0, 1.0]}, engine)

    told = {
        (finding.code, finding.facts["node"], finding.facts["unit"]) for finding in refused.value.findings
    }
    assert told == {("QH563", "i", "p"), ("QH563", "j", "p"), ("QH563", "total", "p")}


def test_results_beyond_the_range_are_undefined() -> None:
    # (9·10^14)^5 = 5.9·10^74, over 10^60
    scheme = "{items: {x: {}}, indicators: {i: {measure: x ** 5, weight: 100, rule: percentile}}}"

    with pytest.raises(FindingsError) as refused:
        scored(scheme, {"unit": ["a", "b"], "x": [9e14, 2.0]})

    assert [finding.code for finding in refused.value.findings] == ["QH542"]


def test_a_range_of_almost_nothing_ranks_as_any_other() -> None:
    # from 1e-15 to 3e-15: 2e-15 lies in the middle
    assert points("{scale: {base: 0}}", [1e-15, 3e-15, 2e-15]) == [0.0, 100.0, 50.0]


@pytest.mark.parametrize("number", [1e15, -1e300, 1e-16, 1e-320])
def test_numbers_of_a_frame_beyond_the_range_are_told(engine: EngineUnderTest, number: float) -> None:
    scheme = "{items: {x: {}}, indicators: {i: {measure: x, weight: 100, rule: percentile}}}"

    with pytest.raises(FindingsError) as refused:
        scored(scheme, {"unit": ["a", "b", "c"], "x": [number, 1.0, None]}, engine)

    assert [(finding.code, finding.facts["count"]) for finding in refused.value.findings] == [("QH515", "1")]


def test_a_zero_with_a_sign_is_zero(engine: EngineUnderTest) -> None:
    scheme = "{items: {x: {}}, indicators: {i: {measure: x, weight: 100, rule: given}}}"

    result = scored(scheme, {"unit": ["a", "b"], "x": [-0.0, 50.0]}, engine)

    assert str(column(result, c.points("i"))) == "{'a': 0.0, 'b': 50.0}"
    assert is_sound(result)


def test_worst_is_zero_without_a_sign_where_less_is_better() -> None:
    frame = pl.DataFrame({"unit": ["a", "b"], "x": [1.0, 5.0]})
    scheme = (
        "{items: {x: {}}, indicators: {i: {measure: x, direction: less, weight: 100, rule: {scale: {}}}}}"
    )

    result = scored(scheme, frame.to_dict(as_series=False))

    assert column(result, c.points("i")) == {"a": 100.0, "b": 0.0}
    assert is_sound(result)
