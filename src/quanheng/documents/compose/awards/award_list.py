"""表彰名单: who has which award, in the order of the ceremony, as a paper and as one table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from quanheng.documents.blocks import Block, Column, ColumnKind, Document, Paragraph, Signature, Table
from quanheng.documents.compose.awards.honours import Honour, honours_of
from quanheng.documents.compose.headings import Headings
from quanheng.documents.subject import Subject
from quanheng.findings.text import Language, Text
from quanheng.periods.period import parse_period
from quanheng.scheme.files.notation.writing import period_in_chinese

_HASH_SHOWN: Final = 16
_NUMBER: Final = Text(zh="序号", en="No.")
_AWARD: Final = Text(zh="奖项", en="Award")
_GROUP: Final = Text(zh="分组", en="Group")
_CODE: Final = Text(zh="单位代码", en="Code")
_UNIT: Final = Text(zh="单位", en="Unit")
_PERSON: Final = Text(zh="受奖人", en="Person")
_REASON: Final = Text(zh="依据", en="Why")


def award_list(subject: Subject, language: Language) -> Document:
    """Return the award list of a result: a heading and a table for each award, the lowest first.

    The office alone reads why somebody has an award.

    Raises:
        FindingsError: there is no award, or this audience may not know them.
    """
    honours = honours_of(subject, document="awards")
    return _document(subject, tuple(_blocks(subject, honours, language)), language)


def award_sheet(subject: Subject, language: Language) -> Document:
    """Return the award list as one table, a row for each who is honoured.

    Raises:
        FindingsError: there is no award, or this audience may not know them.
    """
    honours = honours_of(subject, document="awards")
    name = _title(subject, language)
    return _document(subject, (award_table(subject, honours, language, title=name),), language)


def _document(subject: Subject, blocks: tuple[Block, ...], language: Language) -> Document:
    scheme = subject.result.scheme
    return Document(
        title=(_title(subject, language),),
        language=language,
        date=subject.words.date or parse_period(subject.result.round).end,
        blocks=blocks,
        subject=f"{scheme.title.in_language(language)} {subject.result.round}",
        origin=f"quanheng {str(subject.record.get('hash', ''))[:_HASH_SHOWN]}",
    )


def _title(subject: Subject, language: Language) -> str:
    name = subject.result.scheme.title
    return Text(zh=f"{name.zh or name.en}表彰名单", en=f"Awards: {name.in_language('en')}").in_language(
        language
    )


def _blocks(subject: Subject, honours: Sequence[Honour], language: Language) -> Iterator[Block]:
    name, round_ = subject.result.scheme.title, subject.result.round
    opening = Text(
        zh=f"{name.zh or name.en}（{period_in_chinese(round_)}）共颁发{len(honours)}项荣誉，"
        "名单如下，按颁奖顺序排列。",
        en=f"{name.in_language('en')}, {round_}: {len(honours)} honours, "
        "in the order in which they are handed out.",
    )
    yield Paragraph(text=opening.in_language(language))
    headings = Headings(language)
    for award, own in groupby(honours, key=lambda honour: honour.award):
        rows = tuple(own)
        counted = Text(zh=f"{award}（{len(rows)}个）", en=f"{award} ({len(rows)})")
        yield headings.at(1, counted.in_language(language))
        yield award_table(subject, rows, language, title="", flat=False)
    signature = subject.words.signature.in_language(language)
    if signature and subject.words.date is not None:
        yield Signature(by=signature, on=subject.words.date, sealed=subject.words.sealed)


def award_table(
    subject: Subject, honours: Sequence[Honour], language: Language, *, title: str, flat: bool = True
) -> Table:
    """Return a row for each honour; in a `flat` table each says which award it is, and the unit's code."""
    names = {
        group.code: group.name.in_language(language) or group.code for group in subject.result.scheme.groups
    }
    columns: list[tuple[Column, list[str]]] = []

    def add(heading: Text, cells: Sequence[str], *, long: bool = False) -> None:
        kind: ColumnKind = "text" if long else "word"
        columns.append((Column(heading=heading.in_language(language), kind=kind), list(cells)))

    add(_NUMBER, [str(honour.number) for honour in honours])
    if flat:
        add(_AWARD, [honour.award for honour in honours])
    if len(names) > 1:
        add(_GROUP, [names.get(honour.group, honour.group) for honour in honours])
    if flat:
        add(_CODE, [honour.unit for honour in honours])
    add(_UNIT, [honour.unit_name for honour in honours])
    if any(honour.to_person for honour in honours):
        add(_PERSON, [honour.person or ("—" if honour.to_person else "") for honour in honours])
    if subject.audience != "public":
        add(_REASON, [honour.reason.in_language(language) for honour in honours], long=True)
    rows = zip(*(cells for _, cells in columns), strict=True)
    return Table(title=title, columns=tuple(column for column, _ in columns), rows=tuple(rows))
