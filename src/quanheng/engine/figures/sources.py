"""Which cells made the figures of a round: the lowest stage of the trace."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

import narwhals as nw
from narwhals.typing import FrameT

from quanheng.data.book.book import Book
from quanheng.data.book.frames import MISSING, VALUE
from quanheng.data.book.panels import Panel
from quanheng.engine.figures.cells import cells_known, in_periods
from quanheng.engine.figures.figure import figure_of_attribute
from quanheng.engine.figures.looked_up.fetches import fetches_by
from quanheng.engine.figures.looked_up.lookups import (
    FromAttribute,
    FromReports,
    FromSeries,
    Lookups,
    looked_up,
    lookups_of,
)
from quanheng.engine.figures.looked_up.record_conditions import Fields, sorts_of
from quanheng.engine.figures.looked_up.records import FromRecords, amount_of, taken
from quanheng.engine.figures.looked_up.times import Alternative, alternatives
from quanheng.engine.figures.reviews import in_each_review
from quanheng.engine.figures.series import periods_in
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.days import day_of_year
from quanheng.engine.frame.tables import small_table
from quanheng.periods.stretch import Stretch, stretch_of
from quanheng.scheme.formulas.own import formula_for
from quanheng.scheme.formulas.tree import Formula

UNITS_FILE: Final = "units"
"""What stands for the file where a figure is an attribute of the units."""
REVIEWS_FILE: Final = "reviews"
"""What stands for the file where a figure is of the reviews inside the round."""

_COLUMNS: Final = (c.UNIT, "item", "months_before", "value", "state", "period", "file", "sheet", "cell")
_FIGURE: Final = (c.UNIT, "item", "months_before")
_LESS_GOOD: Final = 1000
"""More alternatives than any figure has: those that a unit has not settled come after all that it has."""


def sources(book: Book, *, round: str | Stretch, units: Collection[str] | None = None) -> nw.DataFrame[Any]:  # noqa: A002  the word of the language
    """Return the cells from which the figures of `round` were made, for all units or only some.

    unit, item, months_before, value, state, period, file, sheet, cell; sorted. A figure that was summed has
    a row for each part, and one from a ledger a row for each record with what it adds. A figure that is
    missing shows the empty cells that were looked at, if there are any. An attribute of the units has the
    file `units` and its heading as the cell, a review the file `reviews`. Dates are days of the round's year.

    For a panel of millions of rows, name the units: their rows are turned long.

    Raises:
        DataError: `round` is no period, or the scheme looks back beyond the calendar.
        RecordConditionError: a condition cannot be asked of a ledger.
    """
    return next(sources_in_parts(book, round=round, parts=[units]))


def sources_in_parts(
    book: Book,
    *,
    round: str | Stretch,  # noqa: A002  the word of the language
    parts: Iterable[Collection[str] | None],
    in_order: bool = True,
) -> Iterator[nw.DataFrame[Any]]:
    """Yield `sources` of some units after others: what is looked at for all of them is found out once.

    Those who put them in an order of their own need not have them `in_order`.

    Raises:
        DataError: `round` is no period, or the scheme looks back beyond the calendar.
        RecordConditionError: a condition cannot be asked of a ledger.
    """
    lookups = lookups_of(book.scheme, stretch_of(round))
    groups = _alternatives(book, lookups)
    year = lookups.stretch.year
    for units in parts:
        found = [_of_reports(book, lookups, groups, units)]
        found.extend(_of_records(book, figure, units) for figure in lookups.records)
        found.extend(_of_attributes(book, figure, units, round_year=year) for figure in lookups.attributes)
        found.extend(rows for figure in lookups.series for rows in _of_series(book, figure, units))
        found.extend(rows for figure in lookups.reviews for rows in _of_reviews(book, figure, units))
        rows = nw.concat(found, how="vertical")
        yield rows.sort(*_FIGURE, "period", "file", "sheet", "cell") if in_order else rows


def _alternatives(book: Book, lookups: Lookups) -> Mapping[FromReports, tuple[Alternative, ...]]:
    """Return the periods that each reported figure may be made from, the best first."""
    cells = cells_known(book, lookups.periods)
    return {
        figure: alternatives(
            figure.item,
            figure.stretch,
            cells.reported(figure.item.code),
            exact=figure.fetch.exact,
            of=lookups.stretch,
        )
        for figure in lookups.reports
    }


def _of_reports(
    book: Book,
    lookups: Lookups,
    groups: Mapping[FromReports, tuple[Alternative, ...]],
    units: Collection[str] | None,
) -> nw.DataFrame[Any]:
    """Return the reported cells of the alternative that each unit's figure was made from."""
    looked_at = _table_of(
        ((figure.fetch.item, figure.fetch.months_before), found) for figure, found in groups.items()
    )
    candidates = (
        _reported(book, lookups, units).lazy().join(looked_at.lazy(), on=["item", "period"], how="inner")
    )
    missing = (nw.col("state") == MISSING).cast(nw.Int64())
    if any(len(alternative) > 1 for found in groups.values() for alternative in found):
        settled = (1 - missing).sum().over(*_FIGURE, "rank")
        missing = (settled < nw.col("size")).cast(nw.Int64())
    best = nw.col("order").min().over(*_FIGURE)
    rows = (
        candidates.with_columns((nw.col("rank") + _LESS_GOOD * missing).alias("order"))
        .filter(nw.col("order") == best)
        .select(*_COLUMNS)
        .collect()
    )
    for figure, found in groups.items():
        if figure.item.kind == "date":
            rows = rows.with_columns(_days(figure.item.code, found, round_year=lookups.stretch.year))
    return rows


