"""The process that does the work in the background, one job after another, for as long as the site is served.

A second thread says every few seconds that the job goes on. It ends the process at once where the job was
stopped or whoever started it is gone: what was not finished lies in a temporary place, and counts for
nothing.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from quanheng.web.jobs.models import Job

_LOG: Final = logging.getLogger(__name__)
_TICK: Final = 1.0
"""Seconds between two looks whether there is something to do, and whether the site is still served."""
_BEAT: Final = 10
"""So many ticks after each other a job is said to go on."""
_NOT_OURS: Final = 3


def work(parent: int) -> None:
    """Do jobs until the process `parent` has ended."""
    import django  # noqa: PLC0415  its settings stand in the environment

    from quanheng.web.base.seeing import see_whole_from_here  # noqa: PLC0415  Django is needed from here on

    django.setup()
    see_whole_from_here()
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    while True:
        if not _work_once():
            time.sleep(_TICK)


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_TICK)
    os._exit(0)


def _work_once() -> bool:
    """Take up what was lost, and do the next job; return whether there was one."""
    from django.db import DatabaseError, close_old_connections  # noqa: PLC0415  after Django has its settings
    from django.utils import timezone  # noqa: PLC0415  the same

    from quanheng.web.jobs.domain.working import begin_next, broke_off, do, note_trouble, take_up_lost  # noqa: PLC0415  the same

    close_old_connections()
    try:
        now = timezone.localtime()
        take_up_lost(at=now)
        job = begin_next(at=now, worker=str(os.getpid()))
        if job is None:
            return False
        over = _heart_of(job)
        try:
            do(job, timezone.localtime)
        except (DatabaseError, OSError) as error:
            note_trouble(job, error)
            raise
        except Exception as error:  # noqa: BLE001  the outermost edge: the job fails, the next one is done
            _LOG.exception("a job broke off: %s", job.about)
            broke_off(job, error, at=timezone.localtime())
        finally:
            over.set()
    except (DatabaseError, OSError):
        _LOG.exception("the database or the disk is away; jobs wait")
        return False
    return True


def _heart_of(job: Job) -> threading.Event:
    """Begin to say that `job` goes on; set what is returned when it is over."""
    over = threading.Event()
    threading.Thread(target=_beat, args=(job.pk, job.attempts, over), daemon=True).start()
    return over


def _beat(pk: int, attempt: int, over: threading.Event) -> None:
    from django.db import DatabaseError, connection  # noqa: PLC0415  after Django has its settings
    from django.utils import timezone  # noqa: PLC0415  the same

    from quanheng.web.jobs.domain.working import beat  # noqa: PLC0415  the same

    try:
        while not over.wait(_TICK * _BEAT):
            try:
                if not beat(pk, attempt, at=timezone.localtime()) and not over.is_set():
                    os._exit(_NOT_OURS)
            except DatabaseError:
                _LOG.exception("a job could not be said to go on; it is tried again")
                connection.close()
    finally:
        connection.close()


if __name__ == "__main__":
    work(int(sys.argv[1]))
