"""The charts of boards: which there are of a run, and each as a picture, by day and by night.

What draws is no part of every installation: without it boards have their tables, and no pictures.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from importlib.util import find_spec
from typing import Final, get_args

from quanheng.documents.charts.headline import headline_bars
from quanheng.documents.charts.places_over import Stood, places_over
from quanheng.documents.charts.vega import svg_of
from quanheng.documents.compose.charts.lights import lights_chart
from quanheng.documents.compose.charts.one_unit import pace_chart, profile_chart
from quanheng.documents.compose.charts.rounds import moves_chart
from quanheng.documents.compose.charts.scores import dimension_charts
from quanheng.documents.subject import Subject
from quanheng.findings.errors import QuanhengError
from quanheng.findings.text import Language, Text
from quanheng.findings.value import Value
from quanheng.scheme.files.notation.writing import period_in_chinese
from quanheng.studies.charts.chart import Cell, Chart
from quanheng.studies.charts.looks import BLUE, GREY, INK, PALE, RED
from quanheng.web.boards.reading import Head, heads_of, lights_of, progress_at
from quanheng.web.results.models import KeptRun
from quanheng.web.results.reading import moves_of, result_of

MOST_ROWS: Final = 120
"""A table of more rows stands on a page of its own."""
_KEPT: Final = 16
_PICTURES: Final = 64
_BY_NIGHT: Final[Mapping[str, str]] = {
    BLUE: "#7fbcff",
    PALE: "#5f7d9c",
    RED: "#ff9d94",
    GREY: "#b3c0cc",
    INK: "#e6edf4",
    "#222222": "#e6edf4",
    "#1a7f37": "#5fd07f",
    "#b58100": "#ffc54d",
    "#c62828": "#ff8a80",
    "#9e9e9e": "#b3c0cc",
    "#6a1b9a": "#d7a6f5",
}
"""What the colours of charts are on a dark ground, each at 4.5 : 1 or more."""
_PAPER, _DARK, _LIGHT, _LINE, _EDGE = "#ffffff", "#18222c", "#e6edf4", "#3a4855", "#8a99a8"
_LETTERS: Final = {"labelFontSize": 13, "titleFontSize": 13}
_TITLE: Final = {"fontSize": 16, "subtitleFontSize": 13, "offset": 10}
_FEWEST: Final = 2
"""Rounds from which on places make a line."""


class Drawn(Value):
    """A chart as a page shows it: its name in the address, its words, and the same figures as a table."""

    name: str
    title: str
    sentence: str
    headings: Sequence[str]
    rows: Sequence[Sequence[object]]

    @property
    def is_long(self) -> bool:
        """Whether its table stands on a page of its own."""
        return len(self.rows) > MOST_ROWS


def can_draw() -> bool:
    """Return whether what draws is installed."""
    return find_spec("vl_convert") is not None


def told(charts: Sequence[Chart], language: Language) -> tuple[Drawn, ...]:
    """Return charts as a page shows them; nothing where nothing can be drawn."""
    return tuple(_told(chart, language) for chart in charts) if can_draw() else ()


def charts_of_board(run: KeptRun) -> tuple[Chart, ...]:
    """Return the charts of all units: places, dimensions, lights, headline figures, as far as they are known.

    Raises:
        FindingsError: a file of the run was changed.
    """
    result_of(run)
    return _charts(run.seal, run)


def charts_of_unit(run: KeptRun, unit: str, stood: Sequence[tuple[str, int | None]]) -> tuple[Chart, ...]:
    """Return the charts of one unit: its targets, its places round after round, its dimensions.

    `stood` are the periods of rounds with its place in each. Of others nothing is told but the median.

    Raises:
        FindingsError: a file of the run was changed.
    """
    result = result_of(run)
    charts = [
        _pace(run, unit),
        _places(stood),
        profile_chart(result, unit, title=Text(zh="各方面得分与本组比较", en="Dimensions beside the group")),
    ]
    return tuple(chart for chart in charts if chart is not None)


def picture_of(chart: Chart, language: Language, *, by_night: bool) -> str:
    """Return a chart as SVG, which says of itself what there is to see.

    Raises:
        UsageError: what draws is not installed.
    """
    return _picture(json.dumps(chart.in_language(language), ensure_ascii=False), by_night)


@lru_cache(maxsize=_PICTURES)
def _picture(definition: str, by_night: bool) -> str:  # noqa: FBT001  a key of what is kept
    read = json.loads(definition)
    read["config"] = {**read["config"], "axis": {**read["config"]["axis"], **_LETTERS}, "title": _TITLE}
    if not by_night:
        return svg_of({**read, "background": _PAPER})
    soft = {"labelColor": _LIGHT, "titleColor": _LIGHT, "gridColor": _LINE, "domainColor": _EDGE}
    looks = {
        "title": {**_TITLE, "color": _LIGHT, "subtitleColor": _LIGHT},
        "text": {"color": _LIGHT},
        "header": {"labelColor": _LIGHT, "titleColor": _LIGHT},
        "view": {"stroke": _LINE},
        "axis": {**read["config"]["axis"], **soft, "tickColor": _EDGE},
    }
    svg = svg_of({**read, "background": _DARK, "config": {**read["config"], **looks}})
    for day, night in _BY_NIGHT.items():
        svg = svg.replace(f'"{day}"', f'"{night}"')
    return svg


@lru_cache(maxsize=_KEPT)
def _charts(_: str, run: KeptRun) -> tuple[Chart, ...]:
    return tuple(_of_board(run))


def _of_board(run: KeptRun) -> Iterator[Chart]:
    result = result_of(run)
    with suppress(QuanhengError):  # there is no round before, or it could not be scored
        moves = moves_of(run).moves
        charts = (moves_chart(moves, group) for group in moves.scheme.groups)
        yield from (chart for chart in charts if chart is not None)
    yield from dimension_charts(Subject(result=result, record={}, audience="internal"))
    progress = progress_at(run)
    if progress is not None:
        yield lights_chart(progress)
    for number, head in enumerate(heads_of(run)):
        chart = headline_bars(head.rows, title=_title_of(head), measured_in=head.measured_in, unit=None)
        yield replace(chart, name=f"{chart.name}-{number}")


def _title_of(head: Head) -> Text:
    name, peers = head.name, head.peers
    return Text(
        zh=" ".join(filter(None, (name.in_language("zh"), peers.in_language("zh")))),
        en=" ".join(filter(None, (name.in_language("en"), peers.in_language("en")))),
    )


def _pace(run: KeptRun, unit: str) -> Chart | None:
    """Return the chart of the targets of a unit, its indicators called as in both languages."""
    chinese, english = (lights_of(run, language) for language in get_args(Language))
    result = result_of(run)
    if chinese is None or english is None:
        return None
    names = {row["indicator"]: row["indicator_name"] for row in english.rows.get(unit, ())}
    rows = [
        {**row, "indicator_name": Text(zh=row["indicator_name"], en=names[row["indicator"]])}
        for row in chinese.rows.get(unit, ())
    ]
    title = Text(zh=f"目标完成进度（截至{chinese.at}）", en=f"Targets (by {chinese.at})")
    return pace_chart(rows, result.scheme, title=title)


def _places(stood: Sequence[tuple[str, int | None]]) -> Chart | None:
    if sum(place is not None for _, place in stood) < _FEWEST:
        return None
    rounds = [
        Stood(round=Text(zh=period_in_chinese(period), en=period), place=place) for period, place in stood
    ]
    return places_over("places", rounds, title=Text(zh="历期位次", en="Places, round after round"))


def _told(chart: Chart, language: Language) -> Drawn:
    cells = chart.cells
    return Drawn(
        name=chart.name,
        title=chart.title.in_language(language),
        sentence=chart.sentence.in_language(language),
        headings=[heading.in_language(language) for heading in cells.headings],
        rows=[[_cell(cell, language) for cell in row] for row in cells.rows],
    )


def _cell(cell: Cell, language: Language) -> object:
    return cell.in_language(language) if isinstance(cell, Text) else cell
