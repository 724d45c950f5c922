from __future__ import annotations

import pytest

from quanheng.scheme.formulas.parse import parse_formula
from quanheng.scheme.rules.marks import ByMarks


@pytest.mark.parametrize(
    ("formula", "follows"),
    [
        ("marks", False),
        ("marks * x / target", False),
        ("-marks * 0.2 + marks", False),
        ("max(marks * (1 - 0.08 * x), marks * 0.2)", False),
        ("min(max(marks * x, 0), marks)", False),
        ("where(x > 3, marks, 0)", False),
        ("marks * marks / marks", False),
        ("5", True),
        ("marks - 2 * x", True),
        ("max(marks * x, 1)", True),
        ("where(x > marks, marks, 0)", True),
        ("where(x > 3, marks, 2)", True),
        ("marks * marks", True),
        ("x / marks", True),
        ("round(marks * x)", True),
    ],
)
def test_points_follow_the_weight_unless_twice_the_marks_give_twice_as_much(
    formula: str, *, follows: bool
) -> None:
    assert ByMarks(formula=parse_formula(formula)).follows_weight is follows
