"""Ledgers as declared: the fields of a record, its states and moves; and campaigns carried by a ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from quanheng.findings.finding import NOWHERE, Location
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.scheme.formulas.tree import Formula

UNIT_COLUMN: Final = "unit"
"""The column of a ledger that says whose record it is, where nothing else is said."""

FieldSort: TypeAlias = Literal["text", "number", "date"]


class Field(Value):
    """A column of a ledger: what its cells hold. `needed` ones are never empty."""

    column: str
    sort: FieldSort = "text"
    needed: bool = False
    least: float | None = None
    most: float | None = None
    one_of: tuple[str, ...] = ()


class States(Value):
    """The states of a record and the moves allowed between them.

    `first` are the states a new record may have, `done` those in which nothing is owed any more.
    """

    column: str
    moves: Mapping[str, tuple[str, ...]]
    first: tuple[str, ...]
    done: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """All states, in the order they are written."""
        return tuple(self.moves)


class Ledger(Value, aside=("where",)):
    """台账: whose records it holds, what identifies one, its dates, states, owner and evidence.

    `key`, `owner`, `evidence`, `opened`, `due` and `closed` name columns. A record is open while it has no
    date in `closed` (or, without that column, while its state is not `done`).
    """

    code: str
    name: Text
    key: str | None = None
    unit: str = "unit"
    owner: str | None = None
    evidence: str | None = None
    opened: str | None = None
    due: str | None = None
    closed: str | None = None
    states: States | None = None
    fields: tuple[Field, ...] = ()
    where: Location = NOWHERE


class Milestone(Value):
    """By a day, a share of the campaign's tasks is to be done."""

    name: str
    by: dt.date
    done: float


class Campaign(Value, aside=("where",)):
    """专项行动: tasks of a ledger with milestones, and the indicators they should move."""

    code: str
    name: Text
    ledger: str
    condition: Formula | None = None
    starts: dt.date | None = None
    ends: dt.date | None = None
    milestones: tuple[Milestone, ...] = ()
    indicators: tuple[str, ...] = ()
    where: Location = NOWHERE
