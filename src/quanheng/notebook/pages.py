"""Parts as html for a notebook: every text is escaped, every picture is an image, nothing is a script."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Final, assert_never

from quanheng.documents.charts.vega import svg_of
from quanheng.engine.results.explanation.html import as_html
from quanheng.findings.errors import UsageError
from quanheng.findings.text import Language, Text
from quanheng.findings.visible import xml_text
from quanheng.notebook.parts import Graph, Grid, Line, Part, Steps
from quanheng.notebook.room import LONGEST

_WIDE: Final = "overflow-x:auto;max-width:100%"


def page_of(parts: Sequence[Part], language: Language) -> str:
    """Return `parts` as html.

    An image runs no script and shares no names with others on the page, as a picture inside the page would.
    """
    inside = "\n".join(_part(part, language) for part in parts)
    return f'<div lang="{_TAG.in_language(language)}" class="quanheng">\n{inside}\n</div>'


_TAG: Final = Text(en="en", zh="zh-CN")


def _part(part: Part, language: Language) -> str:
    match part:
        case Line(text=text, loud=loud):
            told = _said(text)
            return f"<p><strong>{told}</strong></p>" if loud else f"<p>{told}</p>"
        case Grid():
            return _table(part)
        case Graph(chart=chart):
            return _drawn(part, chart.sentence.in_language(language), language)
        case Steps(explanation=explanation):
            return as_html(explanation, language)
        case _:
            assert_never(part)


def _table(grid: Grid) -> str:
    sides = ["right" if number else "left" for number in grid.numbers]
    head = "".join(
        f'<th scope="col" style="text-align:{side}">{_said(heading)}</th>'
        for heading, side in zip(grid.headings, sides, strict=True)
    )
    rows = (
        "".join(
            f'<td style="text-align:{side}">{_said(cell)}</td>' for cell, side in zip(row, sides, strict=True)
        )
        for row in grid.rows
    )
    body = "\n".join(f"<tr>{row}</tr>" for row in rows)
    title = f"<caption>{_said(grid.title)}</caption>" if grid.title else ""
    table = f"<table>{title}<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>"
    return f'<div style="{_WIDE}">{table}</div>'


def _drawn(graph: Graph, sentence: str, language: Language) -> str:
    try:
        svg = svg_of(graph.chart.in_language(language))
    except UsageError as error:
        return f"<p>{_said(f'{sentence} ({error.text(language)})')}</p>"
    return _image(svg, sentence)


def _image(svg: str, sentence: str) -> str:
    data = base64.b64encode(svg.encode()).decode()
    source = f"data:image/svg+xml;base64,{data}"
    return f'<div style="{_WIDE}"><img src="{source}" alt="{_said(sentence)}" style="max-width:none"></div>'


def _said(text: str) -> str:
    return xml_text(text if len(text) <= LONGEST else f"{text[:LONGEST]}…")
