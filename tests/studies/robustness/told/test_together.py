from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from quanheng.studies.robustness.told.together import joint_intervals, told_apart


def test_joint_intervals_leave_out_the_most_unusual_replicates() -> None:
    # three units; in one of twenty replicates the last is first, in two the first two change places
    usual, swapped, odd = [1, 2, 3], [2, 1, 3], [2, 3, 1]
    places = np.array([usual] * 17 + [swapped] * 2 + [odd], dtype=np.int32)

    low, high = joint_intervals(places, 0.95)

    assert (low.tolist(), high.tolist()) == ([1, 1, 3], [2, 2, 3])


@given(st.integers(2, 6), st.integers(5, 40), st.integers(0, 2**32), st.sampled_from([0.6, 0.8, 0.9, 0.95]))
@settings(max_examples=30, deadline=None)
def test_joint_intervals_hold_all_units_in_as_many_replicates_as_they_say(
    units: int, rows: int, seed: int, level: float
) -> None:
    rng = np.random.default_rng(seed)
    places = np.array([rng.permutation(units) + 1 for _ in range(rows)], dtype=np.int32)

    low, high = joint_intervals(places, level)

    inside = ((places >= low) & (places <= high)).all(axis=1).mean()
    assert inside >= level - 1e-9


def test_units_are_level_until_one_is_told_apart_from_the_first() -> None:
    # A before B in 9 of 10, so they are level at 90 % (95 % is asked for); C never before anybody
    places = np.array([[1, 2, 3]] * 9 + [[2, 1, 3]], dtype=np.int32)

    assert told_apart(places, [0, 1, 2], 0.9) == [[0, 1], [2]]
    assert told_apart(places, [0, 1, 2], 0.7) == [[0], [1], [2]]


def test_a_tie_tells_nobody_apart() -> None:
    places = np.array([[1, 1]] * 10, dtype=np.int32)

    assert told_apart(places, [0, 1], 0.9) == [[0, 1]]
