"""The board of a round: the ranking with what moved since the round before, lights, headline figures."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings
from tests.web.boards.test_whatif import shown
from tests.web.people_of_all_roles import signed_in, somebody
from tests.web.results.world import RUN_AT, a_checked_round, rounds_of_two_years, run

MOST_QUERIES: Final = 12


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: RUN_AT + dt.timedelta(hours=1))
    settings.RUNS_FOLDER = tmp_path / "runs"


def page_of(client: Client, address: str) -> str:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code == 200
    assert len(queries) <= MOST_QUERIES, [query["sql"] for query in queries]
    return answer.content.decode()


def test_the_board_shows_places_and_what_moved_since_the_round_before() -> None:
    for year in (2022, 2023):
        at = dt.datetime(year, 12, 1, tzinfo=dt.UTC)
        figures = {"gdp T1": "50", "rate T1": "4", "gdp T2": "160", "rate T2": "4"}
        a_checked_round(figures, period=f"{year}-Q4", at=at)
    kept = rounds_of_two_years()
    run(kept)
    client = signed_in(somebody("leader"))
    hidden = client.get(reverse("board", args=[kept.pk])).status_code
    shown(kept)

    page = page_of(client, reverse("board", args=[kept.pk]))

    # before: 60·25/100 + 40·50/100 = 35 and 60·80/100 + 20 = 68, the other way round
    assert hidden == 404
    assert page.index("镇1") < page.index("镇2")
    assert ("2023-Q4" in page, "升1位" in page, "降1位" in page) == (True, True, True)
    assert ("19</td>" in page, "-37</td>" in page) == (True, True)


def test_a_round_without_targets_or_a_round_before_still_has_a_board() -> None:
    kept = rounds_of_two_years()
    run(kept)
    shown(kept)

    page = page_of(signed_in(somebody("leader")), reverse("board", args=[kept.pk]))

    assert ("54" in page, "31" in page, "告警" in page) == (True, True, False)