def _table_of(groups: Iterable[tuple[tuple[str, int], tuple[Alternative, ...]]]) -> nw.DataFrame[Any]:
    """Return the periods that are looked at for each figure, with the rank and size of their alternative."""
    rows = [
        (item, str(period), months, rank, len(alternative))
        for (item, months), found in groups
        for rank, alternative in enumerate(found)
        for period in alternative
    ]
    names = ("item", "period", "months_before", "rank", "size")
    types = (nw.String(), nw.String(), nw.Int64(), nw.Int64(), nw.Int64())
    return small_table(
        {name: [row[number] for row in rows] for number, name in enumerate(names)},
        dict(zip(names, types, strict=True)),
    )


def _days(item: str, found: tuple[Alternative, ...], *, round_year: int) -> nw.Expr:
    value = nw.col("value")
    for period in {period for alternative in found for period in alternative}:
        here = (nw.col("item") == item) & (nw.col("period") == str(period))
        days = day_of_year(nw.col("value"), year=period.year, round_year=round_year)
        value = nw.when(here).then(days).otherwise(value)
    return value.alias("value")


def _reported(book: Book, lookups: Lookups, units: Collection[str] | None) -> nw.DataFrame[Any]:
    """Return the observations, and after them what only panels say, as one long table."""
    names = [name for name in _COLUMNS if name != "months_before"]
    wanted = nw.col("item").is_in(list(lookups.periods)) & in_periods(lookups.periods.values())
    reported = book.observations.lazy().filter(wanted)
    long = _only(reported, units).select(*names).collect()
    for panel in book.panels:
        more = _of_panel(panel, book, lookups, units)
        key = [c.UNIT, "item", "period"]
        known = long.filter(nw.col("state") != MISSING).select(*key)
        long = nw.concat([long, *(part.join(known, on=key, how="anti").select(*names) for part in more)])
    return long


def _of_panel(
    panel: Panel, book: Book, lookups: Lookups, units: Collection[str] | None
) -> Iterator[nw.DataFrame[Any]]:
    numbered = _only(nw.from_native(panel.frame.to_native().with_row_index("row", offset=1)), units)
    wanted = {
        item: {str(period) for period in lookups.periods[item]}
        for item in panel.items
        if item in lookups.periods
    }
    if not panel.has_period:
        numbered = numbered.with_columns(nw.lit(book.scheme.round).alias("period"))
    rows = numbered.select(c.UNIT, "period", "row", *wanted).collect()
    for item, periods in wanted.items():
        told = rows.filter(~nw.col(item).is_null() & nw.col("period").is_in(list(periods)))
        yield told.select(
            c.UNIT,
            "period",
            nw.lit(item).alias("item"),
            nw.col(item).alias("value"),
            nw.lit(VALUE).alias("state"),
            nw.lit(panel.file).alias("file"),
            nw.lit(None, dtype=nw.String()).alias("sheet"),
            nw.concat_str(nw.col("row").cast(nw.String()), nw.lit(f":{panel.headings[item]}")).alias("cell"),
        )


