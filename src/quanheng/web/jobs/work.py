"""What kinds of work there are: a context says what a kind is called and which function does it.

    @work("results.run", Text(zh="计分", en="run the score"))
    def run(held: Held, arguments: Mapping[str, object]) -> None: ...

The function may be called again for the same job, after a process of it was lost: it must do nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from quanheng.findings.text import Text
from quanheng.findings.value import Value


class Held(Value):
    """A job in the hands of a process: its key in the table, and the number of the attempt."""

    job: int
    attempt: int
    asked_by: str


Doing: TypeAlias = Callable[[Held, Mapping[str, object]], None]


class Sort(Value):
    """A kind of work."""

    name: Text
    do: Doing


KINDS: Final[dict[str, Sort]] = {}
"""All kinds of work by their code."""


def work(kind: str, name: Text) -> Callable[[Doing], Doing]:
    """Let a function do the jobs of a kind, which people call `name`."""

    def keep(do: Doing) -> Doing:
        KINDS[kind] = Sort(name=name, do=do)
        return do

    return keep


def kind_words(kind: str) -> Text:
    """Return what a kind of work is called; its code, if nobody said."""
    return KINDS[kind].name if kind in KINDS else Text(zh=kind, en=kind)
