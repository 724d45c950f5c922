"""The figures of a result as tables for a workbook: what is published, or what one unit sees of itself.

They are values, rounded as they are shown. A formula would reach for cells that its reader may not see.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

import narwhals as nw

from quanheng.documents.blocks import Column, Document, Table
from quanheng.documents.compose.adjustments import adjustments_table
from quanheng.documents.compose.awards.award_list import award_table
from quanheng.documents.compose.awards.honours import honours_in
from quanheng.documents.compose.details import details_of
from quanheng.documents.compose.numbers import decimals_of_scores, decimals_of_totals, figure
from quanheng.documents.compose.standings import place_or_word, rankings_of, standings_table
from quanheng.documents.compose.units.peers import shows_totals
from quanheng.documents.others import FEWEST
from quanheng.documents.subject import Subject
from quanheng.engine.frame import columns as c
from quanheng.findings.text import Language, Text
from quanheng.periods.period import parse_period
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.tree.scheme import Node

_HASH_SHOWN: Final = 16
_PLACES: Final = frozenset({"位次", "上期位次", "序号", "Place", "Place before", "No."})
"""Headings of columns of whole numbers."""
_POINTS: Final = 2
"""Decimals of points where the scheme does not round them."""


def published_figures(subject: Subject, language: Language) -> Document:
    """Return what the public may see: standings a group, awards, scores, marks given and taken."""
    return _document(subject, tuple(_published(subject, language)), language)


def own_figures(subject: Subject, unit: str, language: Language) -> Document:
    """Return what `unit` sees: its own figures beside the means of its group, and how its group is spread.

    Neither is told where it would tell of single other units.
    """
    return _document(subject, tuple(_own(subject, unit, language)), language)


def _document(subject: Subject, tables: tuple[Table, ...], language: Language) -> Document:
    scheme = subject.result.scheme
    return Document(
        title=(scheme.title.in_language(language),),
        language=language,
        date=subject.words.date or parse_period(subject.result.round).end,
        blocks=tables,
        subject=f"{scheme.title.in_language(language)} {subject.result.round}",
        origin=f"quanheng {str(subject.record.get('hash', ''))[:_HASH_SHOWN]}",
    )


def _published(subject: Subject, language: Language) -> Iterator[Table]:
    for group, rows in rankings_of(subject):
        yield _counted(standings_table(subject, group, rows, language))
    honours = honours_in(subject) if subject.shows("awards") else ()
    if honours:
        title = Text(zh="表彰名单", en="Awards").in_language(language)
        yield _counted(award_table(subject, honours, language, title=title))
    for detail in details_of(subject, language):
        for block in detail.blocks:
            if isinstance(block, Table):
                title = f"{block.title} {detail.title}".strip()
                yield replace(block, title=title)
    if subject.shows("adjustments"):
        table = adjustments_table(subject, language)
        if table is not None:
            yield table


def _counted(table: Table) -> Table:
    """Return a table whose columns of places hold numbers, so that they can be sorted."""
    columns = tuple(
        replace(column, kind="number") if column.heading in _PLACES else column for column in table.columns
    )
    return replace(table, columns=columns)


def _own(subject: Subject, unit: str, language: Language) -> Iterator[Table]:
    scheme, wide = subject.result.scheme, subject.result.wide
    (own,) = wide.filter(nw.col(c.UNIT) == unit).iter_rows(named=True)
    group = wide.filter(nw.col(c.GROUP) == own[c.GROUP])
    ranked = group.filter(~nw.col(c.score(ROOT)).is_null())
    (place,) = (row for row in subject.result.ranking.iter_rows(named=True) if row["unit"] == unit)
    won = "、".join(
        str(row["award"]) for row in subject.result.awards.iter_rows(named=True) if row["unit"] == unit
    )
    totals = decimals_of_totals(scheme)

    def columns(*headings: Text) -> tuple[Column, ...]:
        kinds = ("text", *["number"] * (len(headings) - 1))
        return tuple(
            Column(heading=text.in_language(language), kind="text" if kind == "text" else "number")
            for text, kind in zip(headings, kinds, strict=True)
        )

    called = str(own[c.NAME] or unit)
    yield Table(
        title=Text(zh=f"{called}结果", en=f"Result of {called}").in_language(language),
        columns=columns(_WHAT, _VALUE),
        rows=(
            (_GROUP.in_language(language), _called(subject, own[c.GROUP], language)),
            (_PLACE.in_language(language), place_or_word(place["place"], scheme, language)),
            (_TOTAL.in_language(language), figure(place["score"], totals)),
            (_TIER.in_language(language), place["tier"] or "—"),
            (_AWARDS.in_language(language), won or "—"),
        ),
    )
    nodes = [node for node in scheme.nodes if own[c.GROUP] in node.groups]
    scores = decimals_of_scores(scheme)
    decimals = scheme.rounding.shown_points
    points = _POINTS if decimals is None else decimals
    yield Table(
        title=Text(zh="各指标得分与组均", en="Scores beside the mean").in_language(language),
        columns=columns(_NODE, _MARKS, _SCORE, _MEAN_SCORE, _POINTS_OF, _MEAN_POINTS),
        rows=tuple(
            (
                "　" * scheme.level_of(node.code) + _named(node, language),
                figure(own[c.marks(node.code)], scores),
                figure(own[c.score(node.code)], totals if node.code == ROOT else scores),
                figure(_mean(ranked, c.score(node.code), 0.0), scores),
                figure(own[c.points(node.code)], points),
                figure(_mean(ranked, c.points(node.code), None), points),
            )
            for node in nodes
        ),
    )
    yield Table(
        title=Text(zh="本组总分分布", en="How the group is spread").in_language(language),
        columns=columns(_WHAT, _TOTAL),
        rows=(
            (_COUNT.in_language(language), str(len(ranked))),
            *(
                (name.in_language(language), figure(_quantile(ranked, part), totals))
                for name, part in (_QUARTILES if shows_totals(subject) else ())
            ),
        ),
    )


def _called(subject: Subject, group: str, language: Language) -> str:
    found = next(each for each in subject.result.scheme.groups if each.code == group)
    return found.name.in_language(language) or group


def _named(node: Node, language: Language) -> str:
    if node.code == ROOT:
        return _TOTAL.in_language(language)
    return node.name.in_language(language) or node.code


def _mean(rows: nw.DataFrame[Any], column: str, absent: float | None) -> float | None:
    """Return a mean as pages take it: whose weight was shared out scores 0, and has no points.

    There is none of so few that it tells of the others.
    """
    values = rows[column] if absent is None else rows[column].fill_null(absent)
    known = values.drop_nulls()
    return float(known.mean()) if len(known) >= FEWEST else None


def _quantile(rows: nw.DataFrame[Any], part: float) -> float | None:
    totals = rows[c.score(ROOT)]
    return float(totals.quantile(part, interpolation="linear")) if len(totals) else None


_WHAT: Final = Text(zh="项目", en="What")
_VALUE: Final = Text(zh="结果", en="Result")
_GROUP: Final = Text(zh="分组", en="Group")
_PLACE: Final = Text(zh="位次", en="Place")
_TOTAL: Final = Text(zh="总分", en="Total")
_TIER: Final = Text(zh="等次", en="Tier")
_AWARDS: Final = Text(zh="奖项", en="Awards")
_NODE: Final = Text(zh="指标", en="Node")
_MARKS: Final = Text(zh="分值", en="Marks")
_SCORE: Final = Text(zh="得分", en="Score")
_MEAN_SCORE: Final = Text(zh="组均得分", en="Mean score")
_POINTS_OF: Final = Text(zh="百分制得分", en="Points")
_MEAN_POINTS: Final = Text(zh="组均百分制得分", en="Mean points")
_COUNT: Final = Text(zh="有总分的单位数", en="Units with a total")
_QUARTILES: Final = (
    (Text(zh="最高", en="Greatest"), 1.0),
    (Text(zh="上四分位", en="Upper quartile"), 0.75),
    (Text(zh="中位数", en="Median"), 0.5),
    (Text(zh="下四分位", en="Lower quartile"), 0.25),
    (Text(zh="最低", en="Least"), 0.0),
)
