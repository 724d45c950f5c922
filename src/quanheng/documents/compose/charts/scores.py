"""The scores of each group as charts: ranked, cut into their parts, and dimension by dimension."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from quanheng.documents.charts.ranking_bars import ranking_bars
from quanheng.documents.charts.reach import Reach, reach_of
from quanheng.documents.charts.small_multiples import BESIDE, Panel, small_multiples
from quanheng.documents.charts.stacked_parts import Stack, ends_of, stacked_parts
from quanheng.documents.compose.charts.made_of import made_of
from quanheng.documents.compose.charts.titles import titled
from quanheng.documents.compose.numbers import decimals_of_totals
from quanheng.documents.compose.standings import Row, groups_of, in_order
from quanheng.documents.subject import Subject
from quanheng.engine.frame import columns as c
from quanheng.findings.text import Text
from quanheng.scheme.tree.scheme import Group
from quanheng.studies.charts.chart import Chart

MOST: Final = 40
"""Units that fit into one chart on a page."""
FEWEST: Final = 2
_BELOW: Final = 48
"""Bars that fit below each other on a page, of all rows of small charts."""
_POINTS: Final = 2
"""Decimals of points, which are from 0 to 100."""


def ranking_charts(subject: Subject) -> Iterator[Chart]:
    """Yield the scores of each group that has two units or more, so many units a chart."""
    for group, part, name, title in _pages(subject, "scores", Text(zh="得分", en="Scores")):
        yield ranking_bars(
            name,
            [(row["unit"], row["name"] or "") for row in part],
            [row["score"] for row in part],
            decimals=decimals_of_totals(subject.result.scheme),
            title=title,
            reach=_reach(subject, group),
        )


def _reach(subject: Subject, group: Group) -> Reach:
    """Return how far the totals of a group reach: the same on each of its charts."""
    rows = subject.result.ranking.rows(named=True)
    return reach_of(row["score"] for row in rows if row["group"] == group.code and row["score"] is not None)


def parts_charts(subject: Subject) -> Iterator[Chart]:
    """Yield the same, each score cut into what it is made of; its scheme's total is a sum."""
    what = Text(zh="得分构成", en="What scores are made of")
    for group, part, name, title in _pages(subject, "parts", what):
        table = made_of(subject.result, group)
        rows = {row[c.UNIT]: row for row in table.rows.iter_rows(named=True)}
        amounts = {unit: tuple(row[code] for code, _ in table.parts) for unit, row in rows.items()}
        stacks = [
            Stack(
                code=row["unit"],
                name=row["name"] or "",
                amounts=amounts[row["unit"]],
                total=row["score"],
            )
            for row in part
        ]
        everyone = (Stack(code=unit, name="", amounts=own, total=None) for unit, own in amounts.items())
        reach = reach_of(end for stack in everyone for end in ends_of(stack))
        names = [text for _, text in table.parts]
        decimals = decimals_of_totals(subject.result.scheme)
        yield stacked_parts(name, names, stacks, decimals=decimals, title=title, reach=reach)


def dimension_charts(subject: Subject) -> Iterator[Chart]:
    """Yield the points of each group, a small chart for each dimension, units in the order of the ranking."""
    wide = subject.result.wide
    for group, rows in groups_of(subject):
        nodes = [node for node in subject.result.scheme.root.children if node.weights.get(group.code)]
        points = {row[0]: row[1:] for row in wide.select(c.UNIT, *(c.points(n.code) for n in nodes)).rows()}
        ordered = in_order(subject, rows)
        most = _BELOW // -(-len(nodes) // BESIDE) if len(nodes) < _BELOW else 1
        for start in range(0, len(ordered), most):
            part = ordered[start : start + most]
            what = Text(zh="各方面得分率（0—100）", en="Points by dimension (0 to 100)")
            yield small_multiples(
                f"dimensions-{group.code}-{start}",
                [(row["unit"], row["name"] or "") for row in part],
                [
                    Panel(
                        code=node.code,
                        name=node.name,
                        values=tuple(points[row["unit"]][number] for row in part),
                    )
                    for number, node in enumerate(nodes)
                ],
                decimals=_POINTS,
                title=of_many(titled(subject.result.scheme, group, what), start, part, len(ordered), most),
            )


def _pages(subject: Subject, name: str, what: Text) -> Iterator[tuple[Group, Sequence[Row], str, Text]]:
    """Yield the units of each group that have a score, so many at a time, with a name and a title."""
    for group, rows in groups_of(subject):
        scored = [row for row in rows if row["score"] is not None]
        if len(scored) < FEWEST:
            continue
        for start in range(0, len(scored), MOST):
            part = scored[start : start + MOST]
            title = of_many(titled(subject.result.scheme, group, what), start, part, len(scored))
            yield group, part, f"{name}-{group.code}-{start}", title


def of_many(title: Text, start: int, part: Sequence[Row], count: int, most: int = MOST) -> Text:
    """Return the title of one of several charts, with which of `count` units it shows."""
    if count <= most:
        return title
    span = f"{start + 1}—{start + len(part)}"
    return Text(zh=f"{title.zh}（{span}）", en=f"{title.en} ({span})")
