"""What stands in the cells of a grid: read by the core, as in any table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl

from quanheng.data.cells.dates import read_dates
from quanheng.data.cells.numbers import (
    IS_MISSING,
    IS_NOT_APPLICABLE,
    IS_VALUE,
    is_beyond,
    read_numbers,
)
from quanheng.data.tables.register import in_per_cent, is_amount
from quanheng.data.tables.rows import per_cent_settled
from quanheng.findings.finding import Finding
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.scheme.items.item import Item
from quanheng.web.rounds.findings import NOT_READABLE, TEXT_TOO_LONG

LONGEST: Final = 100
"""Letters that a cell may have."""
_NATURES: Final[Mapping[int, str]] = {
    IS_VALUE: "value",
    IS_MISSING: "missing",
    IS_NOT_APPLICABLE: "not_applicable",
}
_NO_NUMBER: Final = Text(zh="不是数字", en="no number")
_NO_DATE: Final = Text(zh="不是日期", en="no date")
_TOO_FAR: Final = Text(zh="超出数字范围", en="beyond the range of numbers")
_EPOCH: Final = dt.date(1970, 1, 1)


class Meant(Value):
    """What a text means as a figure of an item; with a `finding`, it means nothing.

    A date is its days since 1970-01-01, as in the tables of a book. `decimals` are those that were written.
    """

    written: str
    nature: str = "missing"
    number: float | None = None
    decimals: int = 0
    finding: Finding | None = None


def meaning_of(texts: Sequence[str], item: Item, year: int) -> tuple[Meant, ...]:
    """Return what `texts` mean as figures of `item`, a date without a year as one of `year`.

    Examples:
        >>> rate = Item(code="r", name=Text(zh="增速"), measured_in="%", kind="rate")
        >>> [
        ...     (m.nature, m.number, m.decimals)
        ...     for m in meaning_of(["6.1%", "１，２３４．５", "/", ""], rate, 2024)
        ... ]
        [('value', 6.1, 1), ('value', 1234.5, 1), ('not_applicable', None, 0), ('missing', None, 0)]
        >>> share = Item(code="s", name=Text(zh="占比"))
        >>> [m.number for m in meaning_of(["6.1%", "0.061"], share, 2024)]
        [0.061, 0.061]
        >>> meaning_of(["many"], share, 2024)[0].finding.message("en")
        "'many' is no number"
        >>> meaning_of(["6.1%"], Item(code="g", name=Text(), measured_in="亿元"), 2024)[0].finding.message(
        ...     "zh"
        ... )
        '“6.1%”带百分号，而本项以亿元计'
    """
    tidy = [text.strip() for text in texts]
    cells = pl.Series("text", [text[:LONGEST] for text in tidy], dtype=pl.String)
    if item.kind == "date":
        years = pl.Series([year] * len(tidy), dtype=pl.Int32)
        meant = read_dates(cells, years=years, serial=True)
        days = [None if day is None else float((day - _EPOCH).days) for day in meant["date"].to_list()]
        rows = zip(tidy, meant["state"].to_list(), days, strict=True)
        return tuple(_meant(text, state, number, _NO_DATE) for text, state, number in rows)
    read = read_numbers(cells)
    numbers = per_cent_settled(read, in_per_cent=in_per_cent(item))
    signs = read["per_cent"].to_list() if is_amount(item) else [False] * len(tidy)
    told = zip(tidy, read["state"].to_list(), numbers.to_list(), signs, strict=True)
    return tuple(
        _in_per_cent(text, item) if strange else _meant(text, state, number, _NO_NUMBER)
        for text, state, number, strange in told
    )


def decimals_of(text: str) -> int:
    """Return how many digits stand behind the point of a figure as it was written.

    Examples:
        >>> [decimals_of(text) for text in ("1,234.50", "６．１％", "12", "/")]
        [2, 1, 0, 0]
    """
    _, point, behind = text.replace("．", ".").partition(".")
    return len([letter for letter in behind if letter.isdecimal()]) if point else 0


def _in_per_cent(text: str, item: Item) -> Meant:
    """Return that a figure with a per cent sign is none of what has no per cent: money, people, hectares."""
    wanted = Text(
        zh=f"带百分号，而本项以{item.measured_in}计",
        en=f"written with %, and the item is measured in {item.measured_in}",
    )
    return Meant(written=text, finding=NOT_READABLE.at(text=text[:LONGEST], wanted=wanted))


def _meant(text: str, state: int, number: float | None, wanted: Text) -> Meant:
    if len(text) > LONGEST:
        return Meant(written=text, finding=TEXT_TOO_LONG.at(most=LONGEST))
    nature = _NATURES.get(state)
    if nature is None:
        said = _TOO_FAR if wanted is _NO_NUMBER and is_beyond(text) else wanted
        return Meant(written=text, finding=NOT_READABLE.at(text=text, wanted=said))
    is_value = nature == "value"
    return Meant(
        written="" if nature == "missing" else text,
        nature=nature,
        number=number if is_value else None,
        decimals=decimals_of(text) if is_value else 0,
    )
