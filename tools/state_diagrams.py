"""The life of a thing as a picture: its states in a row, moves onward as arcs above, back ones below.

Arcs bear numbers, those of the moves in the table beside the picture: words on them would cover each other.
"""

from __future__ import annotations

import itertools
from collections import Counter
from typing import Final
from xml.sax.saxutils import escape

from quanheng.documents.widths import width
from quanheng.findings.text import Language
from quanheng.process.rounds.life import Life

_LETTER: Final = 14.6
"""How wide a Chinese letter of a name is at most; a Latin one is half as wide."""
_PAD, _GAP, _HIGH, _RISE, _DOT = 14.0, 56.0, 34.0, 22.0, 9.0
_STYLE: Final = """\
  <style>
    .line { fill: none; stroke: #444; stroke-width: 1.4 }
    .box { fill: #fff; stroke: #444; stroke-width: 1.4 }
    .end { stroke-width: 3 }
    .dot { fill: #005a8c; stroke: none }
    .head { fill: #444; stroke: none }
    text { font: 14px sans-serif; text-anchor: middle; dominant-baseline: central; fill: #111 }
    .number { font-size: 11px; fill: #fff }
    @media (prefers-color-scheme: dark) {
      .line, .box { stroke: #ccc }
      .box { fill: #1c1c1c }
      .head { fill: #ccc }
      text { fill: #eee }
      .dot { fill: #7cc4f0 }
      .number { fill: #111 }
    }
  </style>"""


def diagram(life: Life, language: Language) -> str:
    """Return the picture as SVG, with a title and in words what it shows; what is final has a thick edge."""
    names = [name.in_language(language) for name in life.states.values()]
    wide = [2 * _PAD + _LETTER * width(name) for name in names]
    left = list(itertools.accumulate([_GAP / 2, *(each + _GAP for each in wide)]))[:-1]
    middle = dict(zip(life.states, (at + own / 2 for at, own in zip(left, wide, strict=True)), strict=True))
    order = {state: number for number, state in enumerate(life.states)}
    onward: list[tuple[float, float, float, int]] = []
    back: list[tuple[float, float, float, int]] = []
    drawn = Counter[tuple[str, str]]()
    for number, move in enumerate(life.moves, 1):
        for before in move.before:
            pair = (before, move.after)
            span = order[move.after] - order[before]
            high = _RISE * (abs(span) + 0.6 + 1.15 * drawn[pair])
            drawn[pair] += 1
            (back if span < 0 else onward).append((middle[before], middle[move.after], high, number))
    above = max((high for *_, high, _ in onward), default=0.0) + 2 * _DOT
    below = max((high for *_, high, _ in back), default=0.0) + 2 * _DOT
    top, bottom = above, above + _HIGH
    whole = left[-1] + wide[-1] + _GAP / 2
    size = f'viewBox="0 0 {whole:.0f} {bottom + below:.0f}" width="{whole:.0f}" height="{bottom + below:.0f}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="t d">',
        f'  <title id="t">{escape(life.thing.in_language(language))}</title>',
        f'  <desc id="d">{escape(_described(life, language))}</desc>',
        _STYLE,
    ]
    for one, other, high, number in onward:
        lines += _arc(one, other, top, -high, number)
    for one, other, high, number in back:
        lines += _arc(one, other, bottom, high, number)
    for state, name, at, own in zip(life.states, names, left, wide, strict=True):
        end = " end" if state in life.final else ""
        lines.append(
            f'  <rect class="box{end}" x="{at:.1f}" y="{top:.1f}" width="{own:.1f}" height="{_HIGH}" rx="6"/>'
        )
        lines.append(f'  <text x="{at + own / 2:.1f}" y="{top + _HIGH / 2:.1f}">{escape(name)}</text>')
    return "\n".join([*lines, "</svg>"]) + "\n"


def _arc(one: float, other: float, edge: float, high: float, number: int) -> list[str]:
    """Return an arc from `one` to `other` at the edge of their boxes, with its head and its number."""
    one, other = (
        (one - 10, other + 10)
        if one == other
        else (one + 7, other - 7)
        if one < other
        else (one - 7, other + 7)
    )
    peak = edge + high
    tip = 6 if high < 0 else -6
    path = f"M{one:.1f} {edge:.1f} C{one:.1f} {peak:.1f} {other:.1f} {peak:.1f} {other:.1f} {edge - tip:.1f}"
    head = f"{other - 4:.1f},{edge - tip:.1f} {other + 4:.1f},{edge - tip:.1f} {other:.1f},{edge:.1f}"
    x, y = (one + other) / 2, edge + 0.75 * high
    return [
        f'  <path class="line" d="{path}"/>',
        f'  <polygon class="head" points="{head}"/>',
        f'  <circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="{_DOT}"/>',
        f'  <text class="number" x="{x:.1f}" y="{y:.1f}">{number}</text>',
    ]


def _described(life: Life, language: Language) -> str:
    names = {state: name.in_language(language) for state, name in life.states.items()}
    comma, end = ("、", "；") if language == "zh" else (", ", "; ")
    return end.join(
        f"{number} {move.name.in_language(language)}: "
        f"{comma.join(names[each] for each in move.before)} → {names[move.after]}"
        for number, move in enumerate(life.moves, 1)
    )
