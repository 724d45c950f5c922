"""The grid from a user's own wide frame in place of a book: one row a unit, or a unit and period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import narwhals as nw

from quanheng.engine.figures.cells import Cells, settled_in, with_wide_cells
from quanheng.engine.figures.figure import figure_of, is_word
from quanheng.engine.figures.looked_up.fetches import Fetch, fetches_of
from quanheng.engine.figures.looked_up.lookups import FromReports
from quanheng.engine.figures.looked_up.times import periods_beside, periods_for
from quanheng.engine.figures.own_frame.columns import FrameColumns, check_columns, columns_of
from quanheng.engine.figures.own_frame.laws import check_rows, check_types, check_words
from quanheng.engine.figures.own_frame.read import height_of, read_frame
from quanheng.engine.figures.own_frame.rows import PERIOD, canonical, dated, periods_in, tidy_rows
from quanheng.engine.figures.reach import check_lags
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.again.replays import Origin, made_once, replayed
from quanheng.engine.frame.days import day_of_year
from quanheng.engine.frame.findings import NO_FIGURES
from quanheng.engine.frame.holding import run_once
from quanheng.findings.finding import Finding, require_no_errors
from quanheng.periods.period import Period, parse_period
from quanheng.periods.stretch import Stretch, periods_text
from quanheng.scheme.items.item import FromUnits, Item
from quanheng.scheme.tree.scheme import Scheme


def grid_from_frame(frame: object, scheme: Scheme, *, round: str | None = None) -> nw.LazyFrame[Any]:  # noqa: A002  the word of the language
    """Return the grid that `frame` holds for a round of `scheme`, its own round by default.

    `frame` is a Polars, pandas, PyArrow or PySpark frame or a DuckDB relation. Its columns:

    - `unit`; `name` (the unit again if there is none); `group`, a code or name (the only one if there is one)
    - a column for every item the scheme looks at, under its code, whatever the item is taken from in a
      book (an attribute of the units may also stand under its heading); null and NaN are missing
    - the target of an indicator under `<indicator>_target` or `target|<indicator>`
    - `period` (or `round`), if rows are of several times: then the figures of the round are made by the time
      rules from the rows, and all units of the frame are in the grid. Targets and attributes are those of
      the row of exactly the round. Without such a column every row is of the round.
    - `item_na|<item>` and `target_na|<indicator>`, true where the figure or the target does not apply
    - figures of earlier months under `<item>@<months>` (`gdp@12`), or in rows of earlier periods

    Every other column is an attribute. An item of kind `date` is a column of dates, or of days of the year.
    A Spark frame stays on Spark; all others are Polars-lazy. The rows are passed over once to check them.

    Raises:
        FindingsError: columns are missing or hold no numbers, rows have no unit, a unit stands twice, a
            group or period is unknown, or no row is of the round.
        UsageError: it is no frame.
        EngineError: it is one that cannot be read.
        DataError: `round` is no period.
    """
    period = parse_period(round or scheme.round)
    lazy = read_frame(frame)
    schema = lazy.collect_schema()
    columns = made_once(
        Origin("columns", scheme, tuple(schema.names())), lambda: _sound_columns(schema.names(), scheme)
    )
    dates = dated(columns, scheme, schema)
    tidy = replayed(lazy, lambda rows: tidy_rows(rows, columns, scheme), Origin("tidy", scheme))
    rows = run_once(tidy, rows=height_of(frame))
    periods, strange = periods_in(rows, columns)
    require_no_errors((*check_types(rows, columns), *check_words(rows, columns, scheme), *strange))
    rows = canonical(rows, columns, periods)
    require_no_errors(
        check_rows(rows, columns, scheme, periods=len({*periods.values()}), height=height_of(frame))
    )
    if columns.period is None:
        return replayed(
            rows,
            lambda rows: _of_one_round(rows, columns, scheme, period, dates),
            Origin("grid", scheme, (period, dates)),
        )
    require_no_errors(
        (*_check_round(scheme, period, frozenset(periods.values())), *_check_lags(columns, scheme, period))
    )
    if {*periods.values()} == {period}:
        return _of_periods(rows, columns, scheme, period, dates, alone=True)
    return run_once(_of_periods(rows, columns, scheme, period, dates, alone=False))


def _sound_columns(names: Sequence[str], scheme: Scheme) -> FrameColumns:
    require_no_errors(check_columns(names, scheme))
    return columns_of(names, scheme)


def _check_round(scheme: Scheme, period: Period, present: frozenset[Period]) -> Iterator[Finding]:
    stretch = Stretch.of(period)
    looked_at = (each for item in scheme.items for each in periods_for(item, stretch) if item.kind != "stock")
    # what stocks reach back to is no figure of the round
    used = {period, *stretch.periods(), *looked_at}
    if not used & present:
        latest_first = sorted(present, key=lambda one: (one.end, one.length_months), reverse=True)
        yield NO_FIGURES.at(round=period, periods=periods_text(latest_first))


def _check_lags(columns: FrameColumns, scheme: Scheme, period: Period) -> Iterator[Finding]:
    """Yield what is compared with another year's of what is made from rows of periods."""
    item_of = {item.code: item for item in scheme.items}
    round_ = Stretch.of(period)
    made = (
        FromReports(fetch, item_of[fetch.item], round_.before(fetch.months_before))
        for fetch in fetches_of(scheme)
        if not _is_stated(fetch, columns, item_of[fetch.item])
    )
    yield from check_lags(made, round_)


