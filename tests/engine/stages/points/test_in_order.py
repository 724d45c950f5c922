"""Who is better gets no fewer points, by every rule but one that asks for a middle (`ideal`)."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.engine.texts import points

LESS = "direction: less"
TARGET = 50.0
RULES = (
    (
        "{scale: {worst: observed, best: observed, base: 60}}",
        "{scale: {worst: observed, best: observed, base: 60}}",
    ),
    ("{scale: {worst: 10, best: 90, clamp: none}}", "{scale: {worst: 90, best: 10, clamp: none}}"),
    (
        "{scale: {worst: 1, best: 90, base: 40, curve: exponential}}",
        "{scale: {worst: 90, best: 1, base: 40, curve: exponential}}",
    ),
    ("{scale: {worst: q25, best: q75}}", "{scale: {worst: q75, best: q25}}"),
    (
        "{scale: {worst: observed, best: observed, round_ratio: 1}}",
        "{scale: {worst: observed, best: observed, round_ratio: 1}}",
    ),
    ("percentile", "percentile"),
    ("{place: {first: 100, last: 0}}", "{place: {first: 100, last: 0}}"),
    ("{place: {first: 100, step: 30, floor: 20}}", "{place: {first: 100, step: 30, floor: 20}}"),
    ("{zscore: {center: 50, spread: 10}}", "{zscore: {center: 50, spread: 10}}"),
    ("{ratio: {ref: mean, cap: 150}}", "{ratio: {ref: mean, cap: 150}}"),
    ("{ratio: {ref: best, cap: 150}}", "{ratio: {ref: best, cap: 150}}"),
    ("{bands: [[0, 0], [50, 60], [100, 100]]}", "{bands: [[0, 100], [50, 60], [100, 0]]}"),
    (
        "{steps: {table: [[30, 60], [60, 80], [90, 100]], otherwise: 10}}",
        "{steps: {table: [[30, 100], [60, 80], [90, 60]], otherwise: 10}}",
    ),
    ("{target: {cap: 120, floor: 10}}", "{target: {cap: 120, floor: 10}}"),
    ("{target: {base: 80, over: {per: 1%, add: 1, up_to: 99}, short: {per: 1%, take: 2, down_to: 0}}}",) * 2,
    ("{target: {base: 80, over: {per: 1%, add: 1, up_to: 99, whole: true}}}",) * 2,
    ("{target: {met_only: true}}", "{target: {met_only: true}}"),
    ("{met: x >= 50}", "{met: x <= 50}"),
    ("{given: {range: [0, 100]}}", None),
    (None, "{deduct: {from: 100, each: 2.5, free: 3, floor: 20}}"),
)
CASES = [(rule, keys) for more, less in RULES for rule, keys in ((more, ""), (less, LESS)) if rule]
OF_A_POOL = [
    case
    for case in CASES
    if any(word in case[0] for word in ("observed", "percentile", "place", "zscore", "ref"))
]
"""Rules that look at the others: of these it is not plain that who gets better loses nothing."""
figures = st.lists(st.decimals("0.1", "100", places=1).map(float), min_size=2, max_size=9)


@pytest.mark.parametrize(("rule", "keys"), CASES)
@settings(max_examples=12)
@given(values=figures)
def test_who_is_better_gets_no_fewer_points(rule: str, keys: str, values: list[float]) -> None:
    reached = points(rule, values, keys, {"target": [TARGET] * len(values)})
    sign = -1.0 if keys == LESS else 1.0

    ordered = sorted(zip(values, reached, strict=True), key=lambda pair: sign * pair[0])
    told = [p for _, p in ordered if p is not None]
    assert len(told) == len(values)
    assert all(one <= other + 1e-9 for one, other in pairwise(told)), ordered
    assert all(one[1] == other[1] for one, other in pairwise(ordered) if one[0] == other[0])


@pytest.mark.parametrize(("rule", "keys"), OF_A_POOL)
@settings(max_examples=12)
@given(values=figures, better=st.decimals("0", "50", places=1).map(float))
def test_who_gets_better_loses_no_points(rule: str, keys: str, values: list[float], better: float) -> None:
    first, *others = values
    assume(len(set(others)) > 1)  # of a group that is all alike nobody is told apart: all get 100
    later = round(max(0.1, first - better) if keys == LESS else min(100.0, first + better), 1)
    targets = {"target": [TARGET] * len(values)}

    before, after = (points(rule, [own, *others], keys, targets)[0] for own in (first, later))

    assert before is not None
    assert after is not None
    assert after >= before - 1e-9
