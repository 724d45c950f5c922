"""What a cell means: a number, nothing (missing), or that it does not apply (absence §1).

    1234.5  1,234.5  １２３４．５  1 234.5  +3    numbers
    6.1%  ６．１％          per cent: 6.1 where the item is measured in %, else 0.061
    (empty, blanks)         missing
    /  n/a  不适用  —  -  --   not applicable

Anything else where a number belongs is a finding; nothing is guessed. All of it runs as Polars expressions:
most cells of a big table are plain numbers and are cast at once, only the different texts that are left are
looked at closely.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import polars as pl

from quanheng.data.telling.half_width import half_width

IS_VALUE: Final = 0
IS_MISSING: Final = 1
IS_NOT_APPLICABLE: Final = 2
IS_UNREADABLE: Final = 3
"""The codes of the column `state` while cells are read."""

NOT_APPLICABLE_FORMS: Final = ("/", "//", "n/a", "不适用", "—", "——", "–", "―", "-", "--", "---")
"""How people write that a figure does not apply to a unit; compared in lower case and half width."""

_PLAIN: Final = r"^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$"
_GROUPED: Final = r"^[+-]?\d{1,3}(?:[, ]\d{3})+(?:\.\d*)?$"
_PER_CENT: Final = r"\s*%$"
_BLANK_AFTER_SIGN: Final = r"^([+-])\s+"


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
    plain = frame.select(
        "text",
        number=pl.when(number.is_finite()).then(number),
    )
    odd = plain.filter(pl.col("number").is_null() & pl.col("text").is_not_null())["text"].unique()
    if odd.is_empty():
        return plain.select(
            "number",
            per_cent=pl.lit(value=False),
            state=pl.when(pl.col("number").is_null()).then(IS_MISSING).otherwise(IS_VALUE).cast(pl.UInt8),
        )
    meaning = _meaning_of(odd)
    return plain.join(meaning, on="text", how="left", maintain_order="left").select(
        number=pl.coalesce("number", "read"),
        per_cent=pl.col("per_cent").fill_null(value=False),
        state=pl.coalesce(
            "state", pl.when(pl.col("number").is_null()).then(IS_MISSING).otherwise(IS_VALUE)
        ).cast(pl.UInt8),
    )


def read_figures(figures: pl.Series) -> pl.DataFrame:
    """Return what a column that a file stores as numbers means, in the form of `read_numbers`.

    Null and NaN are missing; an infinite number is unreadable.
    """
    number = figures.cast(pl.Float64).fill_nan(None).alias("number").to_frame()
    finite = pl.col("number").is_finite()
    return number.select(
        number=pl.when(finite).then("number"),
        per_cent=pl.lit(value=False),
        state=pl.when(finite)
        .then(IS_VALUE)
        .when(pl.col("number").is_null())
        .then(IS_MISSING)
        .otherwise(IS_UNREADABLE)
        .cast(pl.UInt8),
    )


def text_of_number(number: float) -> str:
    """Return the shortest text that reads back as `number`; a whole number has no point.

    Examples:
        >>> [text_of_number(number) for number in (101.0, 0.1, 1e22)]
        ['101', '0.1', '1e+22']
    """
    whole = number.is_integer() and abs(number) < 10**15
    return str(int(number)) if whole else repr(number)


def text_of_per_cent(number: float) -> str:
    """Return `number` as a spreadsheet shows it in a cell formatted as per cent, but with all its digits.

    Examples:
        >>> text_of_per_cent(0.061)
        '6.1%'
    """
    return f"{text_of_number(float(Decimal(repr(number)) * 100))}%"


def _meaning_of(texts: pl.Series) -> pl.DataFrame:
    """Return a row for each of the different `texts`: text, read, per_cent, state."""
    tidy = half_width(pl.col("text")).str.strip_chars()
    bare = pl.col("tidy").str.replace(_PER_CENT, "").str.replace(_BLANK_AFTER_SIGN, "$1")
    ungrouped = (
        pl.when(pl.col("bare").str.contains(_PLAIN))
        .then("bare")
        .when(pl.col("bare").str.contains(_GROUPED))
        .then(pl.col("bare").str.replace_all(r"[, ]", ""))
    )
    number = ungrouped.cast(pl.Float64, strict=False)
    return (
        pl.DataFrame({"text": texts})
        .with_columns(tidy=tidy)
        .with_columns(bare=bare, per_cent=pl.col("tidy").str.ends_with("%"))
        .with_columns(read=number)
        .with_columns(read=pl.when(pl.col("read").is_finite()).then("read"))
        .select(
            "text",
            "read",
            per_cent=pl.col("per_cent") & pl.col("read").is_not_null(),
            state=pl.when(pl.col("read").is_not_null())
            .then(IS_VALUE)
            .when(pl.col("tidy") == "")
            .then(IS_MISSING)
            .when(pl.col("tidy").str.to_lowercase().is_in(NOT_APPLICABLE_FORMS))
            .then(IS_NOT_APPLICABLE)
            .otherwise(IS_UNREADABLE)
            .cast(pl.UInt8),
        )
    )
