"""PROMETHEE by sorting gives what all pairs give."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.studies.opinions.deciding import decision

from quanheng.studies.opinions.form import Preference
from quanheng.studies.opinions.methods.promethee import Promethee

_values = st.lists(st.integers(-6, 6).map(float), min_size=2, max_size=12)


def _by_pairs(values: np.ndarray, method: Promethee) -> np.ndarray:
    """Return the net flow from all n² differences."""
    width = values.max() - values.min()
    apart = (values[:, None] - values[None, :]) / (width or 1.0)
    low, high = method.indifference, method.strict
    if method.preference == "usual":
        preferred = (apart > 0).astype(float)
    elif high - low <= 1e-12:
        preferred = (apart > low + 1e-12).astype(float)
    else:
        preferred = np.clip((apart - low) / (high - low), 0.0, 1.0)
    flow: np.ndarray = (preferred.sum(axis=1) - preferred.sum(axis=0)) / (len(values) - 1)
    return flow


@settings(max_examples=60, derandomize=True)
@given(
    values=_values,
    low=st.integers(0, 4),
    high=st.integers(0, 4),
    preference=st.sampled_from(("usual", "linear")),
)
def test_flows_by_sorting_are_those_of_all_pairs(
    values: list[float], low: int, high: int, preference: Preference
) -> None:
    indifference, strict = sorted((low / 4, high / 4))
    method = Promethee(preference=preference, indifference=indifference, strict=strict)
    column = np.array(values)

    flow = method.flow(column)

    assert flow.tolist() == pytest.approx(_by_pairs(column, method).tolist(), abs=1e-9)
    assert abs(flow.sum()) < 1e-9


def test_a_hundred_thousand_units_need_no_pairs() -> None:
    """All pairs of this would be 10¹⁰ numbers, 75 GiB for each criterion."""
    values = np.random.default_rng(1).permutation(100_000).astype(float)

    flow = Promethee(preference="linear", indifference=0.1, strict=0.5).flow(values)
    usual = Promethee().flow(values)

    assert usual[np.argmax(values)] == 1.0
    assert usual.tolist() == pytest.approx((2 * values / 99_999 - 1).tolist())
    assert flow[values == 50_000] == pytest.approx(0.0, abs=1e-4)
    assert abs(flow.sum()) < 1e-3


def test_units_without_a_value_take_no_part_in_the_flows_of_a_criterion() -> None:
    data = decision([[1.0, 1.0], [2.0, float("nan")], [3.0, 2.0]], ["more", "more"])

    assert Promethee().scores(data).tolist() == [-1.0, 0.0, 1.0]
