from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quanheng.findings.errors import DataError
from quanheng.insight.targets.largest_remainder import decimals_of, in_steps, split_by_remainder


def split(whole: int, *shares: float) -> list[int]:
    (parts,) = split_by_remainder(np.array([whole]), np.array([shares], dtype=float)).tolist()
    return list(parts)


def test_what_is_left_goes_to_the_largest_remainders() -> None:
    # of 10: 10 * 0.47 = 4.7, 3.6, 1.7 -> 4 + 3 + 1 = 8; the two left go to the two cut by 0.7
    assert split(10, 0.47, 0.36, 0.17) == [5, 3, 2]


def test_equal_remainders_are_served_from_the_first() -> None:
    # a year of 100 in twelve months: 8.33 each, 8 each makes 96; four months get one more
    assert split(100, *[1.0] * 12) == [9, 9, 9, 9, 8, 8, 8, 8, 8, 8, 8, 8]


def test_a_negative_whole_is_split_like_its_size() -> None:
    assert split(-10, 0.47, 0.36, 0.17) == [-5, -3, -2]


def test_a_float_that_falls_short_is_not_cut() -> None:
    assert 100 * 0.29 < 29
    assert split(100, 0.29, 0.71) == [29, 71]


def test_a_share_of_nothing_gets_nothing() -> None:
    assert split(7, 0, 1, 0) == [0, 7, 0]
    assert split(0, 1, 1) == [0, 0]


@given(
    st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=5),
    st.lists(st.floats(0, 1e6), min_size=1, max_size=12).filter(lambda shares: sum(shares) > 1e-3),
)
def test_parts_add_up_and_lie_within_one_of_their_share(wholes: list[int], shares: list[float]) -> None:
    table = np.tile(np.array(shares), (len(wholes), 1))

    parts = split_by_remainder(np.array(wholes), table)

    assert parts.sum(axis=1).tolist() == wholes
    exact = np.abs(wholes)[:, None] * table / table.sum(axis=1, keepdims=True)
    assert (np.abs(np.abs(parts) - exact) < 1 + 1e-6 * np.maximum(1, exact)).all()


@pytest.mark.parametrize("shares", [(0.0, 0.0), (-1.0, 2.0), (float("nan"), 1.0), (float("inf"), 1.0)])
def test_shares_that_are_none_are_refused(shares: tuple[float, ...]) -> None:
    with pytest.raises(DataError, match="shares"):
        split(10, *shares)


def test_what_floats_cannot_hold_exactly_is_refused() -> None:
    with pytest.raises(DataError, match="fewer decimals"):
        split(2**60, 1.0, 2.0)


def test_decimals_are_those_the_numbers_are_written_with() -> None:
    assert decimals_of(np.array([0.1, 12.25])) == 2
    assert decimals_of(np.array([1 / 3])) == 6
    assert decimals_of(np.array([])) == 0


def test_steps_count_the_last_decimal_and_tell_what_is_finer() -> None:
    steps, finer = in_steps(np.array([418.5, 0.29, np.nan]), 1)

    assert steps.tolist() == [4185, 3, 0]
    assert finer.tolist() == [False, True, False]


def test_up_to_fifteen_digits_are_split_exactly() -> None:
    # a third of 999999999999998 is 333333333333332 2/3: two of the three get one step more
    assert split(999_999_999_999_998, 1, 1, 1) == [
        333_333_333_333_333,
        333_333_333_333_333,
        333_333_333_333_332,
    ]
    assert split(-900_000_000_000_000, 0.29, 0.71) == [-261_000_000_000_000, -639_000_000_000_000]
