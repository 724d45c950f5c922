"""The charts of a bulletin: the scores of each group, and how its places moved."""

from __future__ import annotations

from collections.abc import Iterator

from quanheng.documents.blocks import Note, Picture
from quanheng.documents.compose.charts.rounds import TOO_MANY, moved_in, moves_chart, too_many
from quanheng.documents.compose.charts.scores import dimension_charts, parts_charts, ranking_charts
from quanheng.documents.subject import Subject
from quanheng.findings.text import Language, Text
from quanheng.insight.moves.moves import Moves
from quanheng.scheme.tree.scheme import Group
from quanheng.studies.charts.chart import Chart


def score_pictures(subject: Subject, language: Language) -> Iterator[Picture]:
    """Yield the scores of each group, cut into parts where they are a sum of what this audience sees."""
    of_parts = (
        subject.result.scheme.root.adds_up and subject.shows("dimensions") and subject.shows("adjustments")
    )
    for chart in parts_charts(subject) if of_parts else ranking_charts(subject):
        yield _picture(chart, language)


def dimension_pictures(subject: Subject, language: Language) -> Iterator[Picture]:
    """Yield the points of each group, a small chart for each dimension."""
    for chart in dimension_charts(subject):
        yield _picture(chart, language)


def moves_picture(moves: Moves, group: Group, language: Language) -> Picture | Note | None:
    """Return how the places of a group moved, a note where they are too many; None for fewer than two."""
    if too_many(moved_in(moves, group)):
        name = group.name.in_language(language) or group.code
        told = Text(
            zh=f"注：{name}的位次超过{TOO_MANY}个，未画位次变化图。",
            en=f"Note: {name} has more than {TOO_MANY} places; its chart of moves is left out.",
        )
        return Note(text=told.in_language(language))
    chart = moves_chart(moves, group)
    return None if chart is None else _picture(chart, language)


def _picture(chart: Chart, language: Language) -> Picture:
    return Picture(title=chart.title.in_language(language), chart=chart)
