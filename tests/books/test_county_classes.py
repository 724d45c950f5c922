"""The invented counties: classes in one ranking, two of three kinds picked, quotas by class, by hand."""

from __future__ import annotations

import pytest

import quanheng as qh
from quanheng.examples import path_of_example


@pytest.fixture(scope="module")
def result() -> qh.Result:
    return qh.score(qh.load(path_of_example("county-classes")))


def test_the_better_of_two_kinds_counts(result: qh.Result) -> None:
    scores = {(row["unit"], row["node"]): row["score"] for row in result.scores.rows(named=True)}

    # growth 6 between 5 and 7.5 of the class: 60 + 40·0.4 = 76 of 25; incomes 6.5 between 6 and 7: 80 of 25;
    # air 80: 70 of 10
    assert scores["c05", "common"] == pytest.approx(19 + 20 + 7)
    # industry 70, farming 90, no tourism: 90 of 40
    assert scores["c05", "own"] == pytest.approx(36)
    assert scores["c05", "total"] == 82
    # one kind reported: all 100 marks are of what is common, 9 + 15 + 20 of 60
    assert scores["c13", "total"] == 73.33
    # 58.2 + 38.4 after a serious accident
    assert scores["c06", "total"] == 80


def test_all_classes_stand_in_one_ranking_and_the_best_tier_has_quotas_by_class(result: qh.Result) -> None:
    ranking = {row["unit"]: row for row in result.ranking.rows(named=True)}

    first = sorted((row["place"], unit) for unit, row in ranking.items() if row["place"])[:6]
    assert [unit for _, unit in first] == ["c10", "c11", "c12", "c05", "c03", "c06"]
    assert {unit for unit, row in ranking.items() if row["tier"] == "优秀"} == {"c03", "c05", "c06", "c10"}
    # 70 % of twelve are eight places
    assert ranking["c02"]["tier"] == "良好"
    assert ranking["c04"]["tier"] == "合格"


def test_without_growth_there_is_no_total_and_it_is_said_what_that_is_called(result: qh.Result) -> None:
    ranking = {row["unit"]: row for row in result.ranking.rows(named=True)}

    assert (ranking["c09"]["score"], ranking["c09"]["place"]) == (None, None)
    assert "不参评" in result.explain("c09").text("zh")
