from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quanheng.insight.years.chain_ladder import Earlier, YearEnds, year_ends

T_80_2 = 1.8856180831641267  # Student's t, 2 degrees of freedom: 90 % lie below
T_95_2 = 4.302652729911275  # 97.5 % lie below


def ends_of(
    now: float,
    to_date: list[float],
    ends: list[float],
    *,
    accumulates: bool = True,
    slack: list[float] | None = None,
) -> YearEnds:
    earlier = Earlier(
        to_date=np.array([to_date]),
        ends=np.array([ends]),
        accumulates=np.array([accumulates]),
        pools=np.array([0]),
        slack=None if slack is None else np.array(slack),
    )
    return year_ends(np.array([now]), earlier)


def test_an_amount_grows_by_the_mean_step_of_earlier_years() -> None:
    # steps ln(20/10) = ln 2, ln(24/12) = ln 2, ln(32/8) = ln 4: mean (4/3) ln 2, so 30 becomes 30 · 2^(4/3)
    # rests −1/3, −1/3, +2/3 of ln 2: s = ln 2 · sqrt((1 + 1 + 4)/9/2) = ln 2/sqrt 3; times sqrt(1 + 1/3)
    # gives (2/3) ln 2 for the spread
    made = ends_of(30.0, [10.0, 12.0, 8.0], [20.0, 24.0, 32.0])

    assert made.expected[0] == pytest.approx(30 * 2 ** (4 / 3))
    assert made.spread[0] == pytest.approx(2 / 3 * math.log(2))
    assert made.freedom[0] == 2
    low, high = made.bounds(0.8)
    assert low[0] == pytest.approx(30 * 2 ** (4 / 3 - 2 / 3 * T_80_2))
    assert high[0] == pytest.approx(30 * 2 ** (4 / 3 + 2 / 3 * T_80_2))
    assert made.bounds(0.95)[1][0] == pytest.approx(30 * 2 ** (4 / 3 + 2 / 3 * T_95_2))


def test_chance_of_a_target_is_that_of_students_t() -> None:
    # as above: the target 30 · 2^(4/3 + 2/3) = 120 lies one spread above the centre;
    # t with 2 degrees: P(T ≤ −1) = 1/2 − 1/(2·sqrt 3) = 0.2113…
    made = ends_of(30.0, [10.0, 12.0, 8.0], [20.0, 24.0, 32.0])

    assert made.chance_above(np.array([120.0]))[0] == pytest.approx(0.5 - 0.5 / math.sqrt(3))
    assert made.chance_above(made.expected)[0] == pytest.approx(0.5)
    assert made.chance_above(np.array([-1.0]))[0] == 1.0
    assert np.isnan(made.chance_above(np.array([np.nan]))[0])


def test_a_rate_changes_as_in_earlier_years() -> None:
    # changes +1, −1, +3: mean 1, s = 2, spread 2·sqrt(4/3)
    made = ends_of(5.0, [4.0, 6.0, 5.0], [5.0, 5.0, 8.0], accumulates=False)

    assert made.expected[0] == pytest.approx(6.0)
    assert made.spread[0] == pytest.approx(2 * math.sqrt(4 / 3))
    assert not made.logarithmic[0]


def test_an_amount_with_zeros_grows_by_the_mean_rest() -> None:
    # one year had nothing by then: rests 3, 1, 2 as amounts, mean 2
    made = ends_of(4.0, [0.0, 2.0, 3.0], [3.0, 3.0, 5.0])

    assert made.expected[0] == pytest.approx(6.0)
    assert not made.logarithmic[0]


def test_too_few_complete_years_say_nothing() -> None:
    made = ends_of(30.0, [10.0, np.nan, 8.0, 9.0], [20.0, 24.0, np.nan, 18.0])

    assert made.years[0] == 2
    assert np.isnan(made.expected[0])
    assert np.isnan(made.bounds(0.8)[0][0])
    assert np.isnan(made.chance_above(np.array([40.0]))[0])


def test_without_a_figure_nothing_is_forecast() -> None:
    assert np.isnan(ends_of(np.nan, [10.0, 12.0, 8.0], [20.0, 24.0, 32.0]).expected[0])


