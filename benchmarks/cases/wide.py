"""Indexes that are wide or deep: many indicators over few units, and pairs at every level of a tree."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from benchmarks.case import OURS, Case, Contender, register
from benchmarks.schemes import min_max_scheme, random_table, tree_scheme
from quanheng.engine.results.score import score_frame

_UNITS_OF_WIDE = 10
_UNITS_IN_PAIRS = 51


def prepare_wide(size: int, folder: Path) -> Mapping[str, Contender]:
    """Return an index of `size` indicators over ten units, and the same sum of one bare matrix."""
    del folder
    scheme, frame = min_max_scheme(size), random_table(_UNITS_OF_WIDE, size)
    matrix = frame.drop("unit").to_numpy()

    def by_numpy() -> object:
        low, high = matrix.min(axis=0), matrix.max(axis=0)
        return np.argsort(-((matrix - low) / (high - low)).mean(axis=1))

    return {OURS: lambda: score_frame(frame, scheme).ranking, "numpy": by_numpy}


def prepare_pairs(size: int, folder: Path) -> Mapping[str, Contender]:
    """Return an index of `size` indicators over 51 units, all of it by Copeland, and by means."""
    del folder
    frame = random_table(_UNITS_IN_PAIRS, size)
    pairs, means = tree_scheme(size, "copeland"), tree_scheme(size, "arithmetic")
    return {
        f"{OURS} copeland": lambda: score_frame(frame, pairs).ranking,
        f"{OURS} arithmetic": lambda: score_frame(frame, means).ranking,
    }


for _size, _repeats in ((1_000, 3), (5_000, 1)):
    register(
        Case(name="indicators over 10 units", size=_size, tiny=50, prepare=prepare_wide, repeats=_repeats)
    )
register(Case(name="Copeland at every level, 51 units", size=49, tiny=6, prepare=prepare_pairs))
