"""Records that stand twice in a ledger whose records have no key: all that they say is the same."""

from __future__ import annotations

from typing import Final

import polars as pl

from quanheng.data.book import frames
from quanheng.data.ledgers.records import Cells
from quanheng.data.telling.names import shown
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind

RECORD_TWICE: Final = Kind(
    code="QH499",
    severity="warning",
    en="{count} records of the ledger {ledger!r} are the same as another, cell by cell; each counts",
    zh="台账“{ledger}”有{count}条事项与另一条逐格相同，将重复计数",
    hint_en="remove what was copied twice; with a key declared for the ledger it would be an error",
    hint_zh="请删除重复的行；为台账声明编号列（key）后，重复将报错",
)
FEW_TWICE: Final = Kind(
    code="QH380",
    severity="note",
    en="{count} of {records} records of the ledger {ledger!r} are the same as another, cell by cell; "
    "so few may be so by chance, and each counts",
    zh="台账“{ledger}”的{records}条事项中有{count}条与另一条逐格相同，数量很少，可能属巧合，均照常计数",
    hint_en="nothing if both happened; with a key declared for the ledger a copy would be told apart",
    hint_zh="若确为两件事则无需处理；为台账声明编号列（key）即可区分重复的行",
)
_CHANCE: Final = 1000
"""One in so many records may be the same as another by chance: two jumps that got the same points."""
_BY_HAND: Final = 1_000_000
"""Longer ledgers are written by programs, and looking through them would cost as much as reading them."""


def check_twice(name: str, frame: pl.DataFrame, cells: Cells, collector: Collector) -> None:
    """Tell once how many records are the same as one before them, at the first of these."""
    if frame.height > _BY_HAND:
        return
    said = frame.drop(frames.RECORD_SOURCE)
    hashes = said.hash_rows()
    if hashes.n_unique() == frame.height:  # of whole numbers: of rows it takes many times as long
        return
    again = frame.filter(hashes.is_duplicated()).filter(~pl.struct(said.columns).is_first_distinct())
    if again.height:
        where = cells.location(again.row(0, named=True), "")
        kind = FEW_TWICE if again.height * _CHANCE <= frame.height else RECORD_TWICE
        collector.add(kind.at(where, ledger=shown(name), count=again.height, records=frame.height))
