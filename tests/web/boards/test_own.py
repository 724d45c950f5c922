"""The board of a unit: the figures reported about it, what it says of them, and who sees that."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from pytest_django import Settings
from tests.web.boards.test_board import page_of
from tests.web.boards.test_whatif import shown, unit_of
from tests.web.people_of_all_roles import signed_in, somebody
from tests.web.results.world import RUN_AT, put_right, rounds_of_two_years, run
from tests.web.rounds.world import place

from quanheng.web.audit.models import Entry
from quanheng.web.boards.models import Word
from quanheng.web.rounds.models import Cell, KeptRound


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: RUN_AT + dt.timedelta(hours=1))
    settings.RUNS_FOLDER = tmp_path / "runs"


@pytest.fixture
def kept() -> KeptRound:
    kept = rounds_of_two_years()
    run(kept)
    return shown(kept)


def seen(kept: KeptRound, name: str, unit: str) -> str:
    item, of = place(kept, name, unit)
    return f"{item}.{Cell.objects.for_the_program().get(item=item, unit=of).version}"


def test_a_unit_confirms_one_figure_and_then_all(kept: KeptRound) -> None:
    client, address = signed_in(somebody("unit")), reverse("own_board", args=[kept.pk])
    first = page_of(client, address)
    typed = {"unit": unit_of(kept, "T1"), "seen": [seen(kept, "gdp", "T1"), seen(kept, "rate", "T1")]}

    client.post(address, {**typed, "only": place(kept, "gdp", "T1")[0]})
    one = page_of(client, address)
    client.post(address, typed)
    everything = page_of(client, address)
    client.post(address, typed)

    assert ("待确认2项" in first, "待确认1项" in one, "待确认0项" in everything) == (True, True, True)
    assert ("54" in first, "镇2" in first) == (True, False)
    assert Word.objects.for_the_program().count() == 2
    assert Entry.objects.for_the_program().filter(action="figures.confirm", outcome="done").count() == 3
    assert "待确认：2" not in client.get("/").content.decode()


def test_a_doubt_is_seen_by_the_office_until_the_figure_is_another_one(kept: KeptRound) -> None:
    client, address = signed_in(somebody("unit")), reverse("own_board", args=[kept.pk])
    office = signed_in(somebody("office"))
    item = place(kept, "gdp", "T1")[0]
    typed = {"unit": unit_of(kept, "T1"), "seen": seen(kept, "gdp", "T1"), "doubt": item}

    empty = client.post(address, {**typed, "message": " "}).content.decode()
    client.post(address, {**typed, "message": "少了<b>一季度</b>"})
    told = page_of(office, reverse("doubts", args=[kept.pk]))
    put_right(kept, "gdp T1", "101")
    later = page_of(office, reverse("doubts", args=[kept.pk]))
    stale = client.post(address, {**typed, "message": "又"}).content.decode()

    assert ("QH986" in empty, "少了&lt;b&gt;一季度" in told, "镇1" in told) == (True, True, True)
    assert ("一季度" in later, "QH998" in stale) == (False, True)
    assert "待确认2项" in page_of(client, address), "what was said is of the version before"


def test_a_unit_says_nothing_of_others_and_nothing_once_it_is_final(kept: KeptRound) -> None:
    client, address = signed_in(somebody("unit")), reverse("own_board", args=[kept.pk])
    other = {"unit": unit_of(kept, "T2"), "seen": seen(kept, "gdp", "T2")}
    KeptRound.objects.for_the_program().filter(pk=kept.pk).update(state="final")
    own = {"unit": unit_of(kept, "T1"), "seen": seen(kept, "gdp", "T1")}

    assert client.post(address, other).status_code == 404
    assert "定稿" in client.post(address, own).content.decode()
    assert Word.objects.for_the_program().count() == 0


def test_what_was_said_stays(kept: KeptRound) -> None:
    client, address = signed_in(somebody("unit")), reverse("own_board", args=[kept.pk])
    client.post(address, {"unit": unit_of(kept, "T1"), "seen": seen(kept, "gdp", "T1")})

    with pytest.raises(DatabaseError), transaction.atomic():
        Word.objects.for_the_program().update(kind="doubted", message="x")
    with pytest.raises(DatabaseError), transaction.atomic():
        Word.objects.for_the_program().all().delete()
