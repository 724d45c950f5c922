"""加减分和一票否决: what counted of the marks given and taken, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from quanheng.documents.blocks import Column, ColumnKind, Table
from quanheng.documents.compose.numbers import figure
from quanheng.documents.compose.standings import called, in_order
from quanheng.documents.subject import Subject
from quanheng.engine.frame import columns as c
from quanheng.findings.text import Language, Text

_DECIMALS: Final = 2
_HEADINGS: Final[tuple[tuple[Text, ColumnKind], ...]] = (
    (Text(zh="单位", en="Unit"), "word"),
    (Text(zh="加分", en="Given"), "number"),
    (Text(zh="扣分", en="Taken"), "number"),
    (Text(zh="一票否决", en="Veto"), "word"),
    (Text(zh="事由", en="Reason"), "text"),
)
_YES: Final = Text(zh="是", en="yes")


def adjustments_table(subject: Subject, language: Language) -> Table | None:
    """Return a row for each unit with marks given or taken, or a veto; None if there is none."""
    reasons = _reasons(subject, language)
    cells = []
    wide = {row[c.UNIT]: row for row in subject.result.wide.iter_rows(named=True)}
    for row in in_order(subject, subject.result.ranking.rows(named=True)):
        own = wide[row["unit"]]
        given, taken = (_counted(subject, own, kind) for kind in ("bonus", "penalty"))
        vetoed = bool(own[c.VETOED])
        if not given and not taken and not vetoed:
            continue
        cells.append(
            (
                called(row),
                figure(given, _DECIMALS) if given else "",
                figure(-taken, _DECIMALS) if taken else "",
                _YES.in_language(language) if vetoed else "",
                reasons.get(row["unit"], ""),
            )
        )
    if not cells:
        return None
    return Table(
        title=Text(zh="加分、扣分和一票否决", en="Marks given and taken, and vetoes").in_language(language),
        columns=tuple(Column(heading=text.in_language(language), kind=kind) for text, kind in _HEADINGS),
        rows=tuple(cells),
    )


def _counted(subject: Subject, own: Mapping[str, Any], kind: str) -> float:
    """Return the marks of a kind that counted for a unit, at all nodes."""
    columns = (c.adjust(node.code, kind) for node in subject.result.scheme.nodes)
    return sum(own[column] or 0.0 for column in columns if column in own)


def _reasons(subject: Subject, language: Language) -> dict[str, str]:
    """Return why each unit's marks are: what the book says, in its order, then the rules that gave some."""
    result = subject.result
    told: dict[str, list[str]] = {}
    if result.book is not None:
        for row in result.book.adjustments.iter_rows(named=True):
            if row["reason"]:
                told.setdefault(row["unit"], []).append(row["reason"])
    for number, rule in enumerate(result.scheme.adjustments.rules):
        column = c.adjustment_rule(number)
        if column in result.wide.columns:
            for unit, given in result.wide.select(c.UNIT, column).rows():
                if given:
                    told.setdefault(unit, []).append(rule.name)
    joint = "；" if language == "zh" else "; "
    return {unit: joint.join(reasons) for unit, reasons in told.items()}
