"""Who is honoured with what, in the order in which honours are handed out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from quanheng.documents.compose.standings import Row, in_order
from quanheng.documents.subject import Subject
from quanheng.findings.finding import Finding, FindingsError, Kind
from quanheng.findings.text import Text
from quanheng.findings.value import Value

NO_HONOURS: Final = Kind(
    code="QH813",
    severity="error",
    en="the result gives no award, so there is nothing to hand out",
    zh="本结果没有任何奖项获得者，无可颁发",
    hint_en="state awards in the scheme (awards:), or see with 'quanheng explain' why nobody meets them",
    hint_zh="请在方案中写明奖项（awards），或用 quanheng explain 查看为何无人符合条件",
)
NOT_PUBLISHED: Final = Kind(
    code="QH814",
    severity="error",
    en="the scheme does not publish awards, so there is no {document} for the public",
    zh="方案未写明公布奖项，不生成面向公众的 {document}",
    hint_en="name 'awards' under the scheme's 'publish', or make it for the office: --audience internal",
    hint_zh="请在方案的公布内容（publish）中加上奖项（awards），或为内部生成：--audience internal",
)
NOBODY_NAMED: Final = Kind(
    code="QH815",
    severity="warning",
    en="{award} goes to a person, but the column {column} of the units names nobody for {units}",
    zh="{award}授予个人，但单位表的 {column} 列没有写明这些单位的受奖人：{units}",
    hint_en="write the names into that column; until then no certificate is made for them",
    hint_zh="请在该列填写姓名；在此之前不为其生成证书",
)


class Honour(Value):
    """An award that somebody has: which, the unit with its group, the person if it is one's, and why.

    `number` is its turn when honours are handed out, from 1. `person` is empty where the unit is honoured.
    """

    number: int
    award: str
    group: str
    unit: str
    unit_name: str
    person: str
    to_person: bool
    reason: Text

    @property
    def recipient(self) -> str:
        """Who is honoured: the person, else the unit."""
        return self.person or self.unit_name


def honours_of(subject: Subject, *, document: str) -> tuple[Honour, ...]:
    """Return all honours of a result, the lowest award first and the highest last.

    Schemes state the highest award first, and so does the bulletin; on a stage it comes last. Within an award
    the order is that of the groups and, inside each, of merit (`awards_given`).

    Raises:
        FindingsError: there is none, or this audience may not know them.
    """
    if not subject.shows("awards"):
        raise FindingsError((NOT_PUBLISHED.at(document=document),))
    honours = honours_in(subject)
    if not honours:
        raise FindingsError((NO_HONOURS.at(),))
    return honours


def awards_given(subject: Subject) -> dict[str, Sequence[Row]]:
    """Return who has each award, as the scheme has them, by group and inside each by merit.

    Where the reader may know neither places nor totals, units stand in the order of their codes: that of
    merit tells who was better.
    """
    given: dict[str, list[Row]] = {}
    for row in subject.result.awards.iter_rows(named=True):
        given.setdefault(row["award"], []).append(row)
    groups = [group.code for group in subject.result.scheme.groups]
    return {
        award: sorted(in_order(subject, rows), key=lambda row: groups.index(row["group"]))
        for award, rows in given.items()
    }


def honours_in(subject: Subject) -> tuple[Honour, ...]:
    """Return all honours of a result in the order of the ceremony; nothing if there is none."""
    given = awards_given(subject)
    personal = {award.name for award in subject.result.scheme.awards if award.recipient is not None}
    ordered = [(row, award) for award, rows in reversed(given.items()) for row in rows]
    return tuple(
        _honour(number, row, to_person=award in personal)
        for number, (row, award) in enumerate(ordered, start=1)
    )


def check_persons(subject: Subject, honours: tuple[Honour, ...]) -> Iterator[Finding]:
    """Yield a QH815 for each award to a person where somebody is not named."""
    for award in subject.result.scheme.awards:
        nameless = [
            honour.unit_name
            for honour in honours
            if honour.award == award.name and honour.to_person and not honour.person
        ]
        if award.recipient is not None and nameless:
            yield NOBODY_NAMED.at(award=award.name, column=award.recipient, units="、".join(nameless))


def person_of(row: Mapping[str, Any]) -> str:
    """Return the person whom a row of awards honours; nobody where it is the unit.

    Examples:
        >>> person_of({"unit": "T01", "name": "准绳镇", "recipient": "李丁"})
        '李丁'
        >>> person_of({"unit": "T01", "name": "准绳镇", "recipient": "准绳镇"})
        ''
    """
    person = str(row["recipient"] or "").strip()
    return "" if person in (row["name"], row["unit"]) else person


def _honour(number: int, row: Mapping[str, Any], *, to_person: bool) -> Honour:
    return Honour(
        number=number,
        award=str(row["award"]),
        group=str(row["group"]),
        unit=str(row["unit"]),
        unit_name=str(row["name"] or row["unit"]),
        person=str(row["recipient"] or "").strip() if to_person else person_of(row),
        to_person=to_person,
        reason=Text(zh=str(row["reason_zh"] or ""), en=str(row["reason_en"] or "")),
    )
