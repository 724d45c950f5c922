"""A headline as a chart: a Vega-Lite definition with its data, and a picture drawn from the same rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from quanheng.findings.text import Language, Text
from quanheng.findings.visible import xml_text

_ROW: Final = 24
_NAMES: Final = 150
_BARS: Final = 420
_WIDTH: Final = 760
_TOP: Final = 56
_CHOSEN, _OTHERS = "#0b5cad", "#9db7d1"
_CHARACTER: Final = 13

_Row = Mapping[str, Any]


def vega_lite(rows: Sequence[_Row], *, title: str, measured_in: str, unit: str | None) -> dict[str, object]:
    """Return the Vega-Lite definition of bars by place, the chosen `unit` in another colour and marked.

    `rows` are those of a headline (`name`, `value`, `place`, …); the data stand in the definition.
    """
    values = [{**row, "chosen": row["unit"] == unit} for row in rows if row["value"] is not None]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": title,
        "data": {"values": values},
        "mark": "bar",
        "encoding": {
            "y": {"field": "name", "type": "nominal", "sort": {"field": "place"}, "title": None},
            "x": {"field": "value", "type": "quantitative", "title": measured_in},
            "color": {
                "condition": {"test": "datum.chosen", "value": _CHOSEN},
                "value": _OTHERS,
            },
        },
    }


def svg(rows: Sequence[_Row], *, title: str, measured_in: str, unit: str | None, language: Language) -> str:
    """Return the same bars as an SVG picture with a text for those who do not see it.

    Behind each bar stand the figure, the growth and the change of the share; the chosen `unit` has an arrow
    as well as another colour.
    """
    shown = [row for row in rows if row["value"] is not None]
    most = max((abs(row["value"]) for row in shown), default=0.0) or 1.0
    height = _TOP + _ROW * len(shown) + 12
    described = "; ".join(f"{row['place']} {row['name']} {row['value']:z.2f}" for row in shown)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{_WIDTH}" height="{height}" '
        f'viewBox="0 0 {_WIDTH} {height}" font-family="Noto Sans CJK SC, Microsoft YaHei, sans-serif" '
        f'font-size="{_CHARACTER}">'
    )
    parts = [
        head,
        f"<title>{xml_text(title)}</title><desc>{xml_text(described)}</desc>",
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="12" y="24" font-size="16" font-weight="bold">{xml_text(title)}</text>',
        f'<text x="12" y="44" fill="#444444">{xml_text(_legend(measured_in, language))}</text>',
    ]
    for number, row in enumerate(shown):
        parts.extend(_bar(row, number, most, chosen=row["unit"] == unit))
    return "\n".join((*parts, "</svg>\n"))


def _legend(measured_in: str, language: Language) -> str:
    return Text(
        zh=f"总量（{measured_in or '数值'}）、增速、占比变化",
        en=f"total ({measured_in or 'figure'}), growth, change of the share",
    ).in_language(language)


def _bar(row: _Row, number: int, most: float, *, chosen: bool) -> tuple[str, ...]:
    top = _TOP + _ROW * number
    length = max(1.0, _BARS * abs(row["value"]) / most)
    base = top + 14
    mark = "▶ " if chosen else ""
    weight = ' font-weight="bold"' if chosen else ""
    inside = length > _BARS * 0.7
    x = _NAMES + length + (-6 if inside else 6)
    anchor, fill = ("end", "#ffffff" if chosen else "#1a1a1a") if inside else ("start", "#1a1a1a")
    name = xml_text(f"{mark}{row['place']} {row['name']}")
    colour, figures = (_CHOSEN if chosen else _OTHERS), xml_text(_figures(row))
    return (
        f'<text x="{_NAMES - 8}" y="{base}" text-anchor="end"{weight}>{name}</text>',
        f'<rect x="{_NAMES}" y="{top}" width="{length:z.1f}" height="{_ROW - 6}" fill="{colour}"/>',
        f'<text x="{x:z.1f}" y="{base}" text-anchor="{anchor}" fill="{fill}">{figures}</text>',
    )


def _figures(row: _Row) -> str:
    parts = [f"{row['value']:z.2f}"]
    if row["growth"] is not None:
        parts.append(f"{100 * row['growth']:+z.2f}%")
    if row["share_change"] is not None:
        parts.append(f"{100 * row['share_change']:+z.2f}")
    return "  ".join(parts)
