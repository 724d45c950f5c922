"""Ledgers (台账) and campaigns (专项行动), as they are written."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from quanheng.scheme.forms import (
    Code,
    Form,
    FormulaText,
    Label,
    Line,
    Number,
    Share,
    bad_form,
    text_of_number,
)
from quanheng.scheme.grade_forms import Codes

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _day(value: str) -> str:
    if _DAY.fullmatch(value):
        try:
            return dt.date.fromisoformat(value).isoformat()
        except ValueError:
            pass
    raise bad_form(value, "write a day that exists: 2023-06-30", "请写存在的日期：2023-06-30")


def _as_list(value: object) -> object:
    """Return nothing as an empty list, and a single word as a list of one."""
    if value is None:
        return ()
    return (value,) if isinstance(value, str | int | float) else value


DayText: TypeAlias = Annotated[
    str, AfterValidator(_day), WithJsonSchema({"type": "string", "pattern": rf"^{_DAY.pattern}$"})
]
"""A day: `2023-06-30`."""

Word: TypeAlias = Annotated[
    Line, BeforeValidator(text_of_number), WithJsonSchema({"type": ["string", "number"]})
]
"""What a cell may hold, as text."""

Words: TypeAlias = Annotated[
    tuple[Word, ...],
    BeforeValidator(_as_list),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": ["string", "number", "null"]},
                {"type": "array", "items": {"type": ["string", "number"]}},
            ]
        }
    ),
]
"""One word or a list of words."""


class FieldForm(Form):
    """A column of a ledger: what its cells hold."""

    sort: Literal["text", "number", "date"] | None = None
    """What a cell holds (text; of the columns `opened`, `due` and `closed`, a date)."""
    needed: Annotated[bool, Field(strict=True)] | None = None
    """Whether every record has it (false; of the `key`, true)."""
    least: Number | None = None
    """The least number."""
    most: Number | None = None
    """The greatest number."""
    one_of: Words = ()
    """The texts it may hold."""

    @classmethod
    def written_out(cls, value: object) -> object:
        """Read a bare word as the sort, and nothing as a column of texts."""
        if value is None:
            return {}
        return {"sort": value} if isinstance(value, str) else value


class StatesForm(Form):
    """The states of a record and the moves allowed between them."""

    column: Line
    """The column that holds the state."""
    moves: Annotated[dict[Line, Words], Field(min_length=1)]
    """For each state, those that may follow it."""
    first: Words = ()
    """The states a new record may have; if not given, those no move leads to."""
    done: Words = ()
    """The states in which nothing is owed any more; if not given, those without a move out."""


class LedgerForm(Form):
    """台账: a register of enterprises, projects, hazards, requests or tasks."""

    name: Label | None = None
    """What it is called; if not given, its code."""
    key: Line | None = None
    """The column that tells records apart."""
    unit: Line | None = None
    """The column that says whose record it is (unit)."""
    owner: Line | None = None
    """The column of the person in charge."""
    evidence: Line | None = None
    """The column of the proof that a record is done."""
    opened: Line | None = None
    """The column of the day a record begins."""
    due: Line | None = None
    """The column of the day it is to be done by."""
    closed: Line | None = None
    """The column of the day it was done."""
    states: StatesForm | None = None
    """The states of a record and the moves between them."""
    fields: dict[Line, FieldForm] = Field(default={})
    """What the cells of a column hold."""

    @classmethod
    def written_out(cls, value: object) -> object:
        """Read a bare text as the name."""
        if value is None:
            return {}
        return {"name": value} if isinstance(value, str) else value


class MilestoneForm(Form):
    """By a day, a share of the tasks is to be done."""

    name: Line
    """What it is called."""
    by: DayText
    """The day."""
    done: Share
    """The share of the tasks."""


class CampaignForm(Form):
    """专项行动: tasks of a ledger with milestones, and the indicators they should move."""

    name: Label | None = None
    """What it is called; if not given, its code."""
    ledger: Code
    """The ledger that holds its tasks."""
    where: FormulaText | None = None
    """Which records; its names are the columns, and `period_start` and `period_end`, its own span."""
    starts: DayText | None = Field(default=None, alias="from")
    """Its first day."""
    ends: DayText | None = Field(default=None, alias="to")
    """Its last day."""
    milestones: tuple[MilestoneForm, ...] = ()
    """What is to be done by when, in order."""
    indicators: Codes = ()
    """The indicators it should move."""
