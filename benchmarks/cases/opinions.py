"""PROMETHEE II of one flow a criterion: by sorting, beside pymcdm, which forms all pairs of units."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pymcdm.methods import PROMETHEE_II

from benchmarks.case import OURS, Case, Contender, register
from quanheng.studies.opinions.form import Preference
from quanheng.studies.opinions.methods.promethee import Promethee

CRITERIA: Final = 20


def flows(values: NDArray[np.float64], preference: Preference) -> NDArray[np.float64]:
    """Return the net flows of units × criteria of equal weight."""
    method = Promethee(preference=preference, indifference=0.05, strict=0.5)
    total = np.zeros(len(values))
    for column in values.T:
        total += method.flow(column)
    return np.asarray(total / values.shape[1])


def pairs(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the same by pymcdm."""
    count = values.shape[1]
    return np.asarray(PROMETHEE_II("usual")(values, np.full(count, 1.0 / count), np.ones(count)))


def beside_pairs(units: int, _: Path) -> Mapping[str, Contender]:
    """Prepare units that pymcdm can still compare in pairs."""
    values = np.random.default_rng(1).normal(0.0, 1.0, (units, CRITERIA))
    return {OURS: partial(flows, values, "usual"), "pymcdm, all pairs": partial(pairs, values)}


def many(units: int, _: Path) -> Mapping[str, Contender]:
    """Prepare units whose pairs nobody could keep."""
    values = np.random.default_rng(1).normal(0.0, 1.0, (units, CRITERIA))
    return {
        OURS: partial(flows, values, "usual"),
        "ours, linear between thresholds": partial(flows, values, "linear"),
        "numpy, each column sorted": partial(np.sort, values, axis=0),
    }


_CASES: Final[tuple[tuple[int, Callable[[int, Path], Mapping[str, Contender]]], ...]] = (
    (1_000, beside_pairs),
    (100_000, many),
)
for size, prepare in _CASES:
    register(Case(name=f"PROMETHEE II, units × {CRITERIA}", size=size, tiny=20, prepare=prepare, repeats=3))
