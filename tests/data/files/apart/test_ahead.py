from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from tests.data.books import workbook, write_book

from quanheng.data.files.apart import process
from quanheng.data.files.apart.ahead import prepare_for


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    asked: list[str] = []
    monkeypatch.setattr(process, "prepare", asked.append)
    return asked


def test_the_process_is_started_for_a_book_that_needs_it(tmp_path: Path, prepared: list[str]) -> None:
    book = write_book(tmp_path, {"data/more.xlsx": workbook({"S": [["unit"]]})})
    prepare_for(["check", str(book), "--round", "2023"])
    pl.DataFrame({"unit": ["T1"]}).write_parquet(book / "ledgers" / "more.parquet")
    prepare_for(["check", str(book)])
    prepare_for(["ledgers", "import", "nowhere", str(book / "data" / "more.xlsx")])

    assert prepared == ["python_calamine", "polars", "python_calamine"]


def test_no_process_is_started_for_a_book_of_texts(tmp_path: Path, prepared: list[str]) -> None:
    prepare_for(["check", str(write_book(tmp_path)), "\0", "--help", "x" * 10_000])

    assert prepared == []


def test_no_process_is_started_for_a_folder_that_a_result_is_written_to(
    tmp_path: Path, prepared: list[str]
) -> None:
    result = tmp_path / "result"
    result.mkdir()
    (result / "result.json").write_text("{}", encoding="utf-8")
    pl.DataFrame({"unit": ["T1"]}).write_parquet(result / "trace.parquet")

    prepare_for(["score", str(write_book(tmp_path)), "--out", str(result), "--force"])

    assert prepared == []
