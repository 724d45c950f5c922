"""What an item is: a figure, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from quanheng.findings.finding import NOWHERE, Location
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.periods.every import READINGS_A_DAY, Every, EveryReading
from quanheng.scheme.formulas.tree import Formula, OfSeries, names_in
from quanheng.scheme.ledgers.statistics import LedgerStatistic, TrimmedMean

ItemKind: TypeAlias = Literal["cumulative", "flow", "stock", "rate", "date"]


class Reported(Value):
    """The item is reported in the data."""


class Readings(Value):
    """Records that are readings, one a day or hour: those of the round, `at_least` such a part of them.

    `is_reported`: the item is what is read itself, else it is made of such items.
    """

    every: EveryReading
    at_least: float = 1.0
    is_reported: bool = False

    def due_in(self, days: int) -> int:
        """Return how many readings there are to be in so many days."""
        return days * READINGS_A_DAY[self.every]


LEDGERS_OF_READINGS: Final[Mapping[str, EveryReading]] = {"days": "day", "hours": "hour"}
"""The ledgers that items of `every: day` and `every: hour` make: a record a unit and day, or hour."""
DATE, HOUR = "date", "hour"
"""The columns of these ledgers beside the unit and the items."""


class FromLedger(Value):
    """The item is a statistic of the records of a ledger for which `condition` holds.

    `column` is what stands behind the ledger's name, as it is written: a column, or else `amount`, a formula
    over the columns of a record. `unit_column` names the ledger's column that says whose record it is. With
    `readings` the records are readings of days or hours.
    """

    statistic: LedgerStatistic
    ledger: str
    column: str | None = None
    amount: Formula | None = None
    condition: Formula | None = None
    unit_column: str = "unit"
    readings: Readings | None = None

    @property
    def is_summed(self) -> bool:
        """Whether a part of the year has a figure of its own; what is read as a level or to date has none."""
        read = self.readings is not None and self.readings.is_reported
        return not read or self.statistic.accumulates

    @property
    def named(self) -> tuple[str, ...]:
        """The names that it looks at in a record, each once: columns, and the ends of the period."""
        trees = [formula.tree for formula in (self.amount, self.condition) if formula is not None]
        column = () if self.column is None or self.amount is not None else (self.column,)
        return tuple(dict.fromkeys((*column, *(name for tree in trees for name in names_in(tree)))))


class FromUnits(Value):
    """The item is a column of the units, such as `area`; with `words`, whether the column says one of them.

    No scheme states an item with words: `type == 'town'` in a formula does, for the text item `type`.
    """

    column: str
    words: tuple[str, ...] = ()


class FromPeriods(Value):
    """The item is what a formula makes of the months, quarters or reviews of the round; no scheme states it.

    It stands among the items so that its figure is looked up, told and explained like theirs.
    """

    series: OfSeries


Source: TypeAlias = Reported | FromLedger | FromUnits | FromPeriods


class Merged(Value):
    """What a unit has together with those that went into it; a mean is weighted by the item `by`."""

    how: Literal["sum", "max", "min", "mean"]
    by: str | None = None


class Item(Value, aside=("where",)):
    """A figure: how its values of several periods make that of a round; `scope` (口径): what it covers."""

    code: str
    name: Text
    measured_in: str = ""
    kind: ItemKind = "stock"
    every: Every = "year"
    department: str = ""
    scope: str = ""
    source: Source = Reported()
    merge: Merged | None = None
    where: Location = NOWHERE


def is_named_by_formulas(item: Item) -> bool:
    """Return whether the item is a figure that only formulas name: over periods, or whether a text is one."""
    match item.source:
        case FromPeriods():
            return True
        case FromUnits(words=words):
            return bool(words)
        case _:
            return False


def readings_of(item: Item) -> Readings | None:
    """Return how often the item is read by day or hour; None if it is no such item, or made of such."""
    source = item.source
    read = source.readings if isinstance(source, FromLedger) else None
    return read if read is not None and read.is_reported else None


def is_summed(item: Item) -> bool:
    """Return whether a part of the year has a figure of its own that is no figure to date."""
    return item.source.is_summed if isinstance(item.source, FromLedger) else item.kind == "flow"


def why_missing(item: Item) -> Text:
    """Return why an item has no figure although there are records of it; empty where that is not known."""
    match item.source:
        case FromLedger(readings=Readings()):
            return Text(en="missing, too few readings", zh="缺数，读数不足")
        case FromLedger(statistic=TrimmedMean()):
            return Text(en="missing, no record is left between the ends", zh="缺数，去掉两端后没有剩余事项")
        case _:
            return Text()
