"""Working days between the dates of records; the calendars are invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.usecase.ledger_books import write

from quanheng.data.load import load
from quanheng.engine.results.score import score
from quanheng.findings.finding import FindingsError
from quanheng.usecase.books.convert import convert

SCHEME = """\
quanheng: 1
id: requests
title: 诉求
round: 2023
items: {{total: {{{item}}}}}
indicators: {{p: {{measure: total, weight: 100, rule: {{given: {{range: [-10, 10]}}}}}}}}
"""
# 2023-01-01 is a Sunday; Monday the 2nd is off, Saturday the 7th is made up
CALENDAR = "date,day,holiday\n2023-01-01,off,New Year\n2023-01-02,off,New Year\n2023-01-07,work,\n"
LEDGER = """\
unit,opened,closed
T1,2022-12-31,2023-01-09
T1,2023-01-06,2023-01-06
T1,2023-01-05 09:00,2023-01-08 10:00
T2,2023-01-09,2023-01-03
T2,2023-01-03,
"""


def book(root: Path, item: str, ledger: str = LEDGER, calendar: str | None = CALENDAR) -> Path:
    return write(
        root,
        {
            "scheme.yaml": SCHEME.format(item=item),
            "units.csv": "unit,name\nT1,甲镇\nT2,乙镇\n",
            "ledgers/requests.csv": ledger,
            "calendar.csv": calendar,
        },
    )


def values(root: Path, item: str, **files: str) -> list[float | None]:
    return score(load(book(root, item, **files))).wide["measure|p"].to_list()


def findings(root: Path, item: str, **files: str | None) -> list[str]:
    with pytest.raises(FindingsError) as caught:
        score(load(book(root, item, **files)))  # type: ignore[arg-type]  # a file that is not there
    return [f"{each.code} {each.message('en')}" for each in caught.value.findings]


def test_the_first_day_does_not_count_and_the_last_one_does(tmp_path: Path) -> None:
    # T1: 3, 4, 5, 6 January, the 7th made up, Monday the 9th: 6; the same day: 0; the 6th and the 7th: 2
    # T2: back from the 9th to the 3rd are the 4th, 5th, 6th, 7th and 9th: -5; the open one is empty
    assert values(tmp_path, "sum: 'requests.workdays(opened, closed)'") == [8.0, -5.0]
    assert values(tmp_path, "max: 'requests.workdays(opened, closed)'") == [6.0, -5.0]


def test_a_condition_may_ask_for_working_days(tmp_path: Path) -> None:
    assert values(tmp_path, "count: requests, where: 'workdays(opened, closed) <= 5'") == [2.0, 1.0]
    # 3 January and 5 working days: by the 9th
    late = "count: requests, where: 'workdays(opened, coalesce(closed, 2023-01-10)) > 5'"
    assert values(tmp_path, late) == [1.0, 1.0]


def test_a_day_outside_the_calendar_is_an_error_that_names_a_record(tmp_path: Path) -> None:
    older = LEDGER + "T2,2021-12-01,2023-01-03\n"
    told = (
        "QH692 'workdays(opened, closed)' has no value for 1 records that make up the item 'total', such as "
        "ledgers/requests.csv!7: the calendar covers 2023"
    )

    assert told in findings(tmp_path, "sum: 'requests.workdays(opened, closed)'", ledger=older)
    condition = "count: requests, where: 'workdays(opened, closed) <= 5 and closed >= 2023-01-01'"
    (found,) = findings(tmp_path, condition, ledger=older)
    assert found.startswith(
        "QH692 'workdays(opened, closed) <= 5 and closed >= 2023-01-01' has no value for 1"
    )


def test_a_record_that_another_condition_leaves_out_needs_no_calendar(tmp_path: Path) -> None:
    older = LEDGER + "T2,2021-12-01,2023-01-03\n"
    item = "count: requests, where: 'opened >= 2022-12-31 and workdays(opened, closed) <= 5'"

    assert values(tmp_path, item, ledger=older) == [2.0, 1.0]


def test_without_a_calendar_nobody_guesses(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, "sum: 'requests.workdays(opened, closed)'", calendar=None)

    assert found.startswith("QH502")
    assert "workdays() needs calendar.csv" in found


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("2023-05-01,maybe,", "QH693 'maybe' says neither that the day is off nor that work is done"),
        ("2023-01-02,work,", "QH694 2023-01-02 stands here again, and says something else than before"),
        ("2025-01-01,off,", "QH695 the calendar has days of 2023, 2025, but none of 2024"),
        ("soon,off,", "QH328"),
    ],
)
def test_what_is_wrong_with_a_calendar_is_told(tmp_path: Path, row: str, told: str) -> None:
    found = findings(tmp_path, "sum: 'requests.workdays(opened, closed)'", calendar=f"{CALENDAR}{row}\n")

    assert any(each.startswith(told) for each in found), found


@pytest.mark.parametrize(
    ("item", "code"),
    [
        ("sum: 'requests.workdays(opened, 5)'", "QH224"),
        ("sum: 'requests.workdays(opened)'", "QH170"),
        ("attribute: area", "QH223"),
    ],
)
def test_working_days_are_between_dates_of_records(tmp_path: Path, item: str, code: str) -> None:
    path = book(tmp_path, item)
    if code == "QH223":
        scheme = path / "scheme.yaml"
        text = scheme.read_text(encoding="utf-8")
        scheme.write_text(
            text.replace("measure: total", "measure: 'workdays(total, total)'"), encoding="utf-8"
        )

    with pytest.raises(FindingsError) as caught:
        score(load(path))
    assert code in [each.code for each in caught.value.findings]


def test_a_book_keeps_its_calendar_as_a_workbook(tmp_path: Path) -> None:
    path = book(tmp_path, "sum: 'requests.workdays(opened, closed)'")
    into = tmp_path / "book.xlsx"

    convert(path, into)

    assert load(into).calendar == load(path).calendar
    assert score(load(into)).wide["measure|p"].to_list() == [8.0, -5.0]
