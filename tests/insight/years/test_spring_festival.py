from __future__ import annotations

import datetime as dt
from itertools import pairwise

from quanheng.insight.years.spring_festival import FIRST_YEAR, LAST_YEAR, day_of, slack_behind


def test_days_are_those_of_published_calendars() -> None:
    published = {
        2018: "02-16",
        2019: "02-05",
        2020: "01-25",
        2021: "02-12",
        2022: "02-01",
        2023: "01-22",
        2024: "02-10",
        2025: "01-29",
        2026: "02-17",
        2033: "01-31",
    }

    assert {year: f"{day_of(year):%m-%d}" for year in published} == published


def test_festivals_lie_twelve_or_thirteen_moons_apart() -> None:
    days = [day for year in range(FIRST_YEAR, LAST_YEAR + 1) if (day := day_of(year)) is not None]
    moons = [(after - before).days / 29.530588 for before, after in pairwise(days)]

    assert len(days) == LAST_YEAR - FIRST_YEAR + 1
    assert all(min(abs(count - 12), abs(count - 13)) < 0.05 for count in moons)
    assert all(dt.date(day.year, 1, 21) <= day <= dt.date(day.year, 2, 20) for day in days)


def test_slack_lies_in_january_or_after_it() -> None:
    # 2023: slack from 15 January to 11 February, 17 of its 28 days in January
    # 2022: from 25 January to 21 February, 7 days of it in January
    # 2018: from 9 February to 8 March, 20 days of it by the end of February
    assert slack_behind(2023, 1) == 17 / 28
    assert slack_behind(2022, 1) == 7 / 28
    assert slack_behind(2018, 1) == 0
    assert slack_behind(2018, 2) == 20 / 28
    assert slack_behind(2018, 3) == 1


def test_outside_the_table_nothing_is_guessed() -> None:
    assert day_of(1989) is None
    assert slack_behind(2100, 1) is None
