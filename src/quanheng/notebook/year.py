"""Progress, unusual reports and moves as a notebook shows them: as commands print them, with a picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import narwhals as nw

from quanheng.cli.results.moves import show_everyone, show_unit
from quanheng.cli.year.progress_view import show_progress
from quanheng.cli.year.unusual import show_unusual
from quanheng.documents.compose.charts.lights import lights_chart
from quanheng.documents.compose.charts.rounds import moves_chart
from quanheng.findings.text import Text
from quanheng.insight.progress.progress import Progress
from quanheng.insight.unusual.unusual import Unusual
from quanheng.notebook.collected import Collected
from quanheng.notebook.parts import Graph, Part
from quanheng.notebook.room import MOST_GROUPS, MOST_ROWS
from quanheng.usecase.results.moves import Moved
from quanheng.usecase.year.progress import Watched
from quanheng.usecase.year.unusual import Warned

_ALL: Final = Text(en="unusual.findings has them all", zh="全部见 unusual.findings")


def show_year(progress: Progress, screen: Collected) -> None:
    """Show a line a unit, what is behind or was not reported, and the lights of the first units."""
    units = progress.totals["unit"].head(MOST_ROWS).to_list()
    left = len(progress.totals) - len(units)
    first = progress.only(units=units) if left else progress
    show_progress(Watched(progress=first, tallies=(), findings=()), screen, alerts=False, whole=False)
    screen.left_out(left, "progress.totals")
    if not first.rows.is_empty():
        screen.parts.append(Graph(lights_chart(first)))


def show_reports(found: Unusual, screen: Collected) -> None:
    """Show the reports to ask about with their evidence."""
    show_unusual(Warned(unusual=found, alarms=None, findings=()), screen, most=MOST_ROWS, rest=_ALL)


def show_moved(found: Moved, screen: Collected) -> None:
    """Show how the first units of each group moved and what did most, or all about the one asked for."""
    if found.unit is not None:
        show_unit(found, found.unit, screen)
    else:
        first, left = _first(found)
        show_everyone(first, screen)
        screen.left_out(left, "moved.moves.totals")
        screen.parts += _slopes(first)
    screen.findings(found.findings, answer=False)


def _first(found: Moved) -> tuple[Moved, int]:
    totals = found.moves.totals
    groups = [group.code for group in found.moves.scheme.groups if group.code in set(totals["group"])]
    parts = [totals.filter(nw.col("group") == code).head(MOST_ROWS) for code in groups[:MOST_GROUPS]]
    left = len(totals) - sum(map(len, parts))
    if not left:
        return found, 0
    kept = nw.concat(parts, how="vertical")
    causes = found.moves.causes.filter(nw.col("unit").is_in(kept["unit"].to_list()))
    return replace(found, moves=replace(found.moves, totals=kept, causes=causes)), left


def _slopes(found: Moved) -> Iterator[Part]:
    """Yield how the places of each group moved, where there is not too much to draw."""
    for group in found.moves.scheme.groups:
        chart = moves_chart(found.moves, group)
        if chart is not None:
            yield Graph(chart)
