"""The invented district: it uses the whole language, fits together, and scores in every period it reports."""

from __future__ import annotations

from typing import get_args

import polars as pl
import pytest

import quanheng as qh
from quanheng.examples import path_of_example
from quanheng.scheme import gaps, rules, weights
from quanheng.scheme.model import Dimension, Scheme

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
    found = [(finding.code, finding.facts["unit"]) for finding in result.findings]

    # one town has not reported the growth of retail sales for the last quarter
    assert found == [("QH504", "T05")]


def test_every_rule_of_the_language_occurs(scheme: Scheme) -> None:
    used = {type(indicator.rule) for indicator in scheme.indicators}

    assert used == set(get_args(rules.Rule))


def test_every_policy_for_missing_figures_and_treatment_of_outliers_occurs(scheme: Scheme) -> None:
    policies = {type(indicator.gaps.missing) for indicator in scheme.indicators}
    treatments = {type(indicator.treat) for indicator in scheme.indicators if indicator.treat is not None}
    fills = {
        (fill.statistic, fill.within is None, fill.at)
        for fill in (indicator.gaps.missing for indicator in scheme.indicators)
        if isinstance(fill, gaps.Fill)
    }

    assert policies == set(get_args(gaps.MissingPolicy))
    assert treatments == set(get_args(gaps.Treatment))
    assert len(fills) >= 4


def test_means_and_weight_methods_are_mixed(scheme: Scheme) -> None:
    dimensions = [node for node in scheme.nodes if isinstance(node, Dimension)]

    assert {type(node.aggregate) for node in dimensions} >= {
        weights.Arithmetic,
        weights.Geometric,
        weights.Harmonic,
        weights.Power,
        weights.Minimum,
    }
    assert {type(node.method) for node in dimensions} >= {
        weights.Marks,
        weights.Relative,
        weights.Entropy,
        weights.Ahp,
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


def test_cumulative_figures_rise_from_quarter_to_quarter(book: qh.Book) -> None:
    figures = book.observations.to_native().filter(pl.col("item").is_in(_CUMULATIVE))

    rises = (
        figures.filter(pl.col("state") == "value")
        .sort("item", "unit", "period")
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
