"""位次变化图: a line for each unit from its place in the round before to its place now, 1 on top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from quanheng.documents.widths import cut_apart, width
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.studies.charts.chart import Cells, Chart
from quanheng.studies.charts.looks import BLUE, GREY, RED

_BAND: Final = 20
_LONGEST: Final = 20.0
"""So many Chinese characters stand at an end of a line."""
_DIRECTIONS: Final = ("up", "down", "same")


class Move(Value):
    """A unit and its places in both rounds."""

    name: str
    before: int
    after: int


def place_moves(name: str, moves: Sequence[Move], rounds: tuple[Text, Text], *, title: Text) -> Chart:
    """Return the slopes of `moves`; units that share a place stand beside each other at its end.

    Who rose is drawn through, who fell in dashes; colour says the same once more.
    """
    last = max(max(move.before, move.after) for move in moves)
    lines = [
        {"name": move.name, "at": at, "place": place, "direction": _direction(move)}
        for move in moves
        for at, place in enumerate((move.before, move.after))
    ]
    scale = {"domain": [0, last + 0.5], "reverse": True, "nice": False}
    axis = {"y": {"field": "place", "type": "quantitative", "scale": scale, "axis": None}}
    x = {"field": "at", "type": "quantitative", "axis": None, "scale": {"domain": [-0.02, 1.02]}}
    colour = {"domain": list(_DIRECTIONS), "range": [BLUE, RED, GREY]}
    dashes = {"domain": list(_DIRECTIONS), "range": [[1, 0], [6, 4], [1, 0]]}
    return Chart(
        name=name,
        title=title,
        sentence=_sentence(moves),
        definition={
            "width": 220,
            "height": _BAND * last,
            "padding": {"left": 110, "right": 110, "top": 12, "bottom": 5},
            "view": {"stroke": None},
            "layer": [
                {
                    "data": {"values": lines},
                    "mark": {"type": "line", "point": True, "strokeWidth": 2},
                    "encoding": {
                        "x": x,
                        **axis,
                        "detail": {"field": "name"},
                        "color": {"field": "direction", "type": "nominal", "scale": colour, "legend": None},
                        "strokeDash": {
                            "field": "direction",
                            "type": "nominal",
                            "scale": dashes,
                            "legend": None,
                        },
                    },
                },
                _ends(moves, at=0, x=x, axis=axis),
                _ends(moves, at=1, x=x, axis=axis),
                {
                    "data": {"values": [{"at": at, "round": text} for at, text in enumerate(rounds)]},
                    "mark": {"type": "text", "y": 0, "dy": -2, "fontWeight": "bold", "fontSize": 13},
                    "encoding": {"x": x, "text": {"field": "round"}},
                },
            ],
        },
        cells=Cells(
            headings=(Text(zh="单位", en="unit"), *rounds),
            rows=tuple((move.name, move.before, move.after) for move in moves),
        ),
    )


def _ends(moves: Sequence[Move], *, at: int, x: Mapping[str, Any], axis: Mapping[str, Any]) -> dict[str, Any]:
    """Return the names at one end of the lines, those on one place together.

    They are cut, and counted, where they would take the room of the lines: the table has them whole.
    """
    named: dict[int, list[str]] = {}
    for move, name in zip(moves, cut_apart([move.name for move in moves], _LONGEST), strict=True):
        named.setdefault((move.before, move.after)[at], []).append(name)
    rows = []
    for place, names in sorted(named.items()):
        said = _together(names)
        label = (
            Text(zh=f"{said.zh} {place}", en=f"{said.en} {place}")
            if at == 0
            else Text(zh=f"{place} {said.zh}", en=f"{place} {said.en}")
        )
        rows.append({"at": at, "place": place, "label": label})
    side = {"align": "right", "dx": -8} if at == 0 else {"align": "left", "dx": 8}
    return {
        "data": {"values": rows},
        "mark": {"type": "text", "fontSize": 13, **side},
        "encoding": {"x": x, **axis, "text": {"field": "label"}},
    }


def _together(names: Sequence[str]) -> Text:
    """Return the names of those on one place, as many as there is room for, and how many there are."""
    shown, room = 1, _LONGEST - width(names[0])
    while shown < len(names) and room >= width(names[shown]) + 1:
        room -= width(names[shown]) + 1
        shown += 1
    zh, en, more = "、".join(names[:shown]), ", ".join(names[:shown]), len(names) - shown
    return Text(zh=f"{zh}等{len(names)}个", en=f"{en} and {more} more") if more else Text(zh=zh, en=en)


def _direction(move: Move) -> str:
    if move.before == move.after:
        return "same"
    return "up" if move.after < move.before else "down"


def _sentence(moves: Sequence[Move]) -> Text:
    best = min(moves, key=lambda move: move.after - move.before)
    worst = max(moves, key=lambda move: move.after - move.before)
    told = []
    if best.after < best.before:
        gained = best.before - best.after
        told.append(
            Text(zh=f"上升最多的是{best.name}（{gained}位）", en=f"{best.name} rose most, by {gained}")
        )
    if worst.after > worst.before:
        lost = worst.after - worst.before
        told.append(Text(zh=f"下降最多的是{worst.name}（{lost}位）", en=f"{worst.name} fell most, by {lost}"))
    if not told:
        return Text(zh="位次没有变化。", en="No place changed.")
    return Text(zh="，".join(text.zh for text in told) + "。", en="; ".join(text.en for text in told) + ".")
