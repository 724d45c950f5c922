from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from tests.data.books import told, write_book

from quanheng.data.telling import limits
from quanheng.data.telling.room import Room
from quanheng.findings.finding import Location

WHERE = Location(file="data/a.csv")


def test_the_files_of_a_book_are_counted_together(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(limits, "BOOK_BYTES", 1_000)
    book = write_book(tmp_path, {"data/more.csv": "unit,gdp\n" + "T1,5\n" * 200})

    assert "QH620 data/more.csv" in told(book)


def test_so_are_the_numbers_of_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(limits, "FILES", 6)  # no folder has so many, but the book

    assert any(line.startswith("QH317") for line in told(write_book(tmp_path)))


def test_what_tables_take_beyond_their_due_is_counted_together() -> None:
    room = Room()
    cells = limits.ROOM // limits.CELL_BYTES // 2

    assert room.refuse_table(cells, 0, 0, WHERE) is None
    assert room.refuse_table(10 * cells, 0, 10 * cells * limits.CELL_BYTES, WHERE) is None  # all of it is due
    assert room.refuse_table(cells, 0, 0, WHERE) is None
    refused = room.refuse_table(1, 0, 0, WHERE)
    assert refused is not None
    assert refused.code == "QH621"


def test_dense_tables_are_never_more_than_their_due(tmp_path: Path) -> None:
    frame = pl.DataFrame({"unit": ["T1", "T2"] * 50_000, "gdp": [1.5, 2.5] * 50_000})
    csv, parquet = frame.write_csv().encode(), tmp_path / "a.parquet"
    frame.write_parquet(parquet)
    cells = frame.height * frame.width
    room = Room()

    assert room.refuse_table(cells, len(csv), limits.ROOM_OF_TEXT * len(csv), WHERE) is None
    assert room.memory == limits.ROOM
