"""The invented district: it uses the whole language, fits together, and scores in every period it reports."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import get_args

import polars as pl
import pytest

import quanheng as qh
from quanheng.examples import path_of_example
from quanheng.periods.period import parse_period
from quanheng.scheme.gaps import policies, treatment
from quanheng.scheme.rules.catalogue import AnyRule
from quanheng.scheme.tree.scheme import Dimension, Scheme
from quanheng.scheme.weights import aggregation, methods

_BOOK = path_of_example("district-2023")
_CUMULATIVE = (
    "gdp",
    "industry",
    "retail",
    "investment",
    "project_invest",
    "income",
    "rural_income",
    "energy",
    "revenue",
    "fdi",
)


@pytest.fixture(scope="module")
def book() -> qh.Book:
    return qh.load(_BOOK)


@pytest.fixture(scope="module")
def scheme(book: qh.Book) -> Scheme:
    return book.scheme


@pytest.fixture(scope="module")
def result(book: qh.Book) -> qh.Result:
    return qh.score(book)


def test_book_has_only_the_finding_it_was_given(result: qh.Result) -> None:
    found = [finding for finding in result.findings if finding.severity != "note"]

    # one town has not reported the growth of retail sales for the last quarter
    assert [finding.code for finding in found] == ["QH504"]
    assert "T05" in found[0].message("en")


def test_every_rule_of_the_language_occurs(scheme: Scheme) -> None:
    used = {type(indicator.rule) for indicator in scheme.indicators}

    assert used == set(get_args(AnyRule))


def test_every_policy_for_missing_figures_and_treatment_of_outliers_occurs(scheme: Scheme) -> None:
    used = {type(indicator.gaps.missing) for indicator in scheme.indicators}
    treatments = {type(indicator.treat) for indicator in scheme.indicators if indicator.treat is not None}
    fills = {
        (fill.statistic, fill.within is None, fill.at)
        for fill in (indicator.gaps.missing for indicator in scheme.indicators)
        if isinstance(fill, policies.Fill)
    }

    assert used == set(get_args(policies.MissingPolicy))
    assert treatments == set(get_args(treatment.Treatment))
    assert len(fills) >= 4


def test_means_and_weight_methods_are_mixed(scheme: Scheme) -> None:
    dimensions = [node for node in scheme.nodes if isinstance(node, Dimension)]

    assert {type(node.aggregate) for node in dimensions} >= {
        aggregation.Arithmetic,
        aggregation.Geometric,
        aggregation.Harmonic,
        aggregation.Power,
        aggregation.Minimum,
    }
    assert {type(node.method) for node in dimensions} >= {
        methods.Marks,
        methods.Relative,
        methods.Entropy,
        methods.Ahp,
    }


def test_three_groups_have_their_own_full_marks_indicators_and_weights(scheme: Scheme, book: qh.Book) -> None:
    sizes = dict(book.units.to_native().group_by("group").len().iter_rows())
    indicators = {
        group.code: {node.code for node in scheme.indicators if group.code in node.groups}
        for group in scheme.groups
    }

    assert {group.code: group.marks for group in scheme.groups} == {
        "towns": 100,
        "parks": 120,
        "departments": 100,
    }
    assert sizes == {"towns": 12, "parks": 5, "departments": 20}
    assert len(scheme.indicators) >= 40
    assert len(scheme.root.children) == 6
    assert len({frozenset(codes) for codes in indicators.values()}) == 3


def test_files_come_in_every_form(book: qh.Book) -> None:
    assert {path.suffix for path in (_BOOK / "data").iterdir()} == {".csv", ".xlsx", ".parquet"}
    assert set(book.ledgers) == {"enterprises", "projects", "hazards", "requests", "tasks"}
    assert sorted(book.history["round"].unique().to_list()) == ["2020", "2021", "2022"]
    with pytest.raises(UnicodeDecodeError):
        (_BOOK / "data" / "environment.csv").read_text(encoding="utf-8")


def test_cumulative_figures_rise_through_the_year(book: qh.Book) -> None:
    figures = book.observations.to_native().filter(pl.col("item").is_in(_CUMULATIVE))
    end = pl.col("period").map_elements(lambda text: parse_period(text).number, return_dtype=pl.Int64)
    copied = (pl.col("item") == "investment") & (pl.col("unit") == "T10") & (pl.col("period") == "2023-08")

    rises = (
        figures.filter((pl.col("state") == "value") & ~copied)
        .sort("item", "unit", end)
        .group_by("item", "unit", pl.col("period").str.head(4))
        .agg(rising=(pl.col("value").diff().drop_nulls() > 0).all(), count=pl.len())
    )

    assert rises.height > 200
    assert rises["rising"].all()
    assert rises.filter(pl.col("count") < 4).is_empty()


def test_published_growth_is_near_what_the_levels_show(book: qh.Book) -> None:
    figures = book.observations.to_native().filter(pl.col("state") == "value")
    of_quarter = figures.pivot("item", index=["unit", "period"], values="value")
    before = of_quarter.filter(pl.col("period").str.starts_with("2022")).with_columns(
        pl.col("period").str.replace("2022", "2023")
    )

    both = of_quarter.join(before, on=["unit", "period"], suffix="_before").drop_nulls(["gdp", "gdp_before"])
    inflation = 100 * (both["gdp"] / both["gdp_before"] - 1) - both["gdp_growth"]

    assert both.height == 17 * 4
    assert inflation.is_between(0.3, 0.9).all()


def test_parts_are_not_more_than_their_whole(book: qh.Book) -> None:
    figures = book.observations.to_native().filter(pl.col("state") == "value")
    wide = figures.pivot("item", index=["unit", "period"], values="value")

    assert wide.filter(pl.col("industry") >= pl.col("gdp")).is_empty()
    assert wide.filter(pl.col("project_invest") >= pl.col("investment")).is_empty()
    assert wide.filter(pl.col("court_lost") > pl.col("court_cases")).is_empty()
    assert wide.filter(pl.col("rural_income") >= pl.col("income")).is_empty()


def test_the_day_tea_picking_opens_counts_in_days_against_last_year(result: qh.Result) -> None:
    wide = result.wide.to_native().sort("unit")
    tea = wide.filter(pl.col("measure|tea").is_not_null())

    # 斗斛镇 opens 2 days earlier than in 2022: 80 + 20·2/6; 尺素镇 2 days later: 80 − 40·2/8
    days = dict(tea.select("unit", "measure|tea").iter_rows())
    points = dict(tea.select("unit", "points|tea").iter_rows())
    assert len(days) == 6
    assert (days["T06"], points["T06"]) == (-2, 86.67)
    assert (days["T09"], points["T09"]) == (2, 70)


def test_a_veto_leaves_score_and_place_and_bars_from_the_awards(result: qh.Result) -> None:
    tiers = result.tiers.to_native()

    vetoed = tiers.filter("vetoed")

    assert vetoed["unit"].to_list() == ["T11"]
    assert vetoed["tier"].to_list() == ["不合格"]
    assert vetoed["place"].to_list() == [4]
    assert "T11" not in result.awards["unit"].to_list()


def test_every_yearly_award_is_given_and_some_to_people(result: qh.Result) -> None:
    awards = result.awards.to_native()

    assert set(awards["award"]) == {
        award.name for award in result.scheme.awards if award.every in {None, "year"}
    }
    leaders = awards.filter(pl.col("award") == "优秀带头人")["recipient"].to_list()
    assert leaders == ["李丁", "韩戊", "姜乙"]


@pytest.mark.parametrize("period", ["2023-H1", "2023-Q3"])
def test_book_scores_in_the_periods_inside_the_year(book: qh.Book, period: str) -> None:
    result = qh.score(book, round=period)

    ranked = result.ranking.to_native().drop_nulls("place")
    given = set(result.awards["award"].to_list())
    assert ranked.height >= 35
    assert ("季度流动红旗" in given) == ("Q" in period)


def test_what_was_revised_is_as_it_was_said_first(book: qh.Book) -> None:
    early = qh.load(_BOOK, as_of="2023-09-30").observations.to_native()
    now = book.observations.to_native()

    here = {"item": "gdp", "unit": "T06", "period": "2023-Q2"}
    assert (early.filter(**here)["value"].item(), now.filter(**here)["value"].item()) == (54.59, 53.94)
    assert book.versions.to_native().filter(**here)["known_on"].to_list() == [None, dt.date(2023, 10, 25)]


def test_a_target_was_lowered_in_the_year_with_a_reason(book: qh.Book) -> None:
    here = {"unit": "T09", "indicator": "invest", "period": "2023"}
    versions = book.target_versions.to_native().filter(**here)

    assert versions.select("target", "set_on").rows() == [(19.8, None), (19.0, dt.date(2023, 7, 15))]
    assert versions["reason"].to_list() == [None, "汛期受灾，经区政府同意调减"]
    assert book.targets.to_native().filter(**here)["target"].to_list() == [19.0]


def test_odd_reports_are_where_the_readme_says(book: qh.Book) -> None:
    figures = book.observations.to_native()
    targets = book.targets.to_native().filter(unit="T12", indicator="revenue_done").sort("period")

    def value(item: str, unit: str, period: str) -> float:
        return float(figures.filter(item=item, unit=unit, period=period)["value"].item())

    assert value("investment", "T10", "2023-08") == value("investment", "T10", "2023-07")
    assert value("power", "P04", "2023-10") > 2.2 * value("power", "P04", "2023-09")
    assert value("power", "T05", "2023-08") < 0.7 * value("power", "T05", "2023-07")
    months = {"2023": "2023-12", "2023-H1": "2023-06", "2023-Q1": "2023-03", "2023-Q3": "2023-09"}
    assert targets["target"].to_list() == [
        value("revenue", "T12", months[period]) for period in targets["period"]
    ]


def test_six_years_of_months_are_there_for_a_forecast(book: qh.Book) -> None:
    figures = book.observations.to_native().filter(pl.col("state") == "value")
    months = figures.with_columns(year=pl.col("period").str.head(4)).group_by("item", "unit", "year").len()

    for item, count in (("power", 12), ("revenue", 11), ("investment", 11)):
        own = months.filter(pl.col("item") == item)
        assert sorted(own["year"].unique()) == ["2018", "2019", "2020", "2021", "2022", "2023"]
        assert own["len"].unique().to_list() == [count]


def test_less_is_invested_by_february_where_the_festival_is_late(book: qh.Book) -> None:
    invested = (
        book.observations.to_native().filter(item="investment").group_by("period").agg(pl.col("value").sum())
    )
    by = dict(invested.iter_rows())

    # the festival of 2018 fell on 16 February, that of 2019 on the 5th
    assert by["2018-02"] / by["2018-12"] < by["2019-02"] / by["2019-12"]


def test_declared_ledgers_and_the_campaign_are_there(book: qh.Book, scheme: Scheme) -> None:
    tasks = book.ledgers["tasks"].to_native().filter(campaign="治本攻坚")

    assert {ledger.code for ledger in scheme.ledgers} == set(book.ledgers)
    assert [campaign.code for campaign in scheme.campaigns] == ["safety_action"]
    assert tasks.height == 10 * 17
    assert set(tasks["unit"].str.head(1)) == {"T", "P"}


def test_the_reviews_make_two_fifths_of_the_year(book: qh.Book, result: qh.Result) -> None:
    total = result.scores.to_native().filter(unit="D01", node="total")["score"].item()
    alone = replace(book, scheme=replace(book.scheme, reviews=None))
    year = qh.score(alone).ranking.to_native().filter(unit="D01")["score"].item()
    reviews = [
        qh.score(book, round=f"2023-Q{quarter}").ranking.to_native().filter(unit="D01")["score"].item()
        for quarter in (1, 2, 3, 4)
    ]

    assert total == pytest.approx(0.4 * sum(reviews) / 4 + 0.6 * year, abs=0.005)


def test_a_revision_changes_two_places_of_the_second_quarter(book: qh.Book) -> None:
    early = qh.score(qh.load(_BOOK, as_of="2023-09-30"), round="2023-Q2").ranking.to_native()
    now = qh.score(book, round="2023-Q2").ranking.to_native()

    places = [dict(ranking.select("unit", "place").iter_rows()) for ranking in (early, now)]
    assert [(places_of["T06"], places_of["T05"]) for places_of in places] == [(3, 4), (4, 3)]
