"""A case: what is measured, by whom, at which sizes. It registers itself when its file is imported."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

Contender = Callable[[], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One comparison at one size.

    `prepare` makes the data in a folder and returns the contenders by name, ours first. Times are medians
    over `repeats` runs in turn, after one run that is not counted.
    """

    name: str
    size: int
    tiny: int
    prepare: Callable[[int, Path], Mapping[str, Contender]]
    repeats: int = 5


OURS: Final = "quanheng"
CASES: Final[list[Case]] = []


def register(case: Case) -> None:
    """Add `case` to those that are run."""
    CASES.append(case)


def seconds(contenders: Mapping[str, Contender], repeats: int) -> dict[str, float]:
    """Return the median seconds of each contender; they take turns, so that a busy moment hits all."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for run in range(repeats + 1):
        for name, contender in contenders.items():
            start = time.perf_counter()
            contender()
            if run:
                times[name].append(time.perf_counter() - start)
    return {name: statistics.median(values) for name, values in times.items()}
