"""A unit against its group: the waterfall from the mean to its score, its strengths and its weaknesses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from quanheng.documents.blocks import Column, ColumnKind, Note, Table
from quanheng.documents.charts.waterfall import at
from quanheng.documents.compose.numbers import decimals_of_scores, decimals_of_totals, figure
from quanheng.documents.compose.units.peers import Peers, beyond_of, shows_means, shows_points
from quanheng.documents.compose.units.report import Effect, Effects
from quanheng.documents.compose.waterfall import Waterfall, waterfall
from quanheng.documents.others import FEWEST
from quanheng.documents.subject import Subject
from quanheng.engine.frame import columns as c
from quanheng.findings.text import Language, Text
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.tree.scheme import Indicator, Node

Row = Mapping[str, Any]
MOST: Final = 5
"""So many strengths, and so many weaknesses, are shown."""
_ROUNDING: Final = Text(zh="取整", en="rounding")
_AGGREGATION: Final = Text(zh="合成方法和取整", en="aggregation and rounding")
_BEYOND: Final = {
    "bonus": Text(zh="加分", en="marks given"),
    "penalty": Text(zh="扣分", en="marks taken"),
    "fold": Text(zh="折入季季评", en="reviews folded in"),
}


def way_to_score(subject: Subject, own: Row, peers: Peers, name: str) -> Waterfall | None:
    """Return the way from the group's mean to the unit's total, a step a dimension; None if there is none."""
    total, mean = own[c.score(ROOT)], peers.mean
    if total is None or mean is None or not shows_means(subject, peers):
        return None
    scheme = subject.result.scheme
    steps = [
        (_named(node), (own[c.score(node.code)] or 0.0) - peers.scores.get(node.code, 0.0))
        for node in scheme.root.children
        if peers.group.code in node.groups
    ]
    steps += [
        (_BEYOND[name], amount - peers.beyond.get(name, 0.0)) for name, amount in beyond_of(own).items()
    ]
    return waterfall(
        start_label=Text(zh="组均", en="Group's mean"),
        start=mean,
        steps=steps,
        end_label=Text(zh=name, en=name),
        end=total,
        decimals=decimals_of_totals(scheme),
        rest=_ROUNDING if scheme.root.adds_up else _AGGREGATION,
    )


def no_way(own: Row, peers: Peers) -> Text:
    """Return why there is no waterfall."""
    if own[c.score(ROOT)] is None:
        return Text(zh="注：本单位没有得分，未与本组比较。", en="Note: the unit has no score to compare.")
    if len(peers.totals) <= 1:
        return Text(
            zh="注：本组只有本单位有得分，没有可比较的。", en="Note: no other unit of the group has a score."
        )
    return Text(
        zh=f"注：本组有得分的单位少于{FEWEST}个，组均会透露其他单位的得分，未列。",
        en=f"Note: fewer than {FEWEST} units of the group have a score; a mean would tell those of others "
        "and is left out.",
    )


def effects_of(subject: Subject, own: Row, peers: Peers, language: Language) -> Iterator[Effects | Note]:
    """Yield the indicators in which the unit gains most on the group's mean, and those in which it loses."""
    scheme = subject.result.scheme
    found = [_effect(subject, own, peers, node, language) for node in scheme.indicators]
    known = [effect for effect in found if effect is not None]
    gains = sorted((each for each in known if each.marks > 0), key=lambda each: -each.marks)[:MOST]
    losses = sorted((each for each in known if each.marks < 0), key=lambda each: each.marks)[:MOST]
    for title, rows in ((STRENGTHS, gains), (WEAKNESSES, losses)):
        if rows:
            columns = tuple(text.in_language(language) for text in _COLUMNS)
            yield Effects(title=title.in_language(language), columns=columns, rows=tuple(rows))
    if not gains and not losses:
        text = Text(
            zh="注：没有可与本组比较的指标得分，未列优势和短板。",
            en="Note: no points of indicators can be compared with the group's; they are left out.",
        )
        yield Note(text=text.in_language(language))


STRENGTHS: Final = Text(zh="优势（高于组均最多的指标）", en="Strengths: most above the group's mean")
WEAKNESSES: Final = Text(zh="短板（低于组均最多的指标）", en="Weaknesses: most below the group's mean")
_COLUMNS: Final = (
    Text(zh="指标", en="Indicator"),
    Text(zh="得分率", en="Points"),
    Text(zh="组均", en="Mean"),
    Text(zh="相差", en="Difference"),
    Text(zh="折合分数", en="In marks"),
)


def parts_of(subject: Subject, own: Row, peers: Peers, language: Language) -> Table:
    """Return the scores of the unit by dimension, each with its marks and points, beside the group's mean."""
    scheme = subject.result.scheme
    decimals = decimals_of_scores(scheme)
    rows = []
    for node in scheme.root.children:
        if peers.group.code not in node.groups:
            continue
        known = shows_points(subject, peers, node.code)
        rows.append(
            (
                _named(node).in_language(language),
                figure(own[c.marks(node.code)], decimals),
                figure(own[c.score(node.code)], decimals),
                figure(own[c.points(node.code)], _POINTS),
                figure(peers.points[node.code], _POINTS) if known else "—",
            )
        )
    columns = tuple(Column(heading=text.in_language(language), kind=kind) for text, kind in _OF_PARTS)
    return Table(title="", columns=columns, rows=tuple(rows))


_OF_PARTS: Final[tuple[tuple[Text, ColumnKind], ...]] = (
    (Text(zh="方面", en="Dimension"), "text"),
    (Text(zh="分值", en="Marks"), "number"),
    (Text(zh="得分", en="Score"), "number"),
    (Text(zh="得分率", en="Points"), "number"),
    (Text(zh="组均得分率", en="Mean points"), "number"),
)


def _effect(subject: Subject, own: Row, peers: Peers, node: Indicator, language: Language) -> Effect | None:
    points, score = own[c.points(node.code)], own[c.score(node.code)]
    if points is None or score is None or not shows_points(subject, peers, node.code):
        return None
    mean = peers.points[node.code]
    marks = own[c.marks(node.code)] or 0.0
    decimals = decimals_of_scores(subject.result.scheme)
    gained = at(marks * (points - mean) / _FULL, decimals)
    return Effect(
        name=_named(node).in_language(language),
        points=figure(points, _POINTS),
        group=figure(mean, _POINTS),
        difference=f"{at(points, _POINTS) - at(mean, _POINTS):+}",
        marks=gained,
        shown=f"{gained:+}",
    )


_FULL: Final = 100.0
_POINTS: Final = 1


def _named(node: Node) -> Text:
    zh, en = node.name.in_language("zh") or node.code, node.name.in_language("en") or node.code
    return Text(zh=zh, en=en)
