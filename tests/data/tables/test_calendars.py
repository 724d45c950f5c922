from __future__ import annotations

from pathlib import Path

import pytest
from tests.data.books import HAZARDS, findings_of, told, write_book

from quanheng.data.tables.calendars import odd_date, odd_period
from quanheng.findings.finding import Location

HERE = Location(file="a.csv", line=2)
LUNAR = ["农历二月初二", "正月十五", "2023年腊月廿三", "闰二月十五", "癸卯年三月"]
MINGUO = ["民国112年3月18日", "112年3月18日", "１１２/３/１８", "112-03-18", "民国一百一十二年"]
BUDDHIST = ["佛历2566年3月18日", "2566-03-18", "2566/3/18", "25660318"]
ERAS = ["令和5年3月18日", "昭和63年"]
TWO_DIGITS = ["23-03-18", "23.3.18", "23年3月18日", "'23-3-18", "18/3/23", "3.18.23"]
FAR = ["1023-03-18", "1899-12-31", "2999年1月1日", "10230318"]
ORDINARY = ["soon", "2023-02-30", "3/18/2023", "2023-13-01", "x2566", "#N/A"]


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        (LUNAR, "QH340"),
        (MINGUO, "QH340"),
        (BUDDHIST, "QH340"),
        (ERAS, "QH340"),
        (TWO_DIGITS, "QH341"),
        (FAR, "QH342"),
        (ORDINARY, "QH328"),
    ],
)
def test_what_is_wrong_with_a_date(texts: list[str], code: str) -> None:
    assert [odd_date(text, HERE).code for text in texts] == [code] * len(texts)


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        (["民国112年", "112年6月", "112/6", "2566", "2566年6月", "农历二月", "令和5年"], "QH340"),
        (["23年6月", "23-06", "23Q1", "23年一季度", "23年"], "QH341"),
        (["1823", "2999-06", "1023年"], "QH342"),
        (["in spring", "2023-13", "2023-Q5"], "QH329"),
    ],
)
def test_what_is_wrong_with_a_period(texts: list[str], code: str) -> None:
    assert [odd_period(text, HERE).code for text in texts] == [code] * len(texts)


def test_the_calendar_is_named_in_both_languages() -> None:
    finding = odd_date("112/3/18", HERE)

    assert finding.message("en") == "'112/3/18' is of the Minguo calendar"
    assert finding.message("zh") == "“112/3/18”是民国纪年"


@pytest.mark.parametrize(
    ("period", "finding"),
    [
        ("112年6月", ["QH340 data/more.csv!2:period"]),
        ("2566-06", ["QH340 data/more.csv!2:period"]),
        ("23年6月", ["QH341 data/more.csv!2:period"]),
        ("1823", ["QH342 data/more.csv!2:period"]),
    ],
)
def test_a_period_of_another_calendar_is_told_with_its_place(
    period: str, finding: list[str], tmp_path: Path
) -> None:
    assert told(write_book(tmp_path, {"data/more.csv": f"unit,period,gdp\nT1,{period},50\n"})) == finding


@pytest.mark.parametrize(
    ("day", "code"),
    [("2566-02-01", "QH340"), ("112.2.1", "QH340"), ("23/2/1", "QH341"), ("1823-02-01", "QH342")],
)
def test_a_date_of_another_calendar_in_a_ledger_is_told_with_its_place(
    day: str, code: str, tmp_path: Path
) -> None:
    hazards = HAZARDS.replace("2023-02-01", day)

    (finding,) = findings_of(write_book(tmp_path, {"ledgers/hazards.csv": hazards}))

    assert (finding.code, str(finding.where)) == (code, "ledgers/hazards.csv!2:due_on")


def test_the_first_and_the_last_year_are_understood(tmp_path: Path) -> None:
    hazards = HAZARDS.replace("2023-02-01", "1900-01-01").replace("2023-03-01", "2199-12-31")

    assert told(write_book(tmp_path, {"ledgers/hazards.csv": hazards})) == []