def _of_records(book: Book, figure: FromRecords, units: Collection[str] | None) -> nw.DataFrame[Any]:
    ledger = book.ledgers[figure.source.ledger]
    fields = Fields(sorts_of(ledger), figure.stretch, book.calendar)
    amount = amount_of(figure.source, fields)
    own = ledger.filter(taken(figure.source, fields)).select(
        nw.col(figure.source.unit_column).alias(c.UNIT),
        nw.lit(figure.fetch.item).alias("item"),
        nw.lit(figure.fetch.months_before, dtype=nw.Int64()).alias("months_before"),
        amount.alias("value"),
        nw.when(amount.is_null()).then(nw.lit(MISSING)).otherwise(nw.lit(VALUE)).alias("state"),
        nw.lit(str(figure.stretch)).alias("period"),
        nw.col("source_file").alias("file"),
        nw.col("source_sheet").alias("sheet"),
        nw.col("source_row").cast(nw.String()).alias("cell"),
    )
    return _only(own, units)


def _of_series(book: Book, figure: FromSeries, units: Collection[str] | None) -> Iterator[nw.DataFrame[Any]]:
    """Yield the cells that a figure over periods is made of, those of each period, each once."""
    found = []
    for period in periods_in(figure.series, figure.stretch):
        stretch = Stretch.of(period)
        tree = formula_for(Formula(figure.series.text, figure.series.of), stretch).tree
        own = looked_up(fetches_by(tree), book.scheme.items, stretch)
        found.append(_of_reports(book, own, _alternatives(book, own), units))
        found.extend(_of_records(book, each, units) for each in own.records)
    if found:
        yield (
            nw.concat(found, how="vertical")
            .with_columns(
                nw.lit(figure.fetch.item).alias("item"),
                nw.lit(figure.fetch.months_before, dtype=nw.Int64()).alias("months_before"),
            )
            .unique(maintain_order=True)
        )


def _of_reviews(book: Book, figure: FromSeries, units: Collection[str] | None) -> Iterator[nw.DataFrame[Any]]:
    """Yield what each review inside the round gives, with the review in the place of a cell."""
    rows = in_each_review(figure, book)
    if rows is None:
        return
    known = ~nw.col("value").is_null()
    yield _only(rows, units).select(
        c.UNIT,
        nw.lit(figure.fetch.item).alias("item"),
        nw.lit(figure.fetch.months_before, dtype=nw.Int64()).alias("months_before"),
        nw.col("value"),
        nw.when(known).then(nw.lit(VALUE)).otherwise(nw.lit(MISSING)).alias("state"),
        nw.col(c.ROUND).alias("period"),
        nw.lit(REVIEWS_FILE).alias("file"),
        nw.lit(None, dtype=nw.String()).alias("sheet"),
        nw.col(c.ROUND).alias("cell"),
    )


def _of_attributes(
    book: Book, figure: FromAttribute, units: Collection[str] | None, *, round_year: int
) -> nw.DataFrame[Any]:
    dtype = book.units.schema[figure.column]
    value = figure_of_attribute(figure.item, nw.col(figure.column), dtype, round_year=round_year)
    own = book.units.select(
        c.UNIT,
        nw.lit(figure.fetch.item).alias("item"),
        nw.lit(figure.fetch.months_before, dtype=nw.Int64()).alias("months_before"),
        value.alias("value"),
        nw.lit(VALUE).alias("state"),
        nw.lit("").alias("period"),
        nw.lit(UNITS_FILE).alias("file"),
        nw.lit(None, dtype=nw.String()).alias("sheet"),
        nw.lit(figure.column).alias("cell"),
    )
    return _only(own.filter(~nw.col("value").is_null()), units)


def _only(rows: FrameT, units: Collection[str] | None) -> FrameT:
    return rows if units is None else rows.filter(nw.col(c.UNIT).is_in(list(units)))
