"""The margin of a document: where findings are noted while its parts become values."""

from __future__ import annotations

import math
from typing import Final

from quanheng.findings import Finding, Kind, Place
from quanheng.scheme import formula_kinds
from quanheng.scheme.constants import NotConstantError, constant_value
from quanheng.scheme.forms import Bilingual, Label
from quanheng.scheme.formula import Formula, Number
from quanheng.scheme.model import Text
from quanheng.scheme.parse import parse_formula
from quanheng.scheme.places import Path, Places
from quanheng.scheme.rules import Constant
from quanheng.scheme.tokens import FormulaError

UNREAD: Final = Number(math.nan)
"""The tree that stands in for a formula that cannot be read."""


class Margin:
    """Collects findings on the parts of one document, each by its path."""

    def __init__(self, places: Places) -> None:
        """Begin with no findings."""
        self.places = places
        self.findings: list[Finding] = []

    def at(self, path: Path) -> Place:
        """Return where the part at `path` was written."""
        return self.places.of(*path)

    def note(self, kind: Kind, path: Path, **facts: object) -> None:
        """Note a finding on the part at `path`."""
        self.findings.append(kind.at(self.at(path), **facts))

    def formula(self, text: str, path: Path) -> Formula:
        """Return the formula `text` means; one that cannot be read is noted, and `UNREAD` stands in."""
        where = self.at(path)
        try:
            return Formula(text, parse_formula(text).tree, where)
        except FormulaError as error:
            self.findings.append(error.finding(where))
            return Formula(text, UNREAD, where)

    def formula_or_none(self, text: str | None, path: Path) -> Formula | None:
        """Return the formula `text` means, None if there is none."""
        return None if text is None else self.formula(text, path)

    def constant(self, text: str, path: Path) -> Constant:
        """Return the number the formula `text` means; if it means none that is noted, and 1 stands in."""
        formula = self.formula(text, path)
        if formula.tree is UNREAD:
            return Constant(1.0, text)
        try:
            return Constant(constant_value(formula.tree), text)
        except NotConstantError as error:
            problem = {"problem_en": error.en, "problem_zh": error.zh}
            self.note(formula_kinds.NOT_A_CONSTANT, path, text=formula.brief, **problem)
            return Constant(1.0, text)


def text_of(label: Label | None, code: str = "") -> Text:
    """Return `label` as a text, `code` where there is none.

    A plain text stands for the language its letters belong to; `Text.in_language` falls back on it.

    Examples:
        >>> text_of("地区生产总值")
        Text(zh='地区生产总值', en='')
        >>> text_of(None, "gdp")
        Text(zh='', en='gdp')
    """
    if isinstance(label, Bilingual):
        both = Text(zh=label.zh or "", en=label.en or "")
        return both if both.zh or both.en else text_of(code)
    text = label or code
    return Text(zh=text) if any("\u3400" <= letter <= "\u9fff" for letter in text) else Text(en=text)