def test_years_that_are_all_alike_have_a_centre_and_no_interval() -> None:
    made = ends_of(30.0, [10.0, 12.0, 9.0], [20.0, 24.0, 18.0])

    assert made.expected[0] == pytest.approx(60.0)
    assert np.isnan(made.bounds(0.8)[0][0])
    assert np.isnan(made.chance_above(np.array([50.0]))[0])


def test_the_festival_shifts_a_january() -> None:
    # steps ln(end/to date) rise by 0.1 from a late festival (0) to an early one (1): 2.3, 2.4, 2.3, 2.4.
    # This January has it behind (1), so the step is 2.4, and 10 becomes 10·e^2.4; nothing is left over.
    steps, slack = [2.3, 2.4, 2.3, 2.4], [0.0, 1.0, 0.0, 1.0, 1.0]
    made = ends_of(10.0, [1.0] * 4, [math.exp(step) for step in steps], slack=slack)

    assert made.shifted[0]
    assert made.expected[0] == pytest.approx(10 * math.exp(2.4))


def test_the_interval_with_a_shift_is_that_of_a_regression() -> None:
    # h = 0, 0, 1, 1 and steps 1.9, 2.1, 2.4, 2.6: slope 0.5, the fitted 2.0 and 2.5, rests ±0.1, so
    # s² = 4·0.01/2 = 0.02; at h = 1: (1 − 0.5)²/(4·0.25) = 0.25; spread = sqrt(0.02·(1 + 1/4 + 1/4))
    steps, slack = [1.9, 2.1, 2.4, 2.6], [0.0, 0.0, 1.0, 1.0, 1.0]
    made = ends_of(10.0, [1.0] * 4, [math.exp(step) for step in steps], slack=slack)

    assert made.centre[0] == pytest.approx(math.log(10) + 2.5)
    assert made.spread[0] == pytest.approx(math.sqrt(0.02 * 1.5))
    assert made.freedom[0] == 2


def test_festivals_that_hardly_differ_shift_nothing() -> None:
    steps, slack = [2.3, 2.4, 2.3, 2.4], [1.0, 24 / 28, 1.0, 1.0, 24 / 28]
    made = ends_of(10.0, [1.0] * 4, [math.exp(step) for step in steps], slack=slack)

    assert not made.shifted[0]
    assert made.expected[0] == pytest.approx(10 * math.exp(2.35))


def test_intervals_hold_as_often_as_they_say() -> None:
    # 20,000 series whose steps are normal, each with a middle and a spread of its own, six years each;
    # the share of year's ends inside has a standard error of sqrt(0.8·0.2/20000) = 0.3 points
    generator = np.random.default_rng(1993)
    count = 20_000
    steps = generator.normal(0.7, generator.uniform(0.01, 0.3, (count, 1)), (count, 6))
    to_date = generator.uniform(10, 90, (count, 6))
    ends = to_date * np.exp(steps)
    earlier = Earlier(
        to_date=to_date[:, :5],
        ends=ends[:, :5],
        accumulates=np.ones(count, dtype=bool),
        pools=np.zeros(count, dtype=int),
    )
    made = year_ends(to_date[:, 5], earlier)

    for level in (0.8, 0.95):
        low, high = made.bounds(level)
        assert np.mean((low <= ends[:, 5]) & (ends[:, 5] <= high)) == pytest.approx(level, abs=0.012)
    # and probabilities are right: of targets said to be met with 0.3 to 0.5, 40 % are
    targets = made.expected * 1.1
    chance = made.chance_above(targets)
    some = (chance > 0.3) & (chance < 0.5)
    assert np.mean(ends[:, 5][some] >= targets[some]) == pytest.approx(np.mean(chance[some]), abs=0.02)


@given(
    now=st.floats(0.1, 1e6),
    to_date=st.lists(st.floats(0.1, 1e6), min_size=3, max_size=6),
    growth=st.floats(1.01, 20),
    scale=st.floats(0.01, 100),
)
def test_the_unit_of_measurement_makes_no_difference(
    now: float, to_date: list[float], growth: float, scale: float
) -> None:
    ends = [value * growth * (1 + index / 10) for index, value in enumerate(to_date)]
    first = ends_of(now, to_date, ends)
    second = ends_of(now * scale, [scale * value for value in to_date], [scale * value for value in ends])

    assert second.expected[0] == pytest.approx(scale * first.expected[0], rel=1e-9)
    assert second.bounds(0.8)[0][0] == pytest.approx(scale * first.bounds(0.8)[0][0], rel=1e-6)
