"""Chance with a seed: the same mutant every time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

Drawn = TypeVar("Drawn")


class Chance:
    """Draws from sequences as they are; numpy's own draws would make arrays of them."""

    def __init__(self, seed: int) -> None:
        self._numbers = np.random.default_rng(seed)

    def holds(self, part: float) -> bool:
        """Return true in `part` of all cases."""
        return bool(self._numbers.random() < part)

    def number(self, first: int, last: int) -> int:
        """Return a number from `first` to `last`."""
        return int(self._numbers.integers(first, last, endpoint=True))

    def one(self, choices: Sequence[Drawn]) -> Drawn:
        """Return one of `choices`."""
        return choices[self.number(0, len(choices) - 1)]

    def some(self, choices: Sequence[Drawn], count: int) -> list[Drawn]:
        """Return `count` different ones of `choices`, in any order."""
        return [choices[at] for at in self._numbers.permutation(len(choices))[:count]]

    def bytes(self, count: int) -> bytes:
        """Return `count` bytes."""
        return self._numbers.bytes(count)
