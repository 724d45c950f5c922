"""Marks beside the indicators: whether a bonus or a penalty weighs more than any of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np

from quanheng.engine.frame import columns as c
from quanheng.findings.value import Value
from quanheng.studies.audit.pool import Pool


class Bonus(Value):
    """What a kind of adjustment can be worth beside the largest indicator.

    `cap` is None where nothing bounds it; `units` have some, `most` is the most that counted for one.
    """

    kind: Literal["bonus", "penalty"]
    cap: float | None
    units: int
    most: float
    indicator: str
    marks: float

    @property
    def is_larger(self) -> bool:
        """Whether it can be, or was, worth more than the largest indicator."""
        return self.most > self.marks or (self.cap is not None and self.cap > self.marks)


def bonuses_of(pool: Pool) -> Iterator[Bonus]:
    """Yield each kind of adjustment that a unit of the group has, or that the scheme caps."""
    if not pool.indicators:
        return
    largest = max(pool.indicators, key=lambda each: pool.marks(each.code))
    limits = pool.scheme.adjustments
    for kind, limit in (("bonus", limits.bonus), ("penalty", limits.penalty)):
        columns = [c.adjust(node.code, kind) for node in pool.nodes]
        there = [
            pool.frame[name].to_numpy().astype(np.float64) for name in columns if name in pool.frame.columns
        ]
        counted = np.abs(np.nan_to_num(np.sum(there, axis=0))) if there else np.zeros(len(pool))
        if limit.cap is None and not counted.any():
            continue
        yield Bonus(
            kind="bonus" if kind == "bonus" else "penalty",
            cap=limit.cap,
            units=int((counted > 0).sum()),
            most=float(counted.max(initial=0.0)),
            indicator=largest.code,
            marks=pool.marks(largest.code),
        )
