"""The margin of a document: where findings are noted while its parts become values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from quanheng.findings.collector import MORE_OF_THE_SAME, Collector
from quanheng.findings.finding import Finding, Kind, Location
from quanheng.findings.nearest import suggestion
from quanheng.findings.text import Text
from quanheng.scheme.fields.fields import Bilingual, Label
from quanheng.scheme.fields.lines import Locations, Path
from quanheng.scheme.fields.told import told_key
from quanheng.scheme.formulas.constants import NotConstantError, constant_value
from quanheng.scheme.formulas.parse import parse_formula
from quanheng.scheme.formulas.tokens import FormulaError
from quanheng.scheme.formulas.tree import Formula, Number

SHOWN_OF_A_KIND: Final = 100
"""So many findings of a kind are kept; a file with more of them is mended by reading the first."""

UNREAD: Final = Number(math.nan)
"""The tree that stands in for a formula that cannot be read."""


UNKNOWN_GROUP: Final = Kind(
    code="QH203",
    severity="error",
    en="there is no group '{group}'",
    zh="没有分组“{group}”",
    hint_en="{suggest}",
    hint_zh="{suggest}",
)
NOT_A_CONSTANT: Final = Kind(
    code="QH172",
    severity="error",
    en="'{text}' is not a number: {problem}",
    zh="“{text}”不是一个数：{problem}",
    hint_en="write a number, or a formula of numbers such as log(100) or 1/3",
    hint_zh="请写数字，或只含数字的公式，例如 1/3",
)


class Margin:
    """Collects findings on the parts of one document, each by its path."""

    def __init__(self, locations: Locations) -> None:
        """Begin with no findings."""
        self.locations = locations
        self.names_figures = False
        """Whether a formula may name a figure that is no item: of months, or whether a text is one."""
        more = MORE_OF_THE_SAME.at(locations.of(), count=SHOWN_OF_A_KIND)
        self._collector = Collector(shown=SHOWN_OF_A_KIND, left_out=lambda _kind, _number: more)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that was noted; of each kind the first ones, and a word on there being more."""
        return self._collector.findings()

    def at(self, path: Path) -> Location:
        """Return where the part at `path` was written."""
        return self.locations.of(*path)

    def note(self, kind: Kind, path: Path, **facts: object) -> None:
        """Note a finding on the part at `path`; the facts `key` and `other` are keys."""
        above = path[:-1]
        for name in facts.keys() & {"key", "other"}:
            facts[name] = told_key(str(facts[name]), above)
        self._collector.add(kind.at(self.at(path), **facts))

    def note_unknown_group(self, group: str, path: Path, known: Sequence[str]) -> None:
        """Note that there is no such group, with the nearest of those `known`."""
        near = suggestion(group, known) if self._collector.lists(UNKNOWN_GROUP) else {}
        self.note(UNKNOWN_GROUP, path, group=group, **near)

    def formula(self, text: str, path: Path) -> Formula:
        """Return the formula `text` means; one that cannot be read is noted, and `UNREAD` stands in."""
        where = self.at(path)
        self.names_figures |= any(
            sign in text for sign in ("months", "quarters", "reviews", "'", '"', "“", "‘")
        )
        try:
            return Formula(text, parse_formula(text).tree, where)
        except FormulaError as error:
            self._collector.add(error.finding(where))
            return Formula(text, UNREAD, where)

    def formula_or_none(self, text: str | None, path: Path) -> Formula | None:
        """Return the formula `text` means, None if there is none."""
        return None if text is None else self.formula(text, path)

    def constant(self, text: str, path: Path) -> float:
        """Return the number the formula `text` means; if it means none that is noted, and 1 stands in."""
        formula = self.formula(text, path)
        if formula.tree is UNREAD:
            return 1.0
        try:
            return constant_value(formula.tree)
        except NotConstantError as error:
            problem = {"problem": error.why}
            self.note(NOT_A_CONSTANT, path, text=formula.brief, **problem)
            return 1.0


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
