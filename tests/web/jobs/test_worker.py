"""The process that does the work: killed in the middle of it, and ended with the site."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.web.serving import CLEAN, served

ROOT: Final = Path(__file__).parents[3]
ASK: Final = """
import sys
from pathlib import Path
from quanheng.web.site.start import prepare
prepare(Path(sys.argv[1]))
from django.utils import timezone
from quanheng.web.base.actor import THE_PROGRAM
from quanheng.web.jobs.domain.asking import Wanted, queue
from tests.web.jobs.slow import KIND
told = Wanted(kind=KIND, key="k", arguments={"folder": sys.argv[2]}, about="a test", chain="site")
queue(told, by=THE_PROGRAM, at=timezone.now())
"""
LOSE: Final = """
import sys
from pathlib import Path
from quanheng.web.site.start import load
load(Path(sys.argv[1]))
import datetime as dt
from django.utils import timezone
from quanheng.web.jobs.models import Job
Job.objects.for_the_program().update(heard_at=timezone.now() - dt.timedelta(seconds=61))
"""
TELL: Final = """
import sys
from pathlib import Path
from quanheng.web.site.start import load
load(Path(sys.argv[1]))
from quanheng.web.jobs.models import Job
job, = Job.objects.for_the_program()
print(job.state, job.attempts)
"""


def told_by(script: str, *words: str) -> str:
    command = [sys.executable, "-c", script, *words]
    return subprocess.run(command, env=CLEAN, cwd=ROOT, check=True, capture_output=True, text=True).stdout


@contextmanager
def a_worker(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    environment = {
        **CLEAN,
        "QUANHENG_SITE": str(folder),
        "DJANGO_SETTINGS_MODULE": "quanheng.web.site.settings",
    }
    command = [sys.executable, "-m", "tests.web.jobs.slow", str(os.getpid())]
    process = subprocess.Popen(command, env=environment, cwd=ROOT)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_for(there: Callable[[], bool]) -> None:
    assert any(there() or threading.Event().wait(0.1) for _ in range(600)), "it did not come"


def a_killed_job_is_taken_up_again(folder: Path, files: Path) -> None:
    """Kill the process of a job, and see the next one do it; the minute between is left out."""
    begun = files / "begun"
    told_by(ASK, str(folder), str(files))
    with a_worker(folder) as first:
        wait_for(begun.exists)
        first.send_signal(signal.SIGKILL)
        first.wait()
    assert told_by(TELL, str(folder)).split() == ["running", "1"]
    told_by(LOSE, str(folder))
    with a_worker(folder):
        wait_for(lambda: begun.read_text(encoding="utf-8") == "1\n2\n")
        (files / "go").touch()
        wait_for(lambda: told_by(TELL, str(folder)).split() == ["ended", "2"])


def test_a_killed_job_is_taken_up_again(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()

    a_killed_job_is_taken_up_again(tmp_path / "site", tmp_path / "files")


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
            if b"quanheng.web.site.keeper" in entry.read_bytes():
                found.add(int(entry.parent.name))
        except OSError:
            continue
    return found


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
