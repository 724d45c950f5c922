"""Asking for what is published of a round to be made."""

from __future__ import annotations

import datetime as dt
from typing import Final

from quanheng.findings.finding import FindingsError, require_no_errors
from quanheng.findings.value import Value
from quanheng.web.audit.actions import Done, action
from quanheng.web.base.actor import Actor
from quanheng.web.jobs.domain.asking import Wanted, queue
from quanheng.web.jobs.models import Job
from quanheng.web.library.domain.versions import check_office
from quanheng.web.library.typed import check_length
from quanheng.web.people.domain.accounts import check_seen
from quanheng.web.publication.findings import NO_LICENCE_SAID, NOT_PUBLISHED_NOW, PUBLISHED_ALREADY
from quanheng.web.publication.models import STANDING, KeptPublication
from quanheng.web.publication.words import MAKE
from quanheng.web.results.domain.outlook import counting_run
from quanheng.web.results.models import KeptRun
from quanheng.web.rounds.domain.access import locked_round
from quanheng.web.rounds.models import KeptRound

PUBLISHED: Final = ("final", "published")
"""The states of a round in which what is published of it is made."""
_LONGEST: Final = 200


class Said(Value):
    """What the office says of it: what may be done with it, who issues it, the number of the paper."""

    licence: str
    issued_by: str = ""
    number: str = ""


@action("publication.ask", noted=("pk", "said"))
def ask_publication(*, by: Actor, at: dt.datetime, pk: int, said: Said) -> Done[Job]:
    """Ask for what is published of a round to be made; where it is asked for already, that job is returned.

    Raises:
        FindingsError: it is not for the actor to do, the round is not final, its version is planned or
            published already, or no licence is stated.
    """
    kept = locked_round(pk)
    require_no_errors(check_office(by))
    run = require_published(kept)
    if not said.licence.strip():
        require_no_errors([NO_LICENCE_SAID.at()])
    told = {name: getattr(said, name).strip() for name in ("licence", "issued_by", "number")}
    for text in told.values():
        require_no_errors([*check_length(text, _LONGEST), *check_seen(text)])
    wanted = Wanted(
        kind=MAKE,
        key=f"publication-{pk}",
        arguments={"round": pk, "run": run.pk, **told},
        about=kept.title,
        chain=kept.chain,
    )
    job, new = queue(wanted, by=by, at=at)
    after = {"job": job.pk, "run": run.number, "new": new, **told}
    return Done(job, about=kept.code, after=after, chain=kept.chain)


def require_published(kept: KeptRound) -> KeptRun:
    """Return the run of which a round is published.

    Raises:
        FindingsError: the round is not final, or its version is planned or published already.
    """
    run = counting_run(kept.pk)
    if kept.state not in PUBLISHED or run is None:
        raise FindingsError((NOT_PUBLISHED_NOW.at(state=kept.state_words),))
    if KeptPublication.objects.for_the_program().filter(round=kept, state__in=STANDING).exists():
        raise FindingsError((PUBLISHED_ALREADY.at(version=kept.version),))
    return run
