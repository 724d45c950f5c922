"""Two rounds beside each other: slopes of places, and scores against scores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from quanheng.documents.charts.place_moves import Move, place_moves
from quanheng.documents.charts.scatter import Dot, scatter
from quanheng.documents.compose.charts.scores import FEWEST, MOST
from quanheng.documents.compose.charts.titles import titled
from quanheng.documents.compose.numbers import decimals_of_totals
from quanheng.documents.subject import Subject
from quanheng.findings.text import Text
from quanheng.insight.moves.moves import Moves
from quanheng.scheme.files.notation.writing import period_in_chinese
from quanheng.scheme.tree.scheme import Group
from quanheng.studies.charts.chart import Chart
from quanheng.studies.charts.labels import labels_of

Row = Mapping[str, Any]


def moves_chart(moves: Moves, group: Group) -> Chart | None:
    """Return how the places of a group moved; None where there is too little or too much to draw."""
    known = moved_in(moves, group)
    if len(known) < FEWEST or too_many(known):
        return None
    names = labels_of([row["name"] or row["unit"] for row in known], [row["unit"] for row in known])
    slopes = [
        Move(name=name, before=row["place_before"], after=row["place_after"])
        for name, row in zip(names, known, strict=True)
    ]
    title = titled(moves.scheme, group, Text(zh="位次变化", en="Places"))
    return place_moves(f"moves-{group.code}", slopes, _rounds(moves), title=title)


def moved_in(moves: Moves, group: Group) -> Sequence[Row]:
    """Return the units of a group that have a place in both rounds."""
    rows = moves.totals.rows(named=True)
    return [row for row in rows if row["group"] == group.code and row["places_gained"] is not None]


def too_many(rows: Sequence[Row]) -> bool:
    """Return whether places are too many for slopes that can be told apart."""
    return len(rows) > MOST or any(max(row["place_before"], row["place_after"]) > MOST for row in rows)


def scatter_charts(subject: Subject, moves: Moves) -> Iterator[Chart]:
    """Yield the scores of each group, the round before across and this one up."""
    rows = moves.totals.rows(named=True)
    for group in moves.scheme.groups:
        dots = [
            Dot(code=row["unit"], name=row["name"] or "", x=row["score_before"], y=row["score_after"])
            for row in rows
            if row["group"] == group.code
        ]
        if sum(1 for dot in dots if dot.x is not None and dot.y is not None) >= FEWEST:
            what = Text(zh="两期得分", en="Scores of two rounds")
            yield scatter(
                f"rounds-{group.code}",
                dots,
                _scores(moves),
                decimals=decimals_of_totals(moves.scheme),
                title=titled(subject.result.scheme, group, what),
            )


def _rounds(moves: Moves) -> tuple[Text, Text]:
    return (
        Text(zh=period_in_chinese(moves.before), en=moves.before),
        Text(zh=period_in_chinese(moves.after), en=moves.after),
    )


def _scores(moves: Moves) -> tuple[Text, Text]:
    before, after = (Text(zh=f"{each.zh}得分", en=f"score {each.en}") for each in _rounds(moves))
    return before, after


TOO_MANY: Final = MOST
"""With more units than this there are no slopes."""
