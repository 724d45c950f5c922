"""What an item is: a figure, and where it comes from."""

from __future__ import annotations

from typing import Literal, TypeAlias

from quanheng.findings.finding import NOWHERE, Location
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.periods.every import Every
from quanheng.scheme.formulas.tree import Formula, OfSeries
from quanheng.scheme.ledgers.statistics import LedgerStatistic

ItemKind: TypeAlias = Literal["cumulative", "flow", "stock", "rate", "date"]


class Reported(Value):
    """The item is reported in the data."""


class FromLedger(Value):
    """The item is a statistic of the records of a ledger for which `condition` holds.

    `column` is what stands behind the ledger's name, as it is written: a column, or else `amount`, a formula
    over the columns of a record. `unit_column` names the ledger's column that says whose record it is.
    """

    statistic: LedgerStatistic
    ledger: str
    column: str | None = None
    amount: Formula | None = None
    condition: Formula | None = None
    unit_column: str = "unit"


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
