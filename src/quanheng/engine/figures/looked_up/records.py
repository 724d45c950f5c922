"""Items taken from ledgers: how many records of a unit meet a condition, and the sum or mean of a column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, assert_never

import narwhals as nw

from quanheng.engine.figures.looked_up.fetches import Fetch
from quanheng.engine.figures.looked_up.record_conditions import (
    Fields,
    RecordConditionError,
    Sort,
    meets,
    sorts_of,
)
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import polars_engine
from quanheng.engine.frame.holding import MANY
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.periods.stretch import Stretch
from quanheng.scheme.ledgers.statistics import Count, Mean, Sum
from quanheng.scheme.tree.scheme import FromLedger

_MILLION: Final = 1e6


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
    def flag(self) -> str | None:
        """The column that says where it does not apply: a mean of no records; None if it always does."""
        return f"{self.column}|none" if isinstance(self.source.statistic, Mean) else None


def with_records(
    frame: nw.LazyFrame[Any], ledgers: Mapping[str, nw.DataFrame[Any]], figures: Iterable[FromRecords]
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
        parts = {
            name: part
            for figure in figures_of_it
            for name, part in _parts(figure, Fields(sorts, figure.stretch))
        }
        # What each record adds is computed before the grouping: what several figures share, only once.
        own = (
            ledgers[ledger]
            .lazy()
            .select(nw.col(unit_column).alias(c.UNIT), *(part.alias(name) for name, part in parts.items()))
            .group_by(c.UNIT)
            .agg(*(nw.col(name).sum() for name in parts))
        )
        if len(ledgers[ledger]) > MANY:  # the sums are exact, whatever the order
            own = polars_engine(streaming=True).collect(own).lazy()
        wholes = (_whole(figure).alias(figure.column) for figure in figures_of_it)
        none = (
            (nw.col(_taken(figure)).fill_null(0) == 0).alias(flag)
            for figure in figures_of_it
            if (flag := figure.flag) is not None
        )
        frame = frame.join(own, on=c.UNIT, how="left").with_columns(*wholes, *none).drop(*parts)
    return frame


def taken(source: FromLedger, fields: Fields) -> nw.Expr:
    """Return whether a record is one that `source` counts, sums or averages; a record of no unit is not.

    Raises:
        RecordConditionError: the condition cannot be asked of the ledger.
    """
    of_a_unit = ~nw.col(source.unit_column).is_null()
    return of_a_unit if source.condition is None else of_a_unit & meets(source.condition.tree, fields)


def amount_of(source: FromLedger, sorts: Mapping[str, Sort]) -> nw.Expr:
    """Return what a record adds: 1 where records are counted, else the column, null where it is empty.

    Raises:
        RecordConditionError: the column is not there, or holds no numbers.
    """
    if source.statistic.counts:
        return nw.lit(1.0)
    column = source.column or ""
    match sorts.get(column):
        case "number":
            return nw.col(column).cast(nw.Float64())
        case "nothing":
            return nw.lit(None, dtype=nw.Float64())
        case _:
            raise RecordConditionError(
                Text(en=f"the column {column!r} does not hold numbers", zh=f"“{column}”列不是数字")
            )


def _parts(figure: FromRecords, fields: Fields) -> Iterator[tuple[str, nw.Expr]]:
    """Yield what each record adds to the sums that the figure is made of."""
    number = _names(figure)[0]
    counts = taken(figure.source, fields)
    match figure.source.statistic:
        case Count():
            yield number, counts.cast(nw.Int64())
        case Sum():
            yield from _amounts(figure, nw.when(counts).then(amount_of(figure.source, fields.sorts)))
        case Mean():
            added = nw.when(counts).then(amount_of(figure.source, fields.sorts))
            yield number, (~added.is_null()).cast(nw.Int64())
            yield _taken(figure), counts.cast(nw.Int64())
            yield from _amounts(figure, added)
        case _:
            assert_never(figure.source.statistic)


def _amounts(figure: FromRecords, added: nw.Expr) -> Iterator[tuple[str, nw.Expr]]:
    _, whole, millionths, rest = _names(figure)
    # Floats that are whole numbers add up exactly in any order. So every amount is cut into whole units,
    # millionths, and what is left of it (nothing, if it has six decimals) in millionths of these.
    units = added.round(0)
    small = ((added - units) * _MILLION).round(0)
    left = added - _millionth(units * _MILLION + small)
    yield whole, units
    yield millionths, small
    yield rest, (left * _MILLION * _MILLION).round(0)


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
        case Mean():
            return nw.when(records > 0.0).then(total / records)
        case _:
            assert_never(figure.source.statistic)


def _millionth(value: nw.Expr) -> nw.Expr:
    # by a column, not a constant: Polars multiplies by the reciprocal of a constant, which is not exact
    return value / (value * 0.0 + _MILLION)


def _taken(figure: FromRecords) -> str:
    """Return the column of how many records a mean is of, those with an empty cell too."""
    return f"{figure.column}|taken"


def _names(figure: FromRecords) -> tuple[str, str, str, str]:
    item = figure.column
    return f"{item}|number", f"{item}|whole", f"{item}|millionths", f"{item}|rest"
