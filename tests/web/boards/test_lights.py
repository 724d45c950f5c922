"""Lights on boards, where a table of targets lies beside the figures of the round."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

import pytest
from django.urls import reverse
from pytest_django import Settings
from tests.web.boards.test_board import page_of
from tests.web.boards.test_whatif import shown
from tests.web.people_of_all_roles import signed_in, somebody
from tests.web.results.world import OFFICE, RUN_AT, rounds_of_two_years, run

from quanheng.web.results.domain.parts import keep_parts

TARGETS: Final = b"unit,indicator,period,target\nT1,output,2024,400\nT2,output,2024,400\n"
"""Evenly, a quarter of it is due by March: 100. T1 has 100 and is on pace, T2 has half of it: an alarm."""


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: RUN_AT + dt.timedelta(hours=1))
    settings.RUNS_FOLDER = tmp_path / "runs"


def test_leaders_see_the_lights_of_all_and_a_unit_its_own() -> None:
    kept = rounds_of_two_years()
    keep_parts(by=OFFICE, at=RUN_AT, pk=kept.pk, name="targets.csv", parts={"targets.csv": TARGETS})
    run(kept)
    shown(kept)

    board = page_of(signed_in(somebody("leader")), reverse("board", args=[kept.pk]))
    own = page_of(signed_in(somebody("unit")), reverse("own_board", args=[kept.pk]))

    assert ("正常 1" in board, "告警 1" in board) == (True, True)
    assert ("正常" in own, "告警" in own, "100.0%" in own, "400</td>" in own) == (True, False, True, True)


def test_a_table_of_targets_that_somebody_changed_is_told(settings: Settings) -> None:
    kept = rounds_of_two_years()
    keep_parts(by=OFFICE, at=RUN_AT, pk=kept.pk, name="targets.csv", parts={"targets.csv": TARGETS})
    done = run(kept)
    shown(kept)
    file = settings.RUNS_FOLDER / done.folder / "book" / "targets.csv"
    file.write_bytes(TARGETS.replace(b"400", b"40"))

    page = page_of(signed_in(somebody("leader")), reverse("board", args=[kept.pk]))

    assert ("QH612" in page, "正常" in page) == (True, False)
