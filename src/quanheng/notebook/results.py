"""A result as a notebook shows it: the ranking as the command prints it, and its chart."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import narwhals as nw

from quanheng.cli.results.ranking import show_ranking
from quanheng.documents.compose.charts.scores import ranking_charts
from quanheng.documents.subject import Subject
from quanheng.engine.frame import columns as c
from quanheng.engine.results.result import Result
from quanheng.findings.text import Text
from quanheng.notebook.collected import Collected
from quanheng.notebook.parts import Graph, Line
from quanheng.notebook.room import MOST_GROUPS, MOST_ROWS

_RANKING: Final = "ranking"


def show_result(result: Result, screen: Collected) -> None:
    """Show the best units of each group, their chart, awards and findings.

    What stays on a cluster until it is asked for stays there.
    """
    if result.ranked is None and _RANKING not in vars(result):
        title = f"{result.scheme.title.in_language(screen.language)}  {result.round}"
        screen.parts.append(Line(title.strip(), loud=True))
        screen.say(
            Text(
                en=f"The ranking is on {result.engine.name}: result.ranking fetches it",
                zh=f"排名在 {result.engine.name} 上，用 result.ranking 取回",
            )
        )
        return
    first, left = _first(result)
    show_ranking(first, screen)
    screen.left_out(left, "result.ranking")
    subject = Subject(result=first, record={}, audience="internal")
    screen.parts += [Graph(chart) for chart in ranking_charts(subject)]
    screen.findings(result.findings, answer=False)


def _first(result: Result) -> tuple[Result, int]:
    """Return the result with the best of each group alone, and how many units are left out."""
    ranking = result.ranking
    counts = dict(ranking.group_by(c.GROUP).agg(nw.len().alias("units")).rows())
    shown = [group.code for group in result.scheme.groups if group.code in counts][:MOST_GROUPS]
    left = sum(counts.values()) - sum(min(counts[code], MOST_ROWS) for code in shown)
    if not left:
        return result, 0
    parts = [ranking.filter(nw.col(c.GROUP) == code).head(MOST_ROWS) for code in shown]
    return replace(result, ranked=nw.concat(parts, how="vertical")), left
