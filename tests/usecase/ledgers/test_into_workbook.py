"""Records and targets go into a book that is one workbook: into their sheets, and nothing else changes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from tests.documents.libreoffice import saved_by_libreoffice
from tests.usecase.ledger_books import write

from quanheng.data.load import load
from quanheng.findings.text import Language
from quanheng.usecase.books.convert import convert
from quanheng.usecase.books.new import new_book
from quanheng.usecase.ledgers.import_ import import_records
from quanheng.usecase.targets.split import Asked
from quanheng.usecase.targets.write import split_into

DAY = dt.date(2023, 3, 1)


def _sheets(book: Path) -> dict[str, list[list[Any]]]:
    workbook = CalamineWorkbook.from_path(str(book))
    return {name: workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names}


def test_records_are_written_into_the_sheet_of_their_ledger(tmp_path: Path) -> None:
    book = tmp_path / "考核.xlsx"
    convert(write(tmp_path), book, language="zh")
    before = _sheets(book)
    file = tmp_path / "new.csv"
    file.write_text(
        "ticket,handled_by,received_on,due_on,closed_on,state,proof\n"
        "002,,,,2023-02-14,办结,函2号\n005,乙镇,2023-02-28,2023-03-10,,受理,\n",
        encoding="utf-8",
    )

    done = import_records(book, "requests", file, on=DAY)

    assert (done.new, done.changed, done.written, done.file) == (1, 1, True, book)
    after = _sheets(book)
    assert {name for name in before if before[name] != after[name]} == {"台账-requests"}
    rows = after["台账-requests"]
    assert rows[2] == ["002", "甲镇", "王", "2023-01-05", "2023-01-15", "2023-02-14", "办结", "函2号", ""]
    assert rows[4][:2] == ["005", "T2"]
    assert rows[:2] == before["台账-requests"][:2]
    log = (tmp_path / "考核-requests.log.csv").read_text(encoding="utf-8-sig").splitlines()
    assert "2023-03-01,002,closed_on,,2023-02-14" in log
    assert load(book).ledgers["requests"].shape[0] == 4


def test_a_trial_writes_nothing(tmp_path: Path) -> None:
    book = tmp_path / "考核.xlsx"
    convert(write(tmp_path), book, language="zh")
    before = book.read_bytes()
    file = tmp_path / "new.csv"
    file.write_text("ticket,officer\n002,周\n", encoding="utf-8")

    import_records(book, "requests", file, on=DAY, dry_run=True)

    assert book.read_bytes() == before
    assert sorted(path.name for path in tmp_path.glob("*.log.csv")) == []


@pytest.mark.parametrize(("language", "name"), [("zh", "台账-requests"), ("en", "ledger-requests")])
def test_a_ledger_without_a_sheet_gets_one_with_its_headings(
    tmp_path: Path, language: Language, name: str
) -> None:
    book = tmp_path / "考核.xlsx"
    convert(write(tmp_path, {"ledgers/requests.csv": None}), book, language=language)
    before = _sheets(book)
    file = tmp_path / "new.csv"
    file.write_text(
        "ticket,handled_by,received_on,due_on,closed_on,state,proof\n"
        "0021,甲镇,2023-02-01,2023-02-14,,受理,\n",
        encoding="utf-8",
    )

    for _ in range(2):  # a second time finds the record as it is
        done = import_records(book, "requests", file, on=DAY)
        saved_by_libreoffice(book, tmp_path)

    assert (done.new, done.changed, done.unchanged) == (0, 0, 1)
    after = _sheets(book)
    assert {sheet for sheet in after if before.get(sheet) != after[sheet]} == {name}
    heading, record = after[name]
    assert heading[:3] == ["ticket", "handled_by", "officer"]
    assert dict(zip(heading, record, strict=True))["ticket"] == "0021"
    assert load(book).ledgers["requests"].shape[0] == 1


def test_targets_are_split_into_the_sheet_of_targets(tmp_path: Path) -> None:
    book = tmp_path / "考核.xlsx"
    new_book(book, language="zh")
    before = _sheets(book)
    asked = Asked(indicators=("投资完成率",), units=(), every="quarter", curve="even", decimals=2)

    for _ in range(2):  # a second time replaces what the first has written
        split_into(book, asked, book)

        after = _sheets(book)
        assert {name for name in before if before[name] != after[name]} == {"目标"}
        assert after["目标"][:4] == before["目标"]
        assert sorted(row[:4] for row in after["目标"][4:]) == [
            [unit, "投资完成率", f"2024-Q{quarter}", part]
            for unit, part in (("A", 3.0), ("B", 2.25), ("C", 2.25))
            for quarter in (1, 2, 3, 4)
        ]
    assert load(book).targets.shape[0] == 3 + 12
