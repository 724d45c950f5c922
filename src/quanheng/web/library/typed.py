"""Texts that people type into forms: taken as they are, or refused as too long; none is cut unsaid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.http import QueryDict

from quanheng.findings.finding import Finding
from quanheng.web.library.findings import WORDS_TOO_LONG

NOTE: Final = 500
"""Letters of a note beside a figure."""
REASON: Final = 1_000
"""Letters of a reason, a message, a question, an answer."""
GROUNDS: Final = 5_000
"""Letters of the grounds of an appeal, and of the reasons of its decision."""


def text_of(told: QueryDict, name: str) -> str:
    """Return the text of a field; a break of its lines is one letter, as it is where it is typed.

    Browsers send two, so that a text of just as many letters as its field takes would be too long.
    """
    return told.get(name, "").replace("\r\n", "\n")


def check_length(text: str, most: int) -> Iterator[Finding]:
    """Yield that a text has more letters than are kept."""
    length = len(text.strip())
    if length > most:
        yield WORDS_TOO_LONG.at(length=length, most=most)
