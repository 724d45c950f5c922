"""The score is run by a process that is killed again and again: what is kept is whole."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import Any, Final

from django.utils import timezone
from tests.web.at_hand import Hand
from tests.web.conftest import BlankSite
from tests.web.jobs.test_worker import LOSE

KILLS: Final = int(os.environ.get("QUANHENG_SITE_KILLS", "10"))
SEED: Final = """
from tests.web.results.world import rounds_of_two_years
rounds_of_two_years()
"""
ASK: Final = """
from django.utils import timezone
from tests.web.results.world import OFFICE
from quanheng.web.results.domain.asking import ask_score
print(ask_score(by=OFFICE, at=timezone.localtime(), pk=2).state)
"""
WORK: Final = """
import os
from quanheng.web.jobs.worker import work
work(os.getppid())
"""
TELL: Final = """
import json
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
    "folders": {path.name for path in settings.RUNS_FOLDER.glob("*")} == {run.folder for run in runs},
    "ended": Job.objects.for_the_program().filter(state="ended").count(),
}
print(json.dumps(told))
"""


def wait_until_all_is_done(hand: Hand) -> dict[str, Any]:
    """Return what there is once no job is open."""
    for _ in range(300):
        told: dict[str, Any] = json.loads(hand.told_by(TELL))
        if not told["open"]:
            return told
        threading.Event().wait(0.1)
    raise AssertionError(told)


def a_whole_run(hand: Hand) -> tuple[float, dict[str, Any]]:
    """Ask for the score, let its process do it, and return how long that took and what there is then."""
    hand.told_by(ASK)
    began = timezone.now()
    process = hand.begun(WORK)
    try:
        told = wait_until_all_is_done(hand)
        return (timezone.now() - began).total_seconds(), told
    finally:
        hand.killed(process)


def kill_and_look(folder: Path, kills: int = KILLS) -> None:
    """Let the score be run once, then kill its process later and later; then let it end, and look."""
    with Hand.at(folder) as hand:
        hand.told_by(SEED)
        takes, _ = a_whole_run(hand)
        for number in range(kills):
            hand.told_by(ASK)
            process = hand.begun(WORK)
            threading.Event().wait(takes * (number + 0.5) / kills)
            hand.killed(process)
            hand.told_by(LOSE)
        _, told = a_whole_run(hand)

    count = len(told["numbers"])
    assert told["open"] == []
    assert count >= 2
    assert told["ended"] == count, "every job that ended has its run, and every run its job"
    assert told["numbers"] == list(range(1, count + 1))
    assert told["whole"] == [True] * count
    assert (told["scores"], told["taken"]) == ([6] * count, [8] * count)
    assert told["folders"], "nothing is left of what was killed"
    assert told["totals"] == [31.0, 54.0]


def test_what_is_kept_is_whole_however_often_it_is_killed(blank_site: BlankSite, tmp_path: Path) -> None:
    kill_and_look(blank_site(tmp_path / "site"))
