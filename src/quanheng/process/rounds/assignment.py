"""An assignment: who reports which item of which unit, by when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from quanheng.findings.finding import Finding, Kind, require_no_errors
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.process.rounds.life import Life, Move, refusals, told
from quanheng.process.rounds.people import Deed, aware
from quanheng.process.rounds.round import DUE_ALREADY, ROUND, Round

ASSIGNMENT: Final = Life(
    thing=Text(zh="填报任务", en="the assignment"),
    states={"given": Text(zh="已指派", en="given"), "ended": Text(zh="已撤销", en="ended")},
    final=("ended",),
    moves=(
        Move(
            code="pass_on",
            name=Text(zh="转交", en="pass the assignment on"),
            before=("given",),
            after="given",
            by=("office",),
            reason=True,
        ),
        Move(
            code="defer",
            name=Text(zh="延期", en="move the deadline"),
            before=("given",),
            after="given",
            by=("office",),
            reason=True,
        ),
        Move(
            code="end",
            name=Text(zh="撤销指派", en="end the assignment"),
            before=("given",),
            after="ended",
            by=("office",),
            reason=True,
        ),
    ),
)
"""What becomes of an assignment; where it has ended, the item of the unit can be assigned anew."""


class Assignment(Value):
    """Who reports an item of a unit; `due` is a deadline of its own, else it is the round's."""

    item: str
    unit: str
    reporter: str
    due: dt.datetime | None = None
    state: str = "given"
    changed_at: dt.datetime | None = None

    def __post_init__(self) -> None:
        """Refuse a deadline without a time zone."""
        if self.due is not None:
            aware(self.due)

    def due_in(self, round: Round) -> dt.datetime:  # noqa: A002  the word of the language
        """Return until when it is to be reported in `round`; the moment itself is in time."""
        return self.due or round.due


ROUND_IS_OVER: Final = Kind(
    code="QH914",
    severity="error",
    en="the round is {state}: reports are not assigned any more",
    zh="本考核期为“{state}”，不再指派填报",
    hint_en="what was wrong is put right by an appeal, or in a new version",
    hint_zh="如有错误，请通过申诉或新版本更正",
)


def moved_assignment(
    code: str,
    assignment: Assignment,
    deed: Deed,
    round: Round,  # noqa: A002  the word of the language
    *,
    reporter: str | None = None,
    due: dt.datetime | None = None,
) -> Assignment:
    """Return the assignment after the move `code`: passed on to `reporter`, or due at `due`.

    Raises:
        FindingsError: it is not done; the findings say why.
        KeyError: there is no such move.
        ValueError: `pass_on` comes without a reporter, or `defer` without a deadline.

    Examples:
        >>> from quanheng.process.rounds.people import Person
        >>> now = dt.datetime(2024, 4, 1, 9, tzinfo=dt.timezone.utc)
        >>> office = Person(code="li", roles=frozenset({"office"}))
        >>> asked = Deed(by=office, at=now, reason="the statistics come out later")
        >>> given = Assignment(item="gdp", unit="T1", reporter="wang")
        >>> open_round = Round(code="2024-Q1", due=now, state="open")
        >>> later = now + dt.timedelta(days=3)
        >>> moved_assignment("defer", given, asked, open_round, due=later).due_in(open_round) == later
        True
    """
    move = ASSIGNMENT.move(code)
    require_no_errors(
        (
            *refusals(ASSIGNMENT, move, assignment.state, deed, assignment.changed_at),
            *_lacking(code, deed, round, due),
        )
    )
    after = replace(assignment, state=move.after, changed_at=deed.at)
    match code:
        case "pass_on":
            if not reporter:
                raise ValueError("an assignment is passed on to somebody")
            return replace(after, reporter=reporter)
        case "defer":
            return replace(after, due=due)
        case _:
            return after


def _lacking(
    code: str,
    deed: Deed,
    round: Round,  # noqa: A002  the word of the language
    due: dt.datetime | None,
) -> Iterator[Finding]:
    if round.state not in ("draft", "open", "checking"):
        yield ROUND_IS_OVER.at(state=ROUND.states[round.state])
    if code == "defer":
        if due is None:
            raise ValueError("a deadline is moved to a moment")
        if aware(due) <= deed.at:
            yield DUE_ALREADY.at(due=told(due))
