from __future__ import annotations

import itertools
from fractions import Fraction
from math import factorial

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from quanheng.studies.compare.shares import in_order, shapley

CAUSES = 3
VALUES = st.lists(
    st.integers(min_value=-(10**13), max_value=10**13), min_size=1 << CAUSES, max_size=1 << CAUSES
)


def column(values: list[int]) -> np.ndarray[tuple[int, ...], np.dtype[np.object_]]:
    return np.array([[value] for value in values], dtype=object)


def mean_over_orders(values: list[int], cause: int) -> Fraction:
    total = 0
    for order in itertools.permutations(range(CAUSES)):
        before = sum(1 << each for each in order[: order.index(cause)])
        total += values[before | 1 << cause] - values[before]
    return Fraction(total, factorial(CAUSES))


@settings(max_examples=50, deadline=None)
@given(values=VALUES)
def test_shares_are_the_mean_over_all_orders_and_add_up_to_the_last_step(values: list[int]) -> None:
    shares = shapley(column(values), CAUSES)[:, 0]

    assert sum(shares) == values[-1] - values[0]
    for cause, share in enumerate(shares):
        assert abs(share - mean_over_orders(values, cause)) < 1


@settings(max_examples=20, deadline=None)
@given(values=VALUES, order=st.permutations(range(CAUSES)))
def test_in_an_order_each_cause_has_what_it_adds_then(values: list[int], order: list[int]) -> None:
    shares = in_order(column(values), order)[:, 0]

    assert sum(shares) == values[-1] - values[0]
    assert shares[order[0]] == values[1 << order[0]] - values[0]


def test_a_cause_that_changes_nothing_brings_nothing() -> None:
    # the second bit never matters
    assert shapley(column([0, 7, 0, 7]), 2)[:, 0].tolist() == [7, 0]
