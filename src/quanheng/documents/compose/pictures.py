"""The charts of a bulletin: the scores of each group, and how its places moved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from quanheng.documents.blocks import Picture
from quanheng.documents.charts.place_moves import Move, place_moves
from quanheng.documents.charts.ranking_bars import ranking_bars
from quanheng.documents.compose.numbers import decimals_of_totals
from quanheng.documents.compose.standings import groups_of
from quanheng.documents.subject import Subject
from quanheng.findings.text import Language, Text
from quanheng.insight.moves.moves import Moves
from quanheng.scheme.files.notation.writing import period_in_chinese
from quanheng.scheme.tree.scheme import Group

MOST: Final = 40
"""Units that fit into one chart on a page."""


def score_pictures(subject: Subject, language: Language) -> Iterator[Picture]:
    """Yield the scores of each group that has two units or more, so many units a chart."""
    decimals = decimals_of_totals(subject.result.scheme)
    for group, rows in groups_of(subject):
        scored = [row for row in rows if row["score"] is not None]
        if len(scored) < _FEWEST:
            continue
        for start in range(0, len(scored), MOST):
            part = scored[start : start + MOST]
            title = _titled(subject, group, Text(zh="得分", en="Scores"))
            if len(scored) > MOST:
                span = f"{start + 1}—{start + len(part)}"
                title = Text(zh=f"{title.zh}（{span}）", en=f"{title.en} ({span})")
            chart = ranking_bars(
                f"scores-{group.code}-{start}",
                [(row["unit"], row["name"] or "") for row in part],
                [row["score"] for row in part],
                decimals=decimals,
                title=title,
            )
            yield Picture(title=title.in_language(language), chart=chart)


def moves_picture(subject: Subject, moves: Moves, group: Group, language: Language) -> Picture | None:
    """Return how the places of a group moved; None where there is too little or too much to draw."""
    rows = moves.totals.rows(named=True)
    known = [
        Move(name=row["name"] or row["unit"], before=row["place_before"], after=row["place_after"])
        for row in rows
        if row["group"] == group.code and row["places_gained"] is not None
    ]
    if not _FEWEST <= len(known) <= MOST or max(max(m.before, m.after) for m in known) > MOST:
        return None
    title = _titled(subject, group, Text(zh="位次变化", en="Places"))
    rounds = (
        Text(zh=period_in_chinese(moves.before), en=moves.before),
        Text(zh=period_in_chinese(moves.after), en=moves.after),
    )
    chart = place_moves(f"moves-{group.code}", known, rounds, title=title)
    return Picture(title=title.in_language(language), chart=chart)


_FEWEST: Final = 2


def _titled(subject: Subject, group: Group, what: Text) -> Text:
    if len(subject.result.scheme.groups) == 1:
        return what
    zh, en = group.name.in_language("zh") or group.code, group.name.in_language("en") or group.code
    return Text(zh=f"{zh}{what.zh}", en=f"{what.en}: {en}")
