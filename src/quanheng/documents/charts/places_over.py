"""历期位次图: the place of one unit round after round, 1 on top."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.studies.charts.chart import Cells, Chart
from quanheng.studies.charts.looks import BLUE, INK

_STEP: Final = 116
"""So wide is a round: its name in Chinese stands there whole."""
_TICKS: Final = 12
"""Places that are written at the axis, at most; they are whole numbers."""


class Stood(Value):
    """A round with the place that a unit had in it; None where it had none."""

    round: Text
    place: int | None


def places_over(name: str, stood: Sequence[Stood], *, title: Text) -> Chart:
    """Return the line through the places of rounds in this order, each with its number.

    A round without a place has its room on the axis, and nothing in it. One has a place at least.
    """
    rows = [{"round": each.round, "place": each.place, "label": str(each.place)} for each in stood]
    known = [(each.round, each.place) for each in stood if each.place is not None]
    last = max(place for _, place in known)
    x = {"field": "round", "type": "ordinal", "sort": [each.round for each in stood], "title": None}
    scale = {"domain": [0.5, last + 0.5], "reverse": True, "nice": False}
    heading = Text(zh="位次", en="place")
    y = {"field": "place", "type": "quantitative", "scale": scale, "title": heading}
    (begun, first), (ended, now) = known[0], known[-1]
    return Chart(
        name=name,
        title=title,
        sentence=Text(
            zh=f"{begun.zh}第{first}位，{ended.zh}第{now}位；最好第{min(place for _, place in known)}位。",
            en=f"Place {first} in {begun.en}, {now} in {ended.en}; the best was "
            f"{min(place for _, place in known)}.",
        ),
        definition={
            "data": {"values": [row for row in rows if row["place"] is not None]},
            "width": {"step": _STEP},
            "height": 150,
            "encoding": {
                "x": {**x, "axis": {"labelAngle": 0}, "scale": {"domain": [each.round for each in stood]}},
                "y": {**y, "axis": {"values": list(range(1, last + 1, 1 + last // _TICKS)), "format": "d"}},
            },
            "layer": [
                {"mark": {"type": "line", "color": BLUE, "strokeWidth": 2}},
                {"mark": {"type": "point", "filled": True, "size": 60, "color": BLUE, "opacity": 1}},
                {
                    "mark": {"type": "text", "dy": -12, "fontSize": 13, "color": INK},
                    "encoding": {"text": {"field": "label"}},
                },
            ],
        },
        cells=Cells(
            headings=(Text(zh="考核期", en="round"), heading),
            rows=tuple((each.round, each.place) for each in stood),
        ),
    )
