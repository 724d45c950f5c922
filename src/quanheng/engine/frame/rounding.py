"""Rounding half-up (四舍五入) as Excel's ROUND gives it, as column expressions (rounding §1)."""

from __future__ import annotations

from typing import Final

import narwhals as nw

from quanheng.findings.printing import MOST_NOISE, NOISE, WHOLE

COMPARED_DECIMALS: Final = 9
"""Places, thresholds and quotas look at values rounded to so many decimals where nothing coarser is set."""

# A decimal such as 1.005 is stored a little below itself, so that 1.005 * 100 is 100.49999999999999; and a
# sum of scores carries the rounding of each addition. Before the half is added, the scaled value is raised
# by 8 * 2**-52 (1.8e-15) of itself. That is
#   - enough for what arises: in 240,000 random sums of 3 to 100 scores of two decimals that end in 5, none
#     was rounded down (with 2 * 2**-52 every twelfth sum of a hundred scores was);
#   - too little to move a real figure: two different numbers of up to 14 significant digits lie at least
#     1e-14 of their value apart, so every number of up to 14 digits rounds exactly as its decimal does.
# Excel and LibreOffice first round to 15 significant digits, which is a tolerance between 0.5e-15 (a leading
# digit of 9) and 5e-15 (a leading digit of 1); ours lies between and does not depend on the digits.
_MOST_NOISE_FROM: Final = MOST_NOISE / NOISE


def half_up(value: nw.Expr, decimals: int) -> nw.Expr:
    """Return `value` rounded to `decimals` places, halves away from zero; null stays null.

    Negative `decimals` round to tens, hundreds and so on. A rounded 0 is never -0.

    Examples:
        >>> import polars as pl
        >>> frame = nw.from_native(pl.DataFrame({"score": [2.675, 1.005, -2.5, 84.994999]}))
        >>> frame.select(half_up(nw.col("score"), 2))["score"].to_list()
        [2.68, 1.01, -2.5, 84.99]
        >>> frame.select(half_up(nw.col("score"), 0))["score"].to_list()
        [3.0, 1.0, -3.0, 85.0]
    """
    size = value.abs() * 10.0**decimals
    # a choice, for which Polars takes a tenth of the time of the lesser of two columns
    noise = nw.when(size < _MOST_NOISE_FROM).then(size * NOISE).otherwise(nw.lit(MOST_NOISE))
    whole = (size + noise + 0.5).floor()
    # never -0.0
    signed = nw.when((value < 0.0) & (whole > 0.0)).then(-whole).otherwise(whole)
    rounded = signed * 10.0**-decimals
    if decimals > 0:
        # 3 * 0.1 is 0.30000000000000004. The engine's own rounding has no half to decide here, it finds the
        # double nearest to the decimal. A division would do, but Polars divides by a constant by multiplying
        # with its reciprocal, and on Spark Narwhals writes out the dividend five times.
        rounded = rounded.round(decimals)
    return nw.when(size >= WHOLE).then(value).otherwise(rounded)


def comparable(value: nw.Expr) -> nw.Expr:
    """Return `value` as places and thresholds compare it: without the noise beyond nine decimals.

    Examples:
        >>> import polars as pl
        >>> frame = nw.from_native(pl.DataFrame({"total": [0.1 + 0.2, 0.3]}))
        >>> frame.select(comparable(nw.col("total")))["total"].n_unique()
        1
    """
    return half_up(value, COMPARED_DECIMALS)
