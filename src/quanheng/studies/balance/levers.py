"""Levers: figures of units that can be moved, how far, in which steps, and at what cost."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from functools import cached_property

from quanheng.findings.text import Text


@dataclass(frozen=True, kw_only=True)
class Lever:
    """A figure of a unit that can be moved by an amount from 0 to `reach`.

    The figure of `item` is then `start + per * amount`. `step` is what the amount goes by, None where any
    amount can be had. `costs` are pairs of an amount and what it costs, in straight lines between them;
    where there is one pair only, it is of one line from nothing through it.
    """

    unit: str
    item: str
    name: Text
    start: float
    per: float
    reach: float
    step: float | None
    costs: tuple[tuple[float, float], ...]
    indicator: str | None = None

    def figure(self, amount: float) -> float:
        """Return the item's figure where the lever is moved by `amount`."""
        return self.start + self.per * amount if amount else self.start

    @cached_property
    def whole_steps(self) -> int | None:
        """How many whole steps it can be moved, None where any amount can be had."""
        return None if self.step is None else int(self.reach / self.step * (1 + 1e-12) + 1e-9)

    @property
    def is_linear(self) -> bool:
        """Whether each further 1 of it costs the same."""
        return len(self.costs) == 1

    def cost(self, amount: float) -> float:
        """Return what an amount costs."""
        if amount <= 0.0:
            return 0.0
        if self.is_linear:
            ((of, cost),) = self.costs
            return cost * amount / of
        pairs = ((0.0, 0.0), *self.costs)
        at = min(bisect.bisect_left([of for of, _ in pairs], amount), len(pairs) - 1)
        (left, low), (right, high) = pairs[at - 1], pairs[at]
        return low + (amount - left) * (high - low) / (right - left)
