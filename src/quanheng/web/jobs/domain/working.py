"""Doing jobs: one is begun, heard of, and ended, failed, or taken up again after its process was lost.

A job belongs to an attempt, not to a process: whoever took it up later makes the earlier holder's end void.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Final

from quanheng.findings.errors import QuanhengError
from quanheng.findings.finding import Finding, FindingsError, require_no_errors
from quanheng.findings.text import Text
from quanheng.process.rounds.people import PROGRAM, Deed
from quanheng.process.rounds.run import ATTEMPTS, SILENT, moved_run
from quanheng.web.audit.actions import in_a_transaction
from quanheng.web.audit.log import Told, add_to_log
from quanheng.web.base.actor import THE_PROGRAM
from quanheng.web.jobs.findings import NO_LONGER_HELD, UNKNOWN_KIND
from quanheng.web.jobs.models import Job
from quanheng.web.jobs.words import BROKE, LOST
from quanheng.web.jobs.work import KINDS, Held

_LONGEST: Final = 1_000


def take_up_lost(*, at: dt.datetime) -> int:
    """Let all jobs wait again that have lost their process; one that was begun often enough fails."""
    lost = Job.objects.for_the_program().filter(state="running", heard_at__lt=at - SILENT)
    return sum(in_a_transaction(_taken_up(pk, at)) for pk in lost.order_by("pk").values_list("pk", flat=True))


def begin_next(*, at: dt.datetime, worker: str) -> Job | None:
    """Begin the job that has waited longest; None if none waits."""
    waiting = Job.objects.for_the_program().filter(state="waiting").order_by("asked_at", "pk")
    if not waiting.exists():  # a look alone holds nobody up
        return None

    def begin() -> Job | None:
        job = waiting.select_for_update(skip_locked=True).first()
        if job is not None:
            job.worker = worker
            _move(job, "begin", at)
        return job

    return in_a_transaction(begin)


def do(job: Job, clock: Callable[[], dt.datetime]) -> None:
    """Do a job that was begun, and end it, or let it fail with the reason.

    What may pass by itself (the database or the disk is away) is raised: the job is then not heard of any
    more, and taken up again.

    Raises:
        DatabaseError: the database is away.
        OSError: the disk is.
    """
    held = Held(job=job.pk, attempt=job.attempts, asked_by=job.asked_by)
    try:
        require_no_errors([] if job.kind in KINDS else [UNKNOWN_KIND.at(job=job.kind)])
        KINDS[job.kind].do(held, job.arguments)
        in_a_transaction(lambda: _move(require_held(held), "end", clock()))
    except FindingsError as refusal:
        if any(finding.kind is NO_LONGER_HELD for finding in refusal.findings):
            return
        _fail(held, _each(refusal.findings), clock())
    except QuanhengError as error:
        _fail(held, Text(zh=error.text("zh"), en=error.text("en")), clock())


def note_trouble(job: Job, error: Exception) -> None:
    """Keep what got in the way of a job that is still to be done: it stands there while it waits."""
    own = Job.objects.for_the_program().filter(pk=job.pk, state="running", attempts=job.attempts)
    own.update(reason=asdict(_said(error)))


def broke_off(job: Job, error: Exception, *, at: dt.datetime) -> None:
    """Let a job fail in which the program itself broke off."""
    _fail(Held(job=job.pk, attempt=job.attempts, asked_by=job.asked_by), _said(error), at)


def beat(job: int, attempt: int, *, at: dt.datetime) -> bool:
    """Say that an attempt at a job goes on; False if the job is no longer its own."""
    own = Job.objects.for_the_program().filter(pk=job, state="running", attempts=attempt)
    return own.update(heard_at=at) == 1


def require_held(held: Held) -> Job:
    """Return the job of an attempt, locked to the end of the transaction.

    Raises:
        FindingsError: it was stopped, or taken up by somebody else.
    """
    job = Job.objects.for_the_program().select_for_update().get(pk=held.job)
    if job.state != "running" or job.attempts != held.attempt:
        raise FindingsError((NO_LONGER_HELD.at(job=job.about),))
    return job


def _each(findings: Iterable[Finding]) -> Text:
    """Return what findings say, one after the other."""
    told = [(finding.message("zh"), finding.message("en")) for finding in findings]
    return Text(zh="；".join(zh for zh, _ in told), en="; ".join(en for _, en in told))


def _said(error: Exception) -> Text:
    """Return what a person is told of an error of the program, the database or the disk."""
    said = f"{type(error).__name__}: {error}"[:_LONGEST]
    return Text(zh=BROKE.zh.format(error=said), en=BROKE.en.format(error=said))


def _fail(held: Held, reason: Text, at: dt.datetime) -> None:
    try:
        in_a_transaction(lambda: _move(require_held(held), "fail", at, reason))
    except FindingsError:
        return  # it was stopped meanwhile, or is somebody else's


def _taken_up(pk: int, at: dt.datetime) -> Callable[[], int]:
    def take_up() -> int:
        job = Job.objects.for_the_program().select_for_update().get(pk=pk)
        if not job.as_run().is_lost(at):
            return 0
        if job.attempts >= ATTEMPTS:
            count = str(job.attempts)
            known = job.reason_words
            lost = Text(zh=LOST.zh.format(count=count), en=LOST.en.format(count=count))
            _move(job, "fail", at, known if known.en else lost)
        else:
            _move(job, "take_up", at)
        return 1

    return take_up


def _followed(job: Job) -> Job | None:
    """Return the job that follows one that is over, where somebody asked for it once more while it ran."""
    if job.is_open or not job.again_by or job.again_at is None:
        return None
    follower = Job(
        kind=job.kind,
        key=job.key,
        arguments=job.arguments,
        about=job.about,
        chain=job.chain,
        asked_by=job.again_by,
        asked_at=job.again_at,
    )
    follower.save(force_insert=True)
    return follower


def _move(job: Job, move: str, at: dt.datetime, reason: Text | None = None) -> None:
    """Move a job as its rules allow, and tell the log. Where the clock went back, the last moment counts."""
    at = max(at, job.heard_at or at)
    before = {"state": job.state}
    job.take(moved_run(move, job.as_run(), Deed(by=PROGRAM, at=at, reason=reason.en if reason else "")))
    if move == "take_up":
        job.again_by, job.again_at = "", None  # what begins anew sees all that is there by then
    if reason is not None:
        job.reason = asdict(Text(zh=reason.zh[:_LONGEST], en=reason.en[:_LONGEST]))
    job.save()
    told = {
        "kind": job.kind,
        "state": job.state,
        "attempts": job.attempts,
        "reason": job.reason.get("en", ""),
    }
    follower = _followed(job)
    if follower is not None:
        told |= {"followed_by": follower.pk, "asked_by": follower.asked_by}
    entry = Told(chain=job.chain, action=f"job.{move}", about=job.about, before=before, after=told)
    add_to_log(entry, by=THE_PROGRAM, at=at)
