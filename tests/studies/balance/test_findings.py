"""What is wrong with levers and questions is told with its finding, all of it together."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.studies.balance.small import balanced, small_book, with_marks

from quanheng.data.book.book import Book
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import FindingsError
from quanheng.studies.study import Study

FIGURES = [[3, 3, 3], [5, 5, 5], [8, 8, 8]]
LEVER: dict[str, Any] = {"unit": "A", "item": "x0", "up": 2, "cost": 1}
GOAL: dict[str, Any] = {"unit": "A", "score": 50}


def a_book(*rules: str, **more: object) -> Book:
    return small_book(rules or ("scale", "bands", "scale"), FIGURES, more=more)


def refused(book: Book, **settings: object) -> str:
    with pytest.raises(FindingsError) as error:
        balanced(book, **settings)
    return error.value.text("en")


def codes_of(study: Study) -> set[str]:
    return {finding.code for finding in study.findings}


@pytest.mark.parametrize(
    ("wrong", "code", "words"),
    [
        ({"unit": "Z"}, "QH770", "levers[1]: there is no unit 'Z'"),
        ({"item": "x00"}, "QH771", "did you mean"),
        ({"indicator": "i0"}, "QH771", "one item or indicator"),
        ({"item": None, "indicator": "j"}, "QH771", "no indicator 'j'"),
        ({"cost": -1}, "QH774", "a cost of -1 is below 0"),
        ({"cost": [[1, 3], [2, 2]]}, "QH774", "from [1, 3] to [2, 2]"),
        ({"cost": [[0.5, 1], [1, 2]]}, "QH774", "its costs end at 1, and it moves by 2"),
        ({"cost": [[0, 1]]}, "QH774", "begin above an amount of 0"),
        ({"up": None}, "QH774", "not exactly one of 'up' and 'down'"),
        ({"step": 3}, "QH775", "a step of 3 does not fit into 2"),
    ],
)
def test_a_lever_that_is_written_wrong_is_refused(wrong: dict[str, Any], code: str, words: str) -> None:
    text = refused(a_book(), levers=[{**LEVER, **wrong}], reach=[GOAL])

    assert code in text
    assert words in text


def test_a_figure_that_is_not_there_cannot_be_moved() -> None:
    defaults = {"gaps": {"missing": "redistribute"}}
    book = a_book(defaults=defaults)
    rows = book.observations
    book = replace(book, observations=rows.filter((rows["unit"] != "A") | (rows["item"] != "x0")))

    assert "QH772" in refused(book, levers=[LEVER], reach=[GOAL])


def test_what_is_no_straight_line_is_refused_with_its_formula() -> None:
    indicators = {"i": {"measure": "x1 / x0", "weight": 1, "rule": {"scale": {"worst": 0, "best": 2}}}}
    book = a_book(indicators=indicators)

    text = refused(book, levers=[LEVER], reach=[GOAL])

    assert "QH773" in text
    assert "'i' (x1 / x0) is not a straight line in what is moved" in text


def test_two_levers_of_one_figure_are_refused() -> None:
    assert "QH778" in refused(a_book(), levers=[LEVER, LEVER], reach=[GOAL])


def test_a_lever_beyond_what_its_rule_takes_is_refused() -> None:
    indicators = {"i": {"measure": "x0", "weight": 1, "rule": {"given": {"range": [0, 10]}}}}

    text = refused(a_book(indicators=indicators), levers=[{**LEVER, "up": 8}], reach=[GOAL])

    assert "QH777" in text
    assert "'i' would come to 11, and its rule takes only 0 to 10" in text


def test_a_reach_of_no_whole_steps_is_told_and_cut() -> None:
    study = balanced(a_book(), levers=[{**LEVER, "step": 0.75}], most=["A"])

    assert "QH776" in codes_of(study)
    assert study["levers"]["amount"].to_list() == [1.5]


def test_a_goal_that_is_there_already_needs_nothing() -> None:
    study = balanced(a_book(), levers=[LEVER], reach=[{"unit": "A", "place": 3}])

    assert "QH779" in codes_of(study)
    assert study["plans"]["cost"].to_list() == [0.0]
    assert len(study["levers"]) == 0


def test_nothing_is_above_the_first_place() -> None:
    lever = {**LEVER, "unit": "C", "up": 1}

    assert "QH780" in refused(a_book(), levers=[lever], reach=[{"unit": "C", "next_place": True}])


def test_demands_that_conflict_are_named_and_no_others() -> None:
    levers = [LEVER, {**LEVER, "unit": "B"}]

    text = refused(
        a_book(),
        levers=levers,
        reach=[{"unit": "A", "score": 50}, {"unit": "B", "score": 1}],
        budget=1000,
    )

    assert "QH781" in text
    assert "A reaches 50; A: x0 moves by 2 at most" in text
    assert "B" not in text.split("hint")[0].replace("QH781", "")
    assert "cost" not in text.split("hint")[0]


def test_what_no_lever_can_reach_stands_alone() -> None:
    text = refused(a_book(), levers=[LEVER], reach=[{"unit": "A", "score": 99}])

    assert "this cannot be had however far the levers go" in text
    assert "A reaches 99" in text


def test_a_budget_too_small_is_part_of_the_conflict() -> None:
    text = refused(a_book(), levers=[{**LEVER, "cost": 10}], reach=[{"unit": "A", "score": 46}], budget=1)

    assert "all levers cost at most 1" in text


def test_a_vetoed_unit_is_barred_from_tiers() -> None:
    tiers = [{"name": "good", "at_least": 60, "unless": "veto"}, {"name": "poor"}]
    book = with_marks(a_book(tiers=tiers), [("A", "veto", 0.0, "total")])

    text = refused(book, levers=[LEVER], reach=[{"unit": "A", "tier": "good"}])

    assert "QH787" in text
    assert "it is vetoed" in text


def test_adjustments_that_ask_for_what_is_moved_are_told() -> None:
    rules = [{"name": "late", "kind": "penalty", "marks": "0.5 * x0"}]
    study = balanced(a_book(adjustments={"rules": rules}), levers=[LEVER], most=["A"])

    assert "QH782" in codes_of(study)


def test_a_lever_that_earns_nothing_is_told() -> None:
    study = balanced(
        small_book(["scale", "scale", "scale"], [[12, 3, 3], [5, 5, 5], [8, 8, 8]]),
        levers=[LEVER, {**LEVER, "item": "x1"}],
        most=["A"],
    )

    assert study["levers"]["item"].to_list() == ["x1"]
    assert "QH784" in codes_of(study)


def test_a_solver_that_is_stopped_says_how_far_it_came() -> None:
    rules = ["bands"] * 8
    figures = [[1 + (3 * row + column) % 7 for column in range(8)] for row in range(3)]
    levers = [
        {"unit": "A", "item": f"x{number}", "up": 5, "cost": [[1, 2], [2, 3], [5, 9 + number]]}
        for number in range(8)
    ]
    study = balanced(
        small_book(rules, figures, aggregate="geometric"), levers=levers, most=["A"], budget=19, branches=1
    )

    stopped = [finding for finding in study.findings if finding.code == "QH783"]
    assert study["plans"]["best_proved"].to_list()[0] != bool(stopped)
    assert study["plans"]["cost"].to_list()[0] <= 19 + 1e-9


def test_one_round_that_does_not_agree_says_the_gap() -> None:
    study = balanced(
        small_book(["observed", "observed", "scale"], [[3, 3, 3], [4, 4, 3], [8, 8, 8]]),
        levers=[{**LEVER, "unit": "C"}, LEVER],
        most=["A", "C"],
        rounds=1,
    )

    assert ("QH785" in codes_of(study)) == (study["plans"]["gap"].to_list()[0] > 1e-6)


@pytest.mark.parametrize(
    "goal", [{"unit": "A"}, {"unit": "A", "place": 1, "score": 3}], ids=["nothing", "two things"]
)
def test_a_goal_says_one_thing(goal: dict[str, Any]) -> None:
    assert "QH789" in refused(a_book(), levers=[LEVER], reach=[goal])


def test_figures_that_are_sought_among_scorings_are_told() -> None:
    indicators = {
        "i": {"measure": "x1 / x0", "weight": 1, "rule": {"scale": {"worst": 0, "best": 2}}},
        "j": {"measure": "x2", "weight": 1, "rule": {"scale": {"worst": 0, "best": 10}}},
    }

    study = balanced(a_book(indicators=indicators), unit="A")

    (finding,) = (each for each in study.findings if each.code == "QH788")
    assert "x0 ('i' is not a straight line" in finding.text("en")
    assert "x2 (" not in finding.text("en")


def test_questions_without_levers_and_levers_without_questions_are_refused() -> None:
    with pytest.raises(UsageError, match="no levers"):
        balanced(a_book(), reach=[GOAL])
    with pytest.raises(UsageError, match="nothing is asked"):
        balanced(a_book(), levers=[LEVER])
    with pytest.raises(UsageError, match="no unit 'Q'"):
        balanced(a_book(), unit="Q")
    with pytest.raises(UsageError, match="no unit has a place before it"):
        balanced(small_book(["scale", "scale", "scale"], [[3, 3, 3]]))
