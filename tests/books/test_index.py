"""The invented index: its size, one country by hand, a gap filled by region, a logarithm, the tiers."""

from __future__ import annotations

import math

import polars as pl
import pytest

import quanheng as qh
from quanheng.examples import path_of_example


@pytest.fixture(scope="module")
def book() -> qh.Book:
    return qh.load(path_of_example("index-51"))


@pytest.fixture(scope="module")
def result(book: qh.Book) -> qh.Result:
    return qh.score(book)


def test_it_has_51_countries_and_49_indicators_in_three_levels(book: qh.Book, result: qh.Result) -> None:
    scores = result.scores.to_native()

    assert scores["unit"].n_unique() == 51
    assert {level: nodes["node"].n_unique() for (level,), nodes in scores.group_by("level")} == {
        0: 1,
        1: 2,
        2: 8,
        3: 49,
    }
    assert scores.select("points", "score").null_count().sum_horizontal().item() == 0
    assert "invented" in book.scheme.title.in_language("en")
    assert "虚构" in book.scheme.title.in_language("zh")


def test_nothing_in_it_is_an_error(result: qh.Result) -> None:
    assert {finding.severity for finding in result.findings} == {"note"}


def test_one_indicator_of_one_country_by_hand(result: qh.Result) -> None:
    """Goods trade of E01 is 23,790 of a product of 81,030, between the least and the greatest rated."""
    rated = result.wide.to_native()
    low, high = rated["treated|goods_trade_per_product"].min(), rated["treated|goods_trade_per_product"].max()
    measure = 23_790 / 81_030 * 1000
    assert isinstance(low, float)
    assert isinstance(high, float)

    first = rated.filter(pl.col("unit") == "E01")

    assert first["measure|goods_trade_per_product"].item() == pytest.approx(measure)
    assert first["points|goods_trade_per_product"].item() == pytest.approx(
        1 + 99 * (measure - low) / (high - low)
    )


def test_a_gap_is_filled_with_the_median_of_its_region(result: qh.Result) -> None:
    rated = result.wide.to_native()
    column = "measure|growth_rated"
    gap = rated.filter(pl.col("unit") == "E01")
    middle = rated.filter(pl.col("attribute|region") == "east")[column].median()

    assert gap[column].item() is None
    assert gap["treated|growth_rated"].item() == middle


def test_trade_in_gas_is_taken_as_a_logarithm(result: qh.Result) -> None:
    rated = result.wide.to_native().filter(pl.col("measure|gas_trade_per_energy").is_not_null())
    values = rated["measure|gas_trade_per_energy"].to_list()
    low, high = min(values), max(values)

    logs = [math.log(value - low + 0.01 * (high - low)) for value in values]

    assert rated["treated|gas_trade_per_energy"].to_list() == pytest.approx(logs)


def test_tiers_are_shares_of_the_places(result: qh.Result) -> None:
    counts = result.tiers.to_native()["tier"].value_counts().sort("tier")["count"].to_list()

    assert counts == [10, 16, 15, 10]
