"""The unit or indicator of a book that a person names, by code or by name."""

from __future__ import annotations

from quanheng.data.book import Book
from quanheng.errors import UsageError
from quanheng.findings import nearest
from quanheng.scheme.model import Indicator


def indicator_called(name: str, book: Book) -> Indicator:
    """Return the indicator with the code or name `name`.

    Raises:
        UsageError: there is none; the message offers the nearest code.
    """
    for indicator in book.scheme.indicators:
        if name in (indicator.code, indicator.name.zh, indicator.name.en):
            return indicator
    near = nearest(name, [indicator.code for indicator in book.scheme.indicators])
    raise UsageError(
        f"there is no indicator {name!r}" + (f"; did you mean {near!r}?" if near else ""),
        f"没有指标“{name}”" + (f"；是否指“{near}”？" if near else ""),
    )


def unit_called(name: str, book: Book) -> str:
    """Return the code of the unit with the code or name `name`.

    Raises:
        UsageError: there is none; the message offers the nearest.
    """
    rows = book.units.select("unit", "name").rows()
    for code, title in rows:
        if name in (code, title):
            return str(code)
    near = nearest(name, [text for row in rows for text in row if text])
    raise UsageError(
        f"there is no unit {name!r}" + (f"; did you mean {near!r}?" if near else ""),
        f"没有单位“{name}”" + (f"；是否指“{near}”？" if near else ""),
    )
