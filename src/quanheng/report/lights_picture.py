"""The lights of units × indicators as a picture: each a shape with its word, never a colour alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

_CELL: Final = 26
_NAMES: Final = 170
_HEADINGS: Final = 200
_FOOT: Final = 40
_CHARACTER: Final = 13
_FONT: Final = "Noto Sans CJK SC, Microsoft YaHei, sans-serif"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """How a light is drawn: its mark, its colour and the word that the legend and the reader's text use."""

    mark: str
    colour: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lights:
    """What is drawn: rows and columns by code and name, and the light of each; a pair may have none."""

    title: str
    units: Sequence[tuple[str, str]]
    indicators: Sequence[tuple[str, str]]
    lights: Mapping[tuple[str, str], str]


def lights_picture(drawn: Lights, signs: Mapping[str, Sign]) -> str:
    """Return an SVG picture with a row for each unit and a column for each indicator.

    Every mark carries its text for those who point at it or have it read to them.

    Examples:
        >>> lights = Lights(
        ...     title="2023-06",
        ...     units=[("A", "Town A")],
        ...     indicators=[("tax", "Tax")],
        ...     lights={("A", "tax"): "red"},
        ... )
        >>> picture = lights_picture(lights, {"red": Sign(mark="■", colour="#c62828", word="alarm")})
        >>> "<title>Town A, Tax: alarm</title>" in picture
        True
    """
    width = _NAMES + _CELL * len(drawn.indicators) + _HEADINGS
    height = _HEADINGS + _CELL * len(drawn.units) + _FOOT
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="{_FONT}" font-size="{_CHARACTER}">'
    )
    parts = [
        head,
        f"<title>{escape(drawn.title)}</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        _text(12, 24, drawn.title, weight="bold"),
        *_headings(drawn),
        *_rows(drawn, signs),
        _legend(height - 14, signs),
        "</svg>\n",
    ]
    return "\n".join(parts)


def _headings(drawn: Lights) -> list[str]:
    found = []
    for column, (_, name) in enumerate(drawn.indicators):
        x = _NAMES + _CELL * column + _CELL // 2
        turned = f"translate({x} {_HEADINGS - 8}) rotate(-45)"
        found.append(f'<text transform="{turned}" fill="#222222">{escape(name)}</text>')
    return found


def _rows(drawn: Lights, signs: Mapping[str, Sign]) -> list[str]:
    found = []
    for row, (unit, unit_name) in enumerate(drawn.units):
        y = _HEADINGS + _CELL * row + _CELL // 2 + _CHARACTER // 3
        found.append(_text(12, y, unit_name))
        for column, (indicator, name) in enumerate(drawn.indicators):
            light = drawn.lights.get((unit, indicator))
            if light is None:
                continue
            sign, x = signs[light], _NAMES + _CELL * column + _CELL // 2
            said = escape(f"{unit_name}, {name}: {sign.word}")
            drawn_as = f'text-anchor="middle" fill="{sign.colour}" font-size="{_CHARACTER + 3}"'
            found.append(f'<text x="{x}" y="{y}" {drawn_as}><title>{said}</title>{escape(sign.mark)}</text>')
    return found


def _legend(y: int, signs: Mapping[str, Sign]) -> str:
    words = (
        f'<tspan fill="{sign.colour}">{escape(sign.mark)}</tspan> {escape(sign.word)}'
        for sign in signs.values()
    )
    return f'<text x="12" y="{y}" fill="#222222">{"&#160;&#160;&#160;".join(words)}</text>'


def _text(x: int, y: int, text: str, *, weight: str = "normal") -> str:
    return f'<text x="{x}" y="{y}" fill="#222222" font-weight="{weight}">{escape(text)}</text>'
