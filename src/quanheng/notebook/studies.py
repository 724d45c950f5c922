"""A study as a notebook shows it: sentences, charts and tables, as the command prints and draws them."""

from __future__ import annotations

from quanheng.cli.study.answer import show_table
from quanheng.notebook.collected import Collected
from quanheng.notebook.parts import Graph, Line
from quanheng.notebook.room import MOST_CHARTS, MOST_ROWS
from quanheng.studies.study import Study, Table


def show_whole(study: Study, screen: Collected) -> None:
    """Show a study: its title, its sentences, its charts, its tables, what was found on the way."""
    screen.parts.append(Line(screen.choose(study.title), loud=True))
    for sentence in study.sentences[:MOST_ROWS]:
        screen.say(sentence)
    screen.left_out(len(study.sentences) - MOST_ROWS, "study.sentences")
    screen.parts += [Graph(chart) for chart in study.charts[:MOST_CHARTS]]
    screen.left_out(len(study.charts) - MOST_CHARTS, "study.charts")
    for table in study.tables:
        show_one(table, screen, f"study[{table.name!r}]")
    screen.findings(study.findings, answer=False)


def show_one(table: Table, screen: Collected, where: str) -> None:
    """Show the first rows of a table, all of which are at `where`."""
    screen.left_out(show_table(table, screen), where)
