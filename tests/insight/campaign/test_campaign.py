from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from tests.cli.commands import answer_to
from tests.usecase.ledger_books import write

from quanheng.findings.errors import UsageError
from quanheng.findings.text import Text
from quanheng.insight.campaign.campaign import CampaignState
from quanheng.insight.campaign.effects import Change, rounds_over
from quanheng.scheme.ledgers.ledger import Campaign
from quanheng.usecase.year.campaign import campaign

SCHEME = """\
quanheng: 1
id: action
title: 专项行动
round: 2023
items:
  accidents: {kind: flow, every: month}
  population: {kind: stock}
indicators:
  rate: {name: 事故率, measure: accidents / population, weight: 60, rule: percentile, direction: less}
  spirit: {name: 人口, measure: population, weight: 40, rule: percentile}
ledgers:
  tasks:
    name: 任务
    key: no
    unit: unit
    due: due_on
    closed: closed_on
campaigns:
  safety:
    name: 安全生产治本攻坚三年行动
    ledger: tasks
    where: campaign == '治本攻坚'
    from: 2022-01-01
    to: 2024-12-31
    milestones:
      - {name: 动员部署, by: 2022-03-31, done: 20%}
      - {name: 集中攻坚, by: 2022-12-31, done: 60%}
      - {name: 巩固提升, by: 2023-06-30, done: 80%}
      - {name: 总结, by: 2024-12-31, done: 100%}
    indicators: [rate, spirit]
"""
TASKS = """\
no,unit,campaign,due_on,closed_on
1,T1,治本攻坚,2022-03-01,2022-02-20
2,T1,治本攻坚,2022-12-01,2023-01-15
3,T1,治本攻坚,2023-07-05,
4,T2,治本攻坚,2022-12-01,2022-11-01
5,T2,治本攻坚,2023-06-01,
6,T2,别的行动,2023-06-01,2023-05-01
"""
YEARS = "unit,period,population\nT1,2021,10\nT1,2022,10\nT2,2021,20\nT2,2022,20\nT1,2023,10\nT2,2023,20\n"
MONTHS = "unit,period,accidents\n" + "".join(
    f"{unit},{year}-{month:02},{count}\n"
    for unit, year, count in (("T1", 2021, 5), ("T2", 2021, 5), ("T1", 2022, 2), ("T2", 2022, 6))
    for month in range(1, 13)
)
DAY = dt.date(2023, 6, 30)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    files = {"scheme.yaml": SCHEME, "ledgers/requests.csv": None, "ledgers/tasks.csv": TASKS}
    return write(tmp_path, {**files, "data/people.csv": YEARS, "data/accidents.csv": MONTHS})


def marks(state: CampaignState) -> list[tuple[str, int, int, str]]:
    return [(stage.milestone.name, stage.done, stage.now, stage.mark) for stage in state.stages]


def test_milestones_are_judged_on_their_days(book: Path) -> None:
    state = campaign(book, "safety", on=DAY)

    # five tasks: done by 31 March 2022 one (20 %), by the end of 2022 two (40 % of 60 %, but 60 % by now),
    # by 30 June 2023 three (60 % of 80 %)
    assert (state.tasks, state.done) == (5, 3)
    assert marks(state) == [
        ("动员部署", 1, 3, "reached"),
        ("集中攻坚", 2, 3, "late"),
        ("巩固提升", 3, 3, "missed"),
        ("总结", 3, 3, "to_come"),
    ]
    assert [stage.share for stage in state.stages] == [0.2, 0.4, 0.6, 0.6]


def test_an_earlier_day_knows_only_what_was_done_by_then(book: Path) -> None:
    state = campaign(book, "安全生产治本攻坚三年行动", on=dt.date(2022, 12, 30))

    assert marks(state) == [
        ("动员部署", 1, 2, "reached"),
        ("集中攻坚", 2, 2, "to_come"),
        ("巩固提升", 2, 2, "to_come"),
        ("总结", 2, 2, "to_come"),
    ]


def test_tasks_are_counted_by_unit(book: Path) -> None:
    # T1: three tasks, two done, the third due in five days; T2: two, one done, the other overdue since 1 June
    assert campaign(book, "safety", on=DAY).units.rows() == [
        ("T1", "甲镇", 3, 2, 1, 0),
        ("T2", "乙镇", 2, 1, 0, 1),
    ]


