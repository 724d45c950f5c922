"""For whom tables are read now: PostgreSQL is told it in each transaction, and holds every row against it.

Whoever says nothing reads no row of a table behind the wall. A request reads as its person; an action and the
program's own work say that they read the whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from quanheng.findings.value import Value


class Seeing(Value):
    """The code of the person for whom is read; or that all is read, whoever it is for."""

    person: str = ""
    whole: bool = False


NOTHING: Final = Seeing()
WHOLE: Final = Seeing(whole=True)
_NOW: Final[ContextVar[Seeing]] = ContextVar("quanheng_seeing", default=NOTHING)


def seeing_now() -> Seeing:
    """Return for whom is read now.

    Examples:
        >>> with seen_by("chen"):
        ...     seeing_now().person
        'chen'
    """
    return _NOW.get()


@contextmanager
def seen_by(code: str) -> Iterator[None]:
    """Read for the person with `code`, who may be nobody."""
    before = _NOW.set(Seeing(person=code))
    try:
        yield
    finally:
        _NOW.reset(before)


@contextmanager
def seen_whole() -> Iterator[None]:
    """Read all: an action that has asked itself whether its actor may do it, or the program's own work.

    It is also written above a function, `@seen_whole()`, that gives back what it has read.
    """
    before = _NOW.set(WHOLE)
    try:
        yield
    finally:
        _NOW.reset(before)


def see_whole_from_here() -> None:
    """Read all from here on: said once by a process of the program that answers no requests."""
    _NOW.set(WHOLE)
