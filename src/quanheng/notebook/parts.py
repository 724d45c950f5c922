"""What is shown in a notebook, part after part: lines, tables, charts, steps."""

from __future__ import annotations

from typing import TypeAlias

from quanheng.engine.results.explanation.explanation import Explanation
from quanheng.findings.value import Value
from quanheng.studies.charts.chart import Chart


class Line(Value, kw_only=False):
    """A line of text; `loud` ones are set off, such as a title."""

    text: str
    loud: bool = False


class Grid(Value):
    """A table as people read it: a title, headings, which columns are numbers, and the cells."""

    title: str
    headings: tuple[str, ...]
    numbers: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]


class Graph(Value, kw_only=False):
    """A chart, which is drawn when it is shown."""

    chart: Chart


class Steps(Value, kw_only=False):
    """An explanation: steps below steps."""

    explanation: Explanation


Part: TypeAlias = Line | Grid | Graph | Steps
