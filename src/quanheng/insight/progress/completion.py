"""How far a target is reached: completion of what is due and of the year, gap, needed pace (progress §1).

All of it is arithmetic on rows with these columns:

    value      the measure from January to the month looked at; null where it is absent
    target     what is to be reached by the end of the year; null where there is none
    due        what of it is due by the end of that month; null where nothing is
    nature     accumulates, level or from_start (`scheme.pace.Nature`)
    direction  more or less
    months     how many months of the year are over, 1 to 12
"""

from __future__ import annotations

from typing import Final

import narwhals as nw

from quanheng.data.book.frames import Frame
from quanheng.periods.every import MONTHS_A_YEAR

VALUE: Final = "value"
TARGET: Final = "target"
DUE: Final = "due"
NATURE: Final = "nature"
DIRECTION: Final = "direction"
MONTHS: Final = "months"
COMPLETION: Final = "completion"
COMPLETION_YEAR: Final = "completion_year"
GAP: Final = "gap"
NEEDED: Final = "needed"


def with_completion(frame: Frame) -> Frame:
    """Add `completion` (of what is due), `completion_year`, `gap` and `needed` to rows as above.

    Examples:
        >>> import polars as pl
        >>> row = {"value": 45.0, "target": 100.0, "due": 50.0, "nature": "accumulates"}
        >>> frame = nw.from_native(pl.DataFrame([row | {"direction": "more", "months": 6}]))
        >>> with_completion(frame).select(COMPLETION, COMPLETION_YEAR, GAP, NEEDED).rows()
        [(0.9, 0.45, -5.0, 9.166666666666666)]
    """
    return frame.with_columns(
        completion_of_due().alias(COMPLETION),
        completion_of_year().alias(COMPLETION_YEAR),
        gap().alias(GAP),
        needed_pace().alias(NEEDED),
    )


def completion_of_due() -> nw.Expr:
    """Return 1 + s·(value − due) ÷ |due|, s being 1 where more is better and −1 where less is.

    Of nothing that is due, a value that is no worse than 0 is all (1), any other nothing (0).
    """
    value, due = nw.col(VALUE), nw.col(DUE)
    sign = nw.when(nw.col(DIRECTION) == "less").then(nw.lit(-1.0)).otherwise(nw.lit(1.0))
    nothing_due = due == 0.0
    size = nw.when(~nothing_due).then(due.abs())
    all_or_nothing = nw.when(sign * value >= 0.0).then(nw.lit(1.0)).otherwise(nw.lit(0.0))
    met = nw.when(~value.is_null()).then(all_or_nothing)
    # value ÷ due is the same for an amount that is due, and exact where the division is
    plain = (sign > 0.0) & (due > 0.0)
    slope = nw.when(plain).then(value / size).otherwise(1.0 + sign * (value - due) / size)
    return nw.when(nothing_due).then(met).otherwise(slope)


def completion_of_year() -> nw.Expr:
    """Return value ÷ target, of a target below 0 where more is better 2 − value ÷ target; null for 0.

    So a smaller loss than the one allowed is more than all of it, as the rule of targets has it.
    """
    target = nw.col(TARGET)
    part = nw.col(VALUE) / nw.when(target != 0.0).then(target)
    mirrored = (target < 0.0) & (nw.col(DIRECTION) != "less")
    return nw.when(mirrored).then(2.0 - part).otherwise(part)


def gap() -> nw.Expr:
    """Return value − due, in the unit of the measure: below 0 is short of it where more is better."""
    return nw.col(VALUE) - nw.col(DUE)


def needed_pace() -> nw.Expr:
    """Return what is left to the target: per month of the year that is left for what accumulates.

    For a level, and for a way from a start, the whole distance. Null in December for what accumulates.
    """
    left = nw.col(TARGET) - nw.col(VALUE)
    months = (MONTHS_A_YEAR - nw.col(MONTHS)).cast(nw.Float64())
    monthly = left / nw.when(months > 0.0).then(months)
    return nw.when(nw.col(NATURE) == "accumulates").then(monthly).otherwise(left)
