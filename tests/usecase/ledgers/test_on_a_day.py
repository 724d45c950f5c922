from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from tests.usecase.ledger_books import REQUESTS, SCHEME, write

from quanheng.data.load import load
from quanheng.findings.errors import UsageError
from quanheng.process.lists import Which
from quanheng.usecase.books.convert import convert
from quanheng.usecase.ledgers.on_a_day import ledger_counts, ledger_records, write_records

DAY = dt.date(2023, 1, 14)
BARE = SCHEME.replace("  requests:\n    name", "  others:\n    name")
MORE = REQUESTS + "004,T2,,2023-01-10,2023-01-13,,办理,,\n005,T2,,2023-01-01,,,办理,,\n"


def test_ledgers_are_counted_on_a_day(tmp_path: Path) -> None:
    (count,) = ledger_counts(write(tmp_path, {"ledgers/requests.csv": MORE}), on=DAY)

    # On 14 January: 001 closed, 002 due on the 15th, 003 not there yet, 004 due on the 13th, 005 never
    assert (count.records, count.open, count.due_soon, count.overdue) == (4, 3, 1, 1)
    assert count.ledger.name.zh == "群众诉求"


def test_a_unit_has_its_own_counts(tmp_path: Path) -> None:
    book = write(tmp_path, {"ledgers/requests.csv": MORE})

    (count,) = ledger_counts(book, on=DAY, unit="乙镇")

    assert (count.records, count.open, count.due_soon, count.overdue) == (2, 2, 0, 1)


def test_records_are_listed_with_the_earliest_due_first(tmp_path: Path) -> None:
    book = write(tmp_path, {"ledgers/requests.csv": MORE})

    every = ledger_records(book, "requests", on=DAY)

    assert every.records.select("key", "unit", "name", "standing", "days_left", "source_row").rows() == [
        ("001", "T1", "甲镇", "closed", -2.0, 2),
        ("004", "T2", "乙镇", "overdue", -1.0, 5),
        ("002", "T1", "甲镇", "due_soon", 1.0, 3),
        ("003", "T2", "乙镇", "later", 37.0, 4),
        ("005", "T2", "乙镇", "open", None, 6),
    ]
    assert every.soon == 14


@pytest.mark.parametrize(
    ("which", "keys"), [("open", ["004", "002", "005"]), ("overdue", ["004"]), ("due_soon", ["002"])]
)
def test_only_what_is_asked_for_is_listed(which: Which, keys: list[str], tmp_path: Path) -> None:
    book = write(tmp_path, {"ledgers/requests.csv": MORE})

    listing = ledger_records(book, "群众诉求", on=DAY, which=which)

    assert listing.records["key"].to_list() == keys


def test_the_pace_says_what_is_soon(tmp_path: Path) -> None:
    scheme = SCHEME + "pace: {due_soon: 40}\n"
    book = write(tmp_path, {"ledgers/requests.csv": MORE, "scheme.yaml": scheme})

    assert ledger_records(book, "requests", on=dt.date(2023, 2, 6), which="due_soon").records[
        "key"
    ].to_list() == ["003"]


def test_a_list_is_written_as_csv(tmp_path: Path) -> None:
    listing = ledger_records(write(tmp_path), "requests", on=DAY, which="due_soon")

    write_records([listing], tmp_path / "soon.csv")

    assert (tmp_path / "soon.csv").read_text(encoding="utf-8-sig").splitlines() == [
        "ledger,key,unit,name,owner,opened,due,closed,state,evidence,standing,days_left,source_file,source_sheet,source_row",
        "requests,002,T1,甲镇,王,2023-01-05,2023-01-15,,办理,,due_soon,1.0,ledgers/requests.csv,,3",
    ]


def test_what_a_ledger_does_not_say_is_not_answered(tmp_path: Path) -> None:
    book = write(
        tmp_path,
        {
            "scheme.yaml": BARE.replace("unit: handled_by", "unit: unit"),
            "ledgers/requests.csv": REQUESTS.replace("handled_by", "unit"),
        },
    )
    counts = {count.ledger.code: count for count in ledger_counts(book, on=DAY)}

    assert (counts["requests"].records, counts["requests"].open, counts["requests"].overdue) == (
        3,
        None,
        None,
    )
    assert (counts["others"].records, counts["others"].open, counts["others"].overdue) == (0, 0, 0)
    with pytest.raises(UsageError, match="neither 'closed' nor 'states'"):
        ledger_records(book, "requests", on=DAY, which="open")
    with pytest.raises(UsageError, match="did you mean 'others'"):
        ledger_records(book, "other", on=DAY)
    assert len(ledger_records(book, "others", on=DAY, which="overdue").records) == 0


def test_a_workbook_has_the_same_ledgers(tmp_path: Path) -> None:
    book = write(tmp_path, {"ledgers/requests.csv": MORE})
    convert(book, tmp_path / "book.xlsx")

    assert ledger_counts(tmp_path / "book.xlsx", on=DAY) == ledger_counts(book, on=DAY)
    (first, *_) = ledger_records(tmp_path / "book.xlsx", "requests", on=DAY).records.rows(named=True)
    assert (first["source_file"], first["source_sheet"], first["source_row"]) == (
        "book.xlsx",
        "台账-requests",
        2,
    )


def test_the_log_of_imports_is_no_ledger(tmp_path: Path) -> None:
    log = "on,key,column,before,after\n2023-01-01,001,state,,受理\n"
    book = write(tmp_path, {"ledgers/requests.log.csv": log})

    assert [count.ledger.code for count in ledger_counts(book, on=DAY)] == ["requests"]
    assert load(book).findings == ()
    assert load(book).hash == load(write(tmp_path / "other")).hash
