"""No more is printed than rounding leaves (rounding §4)."""

from __future__ import annotations

import pytest
from tests.scheme.written import codes_in

_BODY = "items: {a: }\nindicators: {one: {measure: a, weight: 100, rule: scale}}\n"


@pytest.mark.parametrize(
    "rounding",
    [
        "{total: 1, print: {total: 2}}",
        "{scores: 2, print: 3}",
        "{points: {indicators: 0, total: 1}, print: 2}",
    ],
)
def test_zeros_that_printing_adds_are_told(rounding: str) -> None:
    assert codes_in(f"{_BODY}rounding: {rounding}\n") == [("QH657", 7)]


@pytest.mark.parametrize(
    "rounding",
    [
        "{total: 2, print: 2}",
        "{total: 2, print: {total: 1}}",
        "{print: 3}",
        "{scores: {indicators: 1}, print: 3}",
    ],
)
def test_what_can_be_other_than_zero_is_printed_without_a_word(rounding: str) -> None:
    assert codes_in(f"{_BODY}rounding: {rounding}\n") == []
