"""Items taken from ledgers: how many records of a unit meet a condition, and statistics of their numbers.

What a figure is made of is computed for each record first, be it a column or a formula over columns.
Then each ledger is grouped once. A median and a trimmed mean are means of some of the records of a unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, Literal, TypeAlias, assert_never

import narwhals as nw

from quanheng.engine.figures.looked_up.fetches import Fetch
from quanheng.engine.figures.looked_up.readings import enough_of, is_known, is_within, moment_of
from quanheng.engine.figures.looked_up.record_conditions import Fields, meets, sorts_of, value_of
from quanheng.engine.figures.looked_up.record_terms import RecordConditionError, Term
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import polars_engine
from quanheng.engine.frame.holding import MANY
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.periods.calendar import Calendar
from quanheng.periods.stretch import Stretch
from quanheng.scheme.items.item import FromLedger
from quanheng.scheme.ledgers.statistics import (
    Count,
    Distinct,
    Greatest,
    Last,
    Least,
    Mean,
    Median,
    Percentile,
    Sum,
    TrimmedMean,
)

_MILLION: Final = 1e6
_Together: TypeAlias = Literal["sum", "max", "min", "n_unique"]
"""How what records add is taken together."""
_Part: TypeAlias = tuple[nw.Expr, _Together]


class FromRecords(Value, kw_only=False):
    """A figure taken from records: which, from what, and for which months; `named` is a column of its own."""

    fetch: Fetch
    source: FromLedger
    stretch: Stretch
    named: str | None = None

    @property
    def column(self) -> str:
        """The column it becomes."""
        return self.named or c.item(self.fetch.item, self.fetch.months_before)

    @property
    def there(self) -> str:
        """The column of how many readings there are, while a figure of readings is made."""
        return f"{self.column}|there"

    @property
    def flag(self) -> str | None:
        """The column that says where it does not apply: a mean of no records; None if it always does."""
        return None if self.source.statistic.of_none else f"{self.column}|none"


def with_records(
    frame: nw.LazyFrame[Any],
    ledgers: Mapping[str, nw.DataFrame[Any]],
    figures: Iterable[FromRecords],
    calendar: Calendar | None = None,
) -> nw.LazyFrame[Any]:
    """Join to `frame`, one row a unit, the columns of `figures`.

    Each ledger is grouped once, whatever months are looked at. A unit without a record that meets the
    condition counts 0 and sums to 0; its mean does not apply, and a column beside it says so. Sums are those
    of the decimals as written (0.1 + 0.2 is 0.3) and do not depend on the order of the records. An empty
    cell in that column adds nothing.

    Raises:
        RecordConditionError: a condition cannot be asked of the ledger, or a column is no number.
    """
    together: dict[tuple[str, str], list[FromRecords]] = {}
    for figure in figures:
        together.setdefault((figure.source.ledger, figure.source.unit_column), []).append(figure)
    for (ledger, unit_column), figures_of_it in together.items():
        sorts = sorts_of(ledgers[ledger])
        fields = {figure.column: Fields(sorts, figure.stretch, calendar) for figure in figures_of_it}
        rows = _with_middles(ledgers[ledger].lazy(), figures_of_it, fields)
        parts = {
            name: part for figure in figures_of_it for name, part in _parts(figure, fields[figure.column])
        }
        for figure in figures_of_it:
            if figure.source.readings is not None:
                known = is_known(figure.source, fields[figure.column])
                parts[figure.there] = (known.cast(nw.Int64()), "sum")
        # What each record adds is computed before the grouping: what several figures share, only once.
        own = (
            rows.select(
                nw.col(unit_column).alias(c.UNIT), *(each.alias(name) for name, (each, _) in parts.items())
            )
            .group_by(c.UNIT)
            .agg(*(_together(nw.col(name), how) for name, (_, how) in parts.items()))
        )
        if len(ledgers[ledger]) > MANY:  # the sums are exact, whatever the order
            own = polars_engine(streaming=True).collect(own).lazy()
        enough = {each.column: enough_of(each.source, each.stretch, each.there) for each in figures_of_it}
        wholes = (
            nw.when(enough[figure.column]).then(_whole(figure)).alias(figure.column)
            for figure in figures_of_it
        )
        none = (
            (enough[figure.column] & (nw.col(_taken(figure)).fill_null(0) == 0)).alias(flag)
            for figure in figures_of_it
            if (flag := figure.flag) is not None
        )
        frame = frame.join(own, on=c.UNIT, how="left").with_columns(*wholes, *none).drop(*parts)
    return frame


def taken(source: FromLedger, fields: Fields) -> nw.Expr:
    """Return whether a record is one that `source` counts, sums or averages; a record of no unit is not.

    Of readings those of the period alone are.

    Raises:
        RecordConditionError: the condition cannot be asked of the ledger.
    """
    of_a_unit = ~nw.col(source.unit_column).is_null()
    if source.readings is not None:
        of_a_unit &= is_within(fields.stretch)
    return of_a_unit if source.condition is None else of_a_unit & meets(source.condition.tree, fields)


def amount_of(source: FromLedger, fields: Fields) -> nw.Expr:
    """Return what a record adds: 1 where it is counted, else its number, null where that is empty.

    Raises:
        RecordConditionError: the column is not there, or what is taken is no number.
    """
    match source.statistic.looks_at:
        case "records":
            return nw.lit(1.0)
        case "values":
            return nw.when(~fields.term(source.column or "").value.is_null()).then(nw.lit(1.0))
        case "numbers":
            return _number_of(source, fields).value
        case _:
            assert_never(source.statistic.looks_at)


def undefined_of(source: FromLedger, fields: Fields) -> nw.Expr | None:
    """Return whether what a record would add is undefined, such as a division by 0; None if it never is.

    Raises:
        RecordConditionError: as `amount_of`.
    """
    return _number_of(source, fields).undefined if source.statistic.looks_at == "numbers" else None


def counted_of(source: FromLedger, amount: nw.Expr, unit: str) -> nw.Expr:
    """Return whether a record is one of those that a median or trimmed mean of its unit is the mean of.

    `amount` is what it would add, null where it adds nothing; `unit` the column of units. Of other statistics
    every record is.
    """
    match source.statistic:
        case TrimmedMean(records=records, share=share):
            there = (~amount.is_null()).cast(nw.Int64()).sum().over(unit).cast(nw.Float64())
            out = (there * share + _LEAST_PART).floor() if share else nw.lit(float(records))
            rank = amount.rank("ordinal").over(unit).cast(nw.Float64())
            return (rank > out) & (rank <= there - out)
        case Median():
            there = (~amount.is_null()).cast(nw.Int64()).sum().over(unit).cast(nw.Float64())
            rank = amount.rank("ordinal").over(unit).cast(nw.Float64())
            return (rank * 2.0 >= there) & (rank * 2.0 <= there + 2.0)
        case Percentile(at=at):
            return (_off(amount, at, unit) < 1.0).fill_null(value=False)
        case Last():
            moment = nw.when(~amount.is_null()).then(moment_of(source))
            return (moment == moment.max().over(unit)).fill_null(value=False)
        case _:
            return ~amount.is_null()


def _off(amount: nw.Expr, at: float, unit: str) -> nw.Expr:
    """Return how far a record stands, in the order of its unit's, from the place 1 + (n - 1) * at."""
    there = (~amount.is_null()).cast(nw.Int64()).sum().over(unit).cast(nw.Float64())
    rank = amount.rank("ordinal").over(unit).cast(nw.Float64())
    place = ((there - 1.0) * at * _MILLION).round(0) / _MILLION + 1.0
    return (rank - place).abs()


