r"""The corner of a table with headings at both sides: blank, or with a word for each, `指标\单位`.

What stands down and what across is told by the headings: below units across stand items, below items units.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import polars as pl

from quanheng.data.tables.cutting import has_heading
from quanheng.data.tables.headings import DATA, ITEM, PERIOD, UNIT, plain
from quanheng.data.tables.register import Register
from quanheng.data.tables.table import ParquetFile, Raw
from quanheng.findings.patterns import bounded

_TOP: Final = 20
_LEAST: Final = 2
_HALF: Final = 2
_BETWEEN: Final = bounded(r"[\\/|、]")
_WORDS: Final = frozenset({*UNIT.spellings, *ITEM.spellings, *PERIOD.spellings})


def with_corner_named(raw: Raw, register: Register) -> Raw:
    """Return `raw` with a word in the corner, where no heading tells what stands below it."""
    if isinstance(raw, ParquetFile) or has_heading(raw, DATA, register.scheme.reading):
        return raw
    for number, row in enumerate(raw.cells.head(_TOP).rows()):
        corner, others = row[0] if row else None, [text for text in row[1:] if text and text.strip()]
        if len(others) < _LEAST or not _is_corner(corner):
            continue
        headings = pl.Series(others, dtype=pl.String)
        below = raw.cells["0"].slice(number + 1)
        for across, down, word in (
            (register.unit_roster, register.item_roster, ITEM.zh),
            (register.item_roster, register.unit_roster, UNIT.zh),
        ):
            named = across.find(headings).index.count()
            if named * _HALF >= len(others) and down.find(below).index.count():
                cell = pl.when(pl.int_range(pl.len()) == number).then(pl.lit(word)).otherwise("0").alias("0")
                return replace(raw, cells=raw.cells.with_columns(cell))
    return raw


def _is_corner(text: str | None) -> bool:
    """Return whether a cell is blank, or has two words for what stands down and across."""
    words = [plain(word) for word in _BETWEEN.split(text or "") if plain(word)]
    return not words or (len(words) == _LEAST and set(words) <= _WORDS)
