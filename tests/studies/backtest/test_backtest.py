from __future__ import annotations

from dataclasses import replace

import narwhals as nw
import polars as pl
import pytest
from tests.engine.books import book_of

import quanheng as qh
from quanheng.data.book import frames
from quanheng.data.book.book import Book
from quanheng.studies.study import Study

SCHEME = {
    "id": "t",
    "round": 2023,
    "items": {"x": {"kind": "rate"}, "y": {"kind": "rate"}},
    "indicators": {
        "a": {"weight": 50, "measure": "x", "rule": "given"},
        "b": {"weight": 50, "measure": "y", "rule": "given"},
    },
    "tiers": [{"name": "gold", "top": 1}, {"name": "silver"}],
}
VALUES = {"2021": [90.0, 80.0, 70.0], "2022": [80.0, 90.0, 70.0], "2023": [80.0, 90.0, 70.0]}


def book(values: dict[str, list[float]] | None = None) -> Book:
    scheme = qh.read_scheme({"quanheng": 1, "title": "t", **SCHEME})
    units = pl.DataFrame({"unit": ["A", "B", "C"], "name": ["Ai", "Bo", "Ci"]})
    units = units.with_columns(group=pl.lit(scheme.groups[0].code))
    rows = [
        (item, unit, year, value)
        for item in ("x", "y")
        for year, row in (values or VALUES).items()
        for unit, value in zip("ABC", row, strict=True)
    ]
    return book_of(scheme, units=units, figures=rows)


def agreement(study: Study, compared: str) -> list[dict[str, object]]:
    return [row for row in study["agreement"].rows(named=True) if row["compared"] == compared]


def test_each_round_is_compared_with_the_next() -> None:
    study = qh.study.backtest(book())

    first, second = agreement(study, "next round")
    # two swap: rho 1 - 6·2/(3·8) = 0.5, tau (2 - 1)/3; gold goes from A to B
    assert (first["before"], first["after"], first["spearman"], first["mover"]) == ("2021", "2022", 0.5, "A")
    assert first["kendall"] == pytest.approx(1 / 3)
    assert (first["gained"], first["same"], first["tiers"]) == (-1, 1, 2)
    assert (second["spearman"], second["mover"], second["gained"], second["tiers"]) == (1.0, None, None, 0)
    assert study.sentences[0].en == "The scheme was scored for 3 rounds, 2021 to 2023."
    assert study.sentences[-1].en == "Tiers changed hands 2 times of 6."


def test_places_are_those_of_a_score() -> None:
    rows = qh.study.backtest(book())["places"].rows(named=True)

    for year in VALUES:
        ranking = dict(qh.score(book(), round=year).ranking.select("unit", "place").rows())
        assert {row["unit"]: row["place"] for row in rows if row["round"] == year} == ranking


def test_what_was_published_is_compared_with_what_the_scheme_gives() -> None:
    past = pl.DataFrame(
        {
            "round": ["2022"] * 3,
            "unit": ["A", "B", "C"],
            "score": [3.0, 2.0, 1.0],
            "place": [1, 2, 3],
            "tier": [None] * 3,
        },
        schema=dict(frames.HISTORY),
    )

    study = qh.study.backtest(replace(book(), history=nw.from_native(past)))

    (row,) = agreement(study, "published")
    assert (row["before"], row["units"], row["same"]) == ("2022", 3, 1)


def test_a_round_with_too_few_figures_is_left_out_and_told() -> None:
    made = book()
    gone = (nw.col("item") == "y") & (nw.col("period") == "2021")
    study = qh.study.backtest(replace(made, observations=made.observations.filter(~gone)))

    assert [finding.code for finding in study.findings] == ["QH766", "QH768"]
    assert {row["round"] for row in study["places"].rows(named=True)} == {"2022", "2023"}


def test_one_round_shows_nothing() -> None:
    with pytest.raises(qh.UsageError, match="nothing of stability"):
        qh.study.backtest(book({"2023": VALUES["2023"]}))


def test_reviews_are_not_folded_in_and_that_is_told() -> None:
    made = book()
    folded = {
        **SCHEME,
        "quanheng": 1,
        "title": "t",
        "reviews": {"every": "quarter", "fold": {"reviews": 0.4, "year": 0.6}},
    }
    scheme = qh.read_scheme(folded)

    assert [finding.code for finding in qh.study.backtest(replace(made, scheme=scheme)).findings] == [
        "QH767",
        "QH768",
    ]
