"""诊断报告 as a value: what is said to one unit, or of it, on two pages, and what stands in the appendix."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from quanheng.documents.blocks import Note, Paragraph, Table
from quanheng.documents.compose.waterfall import Waterfall
from quanheng.findings.text import Language
from quanheng.findings.value import Value


class Key(Value):
    """A figure set large: what it is, the figure, and a line below it."""

    label: str
    figure: str
    note: str = ""


class Strip(Value):
    """Where a total lies in its group, without names: `others` and the `mean` may be kept back."""

    own: float | None
    others: tuple[float, ...]
    mean: float | None
    sentence: str


class Effect(Value):
    """How an indicator of a unit compares with its group: points of both, and what that is in marks."""

    name: str
    points: str
    group: str
    difference: str
    marks: Decimal
    shown: str


class Effects(Value):
    """Indicators side by side, strengths or weaknesses, with a bar for the marks of each."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Effect, ...]


Part = Paragraph | Table | Note | Strip | Waterfall | Effects


class Section(Value):
    """A heading with its parts."""

    heading: str
    parts: tuple[Part, ...]


class UnitReport(Value):
    """The report of a unit: its `pages` have a page each, the `appendix` as many as it takes."""

    unit: str
    name: str
    group: str
    title: str
    round: str
    reader: str
    language: Language
    date: dt.date
    origin: str
    keys: tuple[Key, ...]
    pages: tuple[tuple[Section, ...], ...]
    appendix: tuple[Section, ...] = ()
