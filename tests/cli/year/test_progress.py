"""`quanheng progress` as a person and as a program use it, over a small book on the disk."""

from __future__ import annotations

import csv
import json
import math
import re
from pathlib import Path

import pytest
from tests.cli.commands import answer_to

from quanheng.examples import path_of_example

SCHEME = """\
quanheng: 1
id: watch
title: {zh: 小考核, en: Small}
round: 2023
items:
  tax: {name: 税收, kind: cumulative, every: month}
  jobs: {name: 就业, kind: cumulative, every: quarter}
pace: {curve: even, yellow: 95%, red: 85%, repeat: 2, due_soon: 14}
ledgers:
  tasks: {name: 任务台账, key: task, due: due_on, closed: closed_on}
defaults: {rule: {target: {cap: 110}}}
indicators:
  revenue: {name: {zh: 财政收入, en: Revenue}, measure: tax, weight: 60}
  work: {name: {zh: 新增就业, en: New jobs}, measure: jobs, weight: 40}
rounding: {total: 2}
"""
FILES = {
    "scheme.yaml": SCHEME,
    "units.csv": "unit,name\nT1,甲镇\nT2,乙镇\n",
    # 120 in the year, so 10 a month: T1 has 8 a month from April on, T2 all
    "data/tax.csv": "unit,period,tax\n"
    + "".join(
        f"{unit},2023-0{month},{value}\n"
        for unit, values in {"T1": (20, 30, 33, 40, 48), "T2": (20, 30, 40, 50, 60)}.items()
        for month, value in zip(range(2, 7), values, strict=True)
    ),
    "data/jobs.csv": "unit,period,jobs\nT1,2023-Q1,25\nT1,2023-H1,50\nT2,2023-Q1,30\n",
    "targets.csv": "unit,indicator,period,target\n*,revenue,2023,120\n*,work,2023,100\n",
    # on 30 June: one overdue, one due within 14 days, one closed, one due later
    "ledgers/tasks.csv": "task,unit,due_on,closed_on\n"
    "1,T1,2023-06-20,\n2,T1,2023-07-14,\n3,T1,2023-05-01,2023-05-02\n4,T2,2023-07-15,\n",
}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return lay_small_book(tmp_path)


def lay_small_book(folder: Path) -> Path:
    """Lay the small book into a folder, and return where."""
    for name, text in FILES.items():
        file = folder / "small" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder / "small"


def test_who_is_behind_stands_in_one_table_with_the_reason(book: Path) -> None:
    answer = answer_to("progress", str(book), "--at", "2023-06", "--lang", "zh")
    assert answer.code == 0, answer.err
    lines = answer.out.splitlines()
    assert lines[0] == "小考核  2023-06"
    # T1: 60 × 0.8 + 40 × 1 = 88; T2: jobs of the second quarter are not in: 30 of 50 due
    # past half: T1 one of two (48 < 60), T2 one of two (30 < 50)
    assert lines[3].split() == ["甲镇", "1", "0", "1", "0", "88.00", "1", "1/2"]
    assert lines[4].split() == ["乙镇", "1", "0", "1", "0", "84.00", "2", "1/2"]
    assert "双过半：时间过半，任务过半：2个单位中0个全部过关，4项任务中2项过关" in lines
    behind = [line.split() for line in lines if "■ 告警" in line and not line.startswith("单位")]
    # 48 of 60 due, 48/120 of the year, 12 short, (120 - 48)/6 = 12 a month
    assert behind[0][:9] == ["甲镇", "财政收入", "2023-06", "48", "120", "50.0%", "60", "80.0%", "40.0%"]
    assert behind[0][9:] == ["-12", "12", "80.0", "48.00", "■", "告警", "应达进度完成率80.0%，低于85%"]
    assert behind[1][-1] == "应达进度完成率60.0%，低于85%；2023-Q2未报送"


def test_alerts_are_listed_by_unit_and_in_english(book: Path) -> None:
    answer = answer_to("progress", str(book), "--at", "2023-06", "--alerts", "--lang", "en")
    text = " ".join(answer.out.split())
    # T1: 33 of 40 in April is red (82.5 %), 40 of 50 in May (80 %), 48 of 60 in June: three times
    assert "甲镇 ‼ raised Revenue 2023-06 80.0% of what is due is done, under 85% (3 in a row)" in text
    assert "甲镇 × overdue 任务台账 2023-06-30 records overdue: 1" in text
    assert "甲镇 ◔ due soon 任务台账 2023-06-30 records due soon: 1" in text
    assert "乙镇 ○ not reported 就业 2023-Q2 2023-Q2 is not reported" in text


def test_one_unit_is_shown_whole_by_its_name(book: Path) -> None:
    answer = answer_to("progress", str(book), "--at", "2023-06", "--unit", "甲镇", "--lang", "zh")
    assert "乙镇" not in answer.out
    assert "● 正常" in answer.out.splitlines()[-2] + answer.out.splitlines()[-3]


