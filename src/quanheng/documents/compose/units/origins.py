"""计分依据 as an appendix: every step of a unit's score, in the words of `quanheng explain`."""

from __future__ import annotations

from collections.abc import Iterator

from quanheng.documents.blocks import Note, Paragraph
from quanheng.documents.compose.units.peers import Peers
from quanheng.documents.compose.units.report import Section
from quanheng.documents.others import without_others
from quanheng.documents.subject import Subject
from quanheng.engine.results.explanation.explanation import Explanation
from quanheng.engine.results.explanation.text import details, headline
from quanheng.findings.text import Language, Text


def origins_of(subject: Subject, unit: str, peers: Peers, language: Language) -> Section:
    """Return all steps of the unit's score as paragraphs, a node's own first, then what is said of it."""
    explained: Explanation = subject.result.explain(unit)
    parts: list[Paragraph | Note] = []
    for node in explained.walk():
        alone = subject.audience != "internal"
        told = without_others(node, scored=len(peers.totals)) if alone else node
        parts.append(Paragraph(text="", lead=headline(told, language)))
        parts += [Note(text=line) for line in _lines(told, language)]
    heading = Text(zh="附：计分依据", en="Appendix: how the score came about").in_language(language)
    return Section(heading=heading, parts=tuple(parts))


def _lines(told: Explanation, language: Language) -> Iterator[str]:
    for line in details(told, language):
        yield line.strip()
