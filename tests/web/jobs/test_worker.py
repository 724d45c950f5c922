"""The process that does the work: killed in the middle of it, and ended with the site."""

from __future__ import annotations

import os
import signal
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests.web.at_hand import Hand
from tests.web.conftest import BlankSite
from tests.web.serving import served

ASK: Final = """
import sys
from django.db import transaction
from django.utils import timezone
from quanheng.web.base.actor import THE_PROGRAM
from quanheng.web.jobs.domain.asking import Wanted, queue
from tests.web.jobs.slow import KIND
told = Wanted(kind=KIND, key="k", arguments={"folder": sys.argv[1]}, about="a test", chain="site")
with transaction.atomic():
    queue(told, by=THE_PROGRAM, at=timezone.now())
"""
LOSE: Final = """
import datetime as dt
from django.utils import timezone
from quanheng.web.jobs.models import Job
Job.objects.for_the_program().update(heard_at=timezone.now() - dt.timedelta(seconds=61))
"""
WORK: Final = """
import os
import tests.web.jobs.slow
from quanheng.web.jobs.worker import work
work(os.getppid())
"""
TELL: Final = """
from quanheng.web.jobs.models import Job
job, = Job.objects.for_the_program()
print(job.state, job.attempts)
"""


def wait_for(there: Callable[[], bool]) -> None:
    assert any(there() or threading.Event().wait(0.1) for _ in range(600)), "it did not come"


def a_killed_job_is_taken_up_again(folder: Path, files: Path) -> None:
    """Kill the process of a job, and see the next one do it; the minute between is left out."""
    begun = files / "begun"
    with Hand.at(folder) as hand:
        hand.told_by(ASK, str(files))
        first = hand.begun(WORK)
        wait_for(begun.exists)
        hand.killed(first)
        assert hand.told_by(TELL).split() == ["running", "1"]
        hand.told_by(LOSE)
        second = hand.begun(WORK)
        wait_for(lambda: begun.read_text(encoding="utf-8") == "1\n2\n")
        (files / "go").touch()
        wait_for(lambda: hand.told_by(TELL).split() == ["ended", "2"])
        hand.killed(second)


def test_a_killed_job_is_taken_up_again(blank_site: BlankSite, tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()

    a_killed_job_is_taken_up_again(blank_site(tmp_path / "site"), tmp_path / "files")


def worker_of(parent: int) -> int | None:
    """Return the process of the worker below the process `parent`, two levels down; None if there is none."""
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            line = (status.parent / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"quanheng.web.jobs.worker" in line and line[-2] == str(parent).encode():
            return int(status.parent.name)
    return None


def keepers() -> set[int]:
    found: set[int] = set()
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if b"quanheng.web.site.running.keeper" in entry.read_bytes():
                found.add(int(entry.parent.name))
        except OSError:
            continue
    return found


def test_a_keeper_that_was_killed_is_begun_anew_with_a_worker(tmp_path: Path) -> None:
    before = keepers()
    with served(tmp_path / "site"):
        wait_for(lambda: any(worker_of(each) for each in keepers() - before))
        (first,) = (each for each in keepers() - before if worker_of(each))
        worker = worker_of(first)
        os.kill(first, signal.SIGKILL)
        wait_for(lambda: any(worker_of(each) for each in keepers() - before - {first}))
        (second,) = (each for each in keepers() - before - {first} if worker_of(each))

        assert worker_of(second) not in {worker, None}
        wait_for(lambda: worker_of(first) is None)

    wait_for(lambda: worker_of(second) is None)
    wait_for(lambda: second not in keepers())


def test_the_site_starts_one_worker_starts_it_again_and_ends_it(tmp_path: Path) -> None:
    before = keepers()
    with served(tmp_path / "site"):
        wait_for(lambda: any(worker_of(each) for each in keepers() - before))
        (keeper,) = (each for each in keepers() - before if worker_of(each))
        first = worker_of(keeper)
        assert first is not None
        os.kill(first, signal.SIGKILL)
        wait_for(lambda: worker_of(keeper) not in {first, None})
        second = worker_of(keeper)

    wait_for(lambda: worker_of(keeper) is None)
    assert second != first
    with sqlite3.connect(tmp_path / "site" / "site.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM jobs_job").fetchone() == (0,)
