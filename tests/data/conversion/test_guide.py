"""What the guide in a new workbook shows is what the program reads."""

from __future__ import annotations

import polars as pl
import pytest

from quanheng.data.conversion.guide import FORMULAS, RULES
from quanheng.data.conversion.leaves import Leaf, Part
from quanheng.data.conversion.sheet_helps import TABLES, helps_of
from quanheng.findings.text import Language
from quanheng.scheme.files.notation.reading import Reader
from quanheng.scheme.files.read import scheme_from_mapping
from quanheng.scheme.formulas import scopes
from quanheng.scheme.formulas.parse import parse_formula
from quanheng.scheme.formulas.tree import names_in
from quanheng.scheme.formulas.worded.chinese import in_english
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


@pytest.mark.parametrize("part", sorted(TABLES))
def test_every_column_of_a_table_has_its_note(part: Part) -> None:
    scheme = scheme_from_mapping(
        {"items": {"x": {}}, "indicators": {"i": {"measure": "x", "weight": 100, "rule": "given"}}}
    )
    headings = [column.key for column in TABLES[part]]
    cells = pl.DataFrame([headings], schema=[str(number) for number in range(len(headings))], orient="row")
    leaf = Leaf(part=part, name=part, cells=cells)

    languages: tuple[Language, ...] = ("zh", "en")
    for language in languages:
        assert len(list(helps_of(leaf, scheme, language))) == len(headings)
