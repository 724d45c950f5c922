from __future__ import annotations

import pytest

from quanheng.scheme.formulas.parse import parse_formula
from quanheng.scheme.formulas.scopes import Sort
from quanheng.scheme.formulas.sorts import mixed_in

NAMES: dict[str, Sort] = {"gdp": "number", "tier": "words", "veto": "condition", "period_end": "day"}


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("gdp / 2 + log(gdp)", "number"),
        ("where(gdp > 8, gdp, -gdp)", "number"),
        ("coalesce(gdp, 1)", "number"),
        ("veto", "condition"),
        ("not veto and tier == 'A' or tier in ('B', 'C')", "condition"),
        ("due_on <= period_end and level == '重大' and paid > 3", "condition"),
        ("closed_on - due_on <= 30", "condition"),
        ("period_end - 30 > due_on", "condition"),
        ("period_end - 2023-01-01 > 30", "condition"),
        ("max(due_on, 2023-01-01) < period_end", "condition"),
    ],
)
def test_sorts_that_fit_are_passed(text: str, result: Sort) -> None:
    assert list(mixed_in(parse_formula(text).tree, NAMES, result)) == []


@pytest.mark.parametrize(
    ("text", "result", "sign", "found"),
    [
        ("gdp > 8", "number", "=", "condition"),
        ("gdp", "condition", "=", "number"),
        ("closed", "condition", "=", None),
        ("gdp + 'a'", "number", "+", "words"),
        ("-tier", "number", "-", "words"),
        ("gdp and veto", "condition", "and", "number"),
        ("not gdp", "condition", "not", "number"),
        ("closed and veto", "condition", "and", None),
        ("gdp == 'a'", "condition", "==", "words"),
        ("tier > 'A'", "condition", ">", "words"),
        ("gdp in (1, 'a')", "condition", "in", "words"),
        ("gdp <= 2023-06-30", "condition", "<=", "day"),
        ("log(tier)", "number", "log()", "words"),
        ("where(gdp, 1, 2)", "number", "where()", "number"),
        ("where(veto, 1, 'a')", "number", "where()", "words"),
        ("period_end * 2", "number", "*", "day"),
    ],
)
def test_sorts_that_are_mixed_up_are_found(text: str, result: Sort, sign: str, found: Sort | None) -> None:
    assert [(mixed.sign, mixed.found) for mixed in mixed_in(parse_formula(text).tree, NAMES, result)] == [
        (sign, found)
    ]