def test_indicators_are_followed_across_the_years(book: Path) -> None:
    rate, spirit = campaign(book, "safety", on=dt.date(2022, 12, 31)).movements

    # 2021: 60/10 and 60/20, mean 4.5; 2022: 24/10 and 72/20, mean 3.0: fewer is better
    assert rate.means == {"2021": 4.5, "2022": 3.0}
    assert rate.years == Change(moved=-1.5, better=True)
    assert rate.lately == Change()
    assert sorted(rate.units.rows()) == [
        ("T1", "2021", 6.0),
        ("T1", "2022", 2.4),
        ("T2", "2021", 3.0),
        ("T2", "2022", 3.6),
    ]
    assert spirit.means == {"2021": 15.0, "2022": 15.0}
    assert spirit.years == Change(moved=0.0, better=None)


def test_a_running_year_is_compared_with_the_same_months_before(book: Path) -> None:
    months = "".join(f"T1,2023-0{month},3\nT2,2023-0{month},6\n" for month in range(1, 7))
    (book / "data/accidents.csv").write_text(MONTHS + months, encoding="utf-8")

    rate, _ = campaign(book, "safety", on=DAY).movements

    # first half of 2022: 12/10 and 36/20, mean 1.5; of 2023: 18/10 and 36/20, mean 1.8: more is worse
    assert rate.means == {"2021": 4.5, "2022": 3.0, "2022-H1": 1.5, "2023-H1": pytest.approx(1.8)}
    assert rate.years == Change(moved=-1.5, better=True)
    assert rate.lately.moved == pytest.approx(0.3)
    assert rate.lately.better is False


def test_a_round_without_figures_has_no_mean(book: Path) -> None:
    rate, _ = campaign(book, "safety", on=DAY).movements

    # nobody reported accidents of 2023
    assert rate.means == {"2021": 4.5, "2022": 3.0, "2022-H1": 1.5, "2023-H1": None}
    assert (rate.years.moved, rate.lately) == (-1.5, Change())


def test_a_campaign_without_tasks_has_no_shares(tmp_path: Path) -> None:
    files = {"scheme.yaml": SCHEME, "ledgers/requests.csv": None, "data/people.csv": YEARS}
    state = campaign(write(tmp_path, {**files, "data/accidents.csv": MONTHS}), "safety", on=DAY)

    assert (state.tasks, state.done, len(state.units)) == (0, 0, 0)
    assert {stage.mark for stage in state.stages} == {"no_tasks"}


def test_rounds_run_from_the_year_before_to_the_last_whole_month() -> None:
    bare = Campaign(code="a", name=Text(), ledger="tasks")
    whole = Campaign(code="a", name=Text(), ledger="t", starts=dt.date(2022, 4, 1), ends=dt.date(2023, 6, 30))

    def names(campaign: Campaign, on: dt.date) -> tuple[list[str], list[str]]:
        rounds = rounds_over(campaign, on, year=2023)
        return list(rounds.years), list(rounds.lately)

    assert names(bare, dt.date(2023, 12, 31)) == (["2022", "2023"], [])
    assert names(bare, dt.date(2023, 1, 20)) == (["2022"], [])
    assert names(whole, dt.date(2025, 1, 1)) == (["2021", "2022"], ["2022-H1", "2023-H1"])
    assert names(whole, dt.date(2019, 6, 1)) == ([], [])


def test_an_unknown_campaign_offers_the_nearest(book: Path) -> None:
    with pytest.raises(UsageError, match="did you mean 'safety'"):
        campaign(book, "safty", on=DAY)


def test_the_command_shows_milestones_and_indicators(book: Path) -> None:
    answer = answer_to("campaign", str(book), "safety", "--on", "2023-06-30", "--lang", "zh")

    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines() == [
        "安全生产治本攻坚三年行动  2023-06-30",
        "任务 5 项，已完成 3 项",
        "",
        "节点      期限        应完成   届时完成  目前完成",
        "动员部署  2022-03-31   20.0%  1 (20.0%)         3  ✓ 已达到",
        "集中攻坚  2022-12-31   60.0%  2 (40.0%)         3  △ 逾期达到",
        "巩固提升  2023-06-30   80.0%  3 (60.0%)         3  ✗ 未达到",
        "总结      2024-12-31  100.0%  3 (60.0%)         3  · 未到期",
        "",
        "单位  任务  已完成  即将到期  已逾期",
        "甲镇     3       2         1       0",
        "乙镇     2       1         0       1",
        "",
        "指标（各单位均值）     2021     2022     变化",
        "事故率               4.5000   3.0000  -1.5000  改善",
        "人口                15.0000  15.0000  +0.0000  –",
        "",
        "指标（各单位均值）  2022-H1  2023-H1     变化",
        "事故率               1.5000                    –",
        "人口                15.0000  15.0000  +0.0000  –",
    ]
