"""Columns of texts in half width, and for loose comparison: `示例　镇（Ａ）` means `示例镇(a)`."""

from __future__ import annotations

from typing import Final

import polars as pl

from quanheng.periods.widths import HALF_WIDTH

_WIDE: Final = list(HALF_WIDTH)
_NARROW: Final = list(HALF_WIDTH.values())


def half_width(text: pl.Expr) -> pl.Expr:
    """Return the column `text` with full-width characters as half-width ones."""
    return text.str.replace_many(_WIDE, _NARROW)


def loose(text: pl.Expr) -> pl.Expr:
    """Return the column `text` for loose comparison: half-width, without blanks, in lower case.

    Examples:
        >>> pl.select(loose(pl.lit("示例　镇（Ａ）"))).item()
        '示例镇(a)'
    """
    return half_width(text).str.replace_all(r"\s", "").str.to_lowercase()
