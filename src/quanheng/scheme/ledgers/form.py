"""Ledgers (台账) and campaigns (专项行动), as they are written."""

import datetime as dt
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from quanheng.findings.patterns import bounded
from quanheng.findings.text import Text
from quanheng.scheme.fields.fields import (
    Code,
    Codes,
    Form,
    FormulaText,
    Line,
    Name,
    Number,
    Share,
    bad_form,
    text_of_number,
)

_DAY: Final = bounded(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _day(value: str) -> str:
    if _DAY.fullmatch(value):
        try:
            return dt.date.fromisoformat(value).isoformat()
        except ValueError:
            pass
    raise bad_form(value, Text(en="write a day that exists: 2023-06-30", zh="请写存在的日期：2023-06-30"))


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


class FieldForm(Form, zh="台账的一列：单元格的内容。"):
    """A column of a ledger: what its cells hold."""

    sort: Annotated[
        Literal["text", "number", "date"] | None,
        Text(
            en="What a cell holds (text; of the columns `opened`, `due` and `closed`, a date).",
            zh="单元格的内容（文字；`opened`、`due`、`closed` 列为日期）。",
        ),
    ] = None
    needed: Annotated[
        Annotated[bool, Field(strict=True)] | None,
        Text(
            en="Whether every record has it (false; of the `key`, true).",
            zh="是否每条都须有（否；编号列为是）。",
        ),
    ] = None
    least: Annotated[Number | None, Text(en="The least number.", zh="最小值。")] = None
    most: Annotated[Number | None, Text(en="The greatest number.", zh="最大值。")] = None
    one_of: Annotated[Words, Text(en="The texts it may hold.", zh="只能填的文字。")] = ()

    @classmethod
    def written_out(cls, value: object) -> object:
        """Read a bare word as the sort, and nothing as a column of texts."""
        if value is None:
            return {}
        return {"sort": value} if isinstance(value, str) else value


class StatesForm(Form, zh="事项的状态和允许的流转。"):
    """The states of a record and the moves allowed between them."""

    column: Annotated[Line, Text(en="The column that holds the state.", zh="状态所在的列。")]
    moves: Annotated[
        dict[Line, Words],
        Field(min_length=1),
        Text(en="For each state, those that may follow it.", zh="每个状态之后可以是哪些状态。"),
    ]
    first: Annotated[
        Words,
        Text(
            en="The states a new record may have; if not given, those no move leads to.",
            zh="新事项的状态；不写则为没有流转进入的状态。",
        ),
    ] = ()
    done: Annotated[
        Words,
        Text(
            en="The states in which nothing is owed any more; if not given, those without a move out.",
            zh="已办结的状态；不写则为没有后续流转的状态。",
        ),
    ] = ()


class LedgerForm(Form, zh="台账：企业、项目、隐患、诉求、任务等的登记册。"):
    """台账: a register of enterprises, projects, hazards, requests or tasks."""

    name: Name = None
    key: Annotated[
        Line | None, Text(en="The column that tells records apart.", zh="区分各事项的编号列。")
    ] = None
    unit: Annotated[
        Line | None,
        Text(en="The column that says whose record it is (unit).", zh="写明所属单位的列（unit）。"),
    ] = None
    owner: Annotated[Line | None, Text(en="The column of the person in charge.", zh="责任人所在的列。")] = (
        None
    )
    evidence: Annotated[
        Line | None, Text(en="The column of the proof that a record is done.", zh="办结佐证所在的列。")
    ] = None
    opened: Annotated[
        Line | None, Text(en="The column of the day a record begins.", zh="事项开始日期所在的列。")
    ] = None
    due: Annotated[
        Line | None, Text(en="The column of the day it is to be done by.", zh="应办日期所在的列。")
    ] = None
    closed: Annotated[Line | None, Text(en="The column of the day it was done.", zh="办结日期所在的列。")] = (
        None
    )
    states: Annotated[
        StatesForm | None,
        Text(en="The states of a record and the moves between them.", zh="事项的状态和状态之间的流转。"),
    ] = None
    fields: Annotated[
        dict[Line, FieldForm], Text(en="What the cells of a column hold.", zh="各列单元格的内容。")
    ] = Field(default={})

    @classmethod
    def written_out(cls, value: object) -> object:
        """Read a bare text as the name."""
        if value is None:
            return {}
        return {"name": value} if isinstance(value, str) else value


class MilestoneForm(Form, zh="到某日应完成任务的一定比例。"):
    """By a day, a share of the tasks is to be done."""

    name: Annotated[Line, Text(en="What it is called.", zh="名称。")]
    by: Annotated[DayText, Text(en="The day.", zh="日期。")]
    done: Annotated[Share, Text(en="The share of the tasks.", zh="任务的比例。")]


class CampaignForm(Form, zh="专项行动：台账中带阶段目标的任务，及其应带动的指标。"):
    """专项行动: tasks of a ledger with milestones, and the indicators they should move."""

    name: Name = None
    ledger: Annotated[Code, Text(en="The ledger that holds its tasks.", zh="任务所在的台账。")]
    where: Annotated[
        FormulaText | None,
        Text(
            en="Which records; its names are the columns, and `period_start` and `period_end`, its own span.",
            zh="哪些事项；可用各列名，`period_start`、`period_end` 为行动起止日。",
        ),
    ] = None
    starts: Annotated[DayText | None, Text(en="Its first day.", zh="第一天。")] = Field(
        default=None, alias="from"
    )
    ends: Annotated[DayText | None, Text(en="Its last day.", zh="最后一天。")] = Field(
        default=None, alias="to"
    )
    milestones: Annotated[
        tuple[MilestoneForm, ...],
        Text(en="What is to be done by when, in order.", zh="何时应完成多少，依次写。"),
    ] = ()
    indicators: Annotated[Codes, Text(en="The indicators it should move.", zh="应带动的指标。")] = ()
