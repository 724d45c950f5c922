"""Caps under a condition, of nodes and of the total (points §8), with numbers worked out by hand."""

from __future__ import annotations

import pytest
from tests.engine.texts import column, scored
from tests.scheme.written import codes_in

from quanheng.engine.frame import columns as c
from quanheng.engine.results.result import Result
from quanheng.scheme.fields.codes import ROOT

SCHEME = """
items: {x: {}, y: {}, accidents: {name: 重大事故}}
gaps: {missing: redistribute}
cap: {marks: 80, where: accidents > 0}
indicators:
  safe:
    weight: 40
    cap: [{marks: 60%, where: accidents >= 1}, {marks: 10, where: accidents > 2}, 38]
    children:
      a: {measure: x, weight: 40, rule: given}
  rest: {measure: y, weight: 60, rule: given}
"""
FIGURES = {
    "unit": ["p", "q", "r", "s", "t"],
    "x": [90.0, 90.0, 90.0, 50.0, 100.0],
    "y": [95.0, 95.0, 95.0, 95.0, 95.0],
    "accidents": [0.0, 1.0, 3.0, 1.0, None],
}


def result() -> Result:
    return scored(SCHEME, FIGURES)


def test_the_lowest_cap_that_holds_counts() -> None:
    # p: 36; q: at most 60 % of 40; r: at most 10; s: 20 is below 24; t: not known, so that only 38 holds
    assert column(result(), c.score("safe")) == {"p": 36.0, "q": 24.0, "r": 10.0, "s": 20.0, "t": 38.0}
    assert column(result(), c.cut("safe")) == {"p": None, "q": -12.0, "r": -26.0, "s": None, "t": -2.0}
    # the points follow: 24 of 40 are 60
    assert column(result(), c.points("safe"))["q"] == 60.0


def test_a_cap_of_the_total_comes_after_all_others() -> None:
    # of 57 marks in the rest: p 93; q 81, cut to 80; r 67; s 77; t 95
    assert column(result(), c.score(ROOT)) == {"p": 93.0, "q": 80.0, "r": 67.0, "s": 77.0, "t": 95.0}
    assert column(result(), c.cut(ROOT)) == {"p": None, "q": -1.0, "r": None, "s": None, "t": None}
    assert column(result(), c.PLACE) == {"t": 1.0, "p": 2.0, "q": 3.0, "s": 4.0, "r": 5.0}


def test_what_caps_a_score_is_explained_and_traced() -> None:
    told = result()

    assert "at most 80 marks, since accidents more than 0" in told.explain("q").text("en")
    assert "符合上限条件，最多 分值的60%：重大事故不低于1" in told.explain("q", "safe").text("zh")
    assert "at most" not in told.explain("p").text("en")
    traced = told.engine.collect(told.trace).rows(named=True)
    held = {(row["unit"], row["node"], row["stage"], row["value"]) for row in traced}
    assert ("q", "total", "cap holds: accidents > 0", 1.0) in held
    assert ("p", "total", "cap holds: accidents > 0", 0.0) in held
    assert ("q", "total", "cut", -1.0) in held


def test_a_cap_under_a_condition_may_differ_by_group() -> None:
    scheme = """
groups: {towns: {}, parks: {}}
items: {x: {}, bad: {}}
cap: {marks: {towns: 70}, where: bad > 0}
indicators: {a: {measure: x, weight: 100, rule: given}}
"""
    figures = {"unit": ["p", "q"], "group": ["towns", "parks"], "x": [90.0, 90.0], "bad": [1.0, 1.0]}

    assert column(scored(scheme, figures), c.score(ROOT)) == {"p": 70.0, "q": 90.0}


@pytest.mark.parametrize(
    ("cap", "code"),
    [
        ("{marks: 80, where: accident > 0}", "QH220"),
        ("{marks: 80, where: x}", "QH224"),
        ("{marks: 80, where: 1}", "QH224"),
        ("{marks: 80, where: points(total) > 0}", "QH880"),
        ("{marks: {villages: 80}, where: x > 0}", "QH203"),
        ("{marks: 5, where: x > 0}\nfloor: 10", "QH293"),
        ("80\nreviews: {every: quarter, fold: {reviews: 40%, year: 60%}}", "QH871"),
    ],
)
def test_what_cannot_be_a_cap_is_refused(cap: str, code: str) -> None:
    scheme = f"items: {{x: }}\ncap: {cap}\nindicators: {{a: {{measure: x, weight: 100, rule: given}}}}\n"

    assert code in [found for found, _ in codes_in(scheme)]


def test_a_share_that_lies_under_the_floor_goes_before_it() -> None:
    scheme = """
items: {x: {}}
indicators:
  a: {measure: x, weight: 100, rule: given, floor: 65, cap: [{marks: 60%, where: x > 80}, 75]}
"""

    # p: 90, and 60 % of 100 at most; q: 78, cut to 75; r: 20, raised to 65
    found = column(scored(scheme, {"unit": ["p", "q", "r"], "x": [90.0, 78.0, 20.0]}), c.score("a"))
    assert found == {"p": 60.0, "q": 75.0, "r": 65.0}
