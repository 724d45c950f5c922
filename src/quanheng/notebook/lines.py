"""Parts as plain text: what the command prints into a pipe, and the sentences of charts."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import assert_never

from quanheng.cli.show import Column, Screen
from quanheng.engine.results.explanation.text import as_text
from quanheng.findings.text import Language, Text
from quanheng.notebook.parts import Graph, Grid, Line, Part, Steps


def lines_of(parts: Sequence[Part], language: Language) -> str:
    """Return `parts` as lines, tables aligned with blanks."""
    written = io.StringIO()
    screen = Screen(language=language, json=False, out=written, err=io.StringIO())
    for part in parts:
        match part:
            case Line(text=text):
                screen.text(text)
            case Grid():
                screen.table(_columns(part), part.rows, title=part.title)
            case Graph(chart=chart):
                screen.say(chart.sentence)
            case Steps(explanation=explanation):
                screen.text(as_text(explanation, language))
            case _:
                assert_never(part)
    return written.getvalue().removesuffix("\n")


def _columns(grid: Grid) -> list[Column]:
    return [
        Column(heading=Text(en=heading, zh=heading), number=number)
        for heading, number in zip(grid.headings, grid.numbers, strict=True)
    ]
