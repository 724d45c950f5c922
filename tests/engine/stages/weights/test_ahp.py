from __future__ import annotations

import numpy as np
import pytest
from pymcdm.weights.subjective import AHP

from quanheng.engine.stages.weights.ahp import ahp_weights
from quanheng.scheme.weights.methods import Ahp

JUDGEMENTS = (
    (1.0, 3.0, 5.0, 2.0),
    (1 / 3, 1.0, 2.0, 1.0),
    (1 / 5, 1 / 2, 1.0, 1 / 2),
    (1 / 2, 1.0, 2.0, 1.0),
)


def test_weights_are_the_principal_eigenvector() -> None:
    judged = ahp_weights(Ahp(("a", "b", "c", "d"), JUDGEMENTS), ("a", "b", "c", "d"))

    # A·w = λ·w with the same λ in every row, and CR = (λ - 4)/3/0.90
    weights = np.array(judged.weights)
    eigenvalues = np.array(JUDGEMENTS) @ weights / weights
    assert eigenvalues == pytest.approx([eigenvalues[0]] * 4)
    assert judged.ratio == pytest.approx((eigenvalues[0] - 4) / 3 / 0.90)
    assert judged.weights == pytest.approx(AHP(matrix=np.array(JUDGEMENTS))(), abs=1e-6)


def test_consistent_judgements_give_back_their_proportions() -> None:
    matrix = tuple(tuple(i / j for j in (4, 3, 2, 1)) for i in (4, 3, 2, 1))

    judged = ahp_weights(Ahp(("a", "b", "c", "d"), matrix), ("d", "c", "b", "a"))

    assert judged.weights == (0.1, 0.2, 0.3, 0.4)
    assert judged.ratio == 0.0


def test_two_children_cannot_contradict_each_other() -> None:
    judged = ahp_weights(Ahp(("a", "b"), ((1, 4), (1 / 4, 1))), ("a", "b"))

    assert (judged.weights, judged.ratio) == ((0.8, 0.2), 0.0)
    assert ahp_weights(Ahp(("a",), ((1,),)), ("a",)).weights == (1.0,)


def test_no_ratio_is_known_for_more_than_fifteen() -> None:
    codes = tuple(f"c{i}" for i in range(16))

    judged = ahp_weights(Ahp(codes, ((1.0,) * 16,) * 16), codes)

    assert judged.ratio is None
    assert judged.weights == (0.0625,) * 16
