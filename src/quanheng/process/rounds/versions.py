"""A new version of a round: the only way in which something final is put right."""

from __future__ import annotations

from typing import Final

from quanheng.findings.finding import require_no_errors
from quanheng.findings.text import Text
from quanheng.process.rounds.life import Life, Move, refusals
from quanheng.process.rounds.people import Deed
from quanheng.process.rounds.round import ROUND, Round

_ANEW: Final = Move(
    code="anew",
    name=Text(zh="更正并出新版本", en="make a new version"),
    before=("final", "published"),
    after="checking",
    by=("office",),
    reason=True,
)
_VERSIONS: Final = Life(thing=ROUND.thing, states=ROUND.states, final=(), moves=(_ANEW,))
"""It is no move of the round that is final: that one stays as it is."""


def next_version(
    round: Round,  # noqa: A002  the word of the language
    deed: Deed,
) -> Round:
    """Return the version that puts right a round that is final or published; that one stays as it is.

    It begins where figures are checked: what was accepted is there, and each correction is a new value.

    Raises:
        FindingsError: the round is not final yet, no reason is given, or it is not for the person to do.

    Examples:
        >>> import datetime as dt
        >>> from quanheng.process.rounds.people import Person
        >>> now = dt.datetime(2024, 7, 1, 9, tzinfo=dt.timezone.utc)
        >>> ended = Round(code="2024-Q1", due=now, state="published", changed_at=now)
        >>> office = Person(code="li", roles=frozenset({"office"}))
        >>> anew = next_version(ended, Deed(by=office, at=now, reason="a figure of T3 was counted twice"))
        >>> anew.version, anew.corrects, anew.state
        (2, 1, 'checking')
    """
    found = refusals(_VERSIONS, _ANEW, round.state, deed, round.changed_at)
    require_no_errors(tuple(found))
    return Round(
        code=round.code,
        due=round.due,
        state="checking",
        version=round.version + 1,
        corrects=round.version,
        reason=deed.reason.strip(),
        changed_at=deed.at,
    )
