"""The units and figures of random books: few values, so that many of them tie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias, TypeVar

import numpy as np

T = TypeVar("T")
Form: TypeAlias = dict[str, Any]
Rule: TypeAlias = str | Form
PROFILES: Final[dict[str, tuple[str, ...]]] = {
    "tenths": ("0.1", "0.2", "0.3", "1.1", "2.2", "3.3", "2.0", "1.3", "0.7", "0.6"),
    "whole": ("1", "2", "3", "4", "5", "6", "8", "10", "12"),
    "grades": ("60", "62.5", "75", "75", "80", "88.8", "90", "95", "100"),
    "hundredths": ("106.30", "106.00", "12.35", "12.40", "0.05", "0.30", "99.95", "50.25"),
    "signed": ("-2", "-1.5", "0", "0", "0.5", "1", "1.5", "3"),
    "outlying": ("1", "2", "2", "3", "4", "5", "6", "7", "1000"),
    "counts": ("0", "0", "1", "2", "3", "5"),
}
REPORTED: Final = ("tenths", "whole", "grades", "hundredths", "signed", "outlying", "counts")
ABOVE_ZERO: Final = ("tenths", "whole", "grades", "hundredths", "outlying")


@dataclass
class Figures:
    """What a random book is about, as far as it is made."""

    rng: np.random.Generator
    items: dict[str, str] = field(default_factory=dict)
    """The profile of each item."""
    figures: dict[tuple[str, str, int], str] = field(default_factory=dict)
    targets: dict[tuple[str, str], str] = field(default_factory=dict)
    units: dict[str, dict[str, str]] = field(default_factory=dict)
    groups: list[str] = field(default_factory=list)
    leaves: list[str] = field(default_factory=list)
    dimensions: list[str] = field(default_factory=list)
    gappy: bool = False

    def chance(self, part: float) -> bool:
        return bool(self.rng.random() < part)

    def pick(self, of: Sequence[T]) -> T:
        return of[int(self.rng.integers(len(of)))]

    def count(self, low: int, high: int) -> int:
        return int(self.rng.integers(low, high + 1))

    def _make_units(self) -> None:
        self.groups = self.pick([[""], ["g"], ["g", "h"], ["g", "h"], ["g", "h", "k"]])
        number = self.count(2, 8) if self.chance(0.9) else self.count(9, 12)
        for index in range(number):
            unit = {"region": self.pick(["north", "south"])}
            if self.groups != [""]:
                unit["group"] = self.groups[index] if index < len(self.groups) else self.pick(self.groups)
            self.units[f"u{index}"] = unit
        if number < len(self.groups):
            self.groups = self.groups[:number]

    def _item(self, profiles: Sequence[str]) -> str:
        """Return an item of one of these profiles, an old one or a new one."""
        old = [item for item, profile in self.items.items() if profile in profiles]
        if old and self.chance(0.4):
            return self.pick(old)
        item = f"x{len(self.items)}"
        profile = self.pick(list(profiles))
        self.items[item] = profile
        values = list(PROFILES[profile])
        if self.chance(0.4):
            values = [self.pick(values) for _ in range(self.count(1, 3))]
        for unit in self.units:
            for months in (0, 12):
                self.figures[unit, item, months] = self._cell(values)
        return item

    def _cell(self, values: Sequence[str]) -> str:
        if self.gappy and self.chance(0.1):
            return self.pick(["", "", "/"])
        return self.pick(values)
