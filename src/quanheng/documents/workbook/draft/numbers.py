"""The engine's numbers, a list for each column in the order of the workbook's rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import narwhals as nw

from quanheng.documents.workbook.formulas.cells import MISSING, NOT_APPLICABLE, UNDEFINED, Shown
from quanheng.engine.frame import columns as c


@dataclass(slots=True)
class Facts:
    """The wide frame in the order of the rows, read column by column when first asked for."""

    wide: nw.DataFrame[Any]
    _lists: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def inputs(self) -> nw.LazyFrame[Any]:
        """What formulas are computed from (items, targets, attributes …), with the row's number."""
        kept = [column for column in self.wide.columns if column.partition("|")[0] in _INPUTS]
        return self.wide.select(*kept).with_row_index(POSITION).lazy()

    def has(self, column: str) -> bool:
        """Return whether the engine made `column`."""
        return column in self.wide.columns

    def raw(self, column: str) -> list[Any]:
        """Return the values of `column`, None where it is null or does not exist."""
        if column not in self._lists:
            exists = self.has(column)
            values = self.wide.get_column(column).to_list() if exists else [None] * len(self.wide)
            self._lists[column] = values
        return self._lists[column]

    def numbers(self, column: str) -> list[float | None]:
        """Return the numbers of `column`, None where there is none or none that a cell can hold."""
        if not self.has(column) or not self.wide.get_column(column).dtype.is_numeric():
            return [None] * len(self.wide)
        there = nw.when(nw.col(column).is_finite()).then(nw.col(column).cast(nw.Float64()))
        return self.wide.select(there.alias(column)).get_column(column).to_list()

    def shown(self, column: str) -> list[Shown]:
        """Return what formulas show for `column`: its numbers, and an empty text where there is none."""
        return [MISSING if value is None else value for value in self.numbers(column)]

    def verdicts(self, column: str) -> list[Shown]:
        """Return 1 where `column` is true, 0 where it is false, an empty text where it is null."""
        return [MISSING if value is None else float(bool(value)) for value in self.raw(column)]

    def reported(self, column: str, not_applicable: str) -> list[Shown]:
        """Return the numbers of `column`, `/` where the column `not_applicable` is true."""
        flags = self.raw(not_applicable)
        return [
            NOT_APPLICABLE if flag else value for value, flag in zip(self.numbers(column), flags, strict=True)
        ]

    def measured(self, indicator: str) -> list[Shown]:
        """Return what the measure of `indicator` shows, with the state of what is absent."""
        reasons = self.raw(c.absence(indicator))
        return [
            STATES.get(reason, MISSING) if value is None or reason == c.UNDEFINED else value
            for value, reason in zip(self.numbers(c.measure(indicator)), reasons, strict=True)
        ]

    def rated(self, indicator: str) -> list[Shown]:
        """Return what the rule of `indicator` gives; `/` where it says that a value does not apply."""
        reasons, values = self.raw(c.absence(indicator)), self.numbers(c.treated(indicator))
        return [
            NOT_APPLICABLE
            if reason == c.NOT_APPLICABLE and value is not None
            else MISSING
            if points is None
            else points
            for points, reason, value in zip(self.numbers(c.rated(indicator)), reasons, values, strict=True)
        ]


POSITION = "position"
"""The number of the row in `Facts.inputs`."""
_INPUTS = frozenset(
    {
        *(c.UNIT, c.GROUP, c.PLACE, c.PLACED, c.VETOED, c.LAST_PLACE, c.LAST_SCORE),
        *(c.PLACE_GAIN, c.SCORE_GAIN, c.FIRST_TIER_STREAK, c.FIRST_TIER_COUNT),
        *(
            "item",
            "item_na",
            "node",
            "target",
            "target_na",
            "attribute",
            "absence",
            "treated",
            "measure",
            "score",
        ),
    }
)
STATES = {c.MISSING: MISSING, c.NOT_APPLICABLE: NOT_APPLICABLE, c.UNDEFINED: UNDEFINED}
"""What stands for each way of being absent."""
