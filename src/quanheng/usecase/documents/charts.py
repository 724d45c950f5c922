"""The charts of a result as files: each with its sentence and its data as a table beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final, Literal, TypeAlias

import narwhals as nw

from quanheng.data.book.called import unit_called
from quanheng.documents.charts.vega import png_of, svg_of
from quanheng.documents.compose.charts.kinds import DRAWINGS, Asked, ChartKind, charts_of
from quanheng.documents.subject import Subject
from quanheng.documents.tables.csv import write_csv_table
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import Finding, FindingsError, Kind
from quanheng.findings.text import Language
from quanheng.findings.visible import printable
from quanheng.studies.charts.chart import Chart
from quanheng.usecase.documents.making import File, Setting, in_a_name, named
from quanheng.usecase.documents.page import progress_in

Picture: TypeAlias = Literal["svg", "png"]

NO_CHART: Final = Kind(
    code="QH836",
    severity="error",
    en="there is nothing to draw: see above why",
    zh="没有可画的图：原因见上",
    hint_en="ask for other charts, or for another audience",
    hint_zh="请改画其他图，或改变读者",
)


def chart_files(format: Picture, subject: Subject, setting: Setting) -> Iterator[File]:  # noqa: A002  the word of the command
    """Yield the files of every chart that is wanted: a picture, its table as csv, its sentence as text.

    What is left out and why is told by the first of them.

    Raises:
        FindingsError: nothing can be drawn.
        UsageError: there is no such unit, or units are named for a chart of groups.
    """
    asked = _asked(subject, setting)
    charts: list[Chart] = []
    told: list[Finding] = []
    for kind in _kinds(subject, setting):
        for made in charts_of(kind, asked):
            if isinstance(made, Chart):
                charts.append(made)
            else:
                told.append(made)
    if not charts:
        raise FindingsError((*told, NO_CHART.at()))
    for number, chart in enumerate(charts):
        ending = f"-{in_a_name(chart.name)}"
        picture = partial(_draw, chart, format, setting, tuple(told) if number == 0 else ())
        yield File(name=named("chart", format, subject, ending), fill=picture)
        cells = partial(_write_cells, chart, setting.language)
        yield File(name=named("chart", "csv", subject, ending), fill=cells)
        sentence = partial(_write_sentence, chart, setting.language)
        yield File(name=named("chart", "txt", subject, ending), fill=sentence)


def _asked(subject: Subject, setting: Setting) -> Asked:
    """Return what the charts are made of."""
    book = subject.book
    needs_progress = subject.audience == "internal" and "lights" in _kinds(subject, setting)
    return Asked(
        subject=subject,
        progress=progress_in(book, subject.result) if needs_progress and book is not None else None,
        units=() if book is None else [unit_called(book, unit) for unit in setting.units],
    )


def _kinds(subject: Subject, setting: Setting) -> Sequence[ChartKind]:
    """Return the kinds that are named; else those that this audience may see, of units or of groups.

    Raises:
        UsageError: units are named for a chart of groups.
    """
    if setting.charts:
        of_groups = [kind for kind in setting.charts if not DRAWINGS[kind].of_a_unit]
        if setting.units and of_groups:
            raise UsageError(
                f"--unit changes nothing about {of_groups[0]}: it shows whole groups",
                f"--unit 对 {of_groups[0]} 不起作用：该图展示整个分组",
            )
        return setting.charts
    of_units = subject.audience == "unit" or bool(setting.units)
    kinds = tuple(kind for kind, drawing in DRAWINGS.items() if drawing.of_a_unit == of_units)
    return tuple(kind for kind in kinds if DRAWINGS[kind].is_for(subject)) or kinds


def _draw(
    chart: Chart,
    format: Picture,  # noqa: A002  the word of the command
    setting: Setting,
    told: tuple[Finding, ...],
    target: Path,
) -> tuple[Finding, ...]:
    folders = [str(folder) for folder in setting.folders]
    svg = svg_of(chart.in_language(setting.language), folders=folders)
    if format == "png":
        target.write_bytes(png_of(svg))
    else:
        target.write_text(svg, encoding="utf-8", newline="")
    return told


def _write_cells(chart: Chart, language: Language, target: Path) -> tuple[Finding, ...]:
    table = nw.from_dict(chart.cells.in_language(language), backend=nw.Implementation.POLARS)
    write_csv_table(table, target)
    return ()


def _write_sentence(chart: Chart, language: Language, target: Path) -> tuple[Finding, ...]:
    title, sentence = chart.title.in_language(language), chart.sentence.in_language(language)
    target.write_text(f"{printable(title)}\n{printable(sentence)}\n", encoding="utf-8", newline="")
    return ()
