from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass, replace
from pprint import pformat
from typing import ClassVar

import pytest

from quanheng.findings.value import Value, field


class Named(Value):
    colour: ClassVar[str] = "red"
    code: str
    facts: Mapping[str, int] = field(default_factory=dict)


class Pair(Value, kw_only=False):
    low: float
    high: float = 1.0


class Other(Value, kw_only=False):
    low: float
    high: float = 1.0


class Nested(Named):
    pair: Pair


class Dated(Value, order=True):
    year: int
    month: int


class Placed(Value, aside=("line", "file")):
    code: str
    line: int = 0
    part: str = "whole"
    file: str = ""


class Elsewhere(Value, aside=("line",)):
    code: str
    line: int = 0


def test_parts_set_aside_do_not_count_when_two_are_compared() -> None:
    here, there = Placed(code="a", line=1, file="x"), Placed(code="a", line=2)

    assert here == there
    assert hash(here) == hash(there)
    assert len({here, there, Placed(code="b", line=1)}) == 2
    assert here != Placed(code="a", line=1, part="half", file="x")
    assert here != Placed(code="b", line=1, file="x")
    assert Elsewhere(code="a") == Elsewhere(code="a", line=3)
    assert Elsewhere(code="a") != Placed(code="a")  # type: ignore[comparison-overlap]  # that they are never equal is the matter
    assert replace(here, code="b").line == 1
    assert pickle.loads(pickle.dumps(here)).file == "x"  # noqa: S301  it was pickled a moment ago
    with pytest.raises(AttributeError):
        here.line = 2  # type: ignore[misc]  # the type checker says so, too


def test_values_are_equal_where_their_parts_and_their_kinds_are() -> None:
    assert Pair(1.0) == Pair(1, 1.0)
    assert hash(Pair(1.0)) == hash(Pair(1, 1.0))
    assert Pair(1.0) != Pair(2.0)
    assert Pair(1.0) != Other(1.0)  # type: ignore[comparison-overlap]  # that they are never equal is the matter


def test_a_value_does_not_change() -> None:
    pair = Pair(1.0)

    with pytest.raises(AttributeError):
        pair.low = 2.0  # type: ignore[misc]  # the type checker says so, too


def test_parts_are_given_by_their_names_unless_their_order_says_enough() -> None:
    with pytest.raises(TypeError):
        Named("a")  # type: ignore[call-arg]  # the type checker says so, too
    match Pair(1.0, 2.0):
        case Pair(low, high):
            assert (low, high) == (1.0, 2.0)


def test_each_value_has_an_empty_mapping_of_its_own() -> None:
    assert Named(code="a").facts is not Named(code="a").facts


def test_what_dataclasses_does_it_does_with_values() -> None:
    nested = Nested(code="a", pair=Pair(1.0))

    assert is_dataclass(nested)
    assert [part.name for part in fields(nested)] == ["code", "facts", "pair"]
    assert [part.name for part in fields(Pair)] == ["low", "high"]
    assert asdict(nested) == {"code": "a", "facts": {}, "pair": {"low": 1.0, "high": 1.0}}
    assert replace(nested, code="b") == Nested(code="b", pair=Pair(1.0))
    with pytest.raises(TypeError):
        replace(nested, name="b")  # type: ignore[call-arg]  # the type checker says so, too


def test_values_have_an_order_where_they_say_so() -> None:
    assert Dated(year=2023, month=12) < Dated(year=2024, month=1)


def test_values_are_shown_as_they_are_written_and_go_to_other_processes() -> None:
    nested = Nested(code="a", pair=Pair(1.0))

    assert repr(nested) == "Nested(code='a', facts={}, pair=Pair(low=1.0, high=1.0))"
    assert pformat(nested, width=10) == repr(nested)
    assert pickle.loads(pickle.dumps(nested)) == nested  # noqa: S301  it was pickled a moment ago
