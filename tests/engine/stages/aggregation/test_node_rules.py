"""Rules on dimensions and on the total, worked out by hand (points §9)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import quanheng as qh
from quanheng.findings.finding import FindingsError

X, Y = [10.0, 20.0, 40.0, 50.0], [40.0, 40.0, 40.0, 10.0]
"""Joined, half each: 25, 30, 40 and 30."""


def scored(
    rule: object,
    x: Sequence[float | None] = X,
    y: Sequence[float | None] = Y,
    **more: Any,  # noqa: ANN401  keys of a scheme
) -> qh.Result:
    given_points = {"rule": "given"}
    both = {"children": {"px": {"measure": "x", **given_points}, "py": {"measure": "y", **given_points}}}
    own = {"rule": rule, **more.pop("node", {})}
    scheme = {
        "weights": "equal",
        "items": {"x": {}, "y": {}},
        "gaps": {"missing": "redistribute"},
        "indicators": {"both": {**both, **own}},
        **more,
    }
    units = [f"u{number}" for number in range(1, len(x) + 1)]
    columns = {"unit": units, "x": x, "y": y}
    return qh.score(pl.DataFrame(columns, schema_overrides={"x": pl.Float64, "y": pl.Float64}), scheme)


def points(result: qh.Result, node: str = "both") -> list[float | None]:
    return [
        None if value is None else round(value, 9)
        for value in result.wide.sort("unit")[f"points|{node}"].to_list()
    ]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        # of the three others 0, 1, 3 and 1 are strictly worse
        ("percentile", [0.0, 100 / 3, 100.0, 100 / 3]),
        # places 4, 2, 1, 2 of 4: 100, 100 - 40/3 …
        ({"place": {"first": 100, "last": 60}}, [60.0, 100 - 40 / 3, 100.0, 100 - 40 / 3]),
        # from the least, 25, to the greatest, 40
        ({"scale": {}}, [0.0, 100 * 5 / 15, 100.0, 100 * 5 / 15]),
        # by the greatest alone
        ({"scale": {"worst": 0, "best": "observed"}}, [62.5, 75.0, 100.0, 75.0]),
        ({"ratio": {"ref": "best"}}, [62.5, 75.0, 100.0, 75.0]),
        # mean 31.25, squared distances 39.0625 + 1.5625 + 76.5625 + 1.5625 = 118.75, sd = sqrt(118.75/3)
        (
            {"zscore": {"center": 50, "spread": 10}},
            [50 + 10 * (value - 31.25) / (118.75 / 3) ** 0.5 for value in (25, 30, 40, 30)],
        ),
        ({"bands": [[20, 0], [30, 50], [50, 100]]}, [25.0, 50.0, 75.0, 50.0]),
        ({"steps": [[25, 50], [40, 100]]}, [50.0, 50.0, 100.0, 50.0]),
        ({"scale": {"worst": 20, "best": {"unit": "u2"}}}, [50.0, 100.0, 100.0, 100.0]),
        ({"met": "x >= 30"}, [0.0, 100.0, 100.0, 100.0]),
    ],
)
def test_a_rule_rates_the_joined_points(rule: object, expected: list[float]) -> None:
    assert points(scored(rule)) == [pytest.approx(value, abs=1e-9) for value in expected]


def test_less_may_be_better_and_a_coefficient_comes_after_the_rule() -> None:
    node = {"direction": "less", "coefficient": "where(x > 30, 0.5, 1)"}

    # the least joined points are best: 25 beats all three others
    assert points(scored("percentile", node=node)) == [100.0, 33.333333333, 0.0, 16.666666667]


def test_the_total_has_a_rule_at_the_top() -> None:
    scheme = {
        "weights": "equal",
        "items": {"x": {}, "y": {}},
        "rule": {"scale": {"worst": 0, "best": "observed"}},
        "indicators": {code: {"measure": code[1:], "rule": "given"} for code in ("px", "py")},
    }
    result = qh.score(pl.DataFrame({"unit": ["u1", "u2", "u3", "u4"], "x": X, "y": Y}), scheme)

    assert points(result, "total") == [62.5, 75.0, 100.0, 75.0]
    assert result.wide.sort("unit")["place"].to_list() == [4, 2, 1, 2]


def test_the_score_is_that_of_the_rule_and_no_sum_even_where_scores_are_rounded() -> None:
    result = scored(
        {"scale": {"worst": 0, "best": "observed"}}, rounding={"points": 1, "scores": 0, "total": 0}
    )

    # 62.5 points of 100 marks; the children's scores are 5 and 20
    assert result.wide.sort("unit")["score|both"].to_list() == [63.0, 75.0, 100.0, 75.0]
    assert points(result)[0] == 62.5


def test_who_has_no_points_below_is_no_part_of_the_pool() -> None:
    result = scored("percentile", x=[10.0, 20.0, None], y=[10.0, None, None])

    # u3 has nothing; u2 counts with x alone: 20 beats 10
    assert points(result) == [0.0, 100.0, None]


def test_units_that_are_equal_on_paper_tie() -> None:
    # 0.3 each, though 0.1 + 0.5 and 0.3 + 0.3 differ in binary
    result = scored({"place": {"first": 100, "step": 10}}, x=[0.1, 0.3, 0.2], y=[0.5, 0.3, 0.4])
    assert points(result) == [100.0, 100.0, 100.0]


def test_nothing_told_apart_is_said() -> None:
    result = scored({"scale": {}}, x=[10.0, 20.0], y=[20.0, 10.0])

    assert points(result) == [100.0, 100.0]
    assert ("QH547", "both") in {(each.code, str(each.facts.get("node"))) for each in result.all_findings}


def test_a_reference_that_is_not_above_0_is_an_error() -> None:
    with pytest.raises(FindingsError) as caught:
        scored({"ratio": {"ref": "best"}}, x=[0.0, 0.0], y=[0.0, 0.0])

    assert {finding.code for finding in caught.value.findings} == {"QH554"}


def test_computed_weights_above_look_at_what_the_rule_gives() -> None:
    """Joined 15 and 25 have a deviation of 7.07; by their rule 0 and 100, 70.7, as much as `pz` has."""
    leaf = {"rule": "given"}
    scheme = {
        "weights": "std",
        "items": {code: {} for code in "xyz"},
        "indicators": {
            "both": {
                "weights": "equal",
                "rule": {"scale": {}},
                "children": {"px": {"measure": "x", **leaf}, "py": {"measure": "y", **leaf}},
            },
            "pz": {"measure": "z", **leaf},
        },
    }
    frame = pl.DataFrame({"unit": ["a", "b"], "x": [10.0, 20.0], "y": [20.0, 30.0], "z": [100.0, 0.0]})
    result = qh.score(frame, scheme)

    shares = dict(result.weights.select("node", "share").rows())
    assert (shares["both"], shares["pz"]) == (pytest.approx(0.5), pytest.approx(0.5))
    assert points(result, "total") == [50.0, 50.0]


@pytest.mark.parametrize(
    ("node", "code"),
    [
        ({"rule": {"target": {}}}, "QH280"),
        ({"rule": {"scale": {"best": "target"}}}, "QH280"),
        ({"rule": {"met": "x >= target"}}, "QH280"),
        ({"rule": "given"}, "QH281"),
        ({"direction": "less"}, "QH134"),
        ({"within": "all"}, "QH134"),
    ],
)
def test_what_joined_points_cannot_be_rated_by_is_refused(node: dict[str, object], code: str) -> None:
    both = {"children": {"px": {"measure": "x", "rule": "given"}}, **node}
    with pytest.raises(FindingsError) as caught:
        qh.score(
            pl.DataFrame({"unit": ["a"], "x": [1.0]}),
            {"weights": "equal", "items": {"x": {}}, "indicators": {"both": both}},
        )

    assert code in {finding.code for finding in caught.value.findings}


@settings(max_examples=25)
@given(
    st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=2, max_size=8),
    st.sampled_from(["percentile", {"scale": {}}, {"place": {"first": 100, "last": 0}}]),
)
def test_a_rule_keeps_the_order_of_the_joined_points(figures: list[tuple[int, int]], rule: object) -> None:
    x, y = [float(each[0]) for each in figures], [float(each[1]) for each in figures]
    given_points = points(scored(rule, x=list(x), y=list(y)))

    joined = [a + b for a, b in figures]
    pairs = [(one, other) for one in range(len(x)) for other in range(len(x)) if joined[one] >= joined[other]]
    assert all((given_points[one] or 0.0) >= (given_points[other] or 0.0) for one, other in pairs)
