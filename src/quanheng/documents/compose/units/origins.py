"""计分依据 as an appendix: every step of a unit's score, in the words of `quanheng explain`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from quanheng.documents.blocks import Note, Paragraph
from quanheng.documents.compose.units.peers import FEWEST, Peers
from quanheng.documents.compose.units.report import Section
from quanheng.documents.subject import Subject
from quanheng.engine.results.explanation.explanation import Explanation
from quanheng.engine.results.explanation.text import details, headline
from quanheng.findings.text import Language, Text


def origins_of(subject: Subject, unit: str, peers: Peers, language: Language) -> Section:
    """Return all steps of the unit's score as paragraphs, a node's own first, then what is said of it."""
    explained: Explanation = subject.result.explain(unit)
    parts: list[Paragraph | Note] = []
    for node in explained.walk():
        told = node if subject.audience == "internal" else _of_itself(node, peers)
        parts.append(Paragraph(text="", lead=headline(told, language)))
        parts += [Note(text=line) for line in _lines(told, language)]
    heading = Text(zh="附：计分依据", en="Appendix: how the score came about").in_language(language)
    return Section(heading=heading, parts=tuple(parts))


def _lines(told: Explanation, language: Language) -> Iterator[str]:
    for line in details(told, language):
        yield line.strip()


def _of_itself(node: Explanation, peers: Peers) -> Explanation:
    """Return an explanation that tells nothing of another unit.

    What a rule looked at in the group is told, without whose it was: without it nobody can check the points.
    It is not told of a group so small that everybody knows whose it is.
    """
    standing, rating = node.standing, node.rating
    if standing is not None:
        standing = replace(standing, next_unit=None, next_name=None, next_place=None, needed=None)
    if rating is not None:
        anchors = () if len(peers.totals) < FEWEST else rating.anchors
        anchors = tuple(replace(anchor, whose=(), names=()) for anchor in anchors)
        rating = replace(rating, anchors=anchors)
    return replace(node, standing=standing, rating=rating)
