"""Arrays of replicates × units: what is absent is NaN, and what a frame computes is computed as it does.

An array may have one row, where all replicates have the same, or one column, where all units do. Sums are
added from left to right, and numbers are rounded by the expressions of the engine itself, so that a replicate
is a scoring with its settings at the nine decimals that are compared and written. (In the sixteenth digit the
plan of a scoring differs from itself: Polars multiplies with a reciprocal where a divisor is the same in all
rows.)
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Final, TypeAlias

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from quanheng.engine.frame.again.replays import Origin, replayed
from quanheng.engine.frame.comparing import POINTS_NOISE
from quanheng.engine.frame.rounding import half_up
from quanheng.engine.frame.tables import VALUE, lazy_column

Array: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]

HUNDREDTH: Final = 1.0 / 100.0
"""Polars divides by a constant by multiplying with its reciprocal."""


Elementwise: TypeAlias = Callable[[nw.Expr], nw.Expr]
"""What a column expression makes of a number; always the same object, so that it is translated once."""


def elementwise(values: Array, expression: Elementwise) -> Array:
    """Return what a column expression makes of each number; what is absent stays so.

    Examples:
        >>> elementwise(np.array([[2.675, np.nan]]), half_up_at(2)).tolist()
        [[2.68, nan]]
    """
    frame = lazy_column(np.ascontiguousarray(values).reshape(-1))
    made = replayed(
        frame, lambda rows: rows.select(expression(nw.col(VALUE))), Origin("elementwise", expression)
    )
    return np.asarray(made.collect()[VALUE].to_numpy(), dtype=np.float64).reshape(values.shape)


@functools.cache
def half_up_at(decimals: int) -> Elementwise:
    """Return the rounding half-up to `decimals`."""
    return lambda value: half_up(value, decimals)


@functools.cache
def power(exponent: float) -> Elementwise:
    """Return the power with this exponent."""
    return lambda value: value**exponent


def logarithm(value: nw.Expr) -> nw.Expr:
    """Return the natural logarithm."""
    return value.log()


def exponential(value: nw.Expr) -> nw.Expr:
    """Return the exponential."""
    return value.exp()


def rounded(values: Array, decimals: int | None) -> Array:
    """Return `values` rounded half-up to `decimals`, or as they are."""
    return values if decimals is None else elementwise(values, half_up_at(decimals))


def known(values: Array) -> Flags:
    """Return where there is a value."""
    return ~np.isnan(values)


def filled(values: Array) -> Array:
    """Return `values` with 0 where there is none."""
    return np.where(np.isnan(values), 0.0, values)


def is_zero(points: Array) -> Flags:
    """Return where points are 0; false where there are none."""
    return np.abs(points) <= POINTS_NOISE


def is_negative(points: Array) -> Flags:
    """Return where points are below 0; false where there are none."""
    return points < -POINTS_NOISE


def quotient(above: Array, below: Array, where: Flags | Any = True) -> Array:  # noqa: ANN401, FBT002  as numpy has it
    """Return above/below where it is asked for and below is not 0, NaN elsewhere."""
    shape = np.broadcast_shapes(above.shape, below.shape, np.shape(where))
    out = np.full(shape, np.nan)
    np.divide(above, below, out=out, where=np.broadcast_to(where & (below != 0.0), shape))
    return out
