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
        collector.add(RECORD_TWICE.at(where, ledger=shown(name), count=again.height))
