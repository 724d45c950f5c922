"""The score is run by a process that is killed again and again: what is kept is whole."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Final

from tests.web.jobs.test_worker import LOSE, ROOT, told_by
from tests.web.serving import CLEAN

KILLS: Final = int(os.environ.get("QUANHENG_SITE_KILLS", "10"))
SEED: Final = """
import sys
from pathlib import Path
from quanheng.web.site.start import prepare
prepare(Path(sys.argv[1]))
from tests.web.results.world import rounds_of_two_years
rounds_of_two_years()
"""
ASK: Final = """
import sys
from pathlib import Path
from quanheng.web.site.start import load
load(Path(sys.argv[1]))
from django.utils import timezone
from tests.web.results.world import OFFICE
from quanheng.web.results.domain.asking import ask_score
print(ask_score(by=OFFICE, at=timezone.localtime(), pk=2).state)
"""
TELL: Final = """
import json, sys
from pathlib import Path
from quanheng.web.site.start import load
load(Path(sys.argv[1]))
from django.conf import settings
from quanheng.data.files.hashes import digest_of_file
from quanheng.web.jobs.models import Job
from quanheng.web.results.models import KeptRun, Score, Taken
runs = KeptRun.objects.for_the_program().order_by("number")
whole = [
    {name: digest_of_file(settings.RUNS_FOLDER / run.folder / name) for name in run.files} == run.files
    for run in runs
]
told = {
    "open": [job.state for job in Job.objects.for_the_program().order_by("pk") if job.is_open],
    "numbers": [run.number for run in runs],
    "whole": whole,
    "scores": [Score.objects.for_the_program().filter(run=run).count() for run in runs],
    "taken": [Taken.objects.for_the_program().filter(run=run).count() for run in runs],
    "totals": sorted({score.score for score in Score.objects.for_the_program().filter(level=0)}),
    "folders": {path.name for path in settings.RUNS_FOLDER.iterdir()} == {run.folder for run in runs},
    "ended": Job.objects.for_the_program().filter(state="ended").count(),
}
print(json.dumps(told))
"""


def a_worker(folder: Path) -> subprocess.Popen[bytes]:
    """Start the process that does the work."""
    site = {"QUANHENG_SITE": str(folder), "DJANGO_SETTINGS_MODULE": "quanheng.web.site.settings"}
    command = [sys.executable, "-m", "quanheng.web.jobs.worker", str(os.getpid())]
    return subprocess.Popen(command, env={**CLEAN, **site}, cwd=ROOT)


def kill_and_look(folder: Path, kills: int = KILLS) -> None:
    """Ask for the score and kill its process later and later; then let it end, and look at what is there."""
    told_by(SEED, str(folder))
    for number in range(kills):
        told_by(ASK, str(folder))
        process = a_worker(folder)
        threading.Event().wait(0.6 + 2.4 * number / kills)
        process.send_signal(signal.SIGKILL)
        process.wait()
        told_by(LOSE, str(folder))
    told_by(ASK, str(folder))
    process = a_worker(folder)
    try:
        told: dict[str, Any] = {"open": ["waiting"]}
        for _ in range(60):
            told = json.loads(told_by(TELL, str(folder)))
            if not told["open"]:
                break
            threading.Event().wait(0.5)
    finally:
        process.kill()
        process.wait()

    count = len(told["numbers"])
    assert told["open"] == []
    assert count >= 1
    assert told["ended"] == count, "every job that ended has its run, and every run its job"
    assert told["numbers"] == list(range(1, count + 1))
    assert told["whole"] == [True] * count
    assert (told["scores"], told["taken"]) == ([6] * count, [8] * count)
    assert told["folders"], "nothing is left of what was killed"
    assert told["totals"] == [31.0, 54.0]


def test_what_is_kept_is_whole_however_often_it_is_killed(tmp_path: Path) -> None:
    kill_and_look(tmp_path / "site")
