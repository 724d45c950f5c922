"""What a cell means: a number, nothing (missing), or that it does not apply (absence §1).

    1234.5  1,234.5  １２３４．５  1 234.5  +3    numbers
    6.1%  ６．１％          per cent: 6.1 where the item is measured in %, else 0.061
    0.30000000000000004     0.3: more than 15 significant digits are read at 15, half up
    (empty, blanks)         missing
    /  n/a  不适用  —  -  --   not applicable

Anything else where a number belongs is a finding, and so is a number beyond their range (numbers §1);
nothing is guessed. All of it runs as Polars expressions:
most cells of a big table are plain numbers and are cast at once, only the different texts that are left are
looked at closely.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from quanheng.data.telling.half_width import half_width
from quanheng.scheme.formulas.numbers import DIGITS, LEAST, MOST, settled

IS_VALUE: Final = 0
IS_MISSING: Final = 1
IS_NOT_APPLICABLE: Final = 2
IS_UNREADABLE: Final = 3
"""The codes of the column `state` while cells are read."""

NOT_APPLICABLE_FORMS: Final = ("/", "//", "n/a", "不适用", "—", "——", "–", "―", "-", "--", "---")
"""How people write that a figure does not apply to a unit; compared in lower case and half width."""

_PLAIN: Final = r"^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$"
_GROUPED: Final = r"^[+-]?[1-9]\d{0,2}(?:[, ]\d{3})+(?:\.\d*)?$"
"""Thousands: nobody groups digits behind a 0, so that 0,784 is no 784."""
_PER_CENT: Final = r"\s*%$"
_BLANK_AFTER_SIGN: Final = r"^([+-])\s+"
_PER_CENT_OF: Final = 100.0
_NOT_0: Final = r"^[^eE]*[1-9]"
_SHORTEST_TINY: Final = len("1e-324")


def read_numbers(cells: pl.Series) -> pl.DataFrame:
    """Return what the texts `cells` mean, row by row.

    Columns: `number` (Float64, null unless a number), `per_cent` (whether it was written with %; the number
    is the one before the sign), `state` (UInt8: `IS_VALUE`, `IS_MISSING`, `IS_NOT_APPLICABLE`,
    `IS_UNREADABLE`).

    Examples:
        >>> read_numbers(pl.Series(["6.1%", "１，２３４", " ", "不适用", "many"])).rows()
        [(6.1, True, 0), (1234.0, False, 0), (None, False, 1), (None, False, 2), (None, False, 3)]
    """
    frame = pl.DataFrame({"text": cells})
    number = pl.col("text").cast(pl.Float64, strict=False)
    # a text of so few characters has no more than 15 digits; longer ones are looked at closely, and a 0 that
    # may be a number too small for a double
    length = pl.col("text").str.len_bytes()
    short = (length <= DIGITS) & ((number != 0.0) | (length < _SHORTEST_TINY))
    plain = frame.select("text", number=_sound(number, short & _in_range(number)))
    odd = plain.filter(pl.col("number").is_null() & pl.col("text").is_not_null())["text"].unique()
    if odd.is_empty():
        return plain.select(
            "number",
            per_cent=pl.lit(value=False),
            state=pl.when(pl.col("number").is_null()).then(IS_MISSING).otherwise(IS_VALUE).cast(pl.UInt8),
        )
    meaning = _meaning_of(odd).drop("beyond")
    return plain.join(meaning, on="text", how="left", maintain_order="left").select(
        number=pl.coalesce("number", "read"),
        per_cent=pl.col("per_cent").fill_null(value=False),
        state=pl.coalesce(
            "state", pl.when(pl.col("number").is_null()).then(IS_MISSING).otherwise(IS_VALUE)
        ).cast(pl.UInt8),
    )


def read_figures(figures: pl.Series) -> pl.DataFrame:
    """Return what a column that a file stores as numbers means, in the form of `read_numbers`.

    Null and NaN are missing; an infinite number, or one beyond the range of numbers, is unreadable.
    """
    number = figures.cast(pl.Float64).fill_nan(None).alias("number").to_frame()
    sound = _in_range(pl.col("number"))
    return number.select(
        number=_sound(pl.col("number"), sound),
        per_cent=pl.lit(value=False),
        state=pl.when(sound)
        .then(IS_VALUE)
        .when(pl.col("number").is_null())
        .then(IS_MISSING)
        .otherwise(IS_UNREADABLE)
        .cast(pl.UInt8),
    )


def is_beyond(text: str) -> bool:
    """Return whether `text` writes a number, but one beyond the range of numbers.

    Examples:
        >>> [is_beyond(text) for text in ("1e999", "１２３４５６７８９０１２３４５６", "many", "inf")]
        [True, True, False, False]
    """
    meant = _meaning_of(pl.Series([text]))
    return bool(meant["beyond"][0])


def _meaning_of(texts: pl.Series) -> pl.DataFrame:
    """Return a row for each of the different `texts`: text, read, per_cent, beyond, state."""
    tidy = half_width(pl.col("text")).str.strip_chars()
    bare = pl.col("tidy").str.replace(_PER_CENT, "").str.replace(_BLANK_AFTER_SIGN, "$1")
    ungrouped = (
        pl.when(pl.col("bare").str.contains(_PLAIN))
        .then("bare")
        .when(pl.col("bare").str.contains(_GROUPED))
        .then(pl.col("bare").str.replace_all(r"[, ]", ""))
    )
    per_cent = pl.col("tidy").str.ends_with("%")
    size = pl.when("per_cent").then(pl.col("read") / _PER_CENT_OF).otherwise("read")
    sound = (
        _in_range(pl.col("read")) & _in_range(size) & ~((size == 0.0) & pl.col("bare").str.contains(_NOT_0))
    )
    return (
        pl.DataFrame({"text": texts})
        .with_columns(tidy=tidy)
        .with_columns(bare=bare, per_cent=per_cent)
        .with_columns(written=ungrouped)
        .with_columns(read=pl.col("written").map_batches(_settled, return_dtype=pl.Float64))
        .select(
            "text",
            _sound(pl.col("read"), sound).alias("read"),
            per_cent=pl.col("per_cent") & sound.fill_null(value=False),
            beyond=pl.col("read").is_not_null() & ~sound.fill_null(value=False),
            state=pl.when(sound.fill_null(value=False))
            .then(IS_VALUE)
            .when(pl.col("tidy") == "")
            .then(IS_MISSING)
            .when(pl.col("tidy").str.to_lowercase().is_in(NOT_APPLICABLE_FORMS))
            .then(IS_NOT_APPLICABLE)
            .otherwise(IS_UNREADABLE)
            .cast(pl.UInt8),
        )
    )


def _settled(written: pl.Series) -> pl.Series:
    """Return the numbers that texts write, those with many digits at 15 of them."""
    numbers = written.cast(pl.Float64, strict=False)
    long = (written.str.len_bytes() > DIGITS).fill_null(value=False).arg_true()
    return numbers.scatter(long, [settled(text) for text in written.gather(long).to_list()])


def _sound(number: pl.Expr, sound: pl.Expr) -> pl.Expr:
    """Return a number where it is `sound`, else null; 0 has no sign."""
    return pl.when(sound & (number != 0.0)).then(number).when(sound).then(0.0)


def _in_range(number: pl.Expr) -> pl.Expr:
    """Return whether a number is 0 or in the range of numbers; NaN is not, and null stays open."""
    return number.abs().is_between(LEAST, MOST, closed="left") | (number == 0.0)
