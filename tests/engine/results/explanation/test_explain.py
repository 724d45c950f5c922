"""Explanations add up exactly, name their cells, and print in both languages."""

from __future__ import annotations

import functools
from decimal import Decimal
from pathlib import Path

import narwhals as nw
import pytest
from tests.engine.texts import scored

from quanheng.data.load import load
from quanheng.engine.figures.sources import sources
from quanheng.engine.results.explanation.explanation import Explanation
from quanheng.engine.results.result import Result
from quanheng.engine.results.score import score
from quanheng.findings.errors import UsageError

BOOKS = Path(__file__).parents[4] / "books"

SMALL = """
items: {done: {name: 按期完成}, due: {name: 应完成}, x: {}}
rounding: {scores: 2, total: 1}
adjustments: {bonus: {cap: 1}, rules: [{name: 达标, kind: bonus, marks: 2, when: x >= 5}]}
indicators:
  rate: {measure: done / due, weight: 60, rule: {bands: [[0, 0], [1, 100]]}}
  level: {measure: x, weight: 40, rule: {scale: {worst: observed, best: observed}}, gaps: {missing: zero}}
"""


@functools.cache
def district() -> Result:
    return score(load(BOOKS / "district-2023"))


def small() -> Result:
    table = {"unit": ["a", "b", "c"], "done": [2.0, 1.0, 1.0], "due": [3.0, 2.0, 3.0], "x": [9.0, 4.0, None]}
    return scored(SMALL, table)


def test_parts_add_up_to_every_score_exactly() -> None:
    units = district().ranking["unit"].to_list()
    explained = [node for unit in units for node in district().explain(unit).walk() if node.score is not None]

    assert len(explained) > len(units) * 15
    for node in explained:
        assert node.score is not None
        total = sum((part.marks for part in node.parts), Decimal(0))
        assert total == Decimal(f"{node.score:.9f}"), (node.unit, node.node)


def test_every_measure_of_a_book_names_the_cells_it_came_from() -> None:
    ratings = [node.rating for node in district().explain("T03").walk() if node.rating is not None]

    assert ratings
    for rating in ratings:
        for figure in rating.figures:
            assert figure.value is None or figure.cells, (rating.formula, figure.item)


def test_cells_of_a_unit_are_those_looked_up_for_it_alone() -> None:
    book = load(BOOKS / "district-2023")

    alone = sources(book, round="2023", units=["T03"])

    assert alone.rows() == district().sources.filter(nw.col("unit") == "T03").rows()


def test_score_of_a_small_scheme_is_explained_step_by_step() -> None:
    # 60 · 66.67 % = 40; x is the best: 40; the bonus of 2 is capped at 1: 81
    explained = small().explain("a")

    assert explained.score == 81.0
    assert [(part.source, part.marks) for part in explained.parts] == [
        ("rate", Decimal(40)),
        ("level", Decimal(40)),
        ("bonus", Decimal(1)),
    ]
    rate = explained.children[0].rating
    assert rate is not None
    assert (rate.formula, rate.in_numbers) == ("done / due", "2 / 3")
    assert [(marking.reason, marking.asked, marking.counted) for marking in explained.markings] == [
        ("达标", 2.0, 1.0)
    ]


def test_anchor_says_whose_value_it_was() -> None:
    level = small().explain("b", "level").rating

    assert level is not None
    assert [(anchor.role, anchor.value, anchor.whose) for anchor in level.anchors] == [
        ("worst", 4.0, ("b",)),
        ("best", 9.0, ("a",)),
    ]


def test_gap_names_the_policy_that_settled_it() -> None:
    level = small().explain("c", "level").rating

    assert level is not None
    assert (level.measure, level.policy) == (None, "missing: zero")


def test_next_place_says_what_it_needs() -> None:
    # b has 30 and 0, c has 20 and 0
    standing = small().explain("c").standing

    assert standing is not None
    assert (standing.place, standing.of, standing.next_unit, standing.needed) == (3, 3, "b", 10.0)


def test_text_stands_in_both_languages_and_html_is_escaped() -> None:
    scheme = SMALL.replace("按期完成", "<b>x</b>")
    table = {"unit": ["a"], "done": [2.0], "due": [3.0], "x": [9.0]}
    explained = scored(scheme, table).explain("a")

    assert "指标值: <b>x</b> / 应完成 = 2 / 3 = 0.666666667" in explained.text("zh")
    assert "measure: done / due = 2 / 3 = 0.666666667" in str(explained)
    html = explained._repr_mimebundle_()["text/html"]
    assert "<b>x</b>" not in html
    assert "&lt;b&gt;x&lt;/b&gt;" in html


def test_chinese_speaks_names_and_codes_only_of_names_that_are_alike() -> None:
    scheme = SMALL.replace("rate: {", "rate: {name: 达标率, ").replace("level: {", "level: {name: 达标率, ")
    table = {"unit": ["a", "b"], "done": [2.0, 3.0], "due": [3.0, 3.0], "x": [9.0, 4.0]}
    alike = scored(scheme, table).explain("a").text("zh")
    assert "(达标率 [rate]) + 40 (达标率 [level])" in alike

    told = scored(scheme.replace("level: {name: 达标率", "level: {name: 水平"), table)
    assert "(达标率) + 40 (水平)" in told.explain("a").text("zh")
    assert "(rate) + 40 (level)" in told.explain("a").text("en")
    assert "按期完成 = 2" in told.explain("a").text("zh")


def test_node_is_found_by_its_name_unless_two_are_called_so() -> None:
    scheme = SMALL.replace("rate: {", "rate: {name: 达标率, ")
    table = {"unit": ["a"], "done": [2.0], "due": [3.0], "x": [9.0]}
    assert scored(scheme, table).explain("a", "达标率").node == "rate"

    twice = scored(scheme.replace("level: {", "level: {name: 达标率, "), table)
    with pytest.raises(UsageError, match="2 nodes are called '达标率': rate, level"):
        twice.explain("a", "达标率")


@pytest.mark.parametrize(("unit", "node"), [("z", "total"), ("a", "ratee")])
def test_unknown_unit_or_node_offers_the_nearest(unit: str, node: str) -> None:
    with pytest.raises(UsageError, match="there is no"):
        small().explain(unit, node)


def test_node_of_another_group_is_refused() -> None:
    towns_only = [n for n in district().scheme.nodes if "departments" not in n.groups]

    with pytest.raises(UsageError, match="not assessed in the group"):
        district().explain("D01", towns_only[0].code)


def test_explanation_is_a_value_with_children() -> None:
    explained = small().explain("a")

    assert isinstance(explained, Explanation)
    assert [child.node for child in explained.children] == ["rate", "level"]
