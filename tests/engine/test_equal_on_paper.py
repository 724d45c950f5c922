"""What is equal on paper has equal points, places and weights (comparing §1-§4)."""

from __future__ import annotations

import itertools
import math
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines import EngineUnderTest

from quanheng.engine.results.result import Result
from quanheng.engine.results.score import score_frame
from quanheng.scheme.files.read import scheme_from_mapping
from quanheng.scheme.tree.scheme import Scheme

RULES = {
    "scale": {"scale": {"worst": "observed", "best": "observed", "base": 60}},
    "place": {"place": {"first": 100, "step": 10, "floor": 0}},
    "percentile": "percentile",
    "zscore": {"zscore": {"center": 50, "spread": 10}},
    "ratio": {"ratio": {"ref": "mean", "cap": 200}},
}
"""Rules that look at other units."""


def scheme_of(measure: str, rules: dict[str, object], **more: object) -> Scheme:
    """Return a scheme in which each of `rules` rates the same measure of the items a, b, c and d."""
    return scheme_from_mapping(
        {
            "items": {key: {} for key in "abcd"},
            "weights": "equal",
            "indicators": {code: {"measure": measure, "rule": rule} for code, rule in rules.items()},
            **more,
        }
    )


def scored(scheme: Scheme, rows: list[list[float]], engine: EngineUnderTest | None = None) -> Result:
    """Return the result of units U0, U1 … with `rows` of a, b, c and d."""
    table = pl.DataFrame(rows, schema=list("abcd"), orient="row").with_columns(
        pl.Series("unit", [f"U{at}" for at in range(len(rows))])
    )
    return score_frame(table if engine is None else engine.lift(table), scheme)


def assert_all_equal(result: Result) -> None:
    """All units have the same points everywhere, at nine decimals, and share the first place."""
    wide = result.wide.to_native()
    for column in wide.columns:
        if column.startswith(("points|", "score|")):
            assert math.isfinite(wide[column][0])
            assert wide[column].to_list() == pytest.approx([wide[column][0]] * len(wide), abs=1e-9), column
    assert set(result.ranking["place"].to_list()) == {1}


def _split(total: Decimal, parts: list[Decimal]) -> list[float]:
    """Return `parts` and what is left of `total`, as the floats that stand in cells."""
    return [*map(float, parts), float(total - sum(parts))]


decimals = st.decimals(min_value=-1000, max_value=1000, places=2)


@st.composite
def sums(draw: st.DrawFn) -> tuple[Decimal, list[list[float]]]:
    """A total, and units whose four figures add up to it on paper."""
    total = draw(st.decimals(min_value=Decimal("0.01"), max_value=1000, places=3))
    units = draw(st.lists(st.lists(decimals, min_size=3, max_size=3), min_size=2, max_size=5))
    return total, [_split(total, parts) for parts in units]


@given(sums())
def test_sums_that_are_equal_on_paper(drawn: tuple[Decimal, list[list[float]]]) -> None:
    total, rows = drawn
    asked = {
        "met": {"met": f"x >= {total}"},
        "not_over": {"met": f"x <= {total}"},
        "one_of": {"met": f"x in ({total}, 9999)"},
        "steps": {"steps": [[float(total), 100]]},
        "ideal": {"ideal": {"between": [float(total), float(total) + 1], "width": 1}},
    }

    result = scored(scheme_of("a + b + c + d", RULES | asked), rows)

    assert_all_equal(result)
    for code in asked:
        assert set(result.wide[f"points|{code}"].to_list()) == {100.0}, code


@st.composite
def growths(draw: st.DrawFn) -> list[list[float]]:
    """Units whose b has grown to a by the same part."""
    growth = draw(st.decimals(min_value=Decimal("-0.9"), max_value=2, places=3))
    befores = draw(
        st.lists(st.decimals(min_value=Decimal("0.1"), max_value=10000, places=1), min_size=2, max_size=5)
    )
    return [[float(before * (1 + growth)), float(before), 1.0, 1.0] for before in befores]


