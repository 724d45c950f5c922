"""A whole shared out among the units as their targets of the year (分解到单位), adding up exactly."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, TypeAlias, assert_never

import narwhals as nw
import numpy as np
import numpy.typing as npt

from quanheng.data.book.book import Book
from quanheng.data.book.frames import VALUE, Frame
from quanheng.engine.figures.values import check_values, values_of
from quanheng.engine.formulas.measures import value_measures
from quanheng.engine.frame import columns as c
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import Finding, Kind, require_no_errors
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.insight.findings import TOO_FINE, TOO_MANY_DIGITS
from quanheng.insight.targets.largest_remainder import MOST_STEPS, decimals_of, in_steps, split_by_remainder
from quanheng.periods.period import parse_period
from quanheng.periods.stretch import Stretch
from quanheng.scheme.tree.natures import nature_of
from quanheng.scheme.tree.scheme import Indicator

_TOLD: Final = 200
_Floats: TypeAlias = npt.NDArray[np.float64]


class Equally(Value):
    """Every unit gets the same."""


class ByLastYear(Value):
    """In proportion to the indicator's own value in the year before."""


class ByAttribute(Value):
    """In proportion to an attribute of the units, such as `land`."""

    column: str


Among: TypeAlias = Equally | ByLastYear | ByAttribute


class Whole(Value):
    """An amount for all units of the indicator's groups together, or only for those of `group`."""

    amount: float
    among: Among = Equally()
    group: str | None = None


def share_out(
    book: Book,
    indicator: Indicator,
    whole: Whole,
    *,
    year: int,
    decimals: int | None = None,
) -> Frame:
    """Return the targets of `year` of `indicator` that share out `whole`: columns as in `Book.targets`.

    Parts are rounded by largest remainder in steps of the last of `decimals` (by default those of the
    amount). They were read nowhere: `file` and `cell` are empty.

    Raises:
        FindingsError: a unit has nothing its part could follow from, or `whole` has more decimals.
        UsageError: there is no such attribute, no unit, or the indicator is a level, which has no parts.
    """
    if nature_of(indicator, book.scheme) == "level":
        raise UsageError(
            f"{indicator.code!r} is a level (a rate, a ratio): a whole of it cannot be shared out",
            f"“{indicator.code}”是比率类指标，无法把总量分解到单位",
        )
    groups = [code for code in indicator.groups if whole.group in (None, code)]
    units = book.units.filter(nw.col("group").is_in(groups))
    if not len(units):
        raise UsageError("there is no unit to share it among", "没有可分解到的单位")
    steps = decimals_of(np.array([whole.amount])) if decimals is None else decimals
    ticks, finer = in_steps(np.array([whole.amount]), steps)
    findings: list[Finding] = []
    facts = {"indicator": indicator.code, "unit": "*", "value": whole.amount, "decimals": steps}
    if abs(ticks[0]) >= MOST_STEPS:
        findings.append(TOO_MANY_DIGITS.at(**facts))
    elif finer[0]:
        findings.append(TOO_FINE.at(**facts))
    weights = _weights(book, indicator, units, whole.among, year)
    findings += _without_weight(units, weights, whole.among)
    require_no_errors(findings)
    parts = split_by_remainder(ticks, weights[None, :])[0] / 10**steps
    backend = nw.get_native_namespace(units)
    empty = {"floor": nw.Float64(), "stretch": nw.Float64(), "sheet": nw.String()}
    return (
        units.select(
            "unit",
            nw.lit(indicator.code).alias("indicator"),
            nw.lit(str(year)).alias("period"),
        )
        .with_columns(
            nw.new_series("target", parts, nw.Float64(), backend=backend),
            *(nw.lit(None, dtype=dtype).alias(name) for name, dtype in empty.items()),
            nw.lit(VALUE).alias("state"),
            nw.lit("").alias("file"),
            nw.lit("").alias("cell"),
        )
        .select(*book.targets.columns)
    )


def _weights(book: Book, indicator: Indicator, units: Frame, among: Among, year: int) -> _Floats:
    match among:
        case Equally():
            return np.ones(len(units))
        case ByAttribute(column=column):
            return _attribute(units, column)
        case ByLastYear():
            values = _values(book, indicator, str(year - 1))
            joined = units.select("unit").join(values, on="unit", how="left")
            order = units.select("unit").with_row_index("row")
            return _numbers(order.join(joined, on="unit", how="left").sort("row")["value"])
        case _:
            assert_never(among)


def _attribute(units: Frame, column: str) -> _Floats:
    attributes = [name for name in units.columns if name not in (c.UNIT, c.NAME, c.GROUP)]
    if column not in attributes or not units.schema[column].is_numeric():
        known = ", ".join(name for name in attributes if units.schema[name].is_numeric()) or "∅"
        raise UsageError(
            f"the units have no attribute {column!r} of numbers; there are: {known}",
            f"单位表没有数值属性“{column}”；可用的有：{known}",
        )
    return _numbers(units[column])


def _numbers(column: Any) -> _Floats:  # noqa: ANN401  a Narwhals series
    return np.asarray(column.cast(nw.Float64()).to_numpy(), dtype=np.float64)


def _values(book: Book, indicator: Indicator, period: str) -> Frame:
    """Return the value of the indicator (of `completion(x)` that of x) in `period`: unit, value.

    Raises:
        FindingsError: nothing is reported for the period, or a figure cannot be had from the book.
    """
    measures = value_measures([indicator])
    stretch = Stretch.of(parse_period(period))
    require_no_errors(check_values(book, measures, stretch))
    values = values_of(book, measures, {period: stretch})
    return values.select(c.UNIT, nw.col(c.measure(indicator.code)).alias("value"))


NOTHING_TO_SHARE_BY: Final = Kind(
    code="QH361",
    severity="error",
    en="{unit} has no {what} that a part of the whole could follow from",
    zh="{unit} 没有可据以分解的{what}",
    hint_en="fill it in, or share the whole otherwise (--among)",
    hint_zh="请补充该数据，或换一种分解方式（--among）",
)


def _without_weight(units: Frame, weights: _Floats, among: Among) -> Iterator[Finding]:
    match among:
        case Equally():
            return
        case ByLastYear():
            words = Text(en="value of the year before", zh="上年数")
        case ByAttribute(column=column):
            words = Text(en=f"number in {column!r}", zh=f"“{column}”数值")
        case _:
            assert_never(among)
    usable = np.isfinite(weights) & (weights >= 0)
    if not (weights[usable] > 0).any():  # nobody has anything: then everybody lacks it
        usable = np.zeros_like(usable)
    names = units["unit"].to_list()
    for at in np.flatnonzero(~usable)[:_TOLD].tolist():
        yield NOTHING_TO_SHARE_BY.at(unit=names[at], what=words)
