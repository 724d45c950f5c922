"""A document as a value, without any format in mind: what stands in it, in which order.

All texts are as people read them, in one language; the writers (`documents/pdf`, `documents/word`) set them.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal, TypeAlias

from quanheng.findings.text import Language
from quanheng.findings.value import Value
from quanheng.studies.charts.chart import Chart


class Heading(Value):
    """A heading with its number in the text: `一、总体情况`, `（一）镇`; `level` is 1 to 4."""

    level: int
    text: str


class Paragraph(Value):
    """A paragraph; `lead` stands in front of it, set off, such as `第一等次（4个）：`."""

    text: str
    lead: str = ""


ColumnKind: TypeAlias = Literal["text", "number", "word"]
"""A `text` stands to the left and may be long, a `number` is aligned by its digits, a `word` is centred."""


class Column(Value):
    """A column of a table: its heading, and how its cells stand."""

    heading: str
    kind: ColumnKind = "text"


class Table(Value):
    """A table with a title, columns, and rows of texts; `""` is an empty cell."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        """See that each row has a cell for each column."""
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"{self.title}: a row has more or fewer cells than there are columns")


class Picture(Value):
    """A chart with its title; the chart's sentence stands for it where it is not seen."""

    title: str
    chart: Chart


class Note(Value):
    """A remark in small print."""

    text: str


class PageBreak(Value):
    """What follows begins a page."""


class AttachmentList(Value):
    """附件说明: the titles of what is attached, below the text."""

    titles: tuple[str, ...]


class Signature(Value):
    """Who signs and when; `sealed`: with room for the seal over both."""

    by: str
    on: dt.date
    sealed: bool


class Attachment(Value):
    """An attachment begins, on a page of its own; `number` is None where there is only one.

    `wide` ones are set on pages laid across.
    """

    title: str
    number: int | None = None
    wide: bool = False


Block: TypeAlias = (
    Heading | Paragraph | Table | Picture | Note | PageBreak | AttachmentList | Signature | Attachment
)


class Masthead(Value):
    """版头: who issues a paper, its number, and what else stands above the red rule."""

    authority: str
    number: str = ""
    copy_number: str = ""
    secrecy: str = ""
    urgency: str = ""


class Imprint(Value):
    """版记: at the bottom of the last page, who gets a copy, who printed it, and when."""

    copies_to: str = ""
    issued_by: str = ""
    issued_on: dt.date | None = None


class Document(Value):
    """A document: its title, whom it is for, its blocks, and what stands around them.

    `date` is the day it says of itself, never that of the clock: the same document has the same bytes.
    `title` has its lines where a person gave them, else one. `subject` says in a line what it is about,
    `origin` which result it was made of, for the properties of the file.
    """

    title: tuple[str, ...]
    language: Language
    date: dt.date
    blocks: tuple[Block, ...]
    recipients: str = ""
    masthead: Masthead | None = None
    imprint: Imprint | None = None
    subject: str = ""
    origin: str = ""

    @property
    def name(self) -> str:
        """The title on one line."""
        joint = "" if self.language == "zh" else " "
        return joint.join(self.title)
