"""The lights of units × indicators as a picture: each a shape with its word, never a colour alone."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final

from quanheng.findings.value import Value
from quanheng.findings.visible import xml_text

_CELL: Final = 26
_MARGIN: Final = 12
_TITLE: Final = 36
_FOOT: Final = 40
_LONGEST: Final = 360
"""How long, in pixels, a name is drawn; a longer one ends in dots and stands whole in the marks' texts."""
_NARROW: Final = 0.56
"""How wide a letter of the alphabet is, beside a Chinese character."""
_CHARACTER: Final = 13
_FONT: Final = "Noto Sans CJK SC, Microsoft YaHei, sans-serif"


class Sign(Value):
    """How a light is drawn: its mark, its colour and the word that the legend and the reader's text use."""

    mark: str
    colour: str
    word: str


class Lights(Value):
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
    left = _MARGIN * 2 + _longest(drawn.units)
    slant = round(_longest(drawn.indicators) / math.sqrt(2)) + _MARGIN
    top = _TITLE + slant
    width = max(left + _CELL * len(drawn.indicators) + slant, 2 * _MARGIN + _length(drawn.title))
    height = top + _CELL * len(drawn.units) + _FOOT
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="{_FONT}" font-size="{_CHARACTER}">'
    )
    parts = [
        head,
        f"<title>{xml_text(drawn.title)}</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        _text(_MARGIN, 24, drawn.title, weight="bold"),
        *_headings(drawn, left, top),
        *_rows(drawn, signs, left, top),
        _legend(height - 14, signs),
        "</svg>\n",
    ]
    return "\n".join(parts)


def _headings(drawn: Lights, left: int, top: int) -> list[str]:
    found = []
    for column, (_, name) in enumerate(drawn.indicators):
        x = left + _CELL * column + _CELL // 2
        turned = f"translate({x} {top - 8}) rotate(-45)"
        found.append(f'<text transform="{turned}" fill="#222222">{xml_text(_cut(name))}</text>')
    return found


def _rows(drawn: Lights, signs: Mapping[str, Sign], left: int, top: int) -> list[str]:
    found = []
    for row, (unit, unit_name) in enumerate(drawn.units):
        y = top + _CELL * row + _CELL // 2 + _CHARACTER // 3
        found.append(_text(_MARGIN, y, _cut(unit_name)))
        for column, (indicator, name) in enumerate(drawn.indicators):
            light = drawn.lights.get((unit, indicator))
            if light is None:
                continue
            sign, x = signs[light], left + _CELL * column + _CELL // 2
            said = xml_text(f"{unit_name}, {name}: {sign.word}")
            drawn_as = f'text-anchor="middle" fill="{sign.colour}" font-size="{_CHARACTER + 3}"'
            found.append(
                f'<text x="{x}" y="{y}" {drawn_as}><title>{said}</title>{xml_text(sign.mark)}</text>'
            )
    return found


def _legend(y: int, signs: Mapping[str, Sign]) -> str:
    words = (
        f'<tspan fill="{sign.colour}">{xml_text(sign.mark)}</tspan> {xml_text(sign.word)}'
        for sign in signs.values()
    )
    return f'<text x="{_MARGIN}" y="{y}" fill="#222222">{"&#160;&#160;&#160;".join(words)}</text>'


def _text(x: int, y: int, text: str, *, weight: str = "normal") -> str:
    return f'<text x="{x}" y="{y}" fill="#222222" font-weight="{weight}">{xml_text(text)}</text>'


def _longest(named: Sequence[tuple[str, str]]) -> int:
    return max((_length(_cut(name)) for _, name in named), default=0)


def _length(text: str) -> int:
    """Return about how many pixels `text` takes."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return round((wide + (len(text) - wide) * _NARROW) * _CHARACTER)


def _cut(name: str) -> str:
    """Return `name`, with dots for what is too long to draw."""
    if _length(name) <= _LONGEST:
        return name
    fitting = next(end for end in range(len(name), 0, -1) if _length(name[:end]) < _LONGEST)
    return f"{name[:fitting]}…"
