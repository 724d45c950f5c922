from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from quanheng.scheme.files.standing import standing

LEAF = {"measure": "b", "weight": 50, "rule": "percentile"}
VALUE: Mapping[str, Any] = {
    "quanheng": 1,
    "id": "t",
    "title": "T",
    "round": "2023",
    "items": {"a": {}, "b": {}},
    "indicators": {"p": LEAF, "d": {"weight": 50, "children": {"q": LEAF, "r": LEAF}}},
}


@pytest.mark.parametrize(
    ("changed", "items", "leaves"),
    [
        ({}, ["a", "b"], ["p", "q", "r"]),
        ({"items": {"a": {"kind": "ratee"}, "b": {}}}, ["b"], ["p", "q", "r"]),
        ({"indicators": {"p": LEAF, "x": {**LEAF, "weigth": 1}}}, ["a", "b"], ["p"]),
        (
            {"indicators": {"p": LEAF, "d": {"children": {"q": {"rule": 1}, "r": LEAF}}}},
            ["a", "b"],
            ["p", "r"],
        ),
        ({"id": "two words", "title": 3, "tier": []}, ["a", "b"], ["p", "q", "r"]),
        ({"rounding": {"total": "x"}, "tiers": 4}, ["a", "b"], ["p", "q", "r"]),
    ],
)
def test_what_is_wrong_is_left_out(
    changed: Mapping[str, object], items: list[str], leaves: list[str]
) -> None:
    scheme = standing({**VALUE, **changed})

    assert scheme is not None
    assert [item.code for item in scheme.items] == items
    assert [indicator.code for indicator in scheme.indicators] == leaves


@pytest.mark.parametrize(
    "changed",
    [{"round": "soon"}, {"missing_marks": {}}, {"files": 1}, {"indicators": {}}, {"items": [1]}],
)
def test_nothing_stands_without_the_round_the_tree_and_the_way_to_read(changed: Mapping[str, object]) -> None:
    assert standing({**VALUE, **changed}) is None


def test_no_mapping_is_no_scheme() -> None:
    assert standing([VALUE]) is None
