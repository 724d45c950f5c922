from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from tests.data.books import gathered, told, write_book
from tests.data.registers import csv, register, rows, scheme

from quanheng.data.figures.figures import observations_of
from quanheng.data.figures.observations import read_observations
from quanheng.data.tables.register import Register
from quanheng.findings.collector import Collector

SCHEME = """\
quanheng: 1
id: monthly
title: 按月
round: 2023
items:
  gdp: {name: 产值, kind: cumulative, every: month}
  calls: {name: 来电, kind: flow, every: month}
indicators:
  gdp: {measure: gdp, weight: 50, rule: percentile}
  calls: {measure: calls, weight: 50, rule: percentile}
"""


@pytest.fixture(scope="module")
def own() -> Register:
    return register(of=scheme(SCHEME), units="unit\nA\nB\n")


def read(own: Register, text: str) -> tuple[list[tuple[object, ...]], list[str]]:
    collector = Collector()
    figures = read_observations(csv(text, file="data/f.csv"), own, collector=collector)
    found = [*rows(observations_of(figures), "period", "value", "cell")]
    return found, gathered(collector)


@pytest.mark.parametrize(
    ("headings", "year", "part", "period"),
    [
        ("年份,月份", "2023", "6", "2023-06"),
        ("年份,月份", "2023年", "06", "2023-06"),
        ("年度,月份", "2023年度", "6月", "2023-06"),
        ("年,月", "2023", "六月", "2023-06"),
        ("year,month", "2023", "Jun", "2023-06"),
        ("Year,Month", "2023.0", "6.0", "2023-06"),
        ("年份,季度", "2023", "2", "2023-Q2"),
        ("年份,季度", "2023", "二季度", "2023-Q2"),
        ("year,quarter", "2023", "Q2", "2023-Q2"),
        ("年份,月份", "2023", "全年", "2023"),
        ("年份,月份", "2023", "上半年", "2023-H1"),
        ("年份,月份", "2023", "1-5月", "2023-05"),
        ("年份,月份", "2023", "202306", "2023-06"),
        ("年份,月份", "2023", "2023年6月", "2023-06"),
    ],
)
def test_a_year_and_its_part_are_one_period(
    own: Register, headings: str, year: str, part: str, period: str
) -> None:
    text = f"单位,{headings},产值\nA,{year},{part},5\n"

    assert read(own, text) == ([(period, 5.0, "2:产值")], [])


def test_the_columns_may_stand_the_other_way_round_and_apart(own: Register) -> None:
    text = "月份,单位,产值,年份\n6,A,5,2023\n7,A,6,2023\n"

    assert read(own, text) == ([("2023-06", 5.0, "2:产值"), ("2023-07", 6.0, "3:产值")], [])


def test_the_long_form_joins_them_too(own: Register) -> None:
    text = "数据项,单位,年份,月份,数值\n来电,A,2023,6,5\n来电,B,2023,7,6\n"

    assert read(own, text) == ([("2023-06", 5.0, "2:数值"), ("2023-07", 6.0, "3:数值")], [])


@pytest.mark.parametrize("part", ["", "13", "2022-06", "x"])
def test_a_part_that_is_none_or_of_another_year_is_an_error(own: Register, part: str) -> None:
    text = f"单位,年份,月份,产值\nA,2023,{part},5\n"

    assert read(own, text) == ([], ["QH329 data/f.csv!2:年份"])


def test_months_and_quarters_alone_are_of_the_year_around(own: Register) -> None:
    assert read(own, "单位,月份,产值\nA,6,5\n") == ([("2023-06", 5.0, "2:产值")], [])
    assert read(own, "单位,季度,产值\nA,2,5\n") == ([("2023-Q2", 5.0, "2:产值")], [])


def test_a_column_of_whole_periods_counts_alone(own: Register) -> None:
    text = "单位,期间,月份,产值\nA,2023-05,6,5\n"

    assert read(own, text)[0] == [("2023-05", 5.0, "2:产值")]


def test_a_big_parquet_file_with_a_year_and_a_month_is_read_by_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quanheng.data.telling.limits.PANEL_CELLS", 1)
    book = write_book(tmp_path)
    frame = pl.DataFrame({"unit": ["T1", "T2"], "year": [2023, 2023], "month": [3, 6], "gdp": [7.0, 8.0]})
    frame.write_parquet(book / "data" / "wide.parquet")

    assert not [line for line in told(book) if line.startswith(("QH432", "QH386", "QH387"))]
