"""Moving a round on by its results: showing them to check, taking them back, making them final."""

from __future__ import annotations

import datetime as dt
from typing import Final

from quanheng.findings.finding import require_no_errors
from quanheng.process.rounds.people import Deed
from quanheng.process.rounds.round import Window, moved_round
from quanheng.web.audit.actions import Done, action
from quanheng.web.base.actor import Actor
from quanheng.web.library.typed import REASON, check_length
from quanheng.web.results.domain.outlook import marked_run, outlook_with_results
from quanheng.web.rounds.domain.access import locked_round
from quanheng.web.rounds.models import KeptRound

MOVES: Final = ("show", "take_back", "settle")
"""The moves of a round that hang on its results."""


@action("results.move", noted=("pk", "move", "reason"))
def move_by_results(
    *, by: Actor, at: dt.datetime, pk: int, move: str, reason: str = "", window: Window | None = None
) -> Done[KeptRound]:
    """Show provisional results for a `window`, take them back for a `reason`, or make them final.

    Raises:
        FindingsError: the rules of rounds do not allow it; they say why.
        KeyError: it is no such move.
    """
    if move not in MOVES:
        raise KeyError(move)
    require_no_errors(check_length(reason, REASON))
    kept = locked_round(pk)
    before = {"state": kept.state}
    deed = Deed(by=by.person, at=at, reason=reason)
    run = marked_run(kept)
    kept.take(moved_round(move, kept.as_round(), deed, outlook_with_results(kept, run), window))
    kept.save()
    after = {"move": move, "state": kept.state, "reason": reason, "run": run.number if run else None}
    if window is not None:
        after |= {"begins": window.begins.isoformat(), "ends": window.ends.isoformat()}
    return Done(kept, about=kept.code, before=before, after=after, chain=kept.chain)
