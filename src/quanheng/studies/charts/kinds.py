"""The kinds of charts that studies draw: each a Vega-Lite definition made of rows and headings.

A row is a mapping with the fields that are named. Colour is never the only signal: there is always a label,
a shape, or a place on an axis that says the same.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any, Final

from quanheng.findings.text import Text
from quanheng.studies.charts.looks import BLUE, GREY, PALE, RED

Rows = Sequence[Mapping[str, Any]]

_BAND: Final = 18
"""The height of a row in pixels."""
_STEP: Final = 24
"""The height of a step of a waterfall."""
_MANY: Final = 20
"""Columns from which on cells are small."""
_SHADES: Final = "blues"
_OPPOSITES: Final = "redblue"


def _name(rows: Rows, field: str) -> dict[str, Any]:
    """Return the axis of names, in the order of the rows."""
    order = list(dict.fromkeys(row[field] for row in rows))
    return {"field": field, "type": "nominal", "sort": order, "title": None}


def _number(field: str, heading: Text, **more: object) -> dict[str, Any]:
    return {"field": field, "type": "quantitative", "title": heading, **more}


def intervals(rows: Rows, heading: Text, *, reverse: bool = False) -> dict[str, Any]:
    """Return a line from `low` to `high` for each `name`, a dot at `middle` and a diamond at `nominal`.

    `reverse` puts small numbers to the right, as for places.
    """
    scale = {"scale": {"reverse": reverse, "zero": False}}
    y = _name(rows, "name")
    return {
        "data": {"values": list(rows)},
        "width": 420,
        "height": {"step": _BAND},
        "layer": [
            {
                "mark": {"type": "rule", "strokeWidth": 3, "color": PALE},
                "encoding": {"y": y, "x": _number("low", heading, **scale), "x2": {"field": "high"}},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 40, "color": BLUE},
                "encoding": {"y": y, "x": _number("middle", heading, **scale)},
            },
            {
                "mark": {"type": "point", "shape": "diamond", "size": 60, "color": RED},
                "encoding": {"y": y, "x": _number("nominal", heading, **scale)},
            },
        ],
    }


def heat_map(
    rows: Rows, heading: Text, *, diverging: bool = False, decimals: int = 2, most: float = 1.0
) -> dict[str, Any]:
    """Return a cell with its number for each `row`, `column` and `value`; a null value leaves it empty.

    Columns that are rows, too, stand in the same order. Where there are many, cells are small and their
    numbers short.

    `diverging` is for values from -1 to 1, with white at 0; otherwise they are shares from 0 to
    `most`.
    """
    domain = [-1, 1] if diverging else [0, most]
    scheme = {"domain": domain, "scheme": _OPPOSITES if diverging else _SHADES}
    where = {"y": _name(rows, "row"), "x": _name(rows, "column")}
    if set(where["x"]["sort"]) <= set(where["y"]["sort"]):
        where["x"]["sort"] = where["y"]["sort"]
    many = len(where["x"]["sort"]) > _MANY
    dark = f"abs(datum.value) > {0.6 * most}"
    return {
        "data": {"values": list(rows)},
        "width": {"step": 24 if many else 46},
        "height": {"step": _BAND},
        "encoding": where,
        "layer": [
            {"mark": "rect", "encoding": {"color": _number("value", heading, scale=scheme)}},
            {
                "mark": {"type": "text", "fontSize": 8 if many else 10},
                "encoding": {
                    "text": {
                        "field": "value",
                        "type": "quantitative",
                        "format": f".{1 if many else decimals}f",
                    },
                    "color": {"condition": {"test": dark, "value": "white"}, "value": "black"},
                },
            },
        ],
    }


def place_map(rows: Rows, heading: Text, *, last: int) -> dict[str, Any]:
    """Return a cell with its place for each `row`, `column` and `value`; 1 is darkest, `last` palest."""
    scale = {"domain": [1, last], "scheme": _SHADES, "reverse": True}
    return {
        "data": {"values": list(rows)},
        "width": {"step": 46},
        "height": {"step": _BAND},
        "encoding": {"y": _name(rows, "row"), "x": _name(rows, "column")},
        "layer": [
            {"mark": "rect", "encoding": {"color": _number("value", heading, scale=scale)}},
            {
                "mark": {"type": "text", "fontSize": 10},
                "encoding": {
                    "text": {"field": "value", "type": "quantitative"},
                    "color": {
                        "condition": {"test": f"datum.value < {1 + 0.4 * (last - 1):g}", "value": "white"},
                        "value": "black",
                    },
                },
            },
        ],
    }


def bars(rows: Rows, heading: Text, *, series: Text | None = None) -> dict[str, Any]:
    """Return a bar for each `name` and `value`; with `series` one for each `series` of a name, too.

    Where a row has `low` and `high`, a line shows the interval.
    """
    y = _name(rows, "name")
    encoding: dict[str, Any] = {"y": y, "x": _number("value", heading)}
    bar: dict[str, Any] = {"mark": {"type": "bar", "color": BLUE}, "encoding": encoding}
    layers = [bar]
    if series is not None:
        order = list(dict.fromkeys(row["series"] for row in rows))
        offset = {"field": "series", "sort": order}
        encoding |= {
            "yOffset": offset,
            "color": {"field": "series", "type": "nominal", "sort": order, "title": series},
        }
    if any(row.get("low") is not None for row in rows):
        line = {"y": y, "x": _number("low", heading), "x2": {"field": "high"}}
        if series is not None:
            line |= {"yOffset": encoding["yOffset"]}
        layers.append({"mark": {"type": "rule", "color": GREY, "strokeWidth": 2}, "encoding": line})
    return {
        "data": {"values": list(rows)},
        "width": 420,
        "height": {"step": _BAND},
        "layer": layers,
    }


def scatter(
    rows: Rows, across: Text, up: Text, *, diagonal: bool = False, line: bool = False
) -> dict[str, Any]:
    """Return a named dot for each `name`, `x` and `y`; `marked` ones are filled diamonds.

    `diagonal` draws where both are equal; `line` joins the dots in the order of x.
    """
    where = {"x": _number("x", across, scale={"zero": False}), "y": _number("y", up, scale={"zero": False})}
    layers: list[dict[str, Any]] = []
    if diagonal:
        ends = [row[side] for row in rows for side in ("x", "y") if row[side] is not None]
        low, high = min(ends, default=0.0), max(ends, default=1.0)
        layers.append(
            {
                "data": {"values": [{"x": low, "y": low}, {"x": high, "y": high}]},
                "mark": {"type": "line", "strokeDash": [4, 4], "color": GREY},
                "encoding": where,
            }
        )
    if line:
        layers.append({"mark": {"type": "line", "color": PALE}, "encoding": where})
    shape = {"condition": {"test": "datum.marked", "value": "diamond"}, "value": "circle"}
    colour = {"condition": {"test": "datum.marked", "value": RED}, "value": BLUE}
    layers.append(
        {
            "mark": {"type": "point", "filled": True, "size": 60},
            "encoding": {**where, "shape": shape, "color": colour},
        }
    )
    layers += [
        {
            "transform": [{"filter": f"datum.side == '{side}'"}],
            "mark": {"type": "text", "align": side, "dx": away, "fontSize": 10, "limit": 200},
            "encoding": {**where, "text": {"field": "name"}},
        }
        for side, away in (("left", 6), ("right", -6))
    ]
    return {"data": {"values": _with_sides(rows)}, "width": 420, "height": 320, "layer": layers}


def _letters(name: Text | str) -> int:
    """Return how many letters a name has, in the language in which they are more."""
    return max(len(name.zh), len(name.en)) if isinstance(name, Text) else len(name)


def _with_sides(rows: Rows) -> list[dict[str, Any]]:
    """Return rows with the `side` on which their names are aligned: none where an earlier name stands there.

    Names of dots in the right half stand left of them, so that all of a name is within the picture.
    """
    known = [row for row in rows if row["x"] is not None and row["y"] is not None]
    across, up = ([row[axis] for row in known] for axis in ("x", "y"))
    wide, high = (max(values, default=0.0) - min(values, default=0.0) or 1.0 for values in (across, up))
    found: list[dict[str, Any]] = []
    taken: list[tuple[float, float, float]] = []
    for row in rows:
        side = ""
        if row["name"] and row in known:
            x, y = (row["x"] - min(across)) / wide, (row["y"] - min(up)) / high
            room = min(_LONGEST, _letters(row["name"])) * _LETTER
            wanted = "right" if x > _MIDDLE else "left"
            begin, end = (x - room, x) if wanted == "right" else (x, x + room)
            free = all(
                end < left or begin > right or abs(y - above) > _APART_Y for left, right, above in taken
            )
            if free:
                side = wanted
                taken.append((begin, end, y))
        found.append({**row, "side": side})
    return found


_MIDDLE: Final = 0.5
_APART_Y: Final = 0.04
"""Names nearer to each other than this, in parts of the picture, would be drawn one over the other."""
_LETTER, _LONGEST = 0.025, 19
"""How wide a letter is, in parts of the picture, and how many are drawn of a name."""


def waterfall(rows: Rows, heading: Text) -> dict[str, Any]:
    """Return steps from one number to another: each row a `name`, `start`, `end` and a `label`.

    Steps stand below each other, so that long names can be read. A step down is red and says so by the sign
    of its label; `whole` ones are the two ends. A thin line leads from each step to the next.
    """
    y = _name(rows, "name")
    scale = {"zero": False}
    colour = {
        "condition": [
            {"test": "datum.whole", "value": GREY},
            {"test": "datum.end < datum.start", "value": RED},
        ],
        "value": BLUE,
    }
    joints = [
        {"name": row["name"], "next": after["name"], "end": row["end"]}
        for row, after in itertools.pairwise(rows)
    ]
    return {
        "data": {"values": list(rows)},
        "width": 420,
        "height": {"step": _STEP},
        "layer": [
            {
                "mark": {"type": "bar", "height": _STEP - 8},
                "encoding": {
                    "y": y,
                    "x": _number("start", heading, scale=scale),
                    "x2": {"field": "end"},
                    "color": colour,
                },
            },
            {
                "data": {"values": joints},
                "mark": {"type": "rule", "color": GREY, "strokeDash": [2, 2]},
                "encoding": {"y": y, "y2": {"field": "next"}, "x": _number("end", heading)},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 5, "fontSize": 12},
                "encoding": {"y": y, "x": _number("top", heading), "text": {"field": "label"}},
            },
        ],
    }


def lines(rows: Rows, across: Text, up: Text, series: Text) -> dict[str, Any]:
    """Return a line for each `series` through its `x` and `y`, with a shape of its own at each point."""
    order = list(dict.fromkeys(row["series"] for row in rows))
    # the same title and domain for both, so that one legend shows colour and shape
    told = {"field": "series", "type": "nominal", "title": series, "sort": order, "scale": {"domain": order}}
    return {
        "data": {"values": list(rows)},
        "width": 420,
        "height": 300,
        "encoding": {
            "x": _number("x", across, scale={"zero": False}),
            "y": _number("y", up, scale={"zero": False}),
            "color": told,
        },
        "layer": [
            {"mark": "line"},
            {"mark": {"type": "point", "filled": True, "size": 60}, "encoding": {"shape": told}},
        ],
    }