def _of_one_round(
    rows: nw.LazyFrame[Any], columns: FrameColumns, scheme: Scheme, period: Period, dates: frozenset[str]
) -> nw.LazyFrame[Any]:
    return rows.select(
        c.UNIT,
        c.NAME,
        c.GROUP,
        *(c.attribute(name) for name in columns.attributes.values()),
        *(_as_stated(fetch, columns, period, dates) for fetch in fetches_of(scheme)),
        *_targets(columns),
        *columns.flags,
    )


def _of_periods(
    rows: nw.LazyFrame[Any],
    columns: FrameColumns,
    scheme: Scheme,
    period: Period,
    dates: frozenset[str],
    *,
    alone: bool,
) -> nw.LazyFrame[Any]:
    """Return the grid from rows of periods; `alone` if all are of the round: then nothing is joined."""
    item_of = {item.code: item for item in scheme.items}
    fetches = fetches_of(scheme)
    stated = [fetch for fetch in fetches if _is_stated(fetch, columns, item_of[fetch.item])]
    made = {
        fetch: (_timed(item_of[fetch.item], columns, dates), Stretch.of(period).before(fetch.months_before))
        for fetch in fetches
        if fetch not in stated
    }
    wanted: dict[str, set[Period]] = {}
    for item, stretch in made.values():
        wanted.setdefault(item.code, set()).update(
            periods_for(item, stretch),
            periods_beside(item, stretch),
            periods_beside(item, Stretch.of(period)),
        )
    settled = settled_in(rows, wanted, summed=[item.code for item in scheme.items if item.kind == "flow"])
    attributes = [c.attribute(name) for name in columns.attributes.values()]
    own: tuple[str | nw.Expr, ...] = (
        *attributes,
        *(_as_stated(fetch, columns, period, dates) for fetch in stated),
        *_targets(columns),
        *columns.flags,
    )
    if alone:
        cells = Cells({(item, period): (f"cell|{item}",) for item, here in settled.items() if here})
        values = [nw.col(item).alias(column) for (item, _), (column,) in cells.values.items()]
        frame = rows.select(c.UNIT, c.NAME, c.GROUP, *own, *values)
    else:
        here = rows.filter(nw.col(PERIOD) == str(period)).select(c.UNIT, *own)
        everyone = rows.group_by(c.UNIT).agg(nw.col(c.NAME).max(), nw.col(c.GROUP).max())
        frame = everyone.join(here, on=c.UNIT, how="left")
        frame, cells = with_wide_cells(frame, rows, settled, only=None, named="frame")
    figures = {fetch: nw.col(_column(fetch)) for fetch in stated}
    for fetch, (item, stretch) in made.items():
        figure = figure_of(item, stretch, cells, of=Stretch.of(period), exact=fetch.exact)
        figures[fetch] = figure.value.alias(_column(fetch))
    return frame.select(
        *(c.UNIT, c.NAME, c.GROUP),
        *attributes,
        *(figures[fetch] for fetch in fetches),
        *(c.target(code) for code in columns.targets),
        *columns.flags,
    )


def _is_stated(fetch: Fetch, columns: FrameColumns, item: Item) -> bool:
    """Return whether the figure stands in a column of the round's own row."""
    return fetch in columns.words or (
        fetch in columns.items and (fetch.months_before > 0 or isinstance(item.source, FromUnits))
    )


def _as_stated(fetch: Fetch, columns: FrameColumns, period: Period, dates: frozenset[str]) -> nw.Expr:
    if fetch in columns.words:
        attribute, words = columns.words[fetch]
        return is_word(nw.col(c.attribute(attribute)), nw.String(), words).alias(_column(fetch))
    name = columns.items[fetch]
    value = nw.col(name)
    if name in dates:
        year = Stretch.of(period).before(fetch.months_before).year
        value = day_of_year(value, year=year, round_year=period.year)
    return value.alias(_column(fetch))


def _timed(item: Item, columns: FrameColumns, dates: frozenset[str]) -> Item:
    """Return `item` with the time rule for its figures in the frame: days of the year are numbers."""
    is_number = item.kind == "date" and columns.items[Fetch(item.code)] not in dates
    return replace(item, kind="rate") if is_number else item


def _targets(columns: FrameColumns) -> list[nw.Expr]:
    return [nw.col(name).alias(c.target(code)) for code, name in columns.targets.items()]


def _column(fetch: Fetch) -> str:
    return c.item(fetch.item, fetch.months_before)
