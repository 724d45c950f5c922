from __future__ import annotations

import statistics
from collections import Counter

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from scipy.stats import kurtosis, skew

from quanheng.engine.stages.treatment.winsorise import Core, Shape, Tails, adjusted, is_outlying, winsorised
from quanheng.scheme.gaps.treatment import Winsorise

ONE_TO_TEN = [float(value) for value in range(1, 11)]


def tails(values: list[float], depth: int) -> Tails:
    """Return `values` as the engine gives them: `depth` distinct values at each end, the moments between."""
    counted = sorted(Counter(values).items())
    if len(counted) <= 2 * depth:
        return Tails(low=tuple(counted))
    low, high = counted[:depth], counted[-depth:]
    between = [value for value in values if low[-1][0] < value < high[0][0]]
    core = Core(
        len(between),
        statistics.fmean(between),
        float(np.std(between)),
        float(np.nan_to_num(skew(between))) if len(set(between)) > 1 else 0.0,
        float(np.nan_to_num(kurtosis(between))) if len(set(between)) > 1 else 0.0,
    )
    return Tails(low=tuple(low), core=core, high=tuple(high))


def test_the_published_example_of_coinr() -> None:
    # 1 to 10, 30 and 100: COINr 1.1 prints these figures, and moves 100 to 30
    outcome = winsorised(tails([*ONE_TO_TEN, 30.0, 100.0], 6), Winsorise())

    assert outcome.before is not None
    assert outcome.after is not None
    assert (outcome.low, outcome.high, outcome.moved) == (None, 30.0, 1)
    assert (round(outcome.before.skewness, 6), round(outcome.before.kurtosis, 6)) == (3.063241, 9.741391)
    assert (round(outcome.after.skewness, 6), round(outcome.after.kurtosis, 6)) == (1.712038, 1.815781)


def test_low_outliers_are_moved_up() -> None:
    outcome = winsorised(tails([-value for value in (*ONE_TO_TEN, 30.0, 100.0)], 6), Winsorise())

    assert (outcome.low, outcome.high, outcome.moved) == (-30.0, None, 1)


def test_tied_values_move_together_even_past_the_last_point() -> None:
    outcome = winsorised(tails([*ONE_TO_TEN, *ONE_TO_TEN, 99.0, 100.0, 100.0], 2), Winsorise(points=1))

    assert (outcome.high, outcome.moved) == (99.0, 2)


def test_no_step_makes_all_values_equal() -> None:
    outcome = winsorised(tails([*[0.0] * 30, 1.0], 6), Winsorise())

    assert (outcome.low, outcome.high, outcome.moved) == (None, None, 0)
    assert outcome.after == outcome.before


def test_what_is_within_one_limit_is_left_alone() -> None:
    rule = Winsorise(skewness=2.0, kurtosis=3.5)

    assert not is_outlying(Shape(2.5, 3.4), rule)
    assert not is_outlying(Shape(-1.9, 9.0), rule)
    assert not is_outlying(None, rule)
    assert is_outlying(Shape(-2.0, 3.5), rule)


def test_fewer_than_four_values_have_no_shape() -> None:
    assert adjusted(3, 1.0, 1.0) is None
    assert winsorised(tails([1.0, 2.0, 900.0], 6), Winsorise()).before is None


def test_equal_values_have_no_shape() -> None:
    assert winsorised(tails([5.0] * 20, 6), Winsorise()).before is None


def test_values_of_any_size_have_a_shape() -> None:
    huge = winsorised(tails([value * 1e200 for value in (*ONE_TO_TEN, 30.0, 100.0)], 6), Winsorise())

    assert huge.before is not None
    assert round(huge.before.skewness, 6) == 3.063241


@given(
    st.lists(st.integers(-30, 30).map(float), min_size=4, max_size=40),
    st.lists(st.sampled_from([-900.0, -300.0, 100.0, 300.0, 1000.0]), max_size=5),
    st.integers(0, 6),
)
@example(values=[0.0] * 20 + [1.0] * 2, far=[300.0, -300.0, 1000.0], points=5)
def test_the_tails_give_what_moving_every_value_gives(
    values: list[float], far: list[float], points: int
) -> None:
    pool = [*values, *far]
    assume(len(set(pool)) > 2)
    rule = Winsorise(points=points)

    outcome = winsorised(tails(pool, points + 1), rule)
    expected, moved = _winsorised_one_by_one(pool, rule)

    low = min(pool) if outcome.low is None else outcome.low
    high = max(pool) if outcome.high is None else outcome.high
    assert [min(max(value, low), high) for value in pool] == expected
    assert outcome.moved == moved
    if outcome.after is not None:
        assert outcome.after.skewness == pytest.approx(skew(expected, bias=False), abs=1e-6)
        assert outcome.after.kurtosis == pytest.approx(kurtosis(expected, bias=False), abs=1e-6)


def _winsorised_one_by_one(pool: list[float], rule: Winsorise) -> tuple[list[float], int]:
    """Follow the definition with every value at hand."""
    values = np.array(pool)
    high, low = np.zeros(len(values), dtype=bool), np.zeros(len(values), dtype=bool)
    while high.sum() + low.sum() < rule.points and len(set(values)) > 2:
        skewness = skew(values, bias=False)
        if abs(skewness) < rule.skewness or kurtosis(values, bias=False) < rule.kurtosis:
            break
        if skewness >= 0:
            high = values == values.max()
            values[high] = values[~high].max()
        else:
            low = values == values.min()
            values[low] = values[~low].min()
    return values.tolist(), int(high.sum() + low.sum())
