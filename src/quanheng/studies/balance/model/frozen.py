"""The pool as it stands: what a round, scored as it is or with some levers moved, says of each unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from quanheng.engine.frame import columns as c
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.tree.pools import Alike, Inside
from quanheng.scheme.tree.scheme import Indicator, Scheme

if TYPE_CHECKING:
    from quanheng.data.book.frames import Frame

Row = Mapping[str, float | str | bool | None]
_DECIMALS = 9


@dataclass(frozen=True)
class Pool:
    """A scored round: `wide` has a row a unit (`columns.py`)."""

    scheme: Scheme
    wide: Frame

    @cached_property
    def _frame(self) -> pl.DataFrame:
        return self.wide.to_native()

    @cached_property
    def _number(self) -> Mapping[str, int]:
        return {unit: number for number, unit in enumerate(self._frame[c.UNIT])}

    @property
    def units(self) -> tuple[str, ...]:
        """The codes of the units."""
        return tuple(self._number)

    def row(self, unit: str) -> Row:
        """Return all that is known of a unit."""
        return self._frame.row(self._number[unit], named=True)

    def number(self, unit: str, column: str) -> float | None:
        """Return a number known of a unit; None where there is none."""
        if column not in self._frame.columns:
            return None
        value = self._frame[column][self._number[unit]]
        return None if value is None else float(value)

    def text(self, unit: str, column: str) -> str | None:
        """Return a text known of a unit."""
        value = self._frame[column][self._number[unit]]
        return None if value is None else str(value)

    def figures(self, unit: str) -> dict[str, float | None]:
        """Return the unit's figures of the round, by item."""
        row = self.row(unit)
        codes = {item.code: c.item(item.code) for item in self.scheme.items}
        return {code: _float(row[column]) for code, column in codes.items() if column in row}

    def rivals(self, indicator: Indicator, unit: str) -> tuple[float, ...]:
        """Return the values of the other units that an indicator compares with the unit's."""
        column = c.treated(indicator.code)
        rows = self._frame.filter((pl.col(c.UNIT) != unit) & pl.col(column).is_not_null())
        match indicator.within:
            case "group":
                rows = rows.filter(pl.col(c.GROUP) == self.text(unit, c.GROUP))
            case "all":
                pass
            case Alike(column=heading):
                alike = c.attribute(heading)
                rows = rows.filter(pl.col(alike) == self.row(unit)[alike])
            case Inside(code=code):
                rows = rows.filter(pl.col(c.member(code)))
        return tuple(float(value) for value in rows[column])

    def is_sound(self, unit: str, today: Pool) -> bool:
        """Return whether nothing is wrong with the unit that was right `today`, nor a measure absent."""
        row, before = self.row(unit), today.row(unit)
        if row[c.PROBLEM] and not before[c.PROBLEM]:
            return False
        columns = [c.absence(indicator.code) for indicator in self.scheme.indicators]
        return all(row[column] == before[column] for column in columns)

    def total(self, unit: str) -> float | None:
        """Return the unit's total."""
        return self.number(unit, c.score(ROOT))

    def place(self, unit: str) -> int | None:
        """Return the unit's place."""
        place = self.number(unit, c.PLACE)
        return None if place is None else int(place)

    def rival_totals(self, unit: str, *, within_group: bool = False) -> list[float]:
        """Return the totals of the placed others of the unit's ranking as they are compared, best first."""
        here = pl.col(c.UNIT) != unit
        if within_group or not self.scheme.ranks_all:
            here &= pl.col(c.GROUP) == self.text(unit, c.GROUP)
        rows = self._frame.filter(here & pl.col(c.PLACE).is_not_null())
        return sorted((round(float(value), _DECIMALS) for value in rows[c.score(ROOT)]), reverse=True)


def _float(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
