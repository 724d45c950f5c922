"""对照图: a bar for each row, with marks of what it is measured against: what is due, a median."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.studies.charts.chart import Cells, Chart
from quanheng.studies.charts.labels import texts_of
from quanheng.studies.charts.looks import INK, PALE

_BAND: Final = 26
_WIDE: Final = 420
_BESIDE: Final = 8
"""So far right of the axis stand the numbers, where no mark can hide them."""


class Measured(Value):
    """A row: what it is called, its value, and the value of each mark; None where there is none."""

    code: str
    name: Text
    value: float | None
    marks: tuple[float | None, ...]


def against(  # noqa: PLR0913  each is told by its name
    name: str,
    rows: Sequence[Measured],
    marks: Sequence[Text],
    *,
    what: Text,
    axis: Text,
    whole: float,
    decimals: int,
    title: Text,
    sentence: Text,
) -> Chart:
    """Return the bars of `rows` from 0, each with its number, and the marks that each is measured against.

    `what` is what a bar shows, `marks` what a mark does: the first is a stroke, the second a diamond; the
    axis tells them apart by their shapes, not by colour alone. It reaches to `whole` at least.
    """
    names = texts_of([row.name for row in rows], [row.code for row in rows])
    values = [
        {"name": label, "value": row.value, "label": _label(row, decimals)}
        for label, row in zip(names, rows, strict=True)
    ]
    y = {"field": "name", "type": "nominal", "sort": names, "title": None}
    signs = ("▏", "◆")
    told = [
        Text(zh=f"{sign}{mark.zh}", en=f"{sign}{mark.en}") for sign, mark in zip(signs, marks, strict=False)
    ]
    heading = Text(
        zh=f"{axis.zh}（条形为{'，'.join((what.zh, *(each.zh for each in told)))}）",
        en=f"{axis.en} (bar: {', '.join((what.en, *(each.en for each in told)))})",
    )
    reach = [whole, *(each for row in rows for each in (row.value, *row.marks) if each is not None)]
    x = {
        "type": "quantitative",
        "title": heading,
        "scale": {"domain": [min(0.0, *reach), max(reach)], "nice": True},
    }
    return Chart(
        name=name,
        title=title,
        sentence=sentence,
        definition={
            "width": _WIDE,
            "height": {"step": _BAND},
            "layer": [
                {
                    "data": {"values": values},
                    "mark": {"type": "bar", "color": PALE, "size": 14},
                    "encoding": {"y": y, "x": {"field": "value", **x}},
                },
                *(_marked(rows, names, number, x) for number in range(len(marks))),
                {
                    "data": {"values": values},
                    "mark": {"type": "text", "align": "left", "fontSize": 13, "color": INK},
                    "encoding": {"y": y, "x": {"value": _WIDE + _BESIDE}, "text": {"field": "label"}},
                },
            ],
        },
        cells=Cells(
            headings=(Text(zh="项目", en="what"), what, *marks),
            rows=tuple((label, row.value, *row.marks) for label, row in zip(names, rows, strict=True)),
        ),
    )


def _marked(
    rows: Sequence[Measured], names: Sequence[Text], number: int, x: dict[str, Any]
) -> dict[str, Any]:
    """Return the layer of one mark: a stroke across the bar, or a diamond on it."""
    values = [
        {"name": label, "at": row.marks[number]}
        for label, row in zip(names, rows, strict=True)
        if row.marks[number] is not None
    ]
    stroke = {"type": "tick", "thickness": 3, "size": 22, "color": INK, "opacity": 1}
    diamond = {"type": "point", "shape": "diamond", "filled": True, "size": 90, "color": INK, "opacity": 1}
    return {
        "data": {"values": values},
        "mark": diamond if number else stroke,
        "encoding": {
            "y": {"field": "name", "type": "nominal", "sort": list(names), "title": None},
            "x": {"field": "at", **x},
        },
    }


def _label(row: Measured, decimals: int) -> str:
    return "—" if row.value is None else f"{row.value:z.{decimals}f}"
