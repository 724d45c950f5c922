"""A table whose column of units is called by a word that is not known: what to write so that it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl

from quanheng.data.cells.numbers import IS_VALUE, read_numbers
from quanheng.data.tables.headings import PASSED_OVER, plain
from quanheng.data.tables.table import Sheet
from quanheng.data.telling.names import shown
from quanheng.findings.text import Text

_COLUMNS: Final = 2
"""A heading has so many columns at least."""


def how_to_name_units(top: Sequence[Sequence[str | None]], sheet: Sheet) -> Text:
    """Return what to write where a column looks like that of the units, but is called by another word."""
    for number, row in enumerate(top):
        below = sheet.cells.slice(number + 1)
        filled = [column for column, text in enumerate(row) if text and text.strip()]
        if len(filled) < _COLUMNS or below.is_empty() or not _are_words([row[column] for column in filled]):
            continue
        for column in filled:
            heading = (row[column] or "").strip()
            if plain(heading) not in PASSED_OVER and _are_words(below[str(column)].drop_nulls().to_list()):
                return _to_state(shown(heading))
    return Text()


def _to_state(heading: str) -> Text:
    return Text(
        en=f"; if {heading!r} stands over the units, write 'unit_heading: {heading}' into the scheme",
        zh=f"；若“{heading}”列是单位，请在方案中写明单位列表头（unit_heading）：{heading}",
    )


def _are_words(texts: Sequence[str | None]) -> bool:
    """Return whether there are texts, and none is a number."""
    states = read_numbers(pl.Series(texts, dtype=pl.String))["state"]
    return len(states) > 0 and IS_VALUE not in states
