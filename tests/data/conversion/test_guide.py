"""What the guide in a new workbook shows is what the program reads."""

from __future__ import annotations

import pytest

from quanheng.data.conversion.guide import FORMULAS, RULES
from quanheng.scheme.files.notation.reading import Reader
from quanheng.scheme.formulas import scopes
from quanheng.scheme.formulas.chinese import in_english
from quanheng.scheme.formulas.parse import parse_formula
from quanheng.scheme.formulas.tree import names_in
from quanheng.scheme.rules.forms import RuleForm


@pytest.mark.parametrize("cell", [cell for cell, _ in RULES])
def test_every_rule_that_is_shown_is_one(cell: str) -> None:
    RuleForm.model_validate(Reader().value(cell, ("indicators", "a", "rule")))


def test_all_rules_are_shown() -> None:
    shown = [RuleForm.model_validate(Reader().value(cell, ("indicators", "a", "rule"))) for cell, _ in RULES]

    assert {name for form in shown for name in form.model_fields_set} == set(RuleForm.model_fields)


@pytest.mark.parametrize("cell", [cell for cell, _ in FORMULAS])
def test_every_formula_that_is_shown_is_one(cell: str) -> None:
    assert names_in(parse_formula(in_english(cell, scope=scopes.AWARD_WORDS)).tree)
