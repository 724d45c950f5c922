"""What a person calls by code or name: units and indicators, and the nearest one where there is none."""

from __future__ import annotations

from quanheng.data.book.book import Book
from quanheng.findings.nearest import no_such
from quanheng.findings.text import Text
from quanheng.scheme.tree.scheme import Scheme

_KNOWN = 10_000
"""Among how many names the nearest one is sought."""


def unit_called(book: Book, name: str) -> str:
    """Return the code of the unit with this code or name.

    Raises:
        UsageError: there is none; the message offers the nearest.
    """
    units = book.units.select("unit", "name")
    rows = units.rows()
    found = [code for code, title in rows if name == code] or [code for code, title in rows if name == title]
    if found:
        return str(found[0])
    raise no_such(Text(en="unit", zh="单位"), name, [text for row in rows[:_KNOWN] for text in row if text])


def indicator_called(scheme: Scheme, name: str) -> str:
    """Return the code of the indicator with this code or name.

    Raises:
        UsageError: there is none; the message offers the nearest.
    """
    texts = {
        text: indicator.code
        for indicator in scheme.indicators
        for text in (indicator.name.en, indicator.name.zh)
        if text
    }
    texts |= {indicator.code: indicator.code for indicator in scheme.indicators}
    if name in texts:
        return texts[name]
    raise no_such(Text(en="indicator", zh="指标"), name, texts)
