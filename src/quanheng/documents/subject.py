"""What documents are made of: a verified result, with what is known beside it, and who is to read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from quanheng.data.book.book import Book
from quanheng.documents.studied import NO_STUDIES, Studies
from quanheng.documents.words.words import NO_WORDS, Words
from quanheng.engine.results.result import Result
from quanheng.findings.finding import Finding
from quanheng.findings.value import Value
from quanheng.insight.moves.moves import Moves
from quanheng.scheme.document.published import Part

Audience: TypeAlias = Literal["public", "unit", "internal"]
"""Who reads a document: everybody, one unit, or the office itself."""


class Subject(Value):
    """What a document is about.

    `record` is the identity of the result as its folder says it (`result.json`); `book` is the one it was
    computed of, as it was loaded. `moves` are those since the round before, None where there is none to
    compare with. `studies` are those of this very result that lie
    beside it. `findings` are news about all of it.
    """

    result: Result
    record: Mapping[str, Any]
    audience: Audience
    moves: Moves | None = None
    studies: Studies = NO_STUDIES
    words: Words = NO_WORDS
    findings: tuple[Finding, ...] = ()
    book: Book | None = None

    def shows(self, part: Part) -> bool:
        """Return whether this audience may see a part of the result: the public what the scheme publishes."""
        return self.audience != "public" or part in self.result.scheme.publish
