from __future__ import annotations

import pytest
from tests.data.books import gathered

from quanheng.data.files.delimited import read_csv
from quanheng.data.tables.around.time import names_with_years, settle_time, tell_other_periods
from quanheng.data.tables.cutting import cut_table
from quanheng.data.tables.headings import WIDE_DATA
from quanheng.data.tables.rows import resolve_periods
from quanheng.data.tables.table import Sheet, Table
from quanheng.findings.collector import Collector
from quanheng.periods.period import parse_period


def table(text: str, *, file: str = "data/f.csv", sheet: str | None = None) -> Table:
    raw = read_csv(text.encode(), file=file, collector=Collector())
    assert raw is not None
    of_sheet = Sheet(file=file, sheet=sheet, cells=raw.cells)
    found = cut_table(of_sheet, (WIDE_DATA,), collector=Collector())
    assert found is not None
    return found


def settled(
    title: str = "", *, file: str = "data/f.csv", sheet: str | None = None, round_: str = "2023"
) -> tuple[str | None, list[str]]:
    collector = Collector()
    own = table(f"{title},\nunit,x\nA,1\n", file=file, sheet=sheet)
    time = settle_time(own, parse_period(round_), collector=collector)
    return None if time is None else str(time.period), gathered(collector)


@pytest.mark.parametrize(
    ("title", "file", "sheet", "round_", "period"),
    [
        ("各镇产值", "data/f.csv", None, "2023", "2023"),
        ("2023年各镇产值", "data/f.csv", None, "2023", "2023"),
        ("2023年各镇产值", "data/f.csv", None, "2023-06", "2023-06"),
        ("各镇产值", "data/产值2023.csv", None, "2023-Q2", "2023-Q2"),
        ("2023年上半年", "data/f.csv", None, "2023-H1", "2023-H1"),
        ("2023年5月各镇产值", "data/2023年.csv", "5月", "2023-05", "2023-05"),
        ("2023年1-5月", "data/5月.csv", None, "2023-05", "2023-05"),
    ],
)
def test_what_agrees_with_the_round_is_not_told(
    title: str, file: str, sheet: str | None, round_: str, period: str
) -> None:
    assert settled(title, file=file, sheet=sheet, round_=round_) == (period, [])


@pytest.mark.parametrize(
    ("title", "file", "sheet", "round_", "period", "where"),
    [
        ("2022年各镇产值", "data/f.csv", None, "2023", "2022", "data/f.csv:1"),
        ("2023年5月各镇产值", "data/f.csv", None, "2023-06", "2023-05", "data/f.csv:1"),
        ("2023年1-5月各镇产值", "data/f.csv", None, "2023", "2023-05", "data/f.csv:1"),
        ("2023年全年产值", "data/f.csv", None, "2023-06", "2023", "data/f.csv:1"),
        ("各镇产值", "data/2022.csv", None, "2023", "2022", "data/2022.csv"),
        ("各镇产值", "data/2023年5月.csv", None, "2023-06", "2023-05", "data/2023年5月.csv"),
        ("各镇产值", "data/f.xlsx", "3月", "2023", "2023-03", "data/f.xlsx!3月"),
        ("各镇产值", "data/2022年.xlsx", "3月", "2023", "2022-03", "data/2022年.xlsx!3月"),
        ("2022年各镇产值", "data/f.xlsx", "上半年", "2023", "2022-H1", "data/f.xlsx!上半年"),
        ("各镇产值", "data/f.xlsx", "2021", "2023", "2021", "data/f.xlsx!2021"),
    ],
)
def test_the_period_around_a_table_is_taken_and_told(
    title: str, file: str, sheet: str | None, round_: str, period: str, where: str
) -> None:
    assert settled(title, file=file, sheet=sheet, round_=round_) == (period, [f"QH385 {where}"])


@pytest.mark.parametrize(
    ("title", "file", "sheet"),
    [
        ("2023年5月产值", "data/2023年6月.csv", None),
        ("2023年产值", "data/2022年.csv", None),
        ("2023年产值", "data/f.xlsx", "2022年"),
        ("一季度", "data/f.xlsx", "5月"),
        ("各镇产值", "data/5月.xlsx", "6月"),
        ("2023年5月产值", "data/gdp_2022.csv", None),
    ],
)
def test_places_that_contradict_each_other_are_an_error(title: str, file: str, sheet: str | None) -> None:
    period, found = settled(title, file=file, sheet=sheet)

    assert period is None
    assert [one.split()[0] for one in found] == ["QH383"]


