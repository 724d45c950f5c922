from __future__ import annotations

from pathlib import Path

import pytest
from tests.data.books import gathered, told, write_book

from quanheng.data.parts.units import check_units
from quanheng.data.telling.changes import stamp_of, tell_changed
from quanheng.findings.collector import Collector
from quanheng.usecase.books.convert import convert


def test_a_file_that_changes_or_goes_is_told(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("same.csv", "longer.csv", "gone.csv")]
    for file in files:
        file.write_text("unit,gdp\n", encoding="utf-8")
    stamps = {file.name: stamp_of(file) for file in files}
    files[1].write_text("unit,gdp\nA,1\n", encoding="utf-8")
    files[2].unlink()
    collector = Collector()

    tell_changed(stamps, collector)

    assert gathered(collector) == ["QH450 longer.csv", "QH450 gone.csv"]


def test_a_book_that_is_written_to_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = write_book(tmp_path)

    def write_meanwhile(*units: object, **others: object) -> None:
        (book / "data" / "gdp.csv").write_text("unit,period,gdp\nT1,2023-Q4,1\n", encoding="utf-8")
        check_units(*units, **others)  # type: ignore[arg-type]  # they are passed on as they come

    assert told(book) == []
    monkeypatch.setattr("quanheng.data.load.check_units", write_meanwhile)

    assert told(book) == ["QH450 data/gdp.csv"]


def test_a_workbook_that_is_saved_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = tmp_path / "book.xlsx"
    convert(write_book(tmp_path), book)

    def save_meanwhile(*units: object, **others: object) -> None:
        book.write_bytes(book.read_bytes() + b" ")
        check_units(*units, **others)  # type: ignore[arg-type]  # they are passed on as they come

    assert told(book) == []
    monkeypatch.setattr("quanheng.data.load.check_units", save_meanwhile)

    assert told(book) == ["QH450 book.xlsx"]
