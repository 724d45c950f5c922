"""What stands for an indicator: its measure, with the direction that the rule itself has, or its points."""

from __future__ import annotations

from typing import Any

import pytest

from quanheng.scheme.files.read import scheme_from_mapping
from quanheng.studies.opinions.direction import reading_of


def _read(rule: object, **more: Any) -> tuple[str | None, str]:  # noqa: ANN401  keys of the scheme language
    leaf = {"measure": "x", "weight": 100, "rule": rule, **more}
    scheme = scheme_from_mapping({"items": {"x": {}, "y": {}}, "indicators": {"leaf": leaf}})
    reading = reading_of(scheme.indicators[0])
    return reading.direction, reading.why


@pytest.mark.parametrize(
    ("rule", "more", "read"),
    [
        ({"scale": {"worst": 20, "best": 85}}, {}, ("more", "anchors")),
        ({"scale": {"worst": 85, "best": 20}}, {}, ("less", "anchors")),
        ({"scale": {"worst": "observed", "best": "observed"}}, {"direction": "less"}, ("less", "direction")),
        ({"scale": {"worst": "q10", "best": 90}}, {}, ("more", "anchors")),
        ({"scale": {"worst": 0, "best": "target"}}, {}, (None, "own")),
        ({"scale": {"worst": 0, "best": "y"}}, {}, (None, "own")),
        ("percentile", {"direction": "less"}, ("less", "direction")),
        ("zscore", {}, ("more", "direction")),
        ({"place": {"first": 100, "last": 60}}, {"direction": "less"}, ("less", "direction")),
        ({"ratio": {"ref": "best"}}, {}, ("more", "direction")),
        ({"ratio": {"ref": "y"}}, {}, (None, "own")),
        ({"target": {"cap": 110}}, {}, (None, "own")),
        ({"bands": [[0, 0], [5, 50], [9, 50]]}, {}, ("more", "table")),
        ({"bands": [[0, 100], [5, 0]]}, {}, ("less", "table")),
        ({"bands": [[0, 0], [5, 100], [9, 0]]}, {}, (None, "not monotone")),
        ({"steps": [[1, 50], [2, 100]]}, {}, ("more", "table")),
        ({"steps": [[1, 100], [2, 50]]}, {"direction": "less"}, ("less", "table")),
        ({"steps": [[1, 100], [2, 50]]}, {}, (None, "not monotone")),
        ({"deduct": {"from": 100, "each": 5}}, {}, ("less", "deduction")),
        ("given", {"direction": "less"}, ("more", "points")),
        ({"ideal": {"between": [1, 2]}}, {}, (None, "not monotone")),
        ({"met": "x > 3"}, {}, (None, "condition")),
        ("percentile", {"coefficient": "y"}, (None, "coefficient")),
    ],
)
def test_the_rule_says_which_end_is_better(rule: object, more: dict[str, str], read: tuple[str, str]) -> None:
    assert _read(rule, **more) == read
