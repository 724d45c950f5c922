"""From a design to replicates: which way each goes and what its weights are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from quanheng.engine.replicates.anew.copies import Figures
from quanheng.engine.replicates.anew.noisy import Error, noisy, with_errors
from quanheng.engine.replicates.base import Base, Edge
from quanheng.engine.replicates.runs import Outcomes, Replicates, Way, replicated
from quanheng.findings.value import Value
from quanheng.studies.robustness.causes.causes import CauseName
from quanheng.studies.robustness.causes.ways import Ways
from quanheng.studies.robustness.drawing.sampler import Sampler
from quanheng.studies.variants.anew import scored_anew

Array = NDArray[np.float64]


class Factor(Value):
    """A cause as columns of drawn numbers."""

    cause: CauseName
    width: int


def factors_of(ways: Ways, sampler: Sampler | None, errors: Mapping[str, Error]) -> tuple[Factor, ...]:
    """Return the causes that can make a difference, in their order."""
    weights = [Factor(cause="weights", width=sampler.width)] if sampler and sampler.width else []
    chosen = [Factor(cause=each.cause, width=1) for each in ways.choices if len(each.ways) > 1]
    noise = [Factor(cause="noise", width=1)] if errors else []
    return (*weights, *chosen, *noise)


class Noise(Value):
    """The errors of items, the seed they are drawn with, and the key of each replicate; below 0: none."""

    errors: Mapping[str, Error]
    keys: NDArray[np.int64]
    seed: int


def keys_in(numbers: Array, columns: Mapping[CauseName, slice], rows: int) -> NDArray[np.int64]:
    """Return the key of the errors of each replicate; -1 for those beyond the drawn numbers."""
    keys = np.full(rows, -1, dtype=np.int64)
    if "noise" in columns:
        keys[: len(numbers)] = (numbers[:, columns["noise"].start] * _KEYS).astype(np.int64)
    return keys


_KEYS: Final = 2.0**53


def chosen_in(numbers: Array, ways: Ways, columns: Mapping[CauseName, slice]) -> NDArray[np.int64]:
    """Return which choice of each cause each row of drawn numbers means, `(rows, causes)`."""
    chosen = np.zeros((len(numbers), len(ways.choices)), dtype=np.int64)
    for index, choices in enumerate(ways.choices):
        offered = np.array([way.number for way in choices.ways])
        if choices.cause in columns:
            drawn = numbers[:, columns[choices.cause].start]
            chosen[:, index] = offered[np.minimum((drawn * len(offered)).astype(np.int64), len(offered) - 1)]
        else:
            chosen[:, index] = offered[0]
    return chosen


WeightsOf = Callable[[NDArray[np.int64], Base], Mapping[Edge, Array]]
"""The weights, `(rows, groups)`, of replicates whose points are those of a scoring, by their numbers."""


def run(
    ways: Ways,
    chosen: NDArray[np.int64],
    weights_of: WeightsOf,
    noise: Noise,
    *,
    tell: Callable[[int], None] = lambda _: None,
) -> Outcomes:
    """Return the outcomes of replicates: `chosen`, `(replicates, causes)`, says which choices each makes."""
    distinct, way = np.unique(chosen, axis=0, return_inverse=True)
    way = np.asarray(way).reshape(-1).astype(np.int64)
    gone = [_with_noise(ways.way(tuple(int(number) for number in row)), noise) for row in distinct]
    weights: dict[Edge, Array] = {}
    for number, each in enumerate(gone):
        rows = np.flatnonzero(way == number)
        for edge, values in weights_of(rows, each.points.base).items():
            groups = each.points.base.weights[edge].shape[1]
            weights.setdefault(edge, np.full((len(chosen), groups), np.nan))[rows] = values
    return replicated(Replicates(ways=gone, way=way, weights=weights), tell=tell)


def _with_noise(way: Way, noise: Noise) -> Way:
    if noise.errors:
        way = replace(way, noisy=lambda rows: noisy(way.points, noise.errors, noise.keys[rows], noise.seed))

    def figures_of(number: int) -> Figures:
        return with_errors(noise.errors, noise.keys[number : number + 1], noise.seed)

    return replace(way, entire=scored_anew(way.points, figures_of))
