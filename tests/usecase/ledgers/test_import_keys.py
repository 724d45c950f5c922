"""Keys that arrive: however spelled, they are the record of the ledger or a finding, never a second one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.data.books import Rows, lines, workbook
from tests.usecase.ledger_books import write

from quanheng.findings.finding import FindingsError
from quanheng.usecase.ledgers.import_ import Import, import_records

SCHEME = """\
quanheng: 1
id: t
title: T
round: 2023
items: {n: {count: req}}
indicators: {leaf: {measure: n, weight: 100, rule: {bands: [[0, 0], [10, 100]]}}}
ledgers: {req: {key: ticket, opened: opened_on, due: due_on, closed: closed_on}}
"""
THERE = "ticket,unit,opened_on,due_on,closed_on\n001,T1,2023-01-02,2023-01-05,\n"


def take_in(root: Path, arriving: str | bytes, there: str = THERE) -> Import:
    files: dict[str, str | bytes | None] = {"scheme.yaml": SCHEME, "ledgers/req.csv": there}
    book = write(root, {**files, "ledgers/requests.csv": None})
    file = root / ("new.xlsx" if isinstance(arriving, bytes) else "new.csv")
    file.write_bytes(arriving if isinstance(arriving, bytes) else arriving.encode())
    return import_records(book, "req", file, on=dt.date(2023, 2, 1), dry_run=True)


def refused(root: Path, arriving: str | bytes, there: str = THERE) -> list[str]:
    with pytest.raises(FindingsError) as raised:
        take_in(root, arriving, there)
    return lines(raised.value.findings)


def test_a_number_of_eighteen_digits_in_a_spreadsheet_is_refused_and_one_without_its_zeros_known(
    tmp_path: Path,
) -> None:
    rows: Rows = [
        ("ticket", "unit", "closed_on"),
        (1, "T1", "2023-01-04"),
        (913202001234567895, "T2", "2023-01-04"),
    ]

    assert refused(tmp_path, workbook({"Sheet1": rows})) == [
        "QH482 new.xlsx!Sheet1!A3",
        "QH485 new.xlsx!Sheet1!A2",
    ]


@pytest.mark.parametrize("key", ["1", "001", "１", "００１", "1.0", " 001 "])
def test_a_key_is_that_of_the_ledger_however_it_is_spelled(tmp_path: Path, key: str) -> None:
    done = take_in(tmp_path, f"ticket,closed_on\n{key},2023-01-04\n")

    assert done.changes.rows() == [("001", "closed_on", None, "2023-01-04")]
    assert (done.new, done.changed) == (0, 1)
    exact = key.strip() == "001"
    assert lines(done.findings) == ([] if exact else ["QH485 new.csv!2:ticket"])


def test_a_key_as_the_ledger_writes_it_is_that_record_though_another_one_is_like_it(tmp_path: Path) -> None:
    done = take_in(tmp_path, "ticket,closed_on\n1,2023-01-04\n", f"{THERE}1,T2,2023-01-02,,\n")

    assert done.changes.rows() == [("1", "closed_on", None, "2023-01-04")]
    assert done.findings == ()


@pytest.mark.parametrize(
    ("arriving", "there", "findings"),
    [
        ("ticket,unit\n01,T1\n", f"{THERE}1,T2,2023-01-02,,\n", ["QH486 new.csv!2:ticket"]),
        ("ticket,unit\n1,T1\n001,T1\n", THERE, ["QH487 new.csv!2:ticket", "QH485 new.csv!2:ticket"]),
        ("ticket,unit\nA2,T1\na2,T1\n", THERE, ["QH487 new.csv!3:ticket"]),
        ("ticket,unit\n9.13E+17,T1\n", THERE, ["QH482 new.csv!2:ticket"]),
    ],
)
def test_what_may_be_two_records_or_arrives_twice_is_refused(
    tmp_path: Path, arriving: str, there: str, findings: list[str]
) -> None:
    assert refused(tmp_path, arriving, there) == findings


SPELLINGS = st.sampled_from(
    [
        str,
        lambda number: f"00{number}",
        lambda number: f"{number}.0",
        lambda number: "".join(chr(ord(letter) + 0xFEE0) for letter in str(number)),
    ]
)


KEYS = st.lists(
    st.tuples(st.integers(0, 30), SPELLINGS), min_size=1, max_size=5, unique_by=lambda own: own[0]
)


@settings(max_examples=20)
@given(there=KEYS, arriving=KEYS)
def test_as_many_records_are_new_as_there_are_new_numbers(
    there: list[tuple[int, object]], arriving: list[tuple[int, object]]
) -> None:
    def table(rows: list[tuple[int, object]]) -> str:
        heading = "ticket,unit,opened_on,due_on,closed_on\n"
        return heading + "".join(f"{spell(number)},T1,,,\n" for number, spell in rows)  # type: ignore[operator]  # a spelling is a function

    with TemporaryDirectory() as folder:
        done = take_in(Path(folder), table(arriving), table(there))

    assert done.new == len({number for number, _ in arriving} - {number for number, _ in there})


def test_another_time_of_the_same_day_is_a_change(tmp_path: Path) -> None:
    there = "ticket,unit,opened_on,due_on,closed_on\n001,T1,2023-01-02,2023-01-05 18:00,2023-01-05 17:30\n"

    done = take_in(tmp_path, "ticket,due_on,closed_on\n001,2023-01-05 18:00:00,2023年1月5日19时30分\n", there)

    assert done.changes.rows() == [("001", "closed_on", "2023-01-05 17:30", "2023-01-05 19:30")]
