"""From drawn numbers to weights: by how much each node weighs more or less than it does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from quanheng.engine.replicates.base import Base, Edge
from quanheng.findings.value import Value
from quanheng.scheme.tree.scheme import Node, Scheme
from quanheng.studies.robustness.form import WeightsForm

Array = NDArray[np.float64]


class Sampler(Value):
    """What is drawn for weights: `nodes` that may weigh otherwise, and how many numbers it takes."""

    form: WeightsForm
    scheme: Scheme
    nodes: tuple[Node, ...]

    @property
    def width(self) -> int:
        """How many numbers in [0, 1) make one set of weights."""
        return 1 if self.form.sets is not None else len(self.nodes)

    def weights(self, numbers: Array, base: Base) -> dict[Edge, Array]:
        """Return the weights, `(rows, groups)`, that `numbers`, `(rows, width)`, mean in a scoring."""
        form = self.form
        edges = _edges(self.nodes, base)
        if form.sets is not None:
            return self._of_sets(form.sets, numbers[:, 0], base)
        if form.change is not None:
            low, wide = 1.0 - form.change, 2.0 * form.change
            # all at once, and each column by itself in memory
            factors = np.ascontiguousarray((low + wide * numbers).T)[:, :, None]
            return {edge: base.weights[edge] * drawn for edge, drawn in zip(edges, factors, strict=True)}
        columns = {edge: numbers[:, [index]] for index, edge in enumerate(edges)}
        if form.ranges is not None:
            return {
                edge: _between(form.ranges[edge[1]], drawn, base.weights[edge])
                for edge, drawn in columns.items()
            }
        return _dirichlet(columns, base, form.dirichlet or 1.0)

    def _of_sets(
        self, sets: Mapping[str, Mapping[str, float]], drawn: Array, base: Base
    ) -> dict[Edge, Array]:
        rows = np.minimum((drawn * len(sets)).astype(np.int64), len(sets) - 1)
        return weights_of_sets(list(sets.values()), rows, base)


def weights_of_sets(
    sets: Sequence[Mapping[str, float]], rows: NDArray[np.int64], base: Base
) -> dict[Edge, Array]:
    """Return the weights of replicates of which `rows` says which set each takes; others weigh as they do."""
    named = {code for each in sets for code in each}
    parents = {code: edge for edge in base.weights for code in (edge[1],)}
    return {
        parents[code]: np.array([each.get(code, np.nan) for each in sets])[rows][:, None]
        * np.ones_like(base.weights[parents[code]])
        for code in sorted(named)
        if code in parents
    }


def _edges(nodes: Sequence[Node], base: Base) -> tuple[Edge, ...]:
    parents = {child: (parent, child) for parent, child in base.weights}
    return tuple(parents[node.code] for node in nodes)


def _between(bounds: tuple[float, float], drawn: Array, own: Array) -> Array:
    low, high = bounds
    return np.where(np.isnan(own), np.nan, low + (high - low) * drawn)


def _dirichlet(columns: Mapping[Edge, Array], base: Base, concentration: float) -> dict[Edge, Array]:
    """Return draws around the own weights: gamma variates, of which only proportions count."""
    from scipy.special import gammaincinv

    found: dict[Edge, Array] = {}
    for edge, drawn in columns.items():
        siblings = np.array([weight for other, weight in base.weights.items() if other[0] == edge[0]])
        whole = np.nansum(siblings, axis=0)
        share = np.where(whole > 0.0, base.weights[edge] / np.where(whole > 0.0, whole, 1.0), 0.0)
        shape = np.where(share > 0.0, concentration * share, 1.0)
        varied = gammaincinv(shape, np.clip(drawn, 1e-12, 1.0 - 1e-12)) * whole / concentration
        found[edge] = np.where(np.isnan(base.weights[edge]), np.nan, np.where(share > 0.0, varied, 0.0))
    return found
