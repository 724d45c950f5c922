"""Benefit of the doubt: each unit is weighed as shows it best, against what others get with its weights."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from quanheng.engine.stages.weights.proportions import DECIMALS
from quanheng.findings.errors import EngineError
from quanheng.findings.value import Value
from quanheng.scheme.weights.methods import BenefitOfTheDoubt

Matrix: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]

FULL: Final = 100.0
_AT_ONCE: Final = 100
"""Units solved in one program: more make the solver slower, fewer its start dearer."""
_CHUNK: Final = 256
_NOISE: Final = 1e-9
_POINT_DECIMALS: Final = 9


class Doubted(Value, kw_only=False):
    """The weights of each unit (row) for the children (columns), NaN where absent, and its benchmark.

    The weights of a unit add up to 1. Its benchmark is the best that a unit of the pool gets with them: the
    composite of benefit of the doubt is 100·(weighted mean)/benchmark.
    """

    weights: Matrix
    benchmark: Matrix


def bod_weights(points: Matrix, method: BenefitOfTheDoubt) -> Doubted:
    """Return the weights of the units of a pool by benefit of the doubt.

    `points`: units in rows, children in columns, NaN where absent, all 0 or more. For each unit c the program

        maximise    sum over k of w_k·y_ck
        such that   sum over k of w_k·y_jk <= 1                    for every unit j of the pool
                    least·(sum of w·y_c) <= w_k·y_ck <= most·(sum of w·y_c)     for every child k
                    w_k >= 0

    is solved with HiGHS; its optimum is the composite, 1 for a unit that nobody surpasses. Weights are then
    scaled to the sum 1. `least` and `most` bound the part of the unit's own composite that a child may make.

    A unit that lacks children is weighed on those it has, against the units that have them too; `most` is
    raised for it to one over their number if it would be less. Where a child at 0 cannot make its `least`
    part, or too few children are above 0 for `most`, the only composite that keeps the bounds is 0: the
    weight then lies on the children at 0. Where several sets of weights show a unit equally well the solver's
    choice stands; the composite is the same.

    Only units on the frontier can bind, so the others stay out of the program. It is solved in its dual form,
    for many units at once: the constraints are then the children, few, not the units.

    Source: L. Cherchye, W. Moesen, N. Rogge and T. Van Puyenbroeck, "An introduction to 'benefit of the
    doubt' composite indicators", Social Indicators Research 82 (2007).

    Examples:
        >>> found = bod_weights(np.array([[80.0, 40.0], [40.0, 80.0], [40.0, 40.0]]), BenefitOfTheDoubt())
        >>> float(round(found.weights[2] @ [40.0, 40.0] / found.benchmark[2], 6))  # the best has 60 on both
        0.666667
    """
    points = np.round(points, _POINT_DECIMALS)
    absent = np.isnan(points)
    found = Doubted(np.full(points.shape, np.nan), np.full(len(points), np.nan))
    for pattern in np.unique(absent, axis=0):
        if pattern.all():
            continue
        have = ~pattern
        units = np.flatnonzero((absent == pattern).all(axis=1))
        peers = points[~absent[:, have].any(axis=1)][:, have]
        weights, benchmark = _weighed(points[np.ix_(units, have)], peers, method)
        found.weights[np.ix_(units, have)] = weights
        found.benchmark[units] = benchmark
    return found


def _weighed(units: Matrix, peers: Matrix, method: BenefitOfTheDoubt) -> tuple[Matrix, Matrix]:
    """Return the weights and benchmarks of units that have all children, against `peers` that do."""
    count = units.shape[1]
    most = max(method.most, 1.0 / count)
    zero = units <= 0.0
    lost = zero.all(axis=1) | ((count - zero.sum(axis=1)) * most < 1.0 - _NOISE)
    if method.least > 0.0:
        lost |= zero.any(axis=1)
    weights = np.where(zero, 1.0, 0.0)
    best = frontier(peers / FULL)
    solved = [_solved(some, best, method.least, most) for some in _batches(units[~lost] / FULL)]
    if solved:
        weights[~lost] = np.vstack(solved)
    weights = np.round(weights / weights.sum(axis=1, keepdims=True), DECIMALS)
    reached = [(some @ best.T).max(axis=1) for some in _batches(weights)]
    return weights, np.where(lost, FULL, np.round(FULL * np.concatenate(reached), DECIMALS))


def frontier(peers: Matrix) -> Matrix:
    """Return the distinct rows of `peers` that no other row equals or surpasses in every column.

    Examples:
        >>> frontier(np.array([[0.8, 0.4], [0.4, 0.8], [0.4, 0.4], [0.8, 0.4]])).tolist()
        [[0.4, 0.8], [0.8, 0.4]]
    """
    distinct = np.unique(peers, axis=0)
    falling = distinct[np.argsort(-distinct.sum(axis=1), kind="stable")]
    kept = np.empty((0, peers.shape[1]))
    for start in range(0, len(falling), _CHUNK):
        # a row can be surpassed only by one with a greater sum: by one kept before, or in its own chunk
        chunk = falling[start : start + _CHUNK]
        chunk = chunk[~_reached(chunk, kept)]
        kept = np.vstack([kept, chunk[~_reached(chunk, chunk, but_itself=True)]])
    return kept


def _reached(rows: Matrix, by: Matrix, *, but_itself: bool = False) -> Flags:
    reached = np.asarray((by[None, :, :] >= rows[:, None, :]).all(axis=2))
    if but_itself:
        np.fill_diagonal(reached, val=False)
    return np.asarray(reached.any(axis=1))


def _batches(rows: Matrix) -> Iterator[Matrix]:
    for start in range(0, len(rows), _AT_ONCE):
        yield rows[start : start + _AT_ONCE]


def _solved(units: Matrix, best: Matrix, least: float, most: float) -> Matrix:
    """Return the weights of `units` against the rows of `best`, from the dual of their programs.

    For each unit: minimise the sum of λ, such that for each child k the λ-weighted points of the best, less
    what the bounds on parts take, reach the unit's own y_k. The dual values of these rows are the weights.
    """
    from scipy import optimize, sparse

    n, children = units.shape
    reach = sparse.kron(sparse.eye_array(n), best.T, format="csr")
    columns = [reach]
    if least > 0.0:
        columns.append(_diagonal(units[:, :, None] * (least - np.eye(children))))
    if most < 1.0:
        columns.append(_diagonal(units[:, :, None] * (np.eye(children) - most)))
    system = sparse.hstack(columns, format="csr")
    costs = np.zeros(system.shape[1])
    costs[: reach.shape[1]] = 1.0
    outcome = optimize.linprog(costs, A_ub=-system, b_ub=-units.ravel(), method="highs-ds")
    if outcome.status != 0:
        raise EngineError(
            f"the weights by benefit of the doubt were not found: {outcome.message}",
            f"未能求出最有利权重（BOD）：{outcome.message}",
        )
    weights: Matrix = np.maximum(0.0, -outcome.ineqlin.marginals).reshape(n, children)
    return weights


def _diagonal(blocks: Matrix) -> Any:  # noqa: ANN401 - scipy publishes no types
    """Return a sparse matrix with `blocks` (n, k, k) on its diagonal."""
    from scipy import sparse

    n, k, _ = blocks.shape
    unit, row, column = np.indices(blocks.shape)
    places = ((unit * k + row).ravel(), (unit * k + column).ravel())
    return sparse.coo_array((blocks.ravel(), places), shape=(n * k, n * k)).tocsr()