def _weighed(figure: FromRecords) -> nw.Expr:
    """Return what a record adds to the numbers that a mean is of; in a percentile by how near it stands."""
    statistic, kept = figure.source.statistic, nw.col(f"{_middle(figure)} kept")
    if not isinstance(statistic, Percentile):
        return kept
    off = _off(nw.col(_middle(figure)), statistic.at, figure.source.unit_column)
    # of two neighbours that are as one, each adds twice its part of the mean
    return nw.when(off > 0.0).then(kept * (1.0 - off) * 2.0).otherwise(kept)


_OF_ORDER: Final = (Last, Median, Percentile, TrimmedMean)
_LEAST_PART: Final = 1e-9
"""So much less than a whole number is one: 29 % of 100 records are 29."""


def _number_of(source: FromLedger, fields: Fields) -> Term:
    """Return the number of a record: that in the column, else what the formula gives."""
    column = source.column or ""
    if source.amount is not None and column not in fields.sorts:
        return value_of(source.amount.tree, fields)
    match fields.sorts.get(column):
        case "number":
            return Term("number", nw.col(column).cast(nw.Float64()))
        case "nothing":
            return Term("number", nw.lit(None, dtype=nw.Float64()))
        case _:
            raise RecordConditionError(
                Text(en=f"the column {column!r} does not hold numbers", zh=f"“{column}”列不是数字")
            )


