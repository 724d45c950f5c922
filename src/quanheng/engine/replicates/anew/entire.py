"""A replicate scored from its figures on, by the scheme with its own weights.

Where formulas ask for points of dimensions or scores of nodes, or give marks, the points of indicators
follow from weights, so that they are no fixed ground for other ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

import numpy as np

from quanheng.engine.replicates.anew.copies import Figures, copies_of, laid_out
from quanheng.engine.replicates.arrays import Array
from quanheng.engine.replicates.base import Base, Edge
from quanheng.engine.replicates.prepared import Prepared
from quanheng.scheme.tree.scheme import Scheme

Weighed: TypeAlias = Callable[[Scheme, Mapping[str, Mapping[str, float]]], Scheme]
"""Takes a scheme, and weights by node and group, and returns the scheme with these."""


class Entire:
    """Scores replicates of what was prepared one by one; the grids of its rounds are laid out once."""

    def __init__(self, points: Prepared, weighed: Weighed) -> None:
        """Lay out the round that was prepared, and the reviews that are scored as it is."""
        book = points.result.book
        assert book is not None  # noqa: S101 - what is prepared comes from a book
        self._points = points
        self._weighed = weighed
        self._scheme = book.scheme
        self._year = laid_out(book, points.result.round)
        self._reviews = {each: laid_out(book, each) for each in points.reviews}

    def scored(self, weights: Mapping[Edge, Array], figures: Figures) -> Prepared:
        """Return one replicate with its `weights`, `(groups,)`, NaN as they were prepared, and its figures.

        Raises:
            FindingsError: the scheme cannot be scored with such weights.
            UsageError: the replicate cannot be scored.
        """
        scheme = self._weighed(self._scheme, _stated(weights, self._points.base))
        return replace(
            self._points,
            base=copies_of(self._year, scheme, 1, figures),
            reviews={name: copies_of(laid, scheme, 1, figures) for name, laid in self._reviews.items()},
        )


def _stated(weights: Mapping[Edge, Array], base: Base) -> dict[str, dict[str, float]]:
    """Return what all children of dimensions weigh of which one is given another weight, by group."""
    groups = [group.code for group in base.scheme.groups]
    changed = {edge[0] for edge, given in weights.items() if not np.isnan(given).all()}
    found: dict[str, dict[str, float]] = {}
    for edge, own in base.weights.items():
        if edge[0] in changed and edge not in base.by_unit:
            given = weights.get(edge, np.full(len(groups), np.nan))
            row = np.where(np.isnan(given), own[0], given)
            found[edge[1]] = {
                group: float(weight)
                for group, weight, known in zip(groups, row, own[0], strict=True)
                if not np.isnan(known)
            }
    return found
