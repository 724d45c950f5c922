"""How any two values are compared, and what makes equal on paper equal here (comparing §1-§3).

A float holds 0.1 + 0.2 as 0.30000000000000004: what a person adds up to one decimal differs in its last
digits, and an order made of such noise could not be defended. So what is computed is settled at 15
significant digits, those that a float holds of any decimal; and whatever is compared is equal within 10⁻¹²
of its size.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Collection, Sequence
from typing import Final, Literal, TypeAlias, assert_never

import narwhals as nw

from quanheng.engine.frame.sums import greatest

SLACK: Final = 1e-12
"""The part of the size of both sides within which two values are equal."""
SETTLED_DIGITS: Final = 15
ORDERED_DIGITS: Final = 12
POINTS_NOISE: Final = 0.5e-9
"""Points are compared at nine decimals: what lies nearer to each other, or to 0, is equal."""
Sign: TypeAlias = Literal["==", "!=", "<", "<=", ">", ">="]

_LOG_10: Final = 2.302585092994046
_LEAST: Final = 1e-280
"""Smaller sizes are taken as this one: their powers of ten would overflow."""


def settled(value: nw.Expr, *, size: nw.Expr | None = None) -> nw.Expr:
    """Return `value` at 15 significant digits of `size`, the greatest of what it was added up from.

    By default its own size. A sum of decimals is the decimal that it is on paper. Null stays null; what is no
    finite number becomes NaN. Never -0.

    Examples:
        >>> import polars as pl
        >>> frame = nw.from_native(pl.DataFrame({"a": [0.1, 106.3, 5.0], "b": [0.2, -106.0, -5.0]}))
        >>> total, size = nw.col("a") + nw.col("b"), nw.max_horizontal(nw.col("a").abs(), nw.col("b").abs())
        >>> frame.select(settled(total, size=size).alias("sum"))["sum"].to_list()
        [0.3, 0.3, 0.0]
    """
    return _at_digits(value, SETTLED_DIGITS, value.abs() if size is None else size)


def settled_sum(values: Sequence[nw.Expr]) -> nw.Expr:
    """Return the sum of `values`, null where one is absent, settled at the digits of the greatest of them.

    Examples:
        >>> import polars as pl
        >>> frame = nw.from_native(pl.DataFrame({"a": [1.1, None], "b": [2.2, 1.0]}))
        >>> frame.select(settled_sum([nw.col("a"), nw.col("b")]).alias("sum"))["sum"].to_list()
        [3.3, None]
    """
    total = functools.reduce(operator.add, values)
    return settled(total, size=greatest([value.abs() for value in values]))


def settled_difference(left: nw.Expr, right: nw.Expr) -> nw.Expr:
    """Return `left` less `right`, settled at the digits of the greater of them.

    Examples:
        >>> import polars as pl
        >>> frame = nw.from_native(pl.DataFrame({"x": [106.345]}))
        >>> frame.select(settled_difference(nw.col("x"), nw.lit(106.0)).alias("x"))["x"].to_list()
        [0.345]
    """
    return settled_sum([left, -right])


def settled_total(values: nw.Expr, *, over: Sequence[str] = ()) -> nw.Expr:
    """Return the sum of a column, in each pool of `over` if there is any, settled at the sum of the sizes.

    What adds up to 0 on paper is 0: a share of it, or a ratio to it, would say something of nothing.

    Examples:
        >>> import polars as pl
        >>> frame = nw.from_native(pl.DataFrame({"x": [0.1, 0.2, -0.3]}))
        >>> frame.select(settled_total(nw.col("x")).alias("sum"))["sum"].to_list()
        [0.0]
    """
    return settled(_pooled(values.sum(), over), size=_pooled(values.abs().sum(), over))


def settled_mean(values: nw.Expr, *, over: Sequence[str] = ()) -> nw.Expr:
    """Return the mean of a column, in each pool of `over` if there is any, settled at the mean of the sizes.

    Examples:
        >>> import polars as pl
        >>> frame = nw.from_native(pl.DataFrame({"x": [0.1, 0.2, -0.3, None]}))
        >>> frame.select(settled_mean(nw.col("x")).alias("mean"))["mean"].to_list()
        [0.0]
    """
    return settled(_pooled(values.mean(), over), size=_pooled(values.abs().mean(), over))


def _pooled(aggregate: nw.Expr, over: Sequence[str]) -> nw.Expr:
    return aggregate.over(*over) if over else aggregate


def ordering(value: nw.Expr) -> nw.Expr:
    """Return `value` at 12 significant digits, for what puts computed values in order.

    Two quotients that are equal on paper (0.3/0.1 and 3/1) differ in the last digit.
    """
    return _at_digits(value, ORDERED_DIGITS, value.abs())


def compared(sign: Sign, left: nw.Expr, right: nw.Expr) -> nw.Expr:
    """Return whether `left sign right` holds of two numbers, equal within 10⁻¹² of their size.

    Examples:
        >>> import polars as pl
        >>> frame = nw.from_native(pl.DataFrame({"x": [0.1 + 0.2, 0.3, 0.31]}))
        >>> frame.select(compared("<=", nw.col("x"), nw.lit(0.3)).alias("met"))["met"].to_list()
        [True, True, False]
    """
    slack = SLACK * (left.abs() + right.abs())
    distance = left - right
    match sign:
        case "==":
            return distance.abs() <= slack
        case "!=":
            return distance.abs() > slack
        case "<":
            return distance < -slack
        case "<=":
            return distance <= slack
        case ">":
            return distance > slack
        case ">=":
            return distance >= -slack
        case _:
            assert_never(sign)


def is_one_of(column: nw.Expr, texts: Collection[str]) -> nw.Expr:
    """Return whether the text in `column` is one of `texts`; null where there is none.

    Examples:
        >>> import polars as pl
        >>> frame = nw.from_native(pl.DataFrame({"group": ["towns", "parks", None]}))
        >>> frame.select(is_one_of(nw.col("group"), ["towns"]))["group"].to_list()
        [True, False, None]
    """
    if not 0 < len(texts) <= _FEW:
        return column.is_in(list(texts))
    return functools.reduce(operator.or_, [column == text for text in texts])


_FEW: Final = 3
"""So many are compared one by one: Polars looks a text up five times as long as it compares two."""


def alike(left: float, right: float) -> bool:
    """Return whether two numbers are equal by the same rule.

    Examples:
        >>> alike(0.1 + 0.2, 0.3), alike(0.3, 0.300000001)
        (True, False)
    """
    return abs(left - right) <= SLACK * (abs(left) + abs(right))


def same_points(left: float, right: float) -> bool:
    """Return whether two points are equal at the nine decimals to which they are known (rounding §3).

    Examples:
        >>> same_points(100 / 3, 33.333333333333336), same_points(33.3333, 33.3334)
        (True, False)
    """
    return abs(left - right) <= POINTS_NOISE


def _at_digits(value: nw.Expr, digits: int, size: nw.Expr) -> nw.Expr:
    exponent = (digits - 1) - (size.clip(lower_bound=_LEAST).log() / _LOG_10).floor()
    factor = nw.lit(10.0) ** exponent
    return (value * factor).round(0) / factor + 0.0
