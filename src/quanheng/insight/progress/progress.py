"""Progress: how far every unit is with every indicator from January to a month, and the light of each.

From the book to rows of value, target, due, completion, points and light; the words are put in when the
rows become a table for people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

import narwhals as nw

from quanheng.data.book.frames import Frame
from quanheng.data.book.mergers import book_as_on
from quanheng.engine.figures.looked_up.fetches import fetches_in
from quanheng.engine.figures.targets.due import due_targets
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import Engine
from quanheng.engine.results.rounds import Rounds, score_rounds
from quanheng.findings.showing import Shows
from quanheng.findings.text import Language
from quanheng.insight.progress.bounds import with_bound_words
from quanheng.insight.progress.lights import AVERAGE, LOOKS, needs_growth
from quanheng.insight.progress.milestones import Checkpoint, checkpoint_at, units_past, with_passed
from quanheng.insight.progress.not_in import missing_reports, with_unreported
from quanheng.insight.progress.reasons import with_reasons
from quanheng.insight.progress.rows import CELL, ROW, lit_rows, not_due_rows, with_score_of
from quanheng.insight.progress.runs import same_in_a_row
from quanheng.insight.progress.watches import (
    Watch,
    conditions_of_lights,
    month_name,
    months_inside,
    rounds_of,
    watches_of,
)
from quanheng.periods.period import Period
from quanheng.periods.stretch import Stretch
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.pace.pace import Lights
from quanheng.scheme.tree.scheme import Indicator, Scheme

if TYPE_CHECKING:
    from quanheng.data.book.book import Book

TABLE: Final = (
    *("unit", "name", "group", "indicator", "indicator_name", "period"),
    *("value", "target", "floor", "stretch", "share", "due"),
    *("completion", "completion_year", "gap", "needed", "reached"),
    *("points", "score", "light", "light_name", "times", "reason"),
)
"""The columns of the table."""
FORECAST: Final = ("expected", "low_80", "high_80", "probability", "note")
"""What a forecast adds to the table."""


@dataclass(frozen=True, kw_only=True)
class Progress(Shows):
    """The progress of a book's units by the end of a period.

    - `rows`: a row for each unit and indicator of its group: the columns of `TABLE` but for names, words
      and reason, and what the reason is made of; `period` is the month up to which the figures are, `times`
      how often in a row the light was the same
    - `totals`: unit, name, group, score, place, available: the year to date scored as a round, with what is
      due as the target
    - `missing`: unit, item, period, times: the reports that are not in
    """

    scheme: Scheme
    at: Period
    watches: tuple[Watch, ...]
    rows: Frame
    totals: Frame
    missing: Frame

    @property
    def conditions(self) -> Mapping[Lights, tuple[str, ...]]:
        """Which indicators' lights obey which conditions."""
        return conditions_of_lights(self.watches)

    @property
    def checkpoint(self) -> Checkpoint | None:
        """The named check that stands at this month."""
        return checkpoint_at(self.at.last_month)

    @cached_property
    def past(self) -> Frame | None:
        """unit, checked, passed, held: the outcome of the named check, None where there is none."""
        if self.checkpoint is None:
            return None
        asked = self.rows.filter(~nw.col("light").is_in(["not_due", "not_applicable"]))
        return units_past(with_passed(asked, self.checkpoint))

    def only(self, *, units: Sequence[str] = (), indicators: Sequence[str] = ()) -> Progress:
        """Return the progress of these units and indicators alone; of all where none is named."""
        of_units = [nw.col("unit").is_in(list(units))] if units else []
        of_rows = [*of_units, *([nw.col("indicator").is_in(list(indicators))] if indicators else [])]
        items = {
            fetch.item
            for watch in self.watches
            if not indicators or watch.indicator.code in indicators
            for fetch in fetches_in(watch.indicator)
        }
        return replace(
            self,
            rows=self.rows.filter(*of_rows) if of_rows else self.rows,
            totals=self.totals.filter(*of_units) if of_units else self.totals,
            missing=self.missing.filter(*of_units, nw.col("item").is_in(sorted(items))),
        )

    def with_lights(self, lights: Sequence[str]) -> Progress:
        """Return the progress with only the rows that have one of `lights`."""
        return replace(self, rows=self.rows.filter(nw.col("light").is_in(list(lights))))

    def lights_of(self, units: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
        """Return how many of each light every one of `units` has."""
        rows = self.rows.filter(nw.col("unit").is_in(list(units)))
        counts = rows.group_by("unit", "light").agg(nw.len().cast(nw.Int64()))
        found: dict[str, dict[str, int]] = {}
        for unit, light, count in counts.rows():
            found.setdefault(unit, {})[light] = count
        return found

    def described(self, language: Language) -> Frame:
        """Return the rows with the names of the indicators and the reasons of the lights."""
        names = {each.code: _name(each, self.scheme, language) for each in self.scheme.indicators}
        name = nw.col("indicator").replace_strict(list(names), list(names.values()), return_dtype=nw.String())
        words = [look.word.in_language(language) for look in LOOKS.values()]
        word = nw.col("light").replace_strict(list(LOOKS), words, return_dtype=nw.String())
        named = self.rows.with_columns(name.alias("indicator_name"), word.alias("light_name"))
        return with_bound_words(with_reasons(named, language, self.conditions), language)

    def table(self, language: Language) -> Frame:
        """Return the table for people (`TABLE`): units in the book's order, indicators in the scheme's."""
        return self.described(language).select(*TABLE)


def progress_of(book: Book, at: Period, *, engine: Engine | None = None) -> Progress:
    """Return the progress of every unit of `book` from January to the end of `at`.

    Raises:
        FindingsError: a figure cannot be had from the book.
    """
    book = book_as_on(book, at.end)
    scheme = book.scheme
    watches = watches_of(scheme, at, inside=months_inside(book, at))
    rows, wide = _lit(book, watches, at, engine)
    missing = missing_reports(book, at)
    return Progress(
        scheme=scheme,
        at=at,
        watches=watches,
        rows=with_unreported(rows, missing, scheme).sort(CELL),
        totals=_totals(wide, month_name(at.year, at.last_month)),
        missing=missing,
    )


def lights_by(book: Book, at: Period, *, engine: Engine | None = None) -> Frame:
    """Return the rows of the progress by the end of `at` where nobody asks how often in a row a light came.

    Raises:
        FindingsError: a figure cannot be had from the book.
    """
    book = book_as_on(book, at.end)
    watches = watches_of(book.scheme, at, inside=months_inside(book, at))
    last = tuple(replace(watch, months=watch.months[-1:]) for watch in watches)
    return _lit(book, last, at, engine)[0]


def _lit(book: Book, watches: Sequence[Watch], at: Period, engine: Engine | None) -> tuple[Frame, Frame]:
    """Return the rows with their lights, and the wide frame that they are of."""
    rounds = rounds_of(watches, at)
    due = due_targets(book, rounds)
    asked = _due_by_figures(due, watches, at)
    scored = score_rounds(book, rounds, due=asked, engine=engine)
    wide = _needed_columns(scored, book)
    return _with_runs(wide, due, watches, at, before=_year_before(book, watches, at, engine)), wide


def _due_by_figures(due: Frame, watches: Sequence[Watch], at: Period) -> Frame:
    """Return what is due in each round, in the last one only what was due when its figures were made.

    In May the score of a quarterly figure looks at what was due by March, too, and a figure that is not due
    at all has no target.
    """
    here = nw.col("round") == month_name(at.year, at.last_month)
    behind = [watch for watch in watches if watch.last != at.last_month]
    parts = [due.filter(~(here & nw.col("indicator").is_in([watch.indicator.code for watch in behind])))]
    for month in sorted({watch.last for watch in behind if watch.last is not None}):
        codes = [watch.indicator.code for watch in behind if watch.last == month]
        then = (nw.col("round") == month_name(at.year, month)) & nw.col("indicator").is_in(codes)
        now = nw.lit(month_name(at.year, at.last_month)).alias("round")
        parts.append(due.filter(then).with_columns(now).select(*due.columns))
    return nw.concat(parts, how="vertical")


def _name(indicator: Indicator, scheme: Scheme, language: Language) -> str:
    """Return the indicator's name, after that of a node between it and its dimension: "GDP · growth"."""
    name = indicator.name.in_language(language) or indicator.code
    parent = scheme.parent_of(indicator.code)
    if parent is None or scheme.level_of(parent.code) <= 1:
        return name
    return f"{parent.name.in_language(language) or parent.code} · {name}"


def _needed_columns(scored: Rounds, book: Book) -> Frame:
    """Return the wide frame with only what progress looks at, held in memory, and each unit's number."""
    there = set(scored.plan.collect_schema().names())
    columns = [c.UNIT, c.NAME, c.GROUP, c.ROUND, c.score(ROOT), c.PLACE, c.AVAILABLE]
    for indicator in scored.scheme.indicators:
        code = indicator.code
        value = c.value(code) if c.value(code) in there else c.measure(code)
        columns += [value, c.absence(code), c.points(code), c.score(code)]
    numbers = book.units.select("unit").with_row_index(ROW).with_columns(nw.col(ROW).cast(nw.Int64()))
    return scored.engine.collect(scored.plan.select(*columns)).join(numbers, on="unit", how="left")


def _year_before(
    book: Book, watches: Sequence[Watch], at: Period, engine: Engine | None
) -> Mapping[int, Frame]:
    """Return the wide frame of the same months a year before, by month, where a condition asks for growth."""
    asking = [watch for watch in watches if needs_growth(watch.pace.lights)]
    months = sorted({month for watch in asking for month in watch.months})
    if not months:
        return {}
    rounds = {str(month): Stretch.to_date(at.year - 1, month) for month in months}
    wide = _needed_columns(score_rounds(book, rounds, due=due_targets(book, rounds), engine=engine), book)
    return {month: wide.filter(nw.col(c.ROUND) == str(month)) for month in months}


def _with_runs(
    wide: Frame, due: Frame, watches: Sequence[Watch], at: Period, *, before: Mapping[int, Frame]
) -> Frame:
    """Return the rows of each indicator's last month with how often in a row the light was the same."""
    months = sorted({month for watch in watches for month in watch.months})
    lights: dict[int, Frame] = {}
    rows: list[Frame] = []
    for month in months:
        here = [watch for watch in watches if month in watch.months]
        name = month_name(at.year, month)
        lit = lit_rows(
            wide.filter(nw.col(c.ROUND) == name),
            due.filter(nw.col("round") == name),
            here,
            month=month,
            before=before.get(month),
        )
        lights[month] = lit.select(CELL, nw.col("light").alias(f"light {month}"))
        last = [watch.indicator.code for watch in here if watch.last == month]
        if last:
            counted = _counted(lit.filter(nw.col("indicator").is_in(last)), lights, month)
            today = [watch for watch in here if watch.last == month != at.last_month]
            now = wide.filter(nw.col(c.ROUND) == month_name(at.year, at.last_month))
            rows.append(with_score_of(counted, now, today) if today else counted)
    name = month_name(at.year, at.last_month)
    waiting = [watch for watch in watches if not watch.months]
    if waiting:
        grid, targets = wide.filter(nw.col(c.ROUND) == name), due.filter(nw.col("round") == name)
        rows.append(not_due_rows(grid, targets, waiting, month=at.last_month))
    return nw.concat([_aligned(part) for part in rows], how="vertical")


def _counted(rows: Frame, lights: Mapping[int, Frame], month: int) -> Frame:
    """Add `times` to the rows of `month`, from the lights of the months before."""
    for other, earlier in lights.items():
        if other < month:
            rows = rows.join(earlier, on=CELL, how="left")
    columns = [f"light {other}" for other in lights if other < month]
    return rows.with_columns(same_in_a_row([*columns, "light"])).drop(*columns)


def _aligned(rows: Frame) -> Frame:
    """Return the rows with the columns that all parts have, in one order."""
    return rows.select(*(name for name in sorted(rows.columns) if name != AVERAGE))


def _totals(wide: Frame, name: str) -> Frame:
    here = wide.filter(nw.col(c.ROUND) == name).sort(ROW)
    return here.select(c.UNIT, c.NAME, c.GROUP, nw.col(c.score(ROOT)).alias("score"), c.PLACE, c.AVAILABLE)


def with_forecast(table: Frame, forecast: Frame) -> Frame:
    """Add where the year will end (`FORECAST`) to the table: `forecast` is that of `forecast.py`."""
    return table.join(forecast.select("unit", "indicator", *FORECAST), on=["unit", "indicator"], how="left")