@pytest.mark.parametrize("file", ["data/gdp_2022.csv", "data/2024-plan.csv"])
def test_four_digits_in_a_name_against_the_round_are_an_error(file: str) -> None:
    assert settled(file=file) == (None, [f"QH384 {file}"])


@pytest.mark.parametrize(
    ("names", "sure"),
    [
        ([("data/gdp_2022.csv", None), ("data/gdp_2023.csv", None)], 2),
        ([("data/gdp_2022.csv", None), ("data/gdp_2023.xlsx", "a")], 2),
        ([("data/a.xlsx", "WJP Index 2014 Scores"), ("data/a.xlsx", "WJP Index 2015 Scores")], 2),
        # of another name, folder or workbook, or the same digits again
        ([("data/gdp_2022.csv", None), ("data/plan_2023.csv", None)], 0),
        ([("data/x/gdp_2022.csv", None), ("data/y/gdp_2023.csv", None)], 0),
        ([("data/a.xlsx", "Scores 2014"), ("data/b.xlsx", "Scores 2015")], 0),
        ([("data/gdp_2022.csv", None), ("data/gdp_2022.xlsx", "a"), ("data/gdp_2022.xlsx", "b")], 0),
        ([("data/gdp_2022.csv", None)], 0),
    ],
)
def test_names_that_differ_in_four_digits_only_have_years(
    names: list[tuple[str, str | None]], sure: int
) -> None:
    assert len(names_with_years(names)) == sure


def test_a_table_called_after_a_year_is_of_it_beside_one_of_another_year() -> None:
    years = names_with_years([("data/gdp_2022.csv", None), ("data/gdp_2023.csv", None)])
    own, collector = table("unit,x\nA,1\n", file="data/gdp_2022.csv"), Collector()

    time = settle_time(own, parse_period("2023"), years=years, collector=collector)

    assert time is not None
    assert str(time.period) == "2022"
    assert gathered(collector) == ["QH385 data/gdp_2022.csv"]


def test_the_name_of_a_book_in_one_workbook_says_nothing_of_a_table() -> None:
    assert settled(file="考核2022.xlsx", sheet="数据") == ("2023", [])


@pytest.mark.parametrize(
    ("title", "periods", "findings"),
    [
        ("2023年各镇产值", "2023-01", []),
        ("2023年5月", "2023-01 2023-05", []),
        ("2023年1-5月", "2023-04", []),
        ("2021-2025年规划", "2023", []),
        ("2022年各镇产值", "2022 2023", []),
        ("2022年各镇产值", "2023", ["QH386 data/f.csv:1"]),
        ("2023年5月", "2023-06", ["QH386 data/f.csv:1"]),
        ("Output 2022", "2023", []),
    ],
)
def test_a_title_that_no_row_agrees_with_is_told(title: str, periods: str, findings: list[str]) -> None:
    rows = "".join(f"A,{period},1\n" for period in periods.split())
    own, collector = table(f"{title},,\nunit,period,x\n{rows}"), Collector()
    round_ = parse_period("2023")
    numbers = resolve_periods(own, round_, blank=None, year=2023, collector=collector)

    tell_other_periods(own, numbers, round_, collector)

    assert gathered(collector) == findings


def test_a_month_in_a_column_is_of_the_year_around_the_table() -> None:
    own = table("2022年各镇产值,,\nunit,period,x\nA,6月,1\nA,上半年,1\nA,2023.10,1\n")
    collector = Collector()
    time = settle_time(own, parse_period("2023"), collector=collector)
    assert time is not None

    numbers = resolve_periods(own, time.period, blank=None, year=time.year, collector=collector)

    expected = [parse_period(text).number for text in ("2022-06", "2022-H1", "2023-10")]
    assert (numbers.to_list(), gathered(collector)) == (expected, [])


def test_a_month_that_may_be_two_is_an_error() -> None:
    own, collector = table("unit,period,x\nA,2023.1,1\nA,6.1,1\nA,23-06,1\n"), Collector()

    resolve_periods(own, parse_period("2023"), blank=None, year=2023, collector=collector)

    assert gathered(collector) == [
        "QH382 data/f.csv!2:period",
        "QH329 data/f.csv!3:period",
        "QH341 data/f.csv!4:period",
    ]
