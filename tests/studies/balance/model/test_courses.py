"""The pieces of a rule are what the engine gives along a measure: every rule, from end to end."""

from __future__ import annotations

from dataclasses import replace

import narwhals as nw
import pytest
from tests.studies.balance.small import LESS, RULES, small_book

from quanheng.engine.frame import columns as c
from quanheng.engine.results.score import score
from quanheng.scheme.files.read import scheme_from_mapping
from quanheng.studies.balance.model.courses import Frozen, NotStraightError, course_of
from quanheng.studies.balance.model.frozen import Pool
from quanheng.studies.balance.model.pieces import pieces_of, points_at
from quanheng.studies.variants.trials import trials_of

OTHERS: dict[str, object] = {
    "less observed": {"scale": {"worst": "observed", "best": "observed", "base": 30, "clamp": "above"}},
    "open scale": {"scale": {"worst": 2, "best": 6, "clamp": "none"}},
    "falling scale": {"scale": {"worst": 8, "best": 2, "base": 10}},
    "met only": {"target": {"met_only": True}},
    "ratio": {"ratio": {"ref": 4, "cap": 130}},
    "ratio to best": {"ratio": {"ref": "best"}},
    "percentile": "percentile",
    "place by step": {"place": {"first": 100, "step": 15, "floor": 40}},
    "place table": {"place": {"table": {"1-2": 100, "3-3": 60}, "otherwise": 20}},
    "steps, less": {"steps": {"table": [[2, 100], [4, 60], [7, 30]], "otherwise": 5}},
    "two conditions": {"met": "x > 3 and x <= 7"},
    "not so": {"met": "not (x < target)"},
    "given": {"given": {"range": [-5, 15]}},
}
TURNED = frozenset({*LESS, "less observed", "falling scale", "steps, less"})
"""Rules of indicators of which less is better."""


@pytest.mark.parametrize("rule", [*RULES, *OTHERS])
def test_the_course_of_a_rule_is_what_the_engine_gives(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.studies.balance.small.RULES", {**RULES, **OTHERS})
    monkeypatch.setattr("tests.studies.balance.small.LESS", TURNED)
    figures = [[5.0, 1.0, 1.0], [3.0, 2.0, 2.0], [6.5, 3.0, 3.0], [6.5, 4.0, 4.0]]
    book = small_book([rule, "scale", "scale"], figures)
    result = score(replace(book, targets=small_book(["target", "scale", "scale"], figures).targets))
    pool, indicator = Pool(result.scheme, result.wide), result.scheme.indicators[0]
    frozen = Frozen(
        row={key: value for key, value in pool.row("A").items() if isinstance(value, float)},
        figures=pool.figures("A"),
        rivals=pool.rivals(indicator, "A"),
    )
    course = course_of(indicator, frozen)
    pieces = pieces_of(course.points, course.knots, -4.0, 14.0)
    values = [number / 4 for number in range(-16, 57)]

    wide = trials_of(result).scored([{("A", "x0"): value} for value in values])

    own = wide.filter(nw.col("unit") == "A")[c.points("i0")].to_list()
    assert [points_at(pieces, value) for value in values] == pytest.approx(own, abs=1e-6)


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ({"scale": {"worst": 1, "best": 9, "base": 40, "curve": "exponential"}}, "exponential"),
        (
            {"target": {"base": 80, "over": {"per": 0.0001, "add": 0.001, "up_to": 100, "whole": True}}},
            "steps",
        ),
        ({"met": "2 * x > x1"}, "compares more than x"),
    ],
)
def test_what_is_no_straight_course_says_why(rule: object, why: str) -> None:
    scheme = scheme_from_mapping(
        {
            "items": {"x0": {}, "x1": {}},
            "indicators": {
                "i": {"measure": "x0", "weight": 50, "rule": rule},
                "j": {"measure": "x1", "weight": 50, "rule": "percentile"},
            },
        }
    )
    frozen = Frozen(row={c.target("i"): 5.0}, figures={"x0": 1.0, "x1": 2.0}, rivals=(1.0,))

    with pytest.raises(NotStraightError, match=why):
        course_of(scheme.indicators[0], frozen)
