from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from tests.data.books import HAZARDS, SCHEME, gathered
from tests.data.registers import csv, register, scheme

from quanheng.data.ledgers.read import read_ledgers
from quanheng.data.tables.table import Raw
from quanheng.findings.collector import Collector


def read(
    ledgers: dict[str, tuple[Raw, ...]], text: str = SCHEME
) -> tuple[dict[str, pl.DataFrame], list[str]]:
    collector = Collector()
    read_in = read_ledgers(ledgers, register(of=scheme(text)), collector=collector)
    return read_in, gathered(collector)


def hazards(text: str) -> tuple[pl.DataFrame, list[str]]:
    ledgers, found = read({"hazards": csv(text)})
    return ledgers["hazards"], found


def test_records_are_typed_and_keep_their_rows() -> None:
    frame, found = hazards(HAZARDS)

    assert frame.schema == {
        "unit": pl.String,
        "found": pl.String,
        "level": pl.String,
        "due_on": pl.Date,
        "cost": pl.Float64,
        "source_file": pl.String,
        "source_sheet": pl.String,
        "source_row": pl.UInt32,
    }
    assert frame.rows()[0] == ("T1", "001", "重大", dt.date(2023, 2, 1), 12.5, "a.csv", None, 2)
    assert frame["due_on"].to_list()[2] is None
    assert found == []


def test_units_are_named_by_code_or_name_under_either_heading() -> None:
    frame, found = hazards("单位,level,due_on,cost\n乙镇,重大,2023-01-01,1\nt1,重大,2023-01-01,2\n合计,,,3\n")

    assert frame["unit"].to_list() == ["T2", "T1"]
    assert found == ["QH330 a.csv:4"]


def test_an_item_may_count_by_another_column_of_units() -> None:
    text = SCHEME.replace("where: due_on <= period_end}", "where: due_on <= period_end, by: owner}")
    ledger = "unit,owner,level,due_on,cost\nT1,乙镇,重大,2023-01-01,1\nT2,,重大,2023-01-01,2\n"

    ledgers, found = read({"hazards": csv(ledger)}, text)

    assert ledgers["hazards"].select("unit", "owner").rows() == [("T1", "T2"), ("T2", None)]
    assert found == ["QH430 a.csv!3:owner"]


def test_several_sheets_make_one_ledger() -> None:
    header, first, second, _ = HAZARDS.splitlines()
    parts = (*csv(f"{header}\n{first}\n", file="a"), *csv(f"{header}\n{second}\n", file="b"))

    ledgers, _ = read({"hazards": parts})

    assert ledgers["hazards"].select("source_file", "source_row").rows() == [("a", 2), ("b", 2)]


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        (HAZARDS.replace("T2", "T9"), ["QH401 a.csv!4:unit"]),
        (HAZARDS.replace("T2", ""), ["QH430 a.csv!4:unit"]),
        (HAZARDS.replace("due_on", "due_no"), ["QH423 scheme.yaml:11"]),
        (HAZARDS.replace("2023-02-01", "soon"), ["QH328 a.csv!2:due_on"]),
        (HAZARDS.replace("12.5", "a lot"), ["QH327 a.csv!2:cost"]),
        (HAZARDS.replace("unit", "who"), ["QH320 a.csv"]),
    ],
)
def test_what_is_wrong_is_told_at_its_place(text: str, findings: list[str]) -> None:
    _, found = read({"hazards": csv(text)})

    assert found == findings


def test_ledgers_that_are_missing_or_not_used_are_told() -> None:
    ledgers, found = read({"hazard": csv(HAZARDS)})

    assert (ledgers, found) == ({}, ["QH422 scheme.yaml:11", "QH424 a.csv"])


def test_two_sorts_asked_of_one_column_are_a_contradiction_in_any_order() -> None:
    asked = ["a: {count: hazards, where: level == '重大'}", "b: {count: hazards, where: level > 3}"]
    for one, other in (asked, reversed(asked)):
        text = SCHEME.replace("  due:", f"  {one}\n  {other}\n  due:")

        _, found = read({"hazards": csv(HAZARDS)}, text)

        assert found == ["QH478 scheme.yaml:11"]


@pytest.mark.parametrize("form", ["/", "不适用", "—", "N/A", "／", "--"])
@pytest.mark.parametrize("column", ["level", "due_on", "cost", "found"])
def test_what_does_not_apply_is_nothing_in_a_column_of_any_sort(form: str, column: str) -> None:
    rows = [{"found": "001", "level": "重大", "due_on": "2023-02-01", "cost": "12.5"} for _ in range(2)]
    rows[1][column] = form
    text = "unit,found,level,due_on,cost\n" + "".join(f"T1,{','.join(row.values())}\n" for row in rows)

    frame, found = hazards(text)

    assert frame[column].is_null().to_list() == [False, True]
    assert found == []


def test_a_sheet_with_an_empty_column_takes_nothing_from_the_others() -> None:
    parts = (
        *csv("unit,level,due_on,cost,on\nT1,重大,2023-01-01,1,\n", file="a"),
        *csv("unit,level,due_on,cost,on\nT1,重大,2023-01-01,1,2023-02-01\n", file="b"),
    )

    for order in (parts, parts[::-1]):
        ledgers, _ = read({"hazards": order})

        assert ledgers["hazards"].schema["on"] == pl.Date