@given(growths())
def test_growths_that_are_equal_on_paper(rows: list[list[float]]) -> None:
    rules = {code: rule for code, rule in RULES.items() if code != "ratio"}  # the mean growth may be 0
    assert_all_equal(scored(scheme_of("(a - b) / b", rules), rows))


@st.composite
def quotients(draw: st.DrawFn) -> list[list[float]]:
    """Units whose a/b is the same."""
    top, bottom = (draw(st.decimals(min_value=Decimal("0.1"), max_value=1000, places=1)) for _ in range(2))
    factors = draw(
        st.lists(st.decimals(min_value=Decimal("0.01"), max_value=100, places=2), min_size=2, max_size=5)
    )
    return [[float(top * factor), float(bottom * factor), 1.0, 1.0] for factor in factors]


@given(quotients())
def test_quotients_that_are_equal_on_paper(rows: list[list[float]]) -> None:
    assert_all_equal(scored(scheme_of("a / b", RULES), rows))


@pytest.mark.parametrize("method", ["std", "entropy", "critic"])
def test_a_child_that_is_the_same_for_all_on_paper_weighs_nothing(
    method: str, engine: EngineUnderTest
) -> None:
    # 0.3/0.1, 3/1 and 0.6/0.2 are all 3; the other child differs
    tree = {
        "same": {"measure": "a / b", "rule": "given"},
        "other": {"measure": "c", "rule": "given"},
    }
    scheme = scheme_from_mapping(
        {"items": {key: {} for key in "abcd"}, "weights": method, "indicators": tree}
    )

    result = scored(scheme, [[0.3, 0.1, 1, 0], [3, 1, 2, 0], [0.6, 0.2, 4, 0]], engine)

    weights = dict(result.weights.select("node", "share").rows())
    assert (weights["same"], weights["other"]) == (0.0, 1.0)


@pytest.mark.parametrize("method", ["std", "entropy", "critic"])
def test_children_that_are_all_the_same_weigh_the_same(method: str, engine: EngineUnderTest) -> None:
    tree = {
        "one": {"measure": "a / b", "rule": "given"},
        "two": {"measure": "b / a", "rule": "given"},
    }
    scheme = scheme_from_mapping(
        {"items": {key: {} for key in "abcd"}, "weights": method, "indicators": tree}
    )

    result = scored(scheme, [[0.3, 0.1, 1, 0], [3, 1, 2, 0], [0.6, 0.2, 4, 0]], engine)

    weights = dict(result.weights.select("node", "share").rows())
    assert (weights["one"], weights["two"]) == (0.5, 0.5)
    assert "QH528" in {finding.code for finding in result.all_findings}


def test_an_ideal_missed_by_the_whole_width_is_0_for_a_geometric_mean(engine: EngineUnderTest) -> None:
    # 0.1 + 0.2 lies 0.3 from 0, which is the width: 100·(1 - 0.3/0.3) = 0
    scheme = scheme_from_mapping(
        {
            "items": {key: {} for key in "abcd"},
            "weights": "equal",
            "aggregate": "geometric",
            "indicators": {
                "near": {"measure": "a + b", "rule": {"ideal": {"between": [-1, 0], "width": 0.3}}},
                "full": {"measure": "c", "rule": "given"},
            },
        }
    )

    result = scored(scheme, [[0.1, 0.2, 100, 0]], engine)

    assert result.ranking["score"].to_list() == [0.0]
    assert "QH548" in {finding.code for finding in result.all_findings}


def test_a_sum_at_the_end_of_a_given_range_is_in_it(engine: EngineUnderTest) -> None:
    scheme = scheme_of("a + b", {"given": {"given": {"range": [0, 0.3]}}})

    assert scored(scheme, [[0.1, 0.2, 0, 0]], engine).wide["points|given"].to_list() == [0.3]


