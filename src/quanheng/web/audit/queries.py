"""Looking into the log."""

from __future__ import annotations

from typing import Final

from django.db.models import Q, QuerySet

from quanheng.findings.value import Value
from quanheng.process.rounds.people import Person
from quanheng.web.audit.models import DONE, REFUSED, Entry
from quanheng.web.audit.words import ACTIONS

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that begins so for a formula."""
COLUMNS: Final = (
    "chain",
    "number",
    "at",
    "who",
    "roles",
    "address",
    "action",
    "about",
    "outcome",
    "reasons",
    "before",
    "after",
    "algorithm",
    "previous",
    "hash",
)


class Wanted(Value):
    """What is looked for: a word, a person, an outcome, a stretch of days (as `2024-03-29`)."""

    word: str = ""
    who: str = ""
    outcome: str = ""
    since: str = ""
    until: str = ""


def entries(person: Person, wanted: Wanted) -> QuerySet[Entry]:
    """Return the entries that `person` may see and that are wanted, the newest first."""
    found = Entry.objects.visible_to(person).order_by("-at", "-id")
    if wanted.word:
        named = [name for name, text in ACTIONS.items() if wanted.word in text.zh or wanted.word in text.en]
        found = found.filter(
            Q(action__in=named) | Q(action__icontains=wanted.word) | Q(about__icontains=wanted.word)
        )
    if wanted.who:
        found = found.filter(who=wanted.who.strip().casefold())
    if wanted.outcome in {DONE, REFUSED}:
        found = found.filter(outcome=wanted.outcome)
    if wanted.since:
        found = found.filter(at__gte=wanted.since)
    if wanted.until:
        found = found.filter(at__lt=wanted.until)
    return found


def harmless(cell: object) -> str:
    """Return what stands in a cell so that no spreadsheet computes it.

    Examples:
        >>> harmless("=1+1"), harmless("people.add"), harmless(7)
        ("'=1+1", 'people.add', '7')
    """
    text = str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text
