"""A round whose results are final, and what is published of it, for tests."""

from __future__ import annotations

import datetime as dt
from typing import Final
from unittest.mock import patch

from tests.web.results.world import OFFICE, RUN_AT, rounds_of_two_years, run

from quanheng.process.rounds.round import Window
from quanheng.web.jobs.domain.working import begin_next, do
from quanheng.web.publication.domain.asking import Said, ask_publication
from quanheng.web.publication.models import KeptPublication
from quanheng.web.results.domain.moves import move_by_results
from quanheng.web.rounds.models import KeptRound

SAID: Final = Said(licence="注明来源即可使用", issued_by="区考核办", number="考发〔2024〕1号")
SHOWN_AT: Final = RUN_AT + dt.timedelta(hours=1)
FINAL_AT: Final = SHOWN_AT + dt.timedelta(days=5)
PUBLISHED_AT: Final = FINAL_AT + dt.timedelta(days=1)


def a_final_round() -> KeptRound:
    """Return the round of two units (54 and 31 in total) whose results are final."""
    kept = rounds_of_two_years()
    return made_final(kept, SHOWN_AT)


def made_final(kept: KeptRound, at: dt.datetime) -> KeptRound:
    """Run the score of a round that is checked, show it for a day, and make it final four days later."""
    run(kept, at=at)
    window = Window(begins=at, ends=at + dt.timedelta(days=1))
    move_by_results(by=OFFICE, at=at, pk=kept.pk, move="show", window=window)
    return move_by_results(by=OFFICE, at=at + dt.timedelta(days=5), pk=kept.pk, move="settle")


def made(kept: KeptRound, *, at: dt.datetime = FINAL_AT) -> KeptPublication:
    """Make what is published of a round here and now, and return it."""
    asked = ask_publication(by=OFFICE, at=at, pk=kept.pk, said=SAID)
    job = begin_next(at=at, worker="1")
    assert job is not None
    assert job.pk == asked.pk
    with patch("django.utils.timezone.now", lambda: at):
        do(job, lambda: at)
    job.refresh_from_db()
    assert job.state == "ended", job.reason
    return KeptPublication.objects.for_the_program().get(job=job)
