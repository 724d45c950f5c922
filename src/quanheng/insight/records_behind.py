"""What stands behind an indicator of a unit: each figure of its measure down to its records or cells."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, assert_never

import narwhals as nw

from quanheng.data.book.book import Book
from quanheng.engine.figures.for_round import scheme_for
from quanheng.engine.figures.looked_up.fetches import fetches_in
from quanheng.engine.figures.looked_up.lookups import lookups_of
from quanheng.engine.figures.looked_up.record_conditions import Fields, sorts_of
from quanheng.engine.figures.looked_up.records import FromRecords, amount_of, counted_of, taken, with_records
from quanheng.engine.figures.sources import sources
from quanheng.engine.frame import columns as c
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.periods.period import parse_period
from quanheng.periods.stretch import Stretch
from quanheng.scheme.formulas.worded.wording import formula_in_words
from quanheng.scheme.items.item import FromLedger, FromPeriods, FromUnits, Item, Reported, Source
from quanheng.scheme.tree.names import names_of
from quanheng.scheme.tree.scheme import Indicator

ADDS = "adds"
"""The column with what a record adds: 1 where it is counted; null where a statistic leaves it out."""


class FigureBehind(Value):
    """A figure of a measure: `value` is None where it is missing.

    From a ledger: `ledger` and `condition` say which records, `amount` by which formula; `records` are
    those of the unit under the ledger's own columns, with `adds` and the source columns; the value is the
    statistic of these. Else `cells` has the reported cells: value, state, period, file, sheet, cell.
    """

    item: str
    name: Text
    months_before: int
    period: str
    source: Source
    value: float | None
    ledger: str | None = None
    amount: str | None = None
    ledger_name: Text = Text()
    condition: str | None = None
    records: nw.DataFrame[Any] | None = None
    cells: nw.DataFrame[Any] | None = None

    @property
    def how(self) -> str:
        """How it comes about: `count`, `sum` or another statistic, `reported`, `attribute`, `periods`."""
        match self.source:
            case FromLedger(statistic=statistic):
                return statistic.name
            case FromUnits():
                return "attribute"
            case FromPeriods():
                return "periods"
            case Reported():
                return "reported"
            case _:
                assert_never(self.source)


class Behind(Value):
    """The figures behind an indicator of a unit in a round, each once, in the order of the measure.

    `measure` is the indicator's formula; in Chinese with names for codes.
    """

    unit: str
    unit_name: str
    indicator: Indicator
    measure: Text
    round: str
    figures: tuple[FigureBehind, ...]


def records_behind(book: Book, unit: str, indicator: Indicator, *, round: str) -> Behind:  # noqa: A002 - the word of the language
    """Return what stands behind `indicator` for the unit with the code `unit` in `round`.

    Raises:
        DataError: `round` is no period.
        RecordConditionError: a condition cannot be asked of a ledger.
    """
    stretch = Stretch.of(parse_period(round))
    scheme = scheme_for(book.scheme, stretch)
    lookups = lookups_of(scheme, stretch)
    items = {item.code: item for item in book.scheme.items}
    of_ledgers = {figure.fetch: figure for figure in lookups.records}
    cells = sources(book, round=round, units=[unit])
    figures = []
    asked = next((each for each in scheme.indicators if each.code == indicator.code), indicator)
    for fetch in fetches_in(asked):
        if fetch in of_ledgers:
            figures.append(_of_ledger(book, unit, items[fetch.item], of_ledgers[fetch]))
        elif fetch.item in items:
            period = str(stretch.before(fetch.months_before))
            own = cells.filter(
                (nw.col("item") == fetch.item) & (nw.col("months_before") == fetch.months_before)
            )
            figures.append(_of_cells(items[fetch.item], fetch.months_before, period, own))
    (name,) = book.units.filter(nw.col("unit") == unit)["name"].to_list()
    formula = indicator.measure.text
    return Behind(
        unit=unit,
        unit_name=str(name),
        indicator=indicator,
        measure=Text(en=formula, zh=formula_in_words(formula, names_of(book.scheme).items)),
        round=round,
        figures=tuple(figures),
    )


def _of_ledger(book: Book, unit: str, item: Item, figure: FromRecords) -> FigureBehind:
    source = figure.source
    ledger = book.ledgers[source.ledger]
    fields = Fields(sorts_of(ledger), figure.stretch, book.calendar)
    own = ledger.filter(taken(source, fields) & (nw.col(source.unit_column) == unit))
    own = own.with_columns(amount_of(source, fields).alias(ADDS))
    counted = counted_of(source, nw.col(ADDS), source.unit_column)
    own = own.with_columns(nw.when(counted).then(nw.col(ADDS)).alias(ADDS))
    return FigureBehind(
        item=item.code,
        name=item.name,
        months_before=figure.fetch.months_before,
        period=str(figure.stretch),
        source=source,
        value=_value(book, unit, figure),
        ledger=source.ledger,
        amount=None if source.amount is None else source.amount.text,
        ledger_name=next((each.name for each in book.scheme.ledgers if each.code == source.ledger), Text()),
        condition=None if source.condition is None else source.condition.text,
        records=own,
    )


def _value(book: Book, unit: str, figure: FromRecords) -> float | None:
    """Return the figure as it is scored."""
    alone = book.units.filter(nw.col("unit") == unit).select(nw.col("unit").alias(c.UNIT))
    value: float | None = (
        with_records(alone.lazy(), book.ledgers, [figure], book.calendar).collect()[figure.column].item()
    )
    return value


def _of_cells(item: Item, months_before: int, period: str, own: nw.DataFrame[Any]) -> FigureBehind:
    told = [value for value in own["value"].to_list() if value is not None]
    over_periods = isinstance(item.source, FromPeriods)
    total = sum((Decimal(repr(number)) for number in told), Decimal(0))
    return FigureBehind(
        item=item.code,
        name=item.name,
        months_before=months_before,
        period=period,
        source=item.source,
        # what is made of several periods is no sum of their cells
        value=float(total) if told and len(told) == len(own) and not over_periods else None,
        cells=own.select("value", "state", "period", "file", "sheet", "cell"),
    )
