"""The Human Development Index as published by UNDP, 193 of 193."""

from __future__ import annotations

import polars as pl

import quanheng as qh
from quanheng.examples import path_of_example


def test_index_and_rank_equal_the_published_ones_for_every_country() -> None:
    book = path_of_example("hdi-2022")
    published = pl.read_csv(book / "published" / "hdi-2022.csv").sort("unit")

    result = qh.score(qh.load(book))

    ranking = result.ranking.to_native().sort("unit")
    assert published.height == 193
    assert ranking["unit"].to_list() == published["unit"].to_list()
    assert ranking["score"].to_list() == published["hdi_2022"].to_list()
    assert ranking["place"].to_list() == published["rank"].to_list()


def test_the_published_columns_are_no_part_of_the_book() -> None:
    book = qh.load(path_of_example("hdi-2022"))

    items = set(book.observations["item"].to_list())

    assert items == {"life_expectancy", "expected_schooling", "mean_schooling", "gni_per_head"}
