"""The published figures of Wuxi, its districts and their peers, as headline figures."""

from __future__ import annotations

from typing import Any

import pytest

import quanheng as qh
from quanheng.examples import path_of_example
from quanheng.insight.headline.figures import Headline, headlines_of_book
from quanheng.insight.headline.sentences import sentences
from quanheng.periods.period import parse_period


def told(item: str, group: str, whole: str | None = None) -> Headline:
    book = qh.load(path_of_example("wuxi-gdp"))
    (one,) = headlines_of_book(book, [item], period=parse_period("2023"), group=group, whole=whole)
    return one


def row_of(headline: Headline, unit: str) -> dict[str, Any]:
    return next(row for row in headline.rows.rows(named=True) if row["unit"] == unit)


def test_the_book_has_no_errors_and_ranks_those_with_enough_figures() -> None:
    result = qh.score(qh.load(path_of_example("wuxi-gdp")))

    places = dict(result.ranking.select("unit", "place").rows())
    assert [places[unit] for unit in ("suzhou", "nanjing", "wuxi")] == [1, 2, 3]
    assert places["binhu"] is None
    assert places["wujin"] is None


def test_jiangyin_gained_a_place_in_industrial_output() -> None:
    row = row_of(told("industry_output", "districts"), "jiangyin")

    # 2022: Kunshan 10810.98, Suzhou park 6850.21, Jiangyin 6688.3; 2023: 11432.65, 6509.36, 7014.1
    assert (row["place"], row["of"], row["places_gained"], row["compared"]) == (2, 9, 1, 7)
    # no rate is published: 7014.1 / 6688.3 - 1 = 4.8712 %
    assert (row["growth_basis"], row["growth"]) == ("from_levels", pytest.approx(7014.1 / 6688.3 - 1))
    # of all nine 54119.13; of the seven with both years 46230.30 and 44913.83
    assert row["share"] == pytest.approx(7014.1 / 54119.13)
    assert row["share_change"] == pytest.approx(7014.1 / 46230.30 - 6688.3 / 44913.83)
    # 11432.65 / 7014.1 - 1 = 62.995 %
    assert (row["next_unit"], row["needed"]) == ("kunshan", pytest.approx(0.62995, abs=1e-5))
    assert row["needed_moving"] == pytest.approx(11432.65 * (11432.65 / 10810.98) / 7014.1 - 1)


def test_published_growth_of_gdp_is_not_that_of_its_levels() -> None:
    row = row_of(told("gdp", "cities"), "wuxi")

    assert (row["growth"], row["growth_basis"]) == (pytest.approx(0.06), "published")
    assert row["level_growth"] == pytest.approx(15456.19 / 14850.82 - 1)  # 4.08 %
    assert (row["place"], row["of"]) == (3, 13)


def test_a_district_is_compared_with_the_city_it_is_part_of() -> None:
    headline = told("gdp", "districts", "无锡市")

    row = row_of(headline, "huishan")

    assert row["share"] == pytest.approx(1276.03 / 15456.19)
    assert row["lead"] == pytest.approx(0.001)  # 6.1 % against the city's 6.0 %
    assert [text.zh for text in sentences(headline, "huishan")] == [
        "2023年，惠山区地区生产总值（含开发区）1276.03亿元，在3个区（县级市）中居第3位，没有上年数，位次变化无从比较。",
        "公布的增速：增长6.1%，高于无锡市的6% 0.1个百分点。",
        "占无锡市的8.26%，占比变化无从比较。",
        "距第2位的金坛区差26.89亿元：若对方持平，明年增长2.11%即可追平（按现价总量）。",
    ]


def test_the_sentences_of_a_district_in_english() -> None:
    total, growth, share, gap = (text.en for text in sentences(told("industry_output", "districts"), "sip"))

    assert total == (
        "In 2023 the gross industrial output (规模以上工业企业，现价) of 苏州工业园区 was 6509.36 亿元, "
        "place 3 of 9; among the 7 with figures of both years it lost 1 place."
    )
    assert growth == (
        "No rate is published; its level fell by 4.98%, 7.87 percentage points below the mean of 2.89% "
        "on the same basis."
    )
    assert share == (
        "It has 12.03% of the sum of all 9, down 1.17 percentage points on the year before "
        "(among the 7 with figures of both years)."
    )
    assert gap == (
        "江阴市 at place 2 is 504.74 亿元 ahead: growth of 7.75% next year draws level if it stands still, "
        "13% if its level goes on changing by 4.87% (levels at current prices)."
    )


def test_two_scopes_of_one_district_are_two_items() -> None:
    with_zone, without = told("gdp", "districts"), told("gdp_without_zone", "districts")

    assert row_of(with_zone, "wujin")["value"] == 3222.84
    assert row_of(without, "wujin")["value"] == 2239.58
    assert (with_zone.scope, without.scope) == ("含开发区", "不含经开区")
