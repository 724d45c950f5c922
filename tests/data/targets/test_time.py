"""Of when targets are: a table without a column of periods goes by what stands around it, as data do."""

from __future__ import annotations

import pytest
from tests.data.books import gathered
from tests.data.registers import register

from quanheng.data.files.delimited import read_csv
from quanheng.data.tables.table import Sheet
from quanheng.data.targets.read import read_targets
from quanheng.findings.collector import Collector


def read(text: str, *, file: str = "targets.csv", sheet: str | None = None) -> tuple[list[str], list[str]]:
    raw = read_csv(text.encode(), file=file, collector=Collector())
    assert raw is not None
    collector = Collector()
    own = Sheet(file=file, sheet=sheet, cells=raw.cells)
    targets = read_targets([own], register(), collector=collector)
    found = [line for line in gathered(collector) if not line.startswith("QH449")]  # outside the round
    return sorted(set(targets["period"])), found


ROWS = "unit,indicator,target\nT1,output,85\n"
WITH_PERIODS = "unit,indicator,period,target\nT1,output,2023,85\n"


@pytest.mark.parametrize(
    ("title", "file", "sheet", "periods", "findings"),
    [
        ("", "targets.csv", None, ["2023"], []),
        ("2023年目标任务", "targets.csv", None, ["2023"], []),
        ("2022年目标任务", "targets.csv", None, ["2022"], ["QH385 targets.csv:1"]),
        ("", "targets/2022年.csv", None, ["2022"], ["QH385 targets/2022年.csv"]),
        ("", "targets/目标2022年度.csv", None, ["2022"], ["QH385 targets/目标2022年度.csv"]),
        ("", "小考核.xlsx", "目标-2022年", ["2022"], ["QH385 小考核.xlsx!目标-2022年"]),
        ("", "targets/目标2022.csv", None, [], ["QH384 targets/目标2022.csv"]),
        ("", "targets/目标2023.csv", None, ["2023"], []),
        ("2023年目标任务", "targets/2022年.csv", None, [], ["QH383 targets/2022年.csv:1"]),
        ("2021-2025年规划目标", "targets.csv", None, ["2023"], []),
        ("2023年目标（比2022年增长）", "targets.csv", None, ["2023"], []),
        ("2023年第二季度目标", "targets.csv", None, ["2023-Q2"], ["QH385 targets.csv:1"]),
    ],
)
def test_a_table_of_targets_without_periods_is_of_the_one_around_it(
    title: str, file: str, sheet: str | None, periods: list[str], findings: list[str]
) -> None:
    assert read(f"{title},,\n{ROWS}", file=file, sheet=sheet) == (periods, findings)


def test_a_column_of_periods_counts_and_the_title_that_says_another_is_told() -> None:
    assert read(f"2022年目标任务,,,\n{WITH_PERIODS}") == (["2023"], ["QH386 targets.csv:1"])


def test_a_part_of_a_year_is_of_the_year_in_the_title() -> None:
    text = "2022年目标任务,,,\nunit,indicator,period,target\nT1,output,二季度,85\n"

    assert read(text)[0] == ["2022-Q2"]
