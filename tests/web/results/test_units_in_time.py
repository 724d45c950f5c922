"""Units that come, go or go into others, by the table of units that is handed in for a round."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

import pytest
from django.urls import reverse
from pytest_django import Settings
from tests.web.boards.test_whatif import shown
from tests.web.people_of_all_roles import NOW, signed_in, somebody
from tests.web.results.world import (
    OFFICE,
    RUN_AT,
    SCHEME,
    a_checked_round,
    put_right,
    rounds_of_two_years,
    run,
    scores,
)
from tests.web.rounds.world import UNITS

from quanheng.usecase.results.verify import verify
from quanheng.web.library.domain.versions import keep_version
from quanheng.web.people.models import Account
from quanheng.web.results.domain.checking import check_parts
from quanheng.web.results.domain.outlook import marked_run, outlook_with_results
from quanheng.web.results.domain.parts import keep_parts
from quanheng.web.results.domain.units import Asked, handed_in
from quanheng.web.results.models import KeptRun
from quanheng.web.rounds.models import KeptRound

HEAD: Final = "unit,name,group,from,to,into"
LAST_YEAR: Final = NOW - dt.timedelta(days=365)
MERGED: Final = (
    SCHEME.partition("indicators:")[0].replace("kind: cumulative", "kind: cumulative, merge: sum")
    + """\
indicators:
  more: {measure: change(gdp), weight: 100, rule: {scale: {worst: -100, best: 100}}}
"""
)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: RUN_AT + dt.timedelta(hours=1))
    settings.RUNS_FOLDER = tmp_path / "runs"


def hand_in(kept: KeptRound, *rows: str) -> None:
    table = "\n".join((HEAD, *rows, "")).encode()
    assert not [found for found in check_parts(kept, {"units.csv": table}) if found.severity == "error"]
    keep_parts(by=OFFICE, at=RUN_AT, pk=kept.pk, name="units.csv", parts={"units.csv": table})


def units_in(done: KeptRun, settings: Settings) -> list[str]:
    table = settings.RUNS_FOLDER / done.folder / "book" / "units.csv"
    return list(table.read_text(encoding="utf-8").splitlines())


def test_a_unit_that_is_no_more_on_the_last_day_has_no_score_and_one_that_ends_later_has(
    settings: Settings,
) -> None:
    kept = rounds_of_two_years()
    hand_in(kept, "T1,甲,all,,,", "T2,乙,all,,2024-03-30,")

    gone = run(kept)
    hand_in(kept, "T1,甲,all,,,", "T2,乙,all,,2024-03-31,")
    there = run(kept)

    assert units_in(gone, settings) == [HEAD, "T1,镇1,all,,,", "T2,镇2,all,,2024-03-30,"]
    assert scores(gone) == {"T1 total": (54.0, 1), "T1 output": (30.0, 1), "T1 growth": (24.0, 1)}
    assert scores(there)["T2 total"] == (31.0, 2)
    assert verify(settings.RUNS_FOLDER / gone.folder / "book" / "results" / "2024-Q1") == ()


def test_who_speaks_for_a_unit_that_is_no_more_sees_its_figures_and_no_place() -> None:
    kept = rounds_of_two_years()
    hand_in(kept, "T1,甲,all,,2024-03-30,", "T2,乙,all,,,")
    run(kept)
    shown(kept)
    somebody("unit")
    client = signed_in(Account.objects.for_the_program().get(code="unit"))

    board = client.get(reverse("own_board", args=[kept.pk]))

    assert (board.status_code, "地区生产总值" in board.content.decode()) == (200, True)
    assert client.get(reverse("own_result", args=[kept.pk])).status_code == 404


def test_figures_of_a_unit_that_went_into_another_go_with_it(settings: Settings) -> None:
    """T1 has 160 after 90, and 60 of T2 that is part of it now: 10 more, 55 points; without T2 it has 85."""
    keep_version(by=OFFICE, at=NOW, text=MERGED, units=UNITS, seen=0)
    a_checked_round({"gdp T1": "90", "gdp T2": "60"}, period="2023-Q1", at=LAST_YEAR)
    kept = a_checked_round({"gdp T1": "160"}, units=frozenset({"T1"}))
    alone = run(kept)
    hand_in(kept, "T1,甲,all,,,", "T2,乙,all,,2023-12-31,T1", "T9,别处,all,,2020,")

    def is_current() -> bool:
        return outlook_with_results(kept, marked_run(kept)).has_current_run

    before = is_current()
    done = run(kept)
    after = is_current()
    put_right(KeptRound.objects.for_the_program().get(period="2023-Q1"), "gdp T2", "70")

    assert [scores(each)["T1 total"][0] for each in (alone, done)] == pytest.approx([85.0, 55.0])
    assert units_in(done, settings) == [HEAD, "T1,镇1,all,,,", "T2,乙,all,,2023-12-31,T1"]
    assert (before, after, is_current()) == (False, True, False)
    assert scores(run(kept))["T1 total"][0] == pytest.approx(50.0)


def test_a_unit_has_a_row_for_each_time_and_the_group_of_the_round_now() -> None:
    scheme = SCHEME.replace("items:", "groups: {towns: 镇, parks: 园区}\nitems:", 1)
    rows = ("T1,甲,towns,,2023-12-31,", "T1,甲,parks,2024,,", "T3,丙,towns,,2022,T4", "T4,丁,towns,,2023,T1")
    table = "\n".join((HEAD, *rows, "T5,戊,towns,,2024-06-30,T1", "")).encode()

    handed = handed_in({"units.csv": table}, scheme, "2024-Q1")

    assert list(handed.table([Asked(code="T1", name="镇1", group="towns")])) == [
        tuple(HEAD.split(",")),
        ("T1", "镇1", "towns", "", "2023-12-31", ""),
        ("T1", "镇1", "towns", "2024-01-01", "", ""),  # as the round says, whatever the table does
        ("T4", "丁", "towns", "", "2023-12-31", "T1"),
        ("T3", "丙", "towns", "", "2022-12-31", "T4"),
    ]
    assert handed.went_into(["T1"]) == ("T4", "T3"), "T5 is there until June, and nobody asked it"
