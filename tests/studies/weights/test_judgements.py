"""Which judgement contradicts most and what would mend it, by hand and by brute force."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quanheng.engine.stages.weights.ahp import ahp_weights
from quanheng.scheme.weights.methods import Ahp
from quanheng.studies.weights.judgements import (
    SCALE,
    changed,
    judgements_of,
    most_contradicting,
    steps_beside,
)

_ABC = ("a", "b", "c")


def _matrix(order: tuple[str, ...], above: dict[tuple[str, str], float]) -> Ahp:
    rows = [
        [1.0 if one == two else above.get((one, two), 1.0 / above.get((two, one), 1.0)) for two in order]
        for one in order
    ]
    return Ahp(order=order, matrix=tuple(map(tuple, rows)))


def test_of_three_each_best_value_makes_the_ratio_0() -> None:
    """A over B 2, B over C 2, A over C 1/4: with 4 in place of 1/4 all is consistent."""
    method = _matrix(_ABC, {("a", "b"): 2, ("b", "c"): 2, ("a", "c"): 0.25})

    judgements = judgements_of(method, _ABC)

    values = {(each.first, each.second): each.mended for each in judgements}
    assert values == {
        ("a", "b"): pytest.approx(1 / 8, rel=1e-4),
        ("a", "c"): pytest.approx(4, rel=1e-4),
        ("b", "c"): pytest.approx(1 / 8, rel=1e-4),
    }
    assert [each.ratio for each in judgements] == pytest.approx([0, 0, 0], abs=1e-6)


def test_the_planted_contradiction_is_found_and_mended() -> None:
    """Weights 8 : 4 : 2 : 1, and of their quotients one turned round: b over c is 1/6 and not 2."""
    weights = dict(zip("abcd", (8, 4, 2, 1), strict=True))
    above = {(one, two): weights[one] / weights[two] for one, two in combinations("abcd", 2)}
    method = _matrix(tuple("abcd"), above | {("b", "c"): 1 / 6})

    worst = most_contradicting(judgements_of(method, tuple("abcd")))

    assert worst is not None
    assert (worst.first, worst.second) == ("b", "c")
    assert worst.value == pytest.approx(1 / 6)
    assert worst.mended == pytest.approx(2, rel=1e-4)
    assert (worst.step, worst.ratio_at_step) == (2.0, 0.0)
    assert worst.consistent != pytest.approx(2, rel=0.1)


def test_two_children_cannot_contradict_each_other() -> None:
    (only,) = judgements_of(_matrix(("a", "b"), {("a", "b"): 7}), ("a", "b"))

    assert (only.mended, only.ratio) == (7.0, 0.0)
    assert most_contradicting((only,)) is None


def test_children_that_a_group_does_not_have_are_left_out() -> None:
    method = _matrix(
        tuple("abcd"), {("a", "b"): 2, ("b", "c"): 2, ("a", "c"): 4, ("a", "d"): 9, ("b", "d"): 1 / 9}
    )

    judgements = judgements_of(method, _ABC)

    assert [(each.first, each.second) for each in judgements] == [("a", "b"), ("a", "c"), ("b", "c")]
    assert [each.ratio for each in judgements] == pytest.approx([0, 0, 0], abs=1e-9)


@settings(max_examples=12, derandomize=True, deadline=None)
@given(steps=st.lists(st.sampled_from(SCALE), min_size=6, max_size=6))
def test_no_value_of_a_fine_grid_is_better_than_the_one_found(steps: list[float]) -> None:
    pairs = list(combinations("abcd", 2))
    method = _matrix(tuple("abcd"), dict(zip(pairs, steps, strict=True)))
    grid = np.exp(np.linspace(math.log(1 / 400), math.log(400), 600))

    for each in judgements_of(method, tuple("abcd"))[:2]:
        ratios = [
            ahp_weights(changed(method, each.first, each.second, float(value)), tuple("abcd")).ratio
            for value in grid
        ]
        assert each.ratio is not None
        assert each.ratio <= min(ratio for ratio in ratios if ratio is not None) + 1e-6


def test_steps_are_those_beside_a_judgement_on_saatys_scale() -> None:
    assert list(steps_beside(1.0)) == [2.0, 0.5]
    assert list(steps_beside(1 / 9)) == [1 / 8]
    assert list(steps_beside(2.5)) == [3.0, 2.0]
    assert list(steps_beside(20.0)) == [9.0]