def test_an_outlier_treated_at_its_very_limits(engine: EngineUnderTest) -> None:
    # of 10.1, 10.1, 10.1 and 90.3 the skewness G1 is 2 and the kurtosis G2 is 4 on paper
    scheme = scheme_from_mapping(
        {
            "items": {key: {} for key in "abcd"},
            "weights": "equal",
            "indicators": {
                "leaf": {
                    "measure": "a",
                    "rule": {"scale": {"worst": 0, "best": 100}},
                    "treat": {"winsorise": 1, "skewness": 2, "kurtosis": 4},
                }
            },
        }
    )

    result = scored(scheme, [[10.1, 0, 0, 0], [10.1, 0, 0, 0], [10.1, 0, 0, 0], [90.3, 0, 0, 0]], engine)

    assert result.wide["stat|leaf|skewness"].to_list() == pytest.approx([2.0] * 4)
    # no step is taken that would make all values equal
    assert {finding.code for finding in result.all_findings} & {"QH522", "QH523", "QH524"}


@pytest.mark.parametrize(
    ("value", "goal", "expected"),
    [
        # 1000000.1 + 0.2 is 1000000.3 on paper
        ((1000000.1, 0.2), 1000000.3, 100.0),
        # a tenth of a million millionth is less than five of them, however small both are
        ((1e-13, 0.0), 5e-13, 0.0),
    ],
)
def test_a_target_is_met_within_the_size_of_both(
    value: tuple[float, float], goal: float, expected: float, engine: EngineUnderTest
) -> None:
    table = pl.DataFrame({"unit": ["A"], "a": [value[0]], "b": [value[1]], "c": 0.0, "d": 0.0})
    table = table.with_columns(pl.lit(goal).alias("target|met"))
    scheme = scheme_of("a + b", {"met": {"target": {"met_only": True, "compare": "difference"}}})

    assert score_frame(engine.lift(table), scheme).wide["points|met"].to_list() == [expected]


MONOTONE = RULES | {
    "exponential": {"scale": {"worst": 0, "best": 100, "base": 60, "curve": "exponential"}},
    "unclamped": {"scale": {"worst": "q10", "best": "q90", "clamp": "none"}},
    "bands": {"bands": [[-100, 0], [0, 60], [100, 100]]},
    "steps": {"steps": [[0, 50], [10, 80], [100, 100]]},
    "evenly": {"place": {"first": 100, "last": 0}},
    "met": {"met": "x >= 10"},
    "deduct": {"deduct": {"from": 100, "each": 1, "free": 5, "floor": 0}},
}
"""Rules whose points never fall as the measure gets better (`deduct`: smaller)."""


@given(st.lists(st.floats(-1000, 1000).map(lambda x: round(x, 3)), min_size=2, max_size=6))
def test_points_never_fall_as_a_measure_gets_better(values: list[float]) -> None:
    rules = {code: rule for code, rule in MONOTONE.items() if code != "ratio" or sum(values) > 0}
    result = scored(scheme_of("a", rules), [[value, 0, 0, 0] for value in values])

    wide = result.wide.to_native().sort("item|a")
    for code in rules:
        points = wide[f"points|{code}"].to_list()
        worse_first = points[::-1] if code == "deduct" else points
        assert all(one <= next_ + 1e-9 for one, next_ in itertools.pairwise(worse_first)), code


@given(sums())
def test_totals_that_are_equal_on_paper_are_in_the_same_tier(
    drawn: tuple[Decimal, list[list[float]]],
) -> None:
    total, rows = drawn
    given_ = {"given": {"range": [-100000, 100000]}}
    tiers = [{"name": "reached", "at_least": float(total)}, {"name": "not reached"}]

    result = scored(scheme_of("a + b + c + d", {"leaf": given_}, tiers=tiers), rows)

    assert set(result.ranking.select("place", "tier").rows()) == {(1, "reached")}
