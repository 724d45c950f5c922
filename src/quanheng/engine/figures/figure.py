"""From cells to the figures of a round: each fetch's value, and whether it does not apply."""

from __future__ import annotations

import functools
import operator
from collections.abc import Sequence
from typing import Final

import narwhals as nw

from quanheng.engine.figures.cells import Cells
from quanheng.engine.figures.looked_up.times import Alternative, alternatives
from quanheng.engine.frame.comparing import settled_sum
from quanheng.engine.frame.days import day_of_calendar, day_of_year, days_in
from quanheng.findings.value import Value
from quanheng.periods.stretch import Stretch
from quanheng.scheme.items.item import FromUnits, Item


class Fetched(Value, kw_only=False):
    """A value, null where it is absent, and where it does not apply; a flag of None never holds."""

    value: nw.Expr
    flag: nw.Expr | None = None


NOTHING: Final = Fetched(nw.lit(None, dtype=nw.Float64()))
"""A figure that nobody has."""


def figure_of(item: Item, stretch: Stretch, cells: Cells, *, of: Stretch, exact: bool = False) -> Fetched:
    """Return the figure of `item` for `stretch` by the time rules of its kind.

    The sum over the first alternative that the unit has settled in full; where one of its cells does not
    apply, the figure does not apply. Without such an alternative it is missing. A date becomes the day of
    the year, moved into that of the round `of` (time §3). With `exact` only what ends with `stretch` counts.
    """
    figure = NOTHING
    reported = cells.reported(item.code)
    for alternative in reversed(alternatives(item, stretch, reported, exact=exact, of=of)):
        figure = or_else(sum_of(item, alternative, cells, of.year), figure)
    return figure


def figure_of_attribute(item: Item, column: nw.Expr, dtype: nw.dtypes.DType, *, round_year: int) -> nw.Expr:
    """Return the figure of `item` that is an attribute of the units, held by a `column` of `dtype`.

    Texts have no figure, but whether one is a word of the item is 1 or 0. A date is the day of the round's
    year if the item is a date, else it counts in days.
    """
    if isinstance(item.source, FromUnits) and item.source.words:
        return is_word(column, dtype, item.source.words)
    if dtype in (nw.Date, nw.Datetime):
        return day_of_calendar(column, round_year=round_year) if item.kind == "date" else days_in(column)
    return nw.lit(None, dtype=nw.Float64()) if dtype == nw.String else column.cast(nw.Float64())


def is_word(column: nw.Expr, dtype: nw.dtypes.DType, words: Sequence[str]) -> nw.Expr:
    """Return 1 where a text column is one of `words`, letter by letter, 0 where it is another, else null."""
    if dtype != nw.String:
        return nw.lit(None, dtype=nw.Float64())
    one_of = functools.reduce(operator.or_, [column == nw.lit(word) for word in words])
    return nw.when(one_of).then(1.0).otherwise(nw.when(~column.is_null()).then(0.0))


def periods_used(item: Item, stretch: Stretch, cells: Cells) -> nw.Expr | None:
    """Return which period the figure is of, as text: null where it is absent.

    None where every unit's figure ends on the same day, or is a sum over several periods.
    """
    found = [group[0] for group in alternatives(item, stretch, cells.reported(item.code))]
    if item.kind == "flow" or len({period.end for period in found}) <= 1:
        return None
    used = nw.lit(None, dtype=nw.String())
    for period in reversed(found):
        cell = (item.code, period)
        flag = cells.flag(cell)
        used = nw.when(~cells.value(cell).is_null()).then(nw.lit(str(period))).otherwise(used)
        if flag is not None:
            used = nw.when(~flag).then(used)
    return used


def sum_of(item: Item, alternative: Alternative, cells: Cells, round_year: int) -> Fetched:
    """Return the sum over the periods of `alternative`, none where one of them does not apply."""
    parts = [(item.code, period) for period in alternative]
    values = [cells.value(part) for part in parts]
    if item.kind == "date":
        values = [
            day_of_year(value, year=period.year, round_year=round_year)
            for value, period in zip(values, alternative, strict=True)
        ]
    flags = [cells.flag(part) for part in parts]
    total = settled_sum(values) if len(values) > 1 else values[0]
    known = [flag for flag in flags if flag is not None]
    if not known:
        return Fetched(total)
    all_settled = (settled(value, flag) for value, flag in zip(values, flags, strict=True))
    return Fetched(
        total, functools.reduce(operator.or_, known) & functools.reduce(operator.and_, all_settled)
    )


def or_else(first: Fetched, second: Fetched) -> Fetched:
    """Return `first` where it is settled, else `second`."""
    if first.flag is None and second.flag is None:
        return Fetched(nw.coalesce(first.value, second.value))
    has_value = ~first.value.is_null()
    otherwise = nw.lit(value=False) if second.flag is None else second.flag
    if first.flag is None:
        return Fetched(nw.coalesce(first.value, second.value), ~has_value & otherwise)
    return Fetched(
        nw.when(~first.flag).then(nw.coalesce(first.value, second.value)),
        first.flag | (~has_value & otherwise),
    )


def settled(value: nw.Expr, flag: nw.Expr | None) -> nw.Expr:
    """Return where there is a value, or a flag that says that none applies."""
    return ~value.is_null() if flag is None else ~value.is_null() | flag
