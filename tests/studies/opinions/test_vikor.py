"""VIKOR's compromise set: the first alone, with the second, or all that lie near."""

from __future__ import annotations

import pytest
from tests.studies.opinions.deciding import decision

from quanheng.studies.opinions.methods.vikor import Vikor


def test_a_first_with_advantage_and_stability_stands_alone() -> None:
    found = Vikor().compromise(decision([[1, 3], [2, 2], [3, 1]], ["more", "less"]))

    assert found.regret.tolist() == pytest.approx([1.0, 0.5, 0.0])
    assert found.worst.tolist() == pytest.approx([0.5, 0.25, 0.0])
    assert (found.advantage, found.needed) == (0.5, 0.5)
    assert found.has_advantage
    assert found.is_stable
    assert found.members.tolist() == [2]


def test_without_advantage_all_that_lie_near_are_proposed() -> None:
    """Q is 0, 0.1, 0.2 … 1 of eleven units, 1/(n - 1) is 0.1: the second is far enough; of 0.05 it is not."""
    values = [[0.0], [0.05], *[[0.2 + 0.1 * at] for at in range(8)], [1.0]]
    found = Vikor().compromise(decision(values, ["less"]))

    assert found.needed == pytest.approx(0.1)
    assert not found.has_advantage
    assert found.members.tolist() == [0, 1]


def test_a_first_that_neither_regret_puts_first_is_proposed_with_the_second() -> None:
    """By S the first is best, by R the second; the third is near the best in both and first by Q.

    S: 0.2, 0.55, 0.3, then 0.8 to 1; R: 0.2, 0.11, 0.12, then 0.2. Q of it: half of 0.1/0.8 + 0.01/0.09.
    """
    apart = [[1.0, 0, 0, 0, 0], [0.55] * 5, [0.6, 0.6, 0.3, 0, 0], [0.0, 1, 1, 1, 1], *[[1.0] * 5] * 8]
    found = Vikor().compromise(decision(apart, ["less"] * 5))

    assert found.q[:3].tolist() == pytest.approx([0.5, 0.5 * 0.35 / 0.8, 0.5 * 0.1 / 0.8 + 0.5 * 0.01 / 0.09])
    assert found.needed == pytest.approx(1 / 11)
    assert found.has_advantage
    assert not found.is_stable
    assert found.members.tolist() == [2, 1]


def test_equal_regrets_tell_nobody_apart() -> None:
    found = Vikor().compromise(decision([[1, 2], [2, 1]], ["more", "more"]))

    assert found.q.tolist() == [0.0, 0.0]
    assert found.members.tolist() == [0, 1]
