"""Periods in two columns, `年份` and `月份` or `季度`: joined into one before anything reads them.

A bare number below `月份` is a month, below `季度` a quarter: `2023` and `6` are 2023年6月.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import polars as pl

from quanheng.data.tables.headings import plain
from quanheng.data.tables.table import Table, texts_of

_YEARS: Final = frozenset({"年份", "年度", "年", "year"})
_MONTHS: Final = frozenset({"月份", "月", "month"})
_QUARTERS: Final = frozenset({"季度", "季", "quarter"})
_BARE: Final = r"^\d{1,2}(?:\.0)?$"
_DATED: Final = r"^\d{4}[^\d]|^\d{6}$|\d{4}$"
_OF_YEAR: Final = r"^(\d{4})(?:\.0|年|年度)?$"
_UNCLEAR: Final = "?"
"""What stands for a part that is empty: no period, so that the row is told."""


def has_year_and_part(headings: Sequence[str]) -> bool:
    """Return whether a year stands in one column and its part in another."""
    written = {plain(heading) for heading in headings}
    return bool(written & _YEARS) and bool(written & (_MONTHS | _QUARTERS))


def with_whole_periods(table: Table) -> Table:
    """Return `table` with the year and its part in one column, and bare months and quarters named as such."""
    if not table.has("period"):
        return table
    own = table.known["period"]
    columns = (own, *table.others)
    year = _first(table, columns, _YEARS)
    month, quarter = _first(table, columns, _MONTHS), _first(table, columns, _QUARTERS)
    part = quarter if month is None else month
    if part is None or own not in (year, part):
        return table
    suffix = "月" if part == month else "季度"
    text = pl.col("part")
    named = pl.when(text.str.contains(_BARE)).then(text.str.replace(r"\.0$", "") + suffix).otherwise(text)
    parts = texts_of(table.body[str(part)]).alias("part").to_frame().select(named.alias("part"))["part"]
    joined = parts if year is None else _joined(texts_of(table.body[str(year)]), parts, suffix)
    others = tuple(column for column in columns if column not in (own, year, part))
    body = table.body.with_columns(joined.alias(str(own)))
    return replace(table, body=body, others=tuple(column for column in table.others if column in others))


def _joined(years: pl.Series, parts: pl.Series, suffix: str) -> pl.Series:
    """Return the periods of `years` and their `parts`; what names its year itself stands alone."""
    rows = pl.DataFrame({"year": years, "part": parts})
    year = pl.col("year").str.extract(_OF_YEAR).fill_null(pl.col("year"))
    part = pl.col("part")
    whole = part.str.contains(_DATED) & part.str.contains(year, literal=True)
    together = pl.concat_str(year, pl.lit("年"), part.fill_null(_UNCLEAR + suffix))
    return rows.select(pl.when(whole).then(part).otherwise(together).alias("period"))["period"]


def _first(table: Table, columns: Sequence[int], words: frozenset[str]) -> int | None:
    return next((column for column in columns if plain(table.headings[column]) in words), None)
