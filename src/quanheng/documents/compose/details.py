"""What is attached: the scores of every unit by dimension, then by indicator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from quanheng.documents.blocks import Column, Picture, Table
from quanheng.documents.compose.numbers import decimals_of_scores, decimals_of_totals, figure
from quanheng.documents.compose.pictures import dimension_pictures, score_pictures
from quanheng.documents.compose.standings import Row, called, groups_of, in_order
from quanheng.documents.subject import Subject
from quanheng.engine.frame import columns as c
from quanheng.findings.text import Language, Text
from quanheng.findings.value import Value
from quanheng.scheme.tree.scheme import Dimension, Group, Indicator, Node

_MOST_COLUMNS: Final = 10
"""Indicators side by side; more go into a further table."""
_FEWEST_PANELS, _MOST_PANELS = 3, 8
"""Of fewer dimensions, or more, there are no small charts side by side."""
_PORTRAIT: Final = 6
"""More columns of figures stand on pages laid across."""


class Detail(Value):
    """What becomes one attachment: its title and its tables, or its pictures."""

    title: str
    blocks: tuple[Table | Picture, ...]

    @property
    def wide(self) -> bool:
        """Whether its tables need pages laid across."""
        tables = (block for block in self.blocks if isinstance(block, Table))
        return any(len(table.columns) > _PORTRAIT for table in tables)


def details_of(subject: Subject, language: Language) -> Iterator[Detail]:
    """Yield what is attached, as far as the audience may see it."""
    if subject.shows("dimensions"):
        title = Text(zh="各方面得分表", en="Scores by dimension")
        children = subject.result.scheme.root.children
        tables = _tables(subject, children, language, total=subject.shows("total"))
        yield Detail(title=title.in_language(language), blocks=tuple(tables))
    if subject.shows("indicators"):
        title = Text(zh="各指标得分表", en="Scores by indicator")
        leaves = subject.result.scheme.indicators
        tables = _tables(subject, leaves, language, total=False)
        yield Detail(title=title.in_language(language), blocks=tuple(tables))
    if subject.shows("total"):
        pictures = tuple(score_pictures(subject, language))
        if pictures:
            yield Detail(title=Text(zh="得分图", en="Scores").in_language(language), blocks=pictures)
    if (
        subject.shows("dimensions")
        and _FEWEST_PANELS <= len(subject.result.scheme.root.children) <= _MOST_PANELS
    ):
        small = tuple(dimension_pictures(subject, language))
        if small:
            title = Text(zh="各方面得分图", en="Dimensions side by side")
            yield Detail(title=title.in_language(language), blocks=small)


def _tables(subject: Subject, nodes: Sequence[Node], language: Language, *, total: bool) -> Iterator[Table]:
    wide = {row[c.UNIT]: row for row in subject.result.wide.iter_rows(named=True)}
    for group, rows in groups_of(subject):
        weighed = [node for node in nodes if node.weights.get(group.code)]
        for number, part in enumerate(_parts(weighed)):
            title = _title(subject, group, language) + ("" if number == 0 else f"（续{number}）")
            yield _table(subject, part, in_order(subject, rows), wide, title, language, total=total)


def _parts(nodes: Sequence[Node]) -> Iterator[Sequence[Node]]:
    """Yield the nodes in parts of about the same length, none too long for a page."""
    count = -(-len(nodes) // _MOST_COLUMNS)
    for number in range(count):
        yield nodes[len(nodes) * number // count : len(nodes) * (number + 1) // count]


def _title(subject: Subject, group: Group, language: Language) -> str:
    return group.name.in_language(language) if len(subject.result.scheme.groups) > 1 else ""


def _table(  # noqa: PLR0913  the parts of a table
    subject: Subject,
    nodes: Sequence[Node],
    rows: Sequence[Row],
    wide: Mapping[str, Row],
    title: str,
    language: Language,
    *,
    total: bool,
) -> Table:
    scheme = subject.result.scheme
    scores, totals = decimals_of_scores(scheme), decimals_of_totals(scheme)
    columns = [Column(heading=Text(zh="单位", en="Unit").in_language(language), kind="word")]
    if total:
        columns.append(Column(heading=Text(zh="总分", en="Total").in_language(language), kind="number"))
    columns += [Column(heading=_named(node, language), kind="number") for node in nodes]
    cells = []
    for row in rows:
        own: Mapping[str, Any] = wide[row["unit"]]
        cell = [called(row)]
        if total:
            cell.append(figure(row["score"], totals))
        cells.append((*cell, *(figure(own[c.score(node.code)], scores) for node in nodes)))
    return Table(title=title, columns=tuple(columns), rows=tuple(cells))


def _named(node: Dimension | Indicator, language: Language) -> str:
    return node.name.in_language(language) or node.code
