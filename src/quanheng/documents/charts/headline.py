"""总量对比图: a bar for each peer by place, with total, growth and change of the share behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from quanheng.findings.text import Text
from quanheng.studies.charts.chart import Cells, Chart
from quanheng.studies.charts.labels import labels_of
from quanheng.studies.charts.looks import BLUE, PALE

_BAND: Final = 24
_PER_CENT: Final = 100

_Row = Mapping[str, Any]


def headline_bars(
    rows: Sequence[_Row], *, title: Text, measured_in: str, unit: str | None, sentence: Text | None = None
) -> Chart:
    """Return the bars of a headline's `rows`, the chosen `unit` in another colour, with an arrow and bold.

    A peer without a figure has no bar. `sentence` is what is told of the chosen one; else it says who leads.
    """
    shown = [row for row in rows if row["value"] is not None]
    names = labels_of([row["name"] or row["unit"] for row in shown], [row["unit"] for row in shown])
    told = [
        f"{'▶ ' if row['unit'] == unit else ''}{row['place']} {name}"
        for row, name in zip(shown, names, strict=True)
    ]
    values = [
        {
            **row,
            "label": label,
            "chosen": row["unit"] == unit,
            "figures": _figures(row),
            "end": max(0.0, row["value"]),
        }
        for row, label in zip(shown, told, strict=True)
    ]
    total = Text(
        zh=f"总量（{measured_in or '数值'}）、增速、占比变化",
        en=f"total ({measured_in or 'figure'}), growth, change of the share",
    )
    return Chart(
        name="headline",
        title=title,
        sentence=sentence or _sentence(shown),
        definition={
            "data": {"values": values},
            "width": 380,
            "height": {"step": _BAND},
            "encoding": {
                "y": {
                    "field": "label",
                    "type": "nominal",
                    "sort": told,
                    "title": None,
                    "axis": {
                        "labelFontWeight": {
                            "condition": {"test": "indexof(datum.label, '▶') == 0", "value": "bold"},
                            "value": "normal",
                        }
                    },
                },
                "x": {"field": "value", "type": "quantitative", "title": total},
            },
            "layer": [
                {
                    "mark": "bar",
                    "encoding": {
                        "color": {"condition": {"test": "datum.chosen", "value": BLUE}, "value": PALE}
                    },
                },
                {
                    "mark": {"type": "text", "align": "left", "dx": 5, "fontSize": 12},
                    "encoding": {"x": {"field": "end", "type": "quantitative"}, "text": {"field": "figures"}},
                },
            ],
        },
        cells=Cells(
            headings=tuple(text for text, _ in _COLUMNS),
            rows=tuple(tuple(row[key] for _, key in _COLUMNS) for row in rows),
        ),
    )


_COLUMNS: Final = (
    (Text(zh="位次", en="place"), "place"),
    (Text(zh="单位", en="unit"), "unit"),
    (Text(zh="名称", en="name"), "name"),
    (Text(zh="总量", en="total"), "value"),
    (Text(zh="增速", en="growth"), "growth"),
    (Text(zh="占比变化", en="change of the share"), "share_change"),
)


def _figures(row: _Row) -> str:
    parts = [f"{row['value']:z.2f}"]
    if row["growth"] is not None:
        parts.append(f"{_PER_CENT * row['growth']:+z.2f}%")
    if row["share_change"] is not None:
        parts.append(f"{_PER_CENT * row['share_change']:+z.2f}")
    return "  ".join(parts)


def _sentence(rows: Sequence[_Row]) -> Text:
    if not rows:
        return Text(zh="没有数据。", en="There are no figures.")
    best = rows[0]
    return Text(
        zh=f"{len(rows)}个中总量最高的是{best['name']}（{best['value']:z.2f}）。",
        en=f"The highest of {len(rows)} is {best['name']} ({best['value']:z.2f}).",
    )
