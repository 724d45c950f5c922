"""Times of day behind dates: `2023-01-05 18:00`, `2023年1月5日18时30分`, a spreadsheet's 44931.75.

Midnight is no time of day: it is how programs write a date that has none. 24:00 is the end of its day.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from quanheng.data.telling.half_width import half_width

_A_DAY: Final = 86_400
_CLOCK: Final = r"^.{6,}?[T ]?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?$"
_IN_WORDS: Final = r"(?:日 ?|\d )(\d{1,2})[时点](?:(\d{1,2})分(?:(\d{1,2})秒)?)?$"
_USUAL: Final = r"^\d{4}-\d{2}-\d{2}[T ](\d{2}:\d{2}(?::\d{2})?)$"
"""A moment as programs write it: of a million of them few clocks are different."""
_MAY_HAVE_ONE: Final = r"[:：.．时点]"
_SERIAL: Final = r"^[2-7]\d{4}(\.\d{1,17})$"


def times_in(texts: pl.Series) -> pl.Series:
    """Return the second of the day that each of `texts`, dates, names; null where none is or it is midnight.

    Examples:
        >>> times_in(
        ...     pl.Series(["2023-01-05 18:00", "2023年1月5日6时", "2023-01-05 6点", "44931.5"])
        ... ).to_list()
        [64800, 21600, 21600, 43200]
    """
    frame = pl.DataFrame({"text": texts}).with_columns(clock=pl.col("text").str.extract(_USUAL))
    usual = _read(frame["clock"].drop_nulls().unique(), pl.lit("2023-01-01 ") + pl.col("text"))
    odd = frame.filter(pl.col("clock").is_null() & pl.col("text").str.contains(_MAY_HAVE_ONE))["text"]
    others = _read(odd.unique(), half_width(pl.col("text")).str.strip_chars())
    return (
        frame.join(usual, left_on="clock", right_on="text", how="left", maintain_order="left")
        .join(others, on="text", how="left", maintain_order="left", suffix="_odd")
        .select(pl.coalesce("second", "second_odd").alias(texts.name))
        .to_series()
    )


def _read(different: pl.Series, tidy: pl.Expr) -> pl.DataFrame:
    """Return the second of the day of each of the texts that name one."""
    fraction = tidy.str.extract(_SERIAL).cast(pl.Float64, strict=False)
    return (
        different.alias("text")
        .to_frame()
        .select(
            "text",
            second=pl.coalesce(
                _seconds(tidy, _CLOCK),
                _seconds(tidy, _IN_WORDS),
                (fraction * _A_DAY).round().cast(pl.Int32),
            ),
        )
        .filter(pl.col("second").is_between(1, _A_DAY))
    )


def _seconds(text: pl.Expr, pattern: str) -> pl.Expr:
    hours, minutes, seconds = (
        text.str.extract(pattern, group).cast(pl.Int32, strict=False) for group in (1, 2, 3)
    )
    return hours * 3600 + minutes.fill_null(0) * 60 + seconds.fill_null(0)
