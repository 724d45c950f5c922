"""The outcomes of all replicates of a study: those drawn, those without something, and the book as it is."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from quanheng.engine.replicates.anew.noisy import Error
from quanheng.engine.replicates.base import Base, Edge
from quanheng.engine.replicates.runs import Outcomes
from quanheng.scheme.tree.scheme import Node
from quanheng.studies.robustness.causes.ways import Ways
from quanheng.studies.robustness.drawing.drawn import Drawn
from quanheng.studies.robustness.drawing.replicates import Noise, run


def outcomes_of(
    ways: Ways, drawn: Drawn, gone: tuple[Node, ...], errors: Mapping[str, Error], seed: int
) -> Outcomes:
    """Return the outcomes of what is drawn, of each of `gone` left out, and of the book as it is.

    What is left out weighs nothing: its weight goes to its siblings in proportion.
    """
    rows = drawn.rows + len(gone) + 1
    chosen = np.zeros((rows, len(ways.choices)), dtype=np.int64)
    chosen[: drawn.rows] = drawn.chosen(ways)

    def weights_of(numbers: NDArray[np.int64], base: Base) -> Mapping[Edge, NDArray[np.float64]]:
        found: dict[Edge, NDArray[np.float64]] = {}
        is_drawn = numbers < drawn.rows
        if is_drawn.all():
            return drawn.weights(numbers, base)
        for edge, values in drawn.weights(numbers[is_drawn], base).items():
            found[edge] = np.full((len(numbers), values.shape[1]), np.nan)
            found[edge][is_drawn] = values
        for edge, row in _nothing(gone, numbers - drawn.rows, base):
            groups = base.weights[edge].shape[1]
            found.setdefault(edge, np.full((len(numbers), groups), np.nan))[row] = 0.0
        return found

    return run(ways, chosen, weights_of, Noise(errors=errors, keys=drawn.keys(rows), seed=seed))


def _nothing(gone: tuple[Node, ...], numbers: NDArray[np.int64], base: Base) -> list[tuple[Edge, int]]:
    """Return which child weighs nothing in which row, where something is left out."""
    parents = {child: (parent, child) for parent, child in base.weights}
    return [
        (parents[gone[number].code], row)
        for row, number in enumerate(numbers.tolist())
        if 0 <= number < len(gone) and gone[number].code in parents
    ]