def test_program_gets_rows_units_alerts_and_the_check(book: Path) -> None:
    answer = answer_to("progress", str(book), "--at", "2023-H1", "--indicator", "revenue", "--json")
    record = json.loads(answer.out)
    assert [(row["unit"], row["light"], row["times"]) for row in record["rows"]] == [
        ("T1", "red", 3),
        ("T2", "green", 5),
    ]
    assert record["rows"][0]["gap"] == -12.0
    assert record["check"]["code"] == "half_year"
    assert record["check"]["units"][1] == {"unit": "T2", "checked": 1, "passed": 1, "held": True}
    assert {row["kind"] for row in record["alerts"]} == {"light"}


def test_table_and_alerts_are_written_as_csv(book: Path, tmp_path: Path) -> None:
    table, alerts = tmp_path / "table.csv", tmp_path / "alerts.csv"
    assert answer_to("progress", str(book), "--at", "2023-06", "--csv", str(table)).code == 0
    assert answer_to("progress", str(book), "--at", "2023-06", "--alerts", "--csv", str(alerts)).code == 0
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 4
    assert (rows[0]["value"], rows[0]["due"], rows[0]["completion"], rows[0]["light"]) == (
        *("48.0", "60.0", "0.8"),
        "red",
    )
    with alerts.open(encoding="utf-8-sig", newline="") as file:
        assert {row["level"] for row in csv.DictReader(file)} == {
            *("raised", "red", "missing", "overdue", "due_soon")
        }


def test_picture_says_each_light_in_words(book: Path, tmp_path: Path) -> None:
    picture = tmp_path / "lights.svg"
    answer_to("progress", str(book), "--at", "2023-06", "--svg", str(picture), "--lang", "zh")
    text = picture.read_text(encoding="utf-8")
    assert re.search('aria-label="甲镇，财政收入：告警"[^>]*>■<', text)
    assert re.search('aria-label="乙镇，财政收入：正常"[^>]*>●<', text)


def test_unknown_names_offer_the_nearest(book: Path) -> None:
    unit = answer_to("progress", str(book), "--at", "2023-06", "--unit", "甲镇街", "--lang", "zh")
    assert (unit.code, "是否指“甲镇”" in unit.err) == (2, True)
    indicator = answer_to("progress", str(book), "--at", "2023-06", "--indicator", "revenu", "--lang", "en")
    assert (indicator.code, "did you mean 'revenue'?" in indicator.err) == (2, True)
    period = answer_to("progress", str(book), "--at", "soon", "--lang", "en")
    assert period.code != 0


def test_without_history_no_number_is_guessed(book: Path) -> None:
    answer = answer_to(
        *("progress", str(book), "--at", "2023-06", "--unit", "T1"),
        *("--forecast", "--backtest", "--lang", "en"),
    )
    assert answer.code == 0, answer.err
    assert "little history" in answer.out
    assert "Not enough history to look back" in answer.out


def test_history_is_looked_back_on_without_a_month() -> None:
    district = str(path_of_example("district-2023"))
    alone = answer_to("progress", district, "--backtest", "--lang", "en")
    beside = answer_to("progress", district, "--at", "2023-06", "--backtest", "--json")

    assert (alone.code, alone.out.splitlines()[0]) == (0, "Forecasts of earlier years")
    everything = alone.out.split("\nall ")[1].split()
    (all_of_them,) = [row for row in json.loads(beside.out)["backtest"] if row["indicator"] == ""]
    # a percentage is cut after one decimal, never rounded up to a limit
    inside = math.floor(1000 * all_of_them["inside_80"]) / 10
    assert everything[:2] == [str(all_of_them["forecasts"]), f"{inside:.1f}%"]


def test_a_month_is_needed_for_all_else(book: Path) -> None:
    for more in ([], ["--alerts"], ["--backtest", "--forecast"]):
        answer = answer_to("progress", str(book), *more, "--lang", "en")
        assert (answer.code, answer.err) == (2, "quanheng: --at is missing\n")


def test_figures_that_were_not_known_on_the_day_do_not_count(book: Path) -> None:
    # the second quarter of T1's jobs was known on 10 July, a week after the day looked from
    text = "unit,item,period,value,known_on\nT1,jobs,2023-Q1,25,2023-04-10\nT1,jobs,2023-H1,50,2023-07-10\n"
    (book / "data" / "jobs.csv").write_text(text, encoding="utf-8")
    early = answer_to("progress", str(book), "--at", "2023-06", "--as-of", "2023-07-03", "--json")
    late = answer_to("progress", str(book), "--at", "2023-06", "--json")
    found = [
        next(
            row for row in json.loads(answer.out)["rows"] if (row["unit"], row["indicator"]) == ("T1", "work")
        )
        for answer in (early, late)
    ]
    assert [(row["value"], row["light"]) for row in found] == [(25.0, "red"), (50.0, "green")]
    assert json.loads(early.out)["as_of"] == "2023-07-03"


def test_help_does_not_call_an_option_that_is_left_out_a_default() -> None:
    page = answer_to("progress", "--help", "--lang", "en").out
    assert "--alerts" in page
    assert "False" not in page
    assert "()" not in page


def test_a_month_without_a_year_is_of_the_rounds_year(book: Path) -> None:
    whole = answer_to("progress", str(book), "--at", "2023-06", "--lang", "zh")
    assert answer_to("progress", str(book), "--at", "6月", "--lang", "zh").out == whole.out
    assert whole.code == 0
