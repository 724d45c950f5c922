"""What is written for a figure, read as in a file: `12.5%`, `3,000`, `1.2亿元`, `/`, nothing."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final

import polars as pl

from quanheng.data.book.frames import MISSING, NOT_APPLICABLE, VALUE
from quanheng.data.cells.dates import parse_date
from quanheng.data.cells.numbers import (
    IS_MISSING,
    IS_NOT_APPLICABLE,
    IS_VALUE,
    read_figures,
    read_numbers,
)
from quanheng.data.tables.register import in_per_cent
from quanheng.data.tables.rows import per_cent_settled
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import Finding, FindingsError, Kind
from quanheng.findings.text import Text
from quanheng.periods.widths import to_half_width
from quanheng.scheme.items.item import Item
from quanheng.studies.variants.figures import Cell

NOT_A_FIGURE: Final = Kind(
    code="QH760",
    severity="error",
    en="{value} is no figure of '{item}'",
    zh="{value}不是“{item}”的数值",
    hint_en="write a number, its unit of measurement behind it or not ({measured_in}), or '/'",
    hint_zh="请写数字，可带计量单位（{measured_in}）；不适用写“/”",
)
_EPOCH: Final = 719163
"""The day 1970-01-01 as `date.toordinal` counts."""
Written = float | int | str | None


def cell_of(written: Written, item: Item) -> Cell:
    """Return what is written for a figure of `item`.

    A number is taken as it is; a text is read as a cell of a file: with thousands separators, per cent,
    full-width digits, the item's unit of measurement after it. None and a blank text are a missing figure.

    Raises:
        FindingsError: it is no figure.
    """
    if item.kind == "date" and isinstance(written, str) and (day := parse_date(written)) is not None:
        return Cell(value=float(day.toordinal() - _EPOCH), state=VALUE)
    if written is None:
        return Cell(value=None, state=MISSING)
    if isinstance(written, bool):
        raise FindingsError((_refused(written, item),))
    if isinstance(written, int | float):
        return _number(read_figures(pl.Series([float(written)])), item, written, nan=math.isnan(written))
    meant = read_numbers(pl.Series([_bare(written, item)]))
    return _number(meant, item, written)


def plain_number(written: Written, what: Text) -> float:
    """Return a number that is no figure, as a weight; read as figures are.

    Raises:
        UsageError: it is none, or not one that may be written.
    """
    if isinstance(written, str):
        value = _plain(written)
    else:
        value = None if written is None or isinstance(written, bool) else float(written)
    if value is None or not math.isfinite(value) or value < 0:
        raise UsageError(
            f"{written!r} is no {what.en}: write a number that is 0 or more",
            f"“{written}”不能作为{what.zh}：请写不小于 0 的数",
        )
    return float(value)


@lru_cache(maxsize=4096)
def _plain(written: str) -> float | None:
    """Return the number, None if it is none; kept, since a page of weights asks for the same ones again."""
    row = read_numbers(pl.Series([written])).row(0, named=True)
    return row["number"] if row["state"] == IS_VALUE and not row["per_cent"] else None


def _bare(written: str, item: Item) -> str:
    """Return a text without the item's unit of measurement behind it; a per cent sign stays."""
    text = to_half_width(written).strip()
    unit = to_half_width(item.measured_in).strip()
    if unit and not in_per_cent(item) and text.endswith(unit):
        return text.removesuffix(unit).strip()
    return text


def _number(meant: pl.DataFrame, item: Item, written: Written, *, nan: bool = False) -> Cell:
    state = meant["state"][0]
    value = per_cent_settled(meant, in_per_cent=in_per_cent(item))[0]
    if state == IS_VALUE:
        return Cell(value=float(value), state=VALUE)
    if state == IS_MISSING and not nan:
        return Cell(value=None, state=MISSING)
    if state == IS_NOT_APPLICABLE:
        return Cell(value=None, state=NOT_APPLICABLE)
    raise FindingsError((_refused(written, item),))


def _refused(written: object, item: Item) -> Finding:
    name = item.name.in_language("zh") or item.code
    return NOT_A_FIGURE.at(
        value=repr(written),
        item=Text(en=item.code, zh=name),
        measured_in=item.measured_in or Text(en="none", zh="无"),
    )
