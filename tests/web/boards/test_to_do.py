"""The start page says to each role what is to be done now."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.urls import reverse
from pytest_django import Settings
from tests.web.boards.test_board import page_of
from tests.web.boards.test_own import seen
from tests.web.boards.test_whatif import shown, unit_of
from tests.web.people_of_all_roles import NOW, signed_in, somebody
from tests.web.results.world import RUN_AT, a_checked_round, rounds_of_two_years, run
from tests.web.rounds.world import a_round, kept_scheme, place, save


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: RUN_AT + dt.timedelta(hours=1))
    settings.RUNS_FOLDER = tmp_path / "runs"


def test_the_office_sees_the_next_move_and_what_waits() -> None:
    kept = a_checked_round(accepted=False)

    page = page_of(signed_in(somebody("office")), "/")

    assert ("待审核 4" in page, kept.state_words.zh in page) == (True, True)
    assert "下一步“公示核对”" in page, "not back to reporting, which the rules name first"


def test_who_has_nothing_to_do_reads_so() -> None:
    page = page_of(signed_in(somebody("leader")), "/")

    assert "<p>没有。</p>" in page.partition("现在要做的")[2].partition("各页面")[0]


def test_units_see_what_is_to_check_until_when_and_leaders_their_board() -> None:
    kept = rounds_of_two_years()
    run(kept)
    shown(kept)
    unit, leader = signed_in(somebody("unit")), signed_in(somebody("leader"))

    of_unit, of_leader = page_of(unit, "/"), page_of(leader, "/")
    typed = {"unit": unit_of(kept, "T1"), "seen": [seen(kept, "gdp", "T1"), seen(kept, "rate", "T1")]}
    unit.post(reverse("own_board", args=[kept.pk]), typed)
    doubt = {"seen": seen(kept, "gdp", "T1"), "doubt": place(kept, "gdp", "T1")[0], "message": "少了"}
    unit.post(reverse("own_board", args=[kept.pk]), {"unit": unit_of(kept, "T1"), **doubt})

    assert ("待确认的指标值 2" in of_unit, "核对：2024-Q1考核" in of_unit, "截止" in of_unit) == (True,) * 3
    assert (reverse("board", args=[kept.pk]) in of_leader, "待确认" in of_leader) == (True, False)
    assert "待确认的指标值" not in page_of(unit, "/").partition("2023-Q1")[0]
    assert "单位有疑问的指标值 1" in page_of(signed_in(somebody("office")), "/")


def test_a_reporter_sees_what_is_due() -> None:
    somebody("reporter", code="wang")
    kept = a_round(code="2024-Q2", period="2024-Q2", version=kept_scheme(), reporters=("wang", "zhao"))
    save(kept, {"gdp T1": "1"}, code="wang")

    from quanheng.web.people.models import Account  # noqa: PLC0415  once the site is set up

    page = page_of(signed_in(Account.objects.for_the_program().get(code="wang")), "/")

    assert (kept.title in page, reverse("fill", args=[kept.pk]) in page) == (True, True)
    assert kept.due > NOW
