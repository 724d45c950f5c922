"""Every rule with numbers worked out by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.texts import points

LESS = "direction: less"


@pytest.mark.parametrize(
    ("rule", "keys", "values", "expected"),
    [
        # scale from 20 to 85: the middle is 52.5
        ("{scale: {worst: 20, best: 85}}", "", [20.0, 52.5, 85.0], [0.0, 50.0, 100.0]),
        # efficacy coefficient: 60 + 40·r, clamped on both sides
        ("{scale: {worst: 2, best: 12, base: 60}}", "", [0.0, 4.5, 7.0, 15.0], [60.0, 70.0, 80.0, 100.0]),
        ("{scale: {worst: 0, best: 10, clamp: none}}", "", [-5.0, 12.0], [-50.0, 120.0]),
        ("{scale: {worst: 0, best: 10, clamp: above}}", "", [-5.0, 12.0], [-50.0, 100.0]),
        ("{scale: {worst: 0, best: 10, clamp: below}}", "", [-5.0, 12.0], [0.0, 120.0]),
        # stated anchors carry their own direction: 30 is worst, 10 is best
        ("{scale: {worst: 30, best: 10}}", "", [30.0, 15.0, 10.0], [0.0, 75.0, 100.0]),
        # observed anchors take it from the indicator
        ("{scale: {worst: observed, best: observed}}", "", [2.0, 4.0, 10.0], [0.0, 25.0, 100.0]),
        ("{scale: {worst: observed, best: observed}}", LESS, [2.0, 4.0, 10.0], [100.0, 75.0, 0.0]),
        # quantiles of 0, 1, 2, 3, 4 (linear): q25 = 1, q75 = 3
        ("{scale: {worst: q25, best: q75}}", "", [0.0, 1.0, 2.0, 3.0, 4.0], [0.0, 0.0, 50.0, 100.0, 100.0]),
        # another unit's value as anchor: c has 40
        ("{scale: {worst: 0, best: {unit: c}}}", "", [10.0, 20.0, 40.0], [25.0, 50.0, 100.0]),
        # a formula constant: ln 100 = 4.605…, x = ln 10 lies half way from ln 1
        ("{scale: {worst: 0, best: log(100)}}", "", [math.log(10.0)], [50.0]),
        # exponential: 60·(100/60)^r; r = 0.5 gives 60·√(5/3)
        (
            "{scale: {worst: 0, best: 10, base: 60, curve: exponential}}",
            "",
            [0.0, 5.0, 10.0],
            [60.0, round(60.0 * math.sqrt(5.0 / 3.0), 9), 100.0],
        ),
        # the ratio 1/3 rounded to 2 decimals first: 0.33
        ("{scale: {worst: 0, best: 3, base: 60, round_ratio: 2}}", "", [1.0], [73.2]),
        # worst = best: everyone gets 100 (observed §2)
        ("{scale: {worst: observed, best: observed}}", "", [7.0, 7.0], [100.0, 100.0]),
        # bands: straight lines, flat outside
        ("{bands: [[0.8, 0], [0.95, 80], [1, 100]]}", "", [0.5, 0.875, 0.95, 0.975, 2], [0, 40, 80, 90, 100]),
        # a jump at 60: who reaches it is above; 0.1 + 0.2 reaches 0.3; below the first x nothing changes
        ("{bands: [[0, 0], [60, 60], [60, 80], [100, 100]]}", "", [59.0, 60.0, 80.0], [59, 80, 90]),
        ("{bands: [[0.3, 0], [0.3, 60], [1, 100]]}", "", [0.1 + 0.2, 0.2999, 2.0], [60, 0, 100]),
        ("{bands: [[0, 0], [1, 0], [1, 100]]}", "", [0.5, 1.0, 3.0], [0, 100, 100]),
        # where less is better, who is at 60 or under reaches it
        ("{bands: [[0, 100], [60, 80], [60, 60], [100, 0]]}", LESS, [60.0, 61.0, 0.0], [80, 58.5, 100]),
        # strict: a threshold has to be passed, and 0.1 + 0.2 does not pass 0.3
        ("{steps: {table: [[335, 1], [670, 2]], strict: true}}", "", [335, 335.1, 670, 671], [0, 1, 1, 2]),
        ("{steps: {table: [[0.3, 9]], strict: true}}", "", [0.1 + 0.2, 0.3001], [0, 9]),
        ("{steps: {table: [[5, 9], [8, 6]], strict: true}}", LESS, [4.9, 5.0, 8.0], [9, 6, 0]),
        # steps: the highest threshold reached, below all of them 0
        ("{steps: [[60, 50], [80, 90]]}", "", [59.9, 60.0, 79.0, 80.0, 99.0], [0, 50, 50, 90, 90]),
        ("{steps: [[5, 100], [10, 60]]}", LESS, [3.0, 5.0, 7.0, 10.0, 11.0], [100, 100, 60, 60, 0]),
        ("{steps: {table: [[60, 50]], otherwise: 20}}", "", [10.0, 60.0], [20.0, 50.0]),
        # place: 100, 75, 50 …; equal values share the better place
        ("{place: {first: 100, last: 60}}", "", [9.0, 5.0, 7.0, 7.0, 1.0], [100, 70, 90, 90, 60]),
        ("{place: {first: 100, last: 60}}", LESS, [9.0, 5.0, 1.0], [60, 80, 100]),
        ("{place: {first: 100, step: 30, floor: 50}}", "", [3.0, 2.0, 1.0], [100, 70, 50]),
        ("{place: {table: {1-2: 7, 3: 5}, otherwise: 1}}", "", [4.0, 3.0, 2.0, 1.0], [7, 7, 5, 1]),
        ("{place: {first: 90, last: 10}}", "", [4.0], [90.0]),
        # percentile: units strictly worse over the others
        ("percentile", "", [1.0, 2.0, 2.0, 3.0, 9.0], [0.0, 25.0, 25.0, 75.0, 100.0]),
        # PERCENTRANK.EXC of 1, 2, 2, 3: (worse + 1)/(4 + 1)
        ("{percentile: {among: exclusive}}", "", [1.0, 2.0, 2.0, 3.0], [20.0, 40.0, 40.0, 80.0]),
        # at or under it, of all: 1, 3, 3 and 4 of 4
        ("{percentile: {strict: false, among: all}}", "", [1.0, 2.0, 2.0, 3.0], [25.0, 75.0, 75.0, 100.0]),
        ("{percentile: {among: all}}", "", [1.0, 2.0, 2.0, 3.0], [0.0, 25.0, 25.0, 75.0]),
        # 1 less the percent rank of 1, 2, 2, 5, 9, which is 0, 1/4, 1/4, 3/4 and 1
        ("{percentile: {strict: false}}", LESS, [1.0, 2.0, 2.0, 5.0, 9.0], [100.0, 75.0, 75.0, 25.0, 0.0]),
        # zeros apart: 0 has 0 and is not counted, 2 of the 4 others are at or under 4
        (
            "{percentile: {strict: false, among: all, zeros: apart}}",
            "",
            [0.0, 4.0, 8.0, 2.0, 6.0],
            [0.0, 50.0, 100.0, 25.0, 75.0],
        ),
        ("{percentile: {zeros: apart}}", "", [0.0, 3.0], [0.0, 100.0]),
        ("{percentile: {zeros: apart, among: exclusive}}", "", [0.0, 0.0], [0.0, 0.0]),
        ("{percentile: {among: exclusive}}", "", [7.0], [50.0]),
        # mean 3, deviation √2: −√2 and √2 are cut at 1
        (
            "{zscore: {center: 0, spread: 1, cap: 1}}",
            "",
            [1.0, 3.0, 3.0, 3.0, 5.0],
            [-1.0, 0.0, 0.0, 0.0, 1.0],
        ),
        ("{zscore: {center: 0, cap: 1}}", LESS, [1.0, 3.0, 3.0, 3.0, 5.0], [10.0, 0.0, 0.0, 0.0, -10.0]),
        # only of those under 2 it is cut
        (
            "{zscore: {center: 0, spread: 1, cap: {at: 1, where: x < 2}}}",
            "",
            [1.0, 3.0, 3.0, 3.0, 5.0],
            [-1.0, 0.0, 0.0, 0.0, round(math.sqrt(2), 9)],
        ),
        ("percentile", LESS, [1.0, 2.0, 3.0], [100.0, 50.0, 0.0]),
        ("percentile", "", [1.0], [100.0]),
        # ratio: 100·x/ref, less: 100·ref/x
        ("{ratio: {ref: 25}}", "", [20.0, 25.0, 50.0], [80.0, 100.0, 200.0]),
        ("{ratio: {ref: 25, cap: 120}}", "", [50.0], [120.0]),
        ("{ratio: {ref: 25, cap: 150}}", LESS, [50.0, 20.0, 0.0], [50.0, 125.0, 150.0]),
        ("{ratio: {ref: best}}", "", [20.0, 50.0], [40.0, 100.0]),
        ("{ratio: {ref: best}}", LESS, [20.0, 50.0], [100.0, 40.0]),
        ("{ratio: {ref: mean}}", "", [10.0, 30.0], [50.0, 150.0]),
        ("{ratio: {ref: median}}", "", [10.0, 20.0, 90.0], [50.0, 100.0, 450.0]),
        # z-score: 1, 2, 3 have the mean 2 and sd 1 (n - 1)
        ("{zscore: {center: 50, spread: 10}}", "", [1.0, 2.0, 3.0], [40.0, 50.0, 60.0]),
        ("{zscore: {center: 50, spread: 10}}", LESS, [1.0, 2.0, 3.0], [60.0, 50.0, 40.0]),
        ("{zscore: {ddof: 0}}", "", [1.0, 3.0], [40.0, 60.0]),
        # deduct: 100 - 0.5·(x - 2), not under 90
        ("{deduct: {from: 100, each: 0.5, free: 2, floor: 90}}", "", [1.0, 6.0, 99.0], [100.0, 98.0, 90.0]),
        # ideal: between 4 and 6; c = max(4 - 1, 9 - 6) = 3
        ("{ideal: {between: [4, 6]}}", "", [1.0, 5.0, 7.5, 9.0], [0.0, 100.0, 50.0, 0.0]),
        ("{ideal: {between: [4, 6], width: 10}}", "", [3.0, 6.0, 20.0], [90.0, 100.0, 0.0]),
        ("{met: x >= 80}", "", [79.0, 80.0], [0.0, 100.0]),
        ("{given: {range: [0, 120]}}", "", [0.0, 88.5, 120.0], [0.0, 88.5, 120.0]),
    ],
)
def test_rule_gives_the_points_worked_out_by_hand(
    rule: str, keys: str, values: list[float], expected: list[float]
) -> None:
    assert points(rule, values, keys) == expected


@pytest.mark.parametrize(
    ("rule", "keys", "x", "target", "expected"),
    [
        ("{target: {}}", "", [50.0, 120.0], [100.0, 100.0], [50.0, 100.0]),
        ("{target: {cap: 110}}", "", [120.0, 105.0], [100.0, 100.0], [110.0, 105.0]),
        ("{target: {floor: 60}}", "", [10.0], [100.0], [60.0]),
        # less is better: c = 2 - x/target
        ("{target: {cap: 120}}", LESS, [90.0, 130.0], [100.0, 100.0], [110.0, 70.0]),
        ("{target: {met_only: true}}", "", [8.0, 7.99], [8.0, 8.0], [100.0, 0.0]),
        ("{target: {met_only: true}}", LESS, [8.0, 8.01], [8.0, 8.0], [100.0, 0.0]),
        # 80 for the target, +1 for each per cent over (to 90), -2 for each short (to 0)
        (
            "{target: {base: 80, over: {per: 1%, add: 1, up_to: 90}, short: {per: 1%, take: 2, down_to: 0}}}",
            "",
            [100.0, 105.0, 150.0, 95.0, 10.0],
            [100.0] * 5,
            [80.0, 85.0, 90.0, 70.0, 0.0],
        ),
        # only whole steps count: 5.9 % over are 5 steps
        (
            "{target: {base: 80, over: {per: 1%, add: 1, up_to: 99, whole: true}}}",
            "",
            [105.9],
            [100.0],
            [85.0],
        ),
        # percentage points: 9.2 against 8.0, +0.5 a point
        (
            "{target: {base: 80, compare: difference, over: {per: 1, add: 0.5, up_to: 100}}}",
            "",
            [9.2, 7.0],
            [8.0, 8.0],
            [80.6, 80.0],
        ),
        ("{scale: {worst: 0, best: target}}", "", [5.0, 20.0], [10.0, 10.0], [50.0, 100.0]),
        ("{met: x >= target}", "", [5.0, 4.0], [5.0, 5.0], [100.0, 0.0]),
    ],
)
def test_rule_that_looks_at_targets(
    rule: str, keys: str, x: list[float], target: list[float], expected: list[float]
) -> None:
    assert points(rule, x, keys, {"target": target}) == expected


def test_scale_and_ratio_take_an_item_as_anchor() -> None:
    assert points("{scale: {worst: 0, best: {item: plan}}}", [5.0, 5.0], columns={"plan": [10.0, 20.0]}) == [
        50.0,
        25.0,
    ]
    assert points("{ratio: {ref: plan}}", [5.0, 5.0], columns={"plan": [10.0, 20.0]}) == [50.0, 25.0]


def test_coefficient_multiplies_points() -> None:
    assert points("{given: {}}", [80.0, 80.0], "coefficient: hard", {"hard": [1.1, 1.0]}) == [88.0, 80.0]


@given(st.lists(st.decimals("-1e6", "1e6", places=6).map(float), min_size=2, max_size=12))
def test_scale_never_falls_as_the_value_rises(values: list[float]) -> None:
    given_points = points("{scale: {worst: observed, best: observed, base: 60}}", values)

    ordered = [p for _, p in sorted(zip(values, given_points, strict=True))]
    assert all(p is not None and 60.0 <= p <= 100.0 for p in ordered)
    assert ordered == sorted(ordered, key=lambda p: -1.0 if p is None else p)


@given(st.lists(st.integers(0, 5), min_size=1, max_size=12))
def test_percentile_counts_units_strictly_worse(values: list[int]) -> None:
    given_points = points("percentile", [float(value) for value in values])

    others = max(len(values) - 1, 1)
    alone = len(values) == 1
    expected = [100.0 if alone else round(100 * sum(o < v for o in values) / others, 9) for v in values]
    assert given_points == expected
