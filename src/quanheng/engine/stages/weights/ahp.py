"""The analytic hierarchy process (层次分析法): weights from judgements in pairs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from quanheng.engine.stages.weights.proportions import DECIMALS
from quanheng.findings.value import Value
from quanheng.scheme.weights.methods import Ahp

TOLERATED: Final = 0.1
"""The consistency ratio up to which Saaty accepts judgements."""

_RANDOM_INDEX: Final = (
    0.0,
    0.0,
    0.58,
    0.90,
    1.12,
    1.24,
    1.32,
    1.41,
    1.45,
    1.49,
    1.51,
    1.48,
    1.56,
    1.57,
    1.59,
)


class Judged(Value, kw_only=False):
    """The weights of the children that were compared, and how consistent the judgements are.

    `ratio` is None for more than 15 children: no random index is published for them.
    """

    weights: tuple[float, ...]
    ratio: float | None


def ahp_weights(method: Ahp, children: Sequence[str]) -> Judged:
    """Return the weights of `children`, in their order, by the rows and columns of the matrix about them.

    The weights are the principal eigenvector of the matrix of judgements a_ij (i is a_ij times as important
    as j), scaled to the sum 1. With the principal eigenvalue λ of n judgements, the consistency index is
    (λ - n)/(n - 1), and the consistency ratio that index over the mean index of random matrices; up to 0.1
    judgements count as consistent.

    Source: T. L. Saaty, The Analytic Hierarchy Process (1980).

    Examples:
        >>> method = Ahp(("a", "b", "c"), ((1, 2, 6), (1 / 2, 1, 3), (1 / 6, 1 / 3, 1)))
        >>> ahp_weights(method, ("a", "b", "c"))
        Judged(weights=(0.6, 0.3, 0.1), ratio=0.0)
    """
    where = [method.order.index(child) for child in children]
    judgements = np.array(method.matrix, dtype=np.float64)[np.ix_(where, where)]
    values, vectors = np.linalg.eig(judgements)
    principal = int(np.argmax(values.real))
    vector = np.abs(vectors[:, principal].real)
    weights = tuple(round(float(value), DECIMALS) for value in vector / vector.sum())
    return Judged(weights, _ratio(float(values[principal].real), len(where)))


def _ratio(eigenvalue: float, n: int) -> float | None:
    if n > len(_RANDOM_INDEX):
        return None
    random = _RANDOM_INDEX[n - 1]
    # two judgements cannot contradict each other; and rounding may leave the eigenvalue a little under n
    return round(max(0.0, eigenvalue - n) / (n - 1) / random, DECIMALS) if random else 0.0
