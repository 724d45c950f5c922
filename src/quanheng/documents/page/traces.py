"""Why each unit has its scores, in the words of `quanheng explain`: for each node a line, and its details."""

from __future__ import annotations

from quanheng.documents.others import without_others
from quanheng.documents.page.embedding import Json
from quanheng.documents.page.shown import Shown
from quanheng.engine.frame import columns as c
from quanheng.engine.results.explanation.explanation import Explanation
from quanheng.engine.results.explanation.text import details, headline
from quanheng.findings.text import Language
from quanheng.findings.visible import printable


def traces_of(shown: Shown) -> dict[str, Json]:
    """Return by unit and node the lines of its explanation, Chinese and English; the first is its headline.

    A page of one unit tells nothing of another.
    """
    found: dict[str, Json] = {}
    for number, code in enumerate(shown.column(c.UNIT)):
        explanation: Explanation = shown.result.explain(str(code))
        found[str(number)] = {
            part.node: [_lines(part, shown, "zh"), _lines(part, shown, "en")] for part in explanation.walk()
        }
    return found


def _lines(explanation: Explanation, shown: Shown, language: Language) -> list[Json]:
    told = explanation if shown.unit is None else without_others(explanation, scored=shown.scored)
    return [printable(headline(told, language)), *details(told, language)]
