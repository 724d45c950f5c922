from __future__ import annotations

import math

import pytest

from quanheng.scheme.formulas.constants import NotConstantError, constant_value
from quanheng.scheme.formulas.parse import parse_formula


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1/3", 1 / 3),
        ("-2 ** 2", -4.0),
        ("log(75000)", math.log(75000)),
        ("max(1, 2, 3) - min(1, 2) + mean(2, 4) * sum(1, 1)", 8.0),
        ("8%", 0.08),
    ],
)
def test_constant_has_its_value(text: str, value: float) -> None:
    assert constant_value(parse_formula(text).tree) == value


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("gdp", "only numbers, + - * / ** and log() can stand in it"),
        ("growth(1)", "only numbers, + - * / ** and log() can stand in it"),
        ("1 / 0", "it divides by zero"),
        ("0 ** -1", "it divides by zero"),
        ("9 ** 9 ** 9", "it is too large"),
        ("9e14 ** 15 * 9e14 ** 15", "it has no value"),
        ("1e14 * 1e14", "it is neither 0 nor of a size from 1e-15 up to below 1e15"),
        ("1 / 9e14 / 9e14", "it is neither 0 nor of a size from 1e-15 up to below 1e15"),
        ("log(0)", "the logarithm needs a number above 0"),
        ("(-1) ** 0.5", "a root of a negative number has no value"),
    ],
)
def test_what_has_no_value_says_why(text: str, why: str) -> None:
    with pytest.raises(NotConstantError) as caught:
        constant_value(parse_formula(text).tree)

    assert caught.value.why.en == why
    assert caught.value.why.zh
