"""The charts of boards: what each shows by hand, who sees it, and how large pages are."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any, Final

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.web.boards.test_board import page_of
from tests.web.boards.test_whatif import shown, unit_of
from tests.web.people_of_all_roles import NOW, actor, signed_in, somebody
from tests.web.results.world import OFFICE, RUN_AT, a_checked_round, put_right, rounds_of_two_years, run

from quanheng.process.rounds.people import Person
from quanheng.web.boards import drawing
from quanheng.web.boards.drawing import charts_of_board, told
from quanheng.web.boards.queries.places import places_of
from quanheng.web.results.domain.parts import keep_parts
from quanheng.web.results.models import KeptRun
from quanheng.web.rounds.models import KeptRound

LARGEST_PAGE: Final = 150_000
TARGETS: Final = b"unit,indicator,period,target\nT1,output,2024,240\nT2,output,2024,400\n"
"""Evenly, half of it is due by June: T1 has 120 of 120 and is on pace, T2 has 160 of 200: an alarm."""


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: RUN_AT + dt.timedelta(hours=1))
    settings.RUNS_FOLDER = tmp_path / "runs"


def with_a_quarter_before() -> tuple[KeptRound, KeptRound]:
    """Return 2024-Q1, in which T1 is first, and 2024-Q2, in which T2 is; both scored and shown.

           gdp   rate   rate before   output            growth             total
    T1     120      4             4   60·60/100 = 36    40·50/100 = 20     56, second
    T2     160      4             4   60·80/100 = 48    40·50/100 = 20     68, first
    """
    before = {"gdp T1": "95", "rate T1": "4", "gdp T2": "70", "rate T2": "4"}
    a_checked_round(before, period="2023-Q2", at=NOW - dt.timedelta(days=300))
    first = rounds_of_two_years()
    second = a_checked_round(before | {"gdp T1": "120", "gdp T2": "160"}, period="2024-Q2")
    keep_parts(by=OFFICE, at=RUN_AT, pk=second.pk, name="targets.csv", parts={"targets.csv": TARGETS})
    for each in (first, second):
        run(each)
        shown(each)
    return first, second


def last_run(kept: KeptRound) -> KeptRun:
    return KeptRun.objects.for_the_program().filter(round=kept).latest("number")


def rows_of(figures: Any, name: str) -> list[list[object]]:  # noqa: ANN401  the context of a page
    return next(list(map(list, each["chart"].rows)) for each in figures if each["chart"].name == name)


def test_leaders_see_places_dimensions_and_lights_drawn_with_their_figures() -> None:
    _, kept = with_a_quarter_before()
    client = signed_in(somebody("leader"))
    address = reverse("board", args=[kept.pk])

    page = page_of(client, address)

    figures = client.get(address).context["figures"]
    assert [each["chart"].name for each in figures] == ["moves-all", "dimensions-all-0", "lights"]
    assert sorted(rows_of(figures, "moves-all")) == [["镇1", 1, 2], ["镇2", 2, 1]]
    assert rows_of(figures, "dimensions-all-0") == [
        ["T2", "镇2", "总量", 80.0],
        ["T1", "镇1", "总量", 60.0],
        ["T2", "镇2", "增速变化", 50.0],
        ["T1", "镇1", "增速变化", 50.0],
    ]
    lit = [row for row in rows_of(figures, "lights") if row[2] == "总量"]
    assert lit == [["T1", "镇1", "总量", "正常"], ["T2", "镇2", "总量", "告警"]]
    assert page.count("<img ") == 3
    assert len(page.encode()) < LARGEST_PAGE


def test_a_unit_sees_its_targets_places_and_dimensions_and_nothing_of_others() -> None:
    _, kept = with_a_quarter_before()
    client = signed_in(somebody("unit"))
    address = reverse("own_board", args=[kept.pk])

    page = page_of(client, address)

    figures = client.get(address).context["charts"]
    assert [each["chart"].name for each in figures] == ["pace", "places", "profile"]
    done, value, due, _ = rows_of(figures, "pace")[0]
    assert (done, value, due) == ("● 总量", 50.0, 50.0)  # 120 of 240 are done, and half is due by June
    assert rows_of(figures, "places") == [["2024年第一季度", 1], ["2024年第二季度", 2]]
    assert rows_of(figures, "profile") == [["总量", 60.0, None], ["增速变化", 50.0, None]]
    assert "不显示中位数" in page
    assert "镇2" not in page


def test_pictures_tell_of_themselves_by_day_and_by_night_and_bring_nothing_that_acts() -> None:
    _, kept = with_a_quarter_before()
    client = signed_in(somebody("leader"))
    address = reverse("board_picture", args=[kept.pk, "moves-all"])

    day, night = client.get(address), client.get(address, {"look": "dark"})

    assert (day["Content-Type"], day["Cache-Control"]) == ("image/svg+xml; charset=utf-8", "no-store")
    text, dark = day.content.decode(), night.content.decode()
    assert "<title>位次变化</title><desc>" in text
    assert ('fill="#ffffff"' in text, 'fill="#18222c"' in dark, "#18222c" in text) == (True, True, False)
    assert ('"#0b5cad"' in text, '"#0b5cad"' in dark, '"#7fbcff"' in dark) == (True, False, True)
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=|href=", text)


def test_a_picture_of_another_unit_or_of_nothing_is_not_found() -> None:
    _, kept = with_a_quarter_before()
    own, leader = signed_in(somebody("unit")), signed_in(somebody("leader"))

    def answer(client: Client, name: str, *args: object) -> int:
        return client.get(reverse(name, args=[kept.pk, *args])).status_code

    assert answer(own, "own_picture", unit_of(kept, "T1"), "pace") == 200
    assert answer(own, "own_picture", unit_of(kept, "T2"), "pace") == 404
    assert answer(own, "board_picture", "lights") == 404
    assert answer(leader, "board_picture", "nothing") == 404
    assert answer(leader, "board_chart", "lights") == 200
    assert answer(leader, "board_chart", "nothing") == 404


def test_a_long_table_stands_on_a_page_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    _, kept = with_a_quarter_before()
    monkeypatch.setattr(drawing, "MOST_ROWS", 3)
    client = signed_in(somebody("leader"))
    table = reverse("board_chart", args=[kept.pk, "dimensions-all-0"])

    board, page = page_of(client, reverse("board", args=[kept.pk])), page_of(client, table)

    assert (f'href="{table}"' in board, board.count("<details")) == (True, 1)
    assert ("增速变化</td><td>50" in board, "增速变化</td><td>50" in page) == (False, True)


def test_without_what_draws_a_board_has_its_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    _, kept = with_a_quarter_before()
    charts = charts_of_board(last_run(kept))
    monkeypatch.setattr(drawing, "can_draw", lambda: False)

    page = page_of(signed_in(somebody("leader")), reverse("board", args=[kept.pk]))

    assert (told(charts, "zh"), "<img " in page, "升1位" in page) == ((), False, True)


def test_places_are_those_of_rounds_that_are_shown_up_to_this_one() -> None:
    first, kept = with_a_quarter_before()
    unit = Person(code="u", roles=frozenset({"unit"}), units=frozenset({"T1"}))
    both = (("2024-Q1", 1), ("2024-Q2", 2))

    assert places_of(unit, last_run(kept), "T1") == both
    assert places_of(unit, last_run(first), "T1") == both[:1]
    assert places_of(unit, last_run(kept), "T2") == ()
    KeptRound.objects.for_the_program().filter(pk=first.pk).update(state="checking")
    assert places_of(unit, last_run(kept), "T1") == both[1:]
    assert places_of(actor("office").person, last_run(kept), "T1") == both


def test_a_later_run_is_drawn_anew() -> None:
    _, kept = with_a_quarter_before()
    client, address = signed_in(somebody("leader")), reverse("board", args=[kept.pk])
    before = rows_of(client.get(address).context["figures"], "dimensions-all-0")
    KeptRound.objects.for_the_program().filter(pk=kept.pk).update(state="checking")
    put_right(kept, "gdp T2", "140")
    run(kept)
    shown(kept)

    after = rows_of(client.get(address).context["figures"], "dimensions-all-0")

    assert (before[0][3], after[0][3]) == (80.0, 70.0)
