"""What pages show of the sheets of formulas: references to them, and what they show uncomputed."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import fsum
from typing import Final

from quanheng.documents.workbook.draft.draft import Draft
from quanheng.documents.workbook.formulas.cells import MISSING, Shown
from quanheng.documents.workbook.formulas.rows import FIRST

_NEAR: Final = 6
"""Decimals at which a unit and its group's mean are the same."""


@dataclass(slots=True)
class Facts:
    """The sheets of formulas as pages look at them; means of groups are computed once."""

    draft: Draft
    _means: dict[tuple[str, str], Shown] = field(default_factory=dict)

    def cell(self, key: str, position: int) -> str:
        """Return the address of the cell of the column `key` for the unit at `position`, from 0."""
        sheet, letter = self.draft.addresses.columns[key]
        return f"'{sheet}'!${letter}${FIRST + position}"

    def span(self, key: str, rows: range) -> str:
        """Return the address of the column `key` over some rows, as a workbook counts them."""
        sheet, letter = self.draft.addresses.columns[key]
        return f"'{sheet}'!${letter}${rows.start}:${letter}${rows.stop - 1}"

    def shown(self, key: str, position: int) -> Shown:
        """Return what that cell shows."""
        column = self.draft.by_key[key]
        group = self.draft.rows.group_of[position]
        if column.values is None or (column.groups is not None and group not in column.groups):
            return MISSING
        value = column.values[position]
        return MISSING if value is None else value

    def mean(self, key: str, group: str) -> Shown:
        """Return the mean of the numbers of a column in a group, as AVERAGE gives it."""
        if (key, group) not in self._means:
            rows = self.draft.rows.groups[group]
            shown = [self.shown(key, row - FIRST) for row in rows]
            numbers = [float(value) for value in shown if isinstance(value, int | float)]
            self._means[key, group] = fsum(numbers) / len(numbers) if numbers else MISSING
        return self._means[key, group]

    def judged(self, value: Shown, mean: Shown) -> tuple[Shown, Shown]:
        """Return how far a number is above the mean, and that in a word."""
        if not isinstance(value, int | float) or not isinstance(mean, int | float):
            return MISSING, MISSING
        above = float(value) - float(mean)
        near = round(above, _NEAR)
        return above, self.draft.say("page.above" if near > 0 else "page.below" if near < 0 else "page.same")

    def judging(self, above: str) -> str:
        """Return the formula of the word for how far a number, which stands in the cell `above`, is off."""
        words = [self.draft.say(f"page.{word}") for word in ("above", "below", "same")]
        rounded = f"ROUND({above},{_NEAR})"
        return (
            f'IF(ISNUMBER({above}),IF({rounded}>0,"{words[0]}",IF({rounded}<0,"{words[1]}","{words[2]}")),"")'
        )


def mean_over(span: str) -> str:
    """Return the formula of the mean of a range, an empty text where it has no numbers."""
    return f'IF(COUNT({span})=0,"",AVERAGE({span}))'
