"""Judgements that compare in pairs: how consistent they are, which contradicts most, what would mend it.

A judgement a says that one child is a times as important as another. With all others as they are, the
principal eigenvalue is a convex function of log a (J. F. C. Kingman, "A convexity property of positive
matrices", Quarterly Journal of Mathematics 12, 1961), so there is one value with which the consistency ratio
is least. The judgement that contradicts most is the one whose best value lowers the ratio most.

Source: T. L. Saaty, The Analytic Hierarchy Process (1980).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations
from typing import Final

import numpy as np

from quanheng.engine.stages.weights.ahp import ahp_weights
from quanheng.findings.value import Value
from quanheng.scheme.weights.methods import Ahp

TOLERATED: Final = 0.1
"""From this consistency ratio on judgements contradict each other."""
SCALE: Final = tuple([1.0 / step for step in range(9, 1, -1)] + [float(step) for step in range(1, 10)])
"""Saaty's scale: 1/9 … 1/2, 1, 2 … 9."""

_FARTHEST: Final = math.log(1e4)
_GOLDEN: Final = (math.sqrt(5.0) - 1.0) / 2.0
_ROUNDS: Final = 60
_SAME: Final = 1e-9


class Judgement(Value):
    """A judgement: `first` is `value` times as important as `second`.

    `consistent` is the quotient of their weights; `mended` the value with which the consistency ratio is
    least, which then is `ratio`; `step` the value of Saaty's scale that lies nearest to it, with
    `ratio_at_step`. The ratios are None where no random index is published (more than 15 children).
    """

    first: str
    second: str
    value: float
    consistent: float
    mended: float
    ratio: float | None
    step: float
    ratio_at_step: float | None


def judgements_of(method: Ahp, children: tuple[str, ...]) -> tuple[Judgement, ...]:
    """Return the judgements about each pair of `children`, in the order of the matrix."""
    inside = [code for code in method.order if code in children]
    weights = dict(zip(inside, ahp_weights(method, inside).weights, strict=True))
    return tuple(
        _judgement(method, inside, weights, first, second) for first, second in combinations(inside, 2)
    )


def _judgement(
    method: Ahp, inside: list[str], weights: dict[str, float], first: str, second: str
) -> Judgement:
    row, column = method.order.index(first), method.order.index(second)
    where = [method.order.index(code) for code in inside]
    matrix = np.array(method.matrix, dtype=np.float64)[np.ix_(where, where)]
    mended = _least_contradicting(matrix, inside.index(first), inside.index(second))
    step = min(SCALE, key=lambda value: abs(math.log(value / mended)))
    return Judgement(
        first=first,
        second=second,
        value=float(method.matrix[row][column]),
        consistent=weights[first] / weights[second],
        mended=mended,
        ratio=ahp_weights(changed(method, first, second, mended), inside).ratio,
        step=step,
        ratio_at_step=ahp_weights(changed(method, first, second, step), inside).ratio,
    )


def most_contradicting(judgements: tuple[Judgement, ...]) -> Judgement | None:
    """Return the judgement whose best value lowers the consistency ratio most; of equal ones the first.

    None where nothing can contradict: two children, or more than 15.
    """
    rated = [(each.ratio, each) for each in judgements if each.ratio is not None]
    if len(judgements) < 2 or not rated:  # noqa: PLR2004  one judgement contradicts nothing
        return None
    return min(rated, key=lambda pair: pair[0])[1]


def changed(method: Ahp, first: str, second: str, value: float) -> Ahp:
    """Return `method` with this judgement, and its reciprocal, in place of what it says of two children."""
    row, column = method.order.index(first), method.order.index(second)
    rows = [list(cells) for cells in method.matrix]
    rows[row][column], rows[column][row] = value, 1.0 / value
    return Ahp(order=method.order, matrix=tuple(map(tuple, rows)))


def steps_beside(value: float) -> Iterator[float]:
    """Yield the values of Saaty's scale next above and next below `value`; none beyond its ends.

    Examples:
        >>> list(steps_beside(3.0)), list(steps_beside(9.0))
        ([4.0, 2.0], [8.0])
    """
    above = [step for step in SCALE if step > value * (1.0 + _SAME)]
    below = [step for step in SCALE if step < value * (1.0 - _SAME)]
    yield from above[:1]
    yield from below[-1:]


def _least_contradicting(matrix: np.ndarray, row: int, column: int) -> float:
    """Return the value of one judgement with which the principal eigenvalue is least, by golden section."""
    trial = matrix.copy()

    def eigenvalue(log: float) -> float:
        trial[row, column], trial[column, row] = math.exp(log), math.exp(-log)
        return float(np.linalg.eigvals(trial).real.max())

    if len(matrix) == 2:  # noqa: PLR2004  two cannot contradict each other
        return float(matrix[row, column])
    low, high = -_FARTHEST, _FARTHEST
    left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    at_left, at_right = eigenvalue(left), eigenvalue(right)
    for _ in range(_ROUNDS):
        if at_left <= at_right:
            high, right, at_right = right, left, at_left
            left = high - _GOLDEN * (high - low)
            at_left = eigenvalue(left)
        else:
            low, left, at_left = left, right, at_right
            right = low + _GOLDEN * (high - low)
            at_right = eigenvalue(right)
    return float(f"{math.exp((low + high) / 2.0):.6g}")
