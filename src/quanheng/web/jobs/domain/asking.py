"""Asking for work in the background, and stopping it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from quanheng.findings.value import Value
from quanheng.process.rounds.people import Deed
from quanheng.process.rounds.run import moved_run
from quanheng.web.audit.actions import Done, action
from quanheng.web.base.actor import Actor
from quanheng.web.jobs.models import OPEN, Job


class Wanted(Value):
    """Work that is asked for; the arguments are of plain kinds. What has the same `key` is the same work.

    With `again` it is done once more after one that runs already, which may not have seen what is there now.
    """

    kind: str
    key: str
    arguments: Mapping[str, object]
    about: str
    chain: str
    again: bool = False


def queue(wanted: Wanted, *, by: Actor, at: dt.datetime) -> tuple[Job, bool]:
    """Return the job of what is wanted, and whether it is new: one that waits or runs is not made twice.

    Where it is wanted once more after one that runs, that job keeps who asked, and a new one follows it. It
    is called inside of the action that asks for it, whose entry tells of it.
    """
    jobs = Job.objects.for_the_program()
    there = jobs.select_for_update().filter(key=wanted.key, state__in=OPEN).first()
    if there is not None:
        if wanted.again and there.state == "running" and not there.again_by:
            there.again_by, there.again_at = by.person.code, at
            there.save(update_fields=["again_by", "again_at"])
        return there, False
    new = Job(
        kind=wanted.kind,
        key=wanted.key,
        arguments=dict(wanted.arguments),
        about=wanted.about[:200],
        chain=wanted.chain,
        asked_by=by.person.code,
        asked_at=at,
    )
    jobs.bulk_create([new], ignore_conflicts=True)  # somebody may have been faster
    return jobs.get(key=wanted.key, state__in=OPEN), True


@action("job.stop", noted=("pk",))
def stop_job(*, by: Actor, at: dt.datetime, pk: int) -> Done[Job]:
    """Stop a job that waits or runs; the process that holds it ends within seconds, and keeps nothing of it.

    Raises:
        FindingsError: it is not for the actor to do, or the job is over.
        Job.DoesNotExist: there is no such job.
    """
    job = Job.objects.for_the_program().select_for_update().get(pk=pk)
    before = {"state": job.state}
    job.take(moved_run("stop", job.as_run(), Deed(by=by.person, at=at)))
    job.again_by, job.again_at = "", None  # who stops it stops what was to follow it
    job.save()
    told = {"kind": job.kind, "state": job.state, "attempts": job.attempts}
    return Done(job, about=job.about, before=before, after=told, chain=job.chain)