def _with_middles(
    rows: nw.LazyFrame[Any], figures: Iterable[FromRecords], fields: Mapping[str, Fields]
) -> nw.LazyFrame[Any]:
    """Return `rows` with what they add to medians and trimmed means, null for those in no middle."""
    ranked = [figure for figure in figures if isinstance(figure.source.statistic, _OF_ORDER)]
    if not ranked:
        return rows
    values = [
        nw.when(taken(figure.source, fields[figure.column]))
        .then(amount_of(figure.source, fields[figure.column]))
        .alias(_middle(figure))
        for figure in ranked
    ]
    middles = [
        nw.when(counted_of(figure.source, nw.col(_middle(figure)), figure.source.unit_column)).then(
            nw.col(_middle(figure))
        )
        for figure in ranked
    ]
    return (
        rows.with_columns(*values)
        .with_columns(
            middle.alias(f"{_middle(figure)} kept") for figure, middle in zip(ranked, middles, strict=True)
        )
        .with_columns(_weighed(figure).alias(f"{_middle(figure)} kept") for figure in ranked)
    )


def _parts(figure: FromRecords, fields: Fields) -> Iterator[tuple[str, _Part]]:
    """Yield what each record adds to what the figure is made of."""
    number, *_ = _names(figure)
    counts = taken(figure.source, fields)
    statistic = figure.source.statistic
    match statistic:
        case Count():
            yield number, (counts.cast(nw.Int64()), "sum")
        case Sum():
            yield from _amounts(figure, nw.when(counts).then(amount_of(figure.source, fields)))
        case Mean() | Median() | Percentile() | TrimmedMean() | Last():
            added: nw.Expr = nw.col(f"{_middle(figure)} kept")
            if isinstance(statistic, Mean):
                added = nw.when(counts).then(amount_of(figure.source, fields))
            yield number, ((~added.is_null()).cast(nw.Int64()), "sum")
            yield _taken(figure), (counts.cast(nw.Int64()), "sum")
            yield from _amounts(figure, added)
        case Greatest() | Least():
            how: _Together = "max" if isinstance(statistic, Greatest) else "min"
            yield number, (nw.when(counts).then(amount_of(figure.source, fields)), how)
            yield _taken(figure), (counts.cast(nw.Int64()), "sum")
        case Distinct():
            value = nw.when(counts).then(fields.term(figure.source.column or "").value)
            yield number, (value, "n_unique")
            yield _taken(figure), (value.is_null().cast(nw.Int64()), "max")
        case _:
            assert_never(statistic)


def _together(column: nw.Expr, how: _Together) -> nw.Expr:
    match how:
        case "sum":
            return column.sum()
        case "max":
            return column.max()
        case "min":
            return column.min()
        case "n_unique":
            return column.n_unique()
        case _:
            assert_never(how)


def _amounts(figure: FromRecords, added: nw.Expr) -> Iterator[tuple[str, _Part]]:
    _, whole, millionths, rest = _names(figure)
    # Floats that are whole numbers add up exactly in any order. So every amount is cut into whole units,
    # millionths, and what is left of it (nothing, if it has six decimals) in millionths of these.
    units = added.round(0)
    small = ((added - units) * _MILLION).round(0)
    left = added - _millionth(units * _MILLION + small)
    yield whole, (units, "sum")
    yield millionths, (small, "sum")
    yield rest, ((left * _MILLION * _MILLION).round(0), "sum")


def _whole(figure: FromRecords) -> nw.Expr:
    number, whole, millionths, rest = _names(figure)
    records = nw.col(number).cast(nw.Float64())
    total = _millionth(nw.col(whole) * _MILLION + nw.col(millionths))
    total = total + _millionth(_millionth(nw.col(rest)))
    match figure.source.statistic:
        case Count():
            return records.fill_null(0.0)
        case Sum():
            return total.fill_null(0.0)
        case Mean() | Median() | Percentile() | TrimmedMean() | Last():
            return nw.when(records > 0.0).then(total / records)
        case Greatest() | Least():
            return records
        case Distinct():
            return (records - nw.col(_taken(figure)).cast(nw.Float64())).fill_null(0.0)
        case _:
            assert_never(figure.source.statistic)


def _millionth(value: nw.Expr) -> nw.Expr:
    # by a column, not a constant: Polars multiplies by the reciprocal of a constant, which is not exact
    return value / (value * 0.0 + _MILLION)


def _taken(figure: FromRecords) -> str:
    """Return the column of how many records a mean is of, those with an empty cell too.

    Of different values it says whether empty is one of them, which does not count.
    """
    return f"{figure.column}|taken"


def _middle(figure: FromRecords) -> str:
    return f"{figure.column}|middle"


def _names(figure: FromRecords) -> tuple[str, str, str, str]:
    item = figure.column
    return f"{item}|number", f"{item}|whole", f"{item}|millionths", f"{item}|rest"
