"""Asking for the score of a round to be run."""

from __future__ import annotations

import datetime as dt
from typing import Final

from quanheng.findings.finding import FindingsError, require_no_errors
from quanheng.process.rounds.round import ROUND
from quanheng.web.audit.actions import Done, action
from quanheng.web.base.actor import Actor
from quanheng.web.jobs.domain.asking import Wanted, queue
from quanheng.web.jobs.models import Job
from quanheng.web.library.domain.versions import check_office
from quanheng.web.results.findings import NOT_SCORED_NOW
from quanheng.web.results.words import RUN_SCORE
from quanheng.web.rounds.domain.access import locked_round
from quanheng.web.rounds.models import KeptRound

SCORED: Final = ("checking", "provisional")
"""The states of a round in which its score is run."""
PREVIEWED: Final = ("open", *SCORED)
"""The states of a round in which it is scored to look at, with what is submitted."""


@action("results.ask", noted=("pk", "preview"))
def ask_score(*, by: Actor, at: dt.datetime, pk: int, preview: bool = False) -> Done[Job]:
    """Ask for the score of a round to be run; where it waits to be run already, that job is returned.

    While it runs, the job that runs is returned, and one that follows it takes the figures as they are then.
    A `preview` also takes figures that are submitted and not accepted yet; nobody but the office sees it.

    Raises:
        FindingsError: it is not for the actor to do, or the round is not being checked.
    """
    kept = locked_round(pk)
    require_no_errors(check_office(by))
    require_scored(kept, preview=preview)
    wanted = Wanted(
        kind=RUN_SCORE,
        key=f"score-{pk}-{'preview' if preview else 'accepted'}",
        arguments={"round": pk, "preview": preview},
        about=kept.title,
        chain=kept.chain,
        again=True,
    )
    job, new = queue(wanted, by=by, at=at)
    told = {"job": job.pk, "preview": preview, "new": new, "again": job.again_by}
    return Done(job, about=kept.code, after=told, chain=kept.chain)


def require_scored(kept: KeptRound, *, preview: bool) -> None:
    """Raise `FindingsError` unless a round is in a state in which its score is run."""
    states = PREVIEWED if preview else SCORED
    if kept.state not in states:
        told = NOT_SCORED_NOW.at(state=kept.state_words, states=ROUND.named(states))
        raise FindingsError((told,))
