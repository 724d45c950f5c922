"""What if on the site: numbers computed by hand, who may ask, and what is told of what was typed wrongly."""

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
from tests.web.people_of_all_roles import signed_in, somebody
from tests.web.results.world import RUN_AT, put_right, rounds_of_two_years, run, scores

from quanheng.process.rounds.people import Person
from quanheng.web.audit.models import Entry
from quanheng.web.boards.queries.trial import Sheet, sheet_of
from quanheng.web.results.models import KeptRun, Score
from quanheng.web.rounds.models import AskedUnit, KeptRound

MOST_QUERIES: Final = 12
LATER: Final = RUN_AT + dt.timedelta(hours=1)
OUTPUT, GROWTH = "w1.0", "w2.0"
LEADER: Final = Person(code="leader", roles=frozenset({"leader"}))


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    settings.RUNS_FOLDER = tmp_path / "runs"


@pytest.fixture
def kept() -> KeptRound:
    """The round of two units, 54 and 31 in total, shown provisionally by its first run."""
    kept = rounds_of_two_years()
    run(kept)
    return shown(kept)


def shown(kept: KeptRound) -> KeptRound:
    day = dt.timedelta(days=1)
    KeptRound.objects.for_the_program().filter(pk=kept.pk).update(
        state="provisional", window_begins=LATER - day, window_ends=LATER + day
    )
    return kept


def unit_of(kept: KeptRound, code: str) -> int:
    return int(AskedUnit.objects.for_the_program().get(round=kept, unit=code).pk)


def asked(kept: KeptRound, typed: dict[str, str], *, unit: int = 0) -> Sheet:
    last = KeptRun.objects.for_the_program().filter(round=kept).latest("number")
    return sheet_of(LEADER, last, typed, dimension="", unit=unit, compute=True)


def told(sheet: Sheet) -> dict[str, tuple[int | None, float | None, int | None]]:
    rows = [row for group in sheet.groups for row in group.rows]
    return {
        str(row.unit.unit_id): (row.now.place, round(row.now.score or 0.0, 9), row.gained) for row in rows
    }


def test_other_weights_give_the_scores_that_they_give_by_hand(kept: KeptRound) -> None:
    sheet = asked(kept, {OUTPUT: "20", GROWTH: "80"})

    # 20·50/100 + 80·60/100 = 58, 20·25/100 + 80·40/100 = 37
    assert told(sheet) == {"T1": (1, 58.0, 0), "T2": (2, 37.0, 0)}
    assert [(row.was.score, row.was.place) for row in sheet.groups[0].rows] == [(54.0, 1), (31.0, 2)]


def test_another_figure_turns_the_ranking_round(kept: KeptRound) -> None:
    unit = unit_of(kept, "T2")

    sheet = asked(kept, {f"f0.{unit}": "200"}, unit=unit)
    both = asked(kept, {f"f0.{unit}": "200", f"f1.{unit}": "13", OUTPUT: "50", GROWTH: "50"}, unit=unit)

    # 60·100/100 + 16 = 76; then 50·100/100 + 50·90/100 = 95 (a change of 8 is 90), and 50·50/100 + 50·60/100
    assert told(sheet) == {"T2": (1, 76.0, 1), "T1": (2, 54.0, -1)}
    assert told(both) == {"T2": (1, 95.0, 1), "T1": (2, 55.0, -1)}


def test_the_figures_of_a_unit_stand_in_their_fields(kept: KeptRound) -> None:
    sheet = asked(kept, {}, unit=unit_of(kept, "T2"))

    (part,) = sheet.figures
    assert [(field.label.zh, field.was) for field in part.fields] == [
        ("地区生产总值 (亿元)", "50"),
        ("增速 (%)", "3"),
    ]
    assert (sheet.is_idle, sheet.groups) == (True, ())


def test_nothing_of_it_is_kept_and_it_is_said_that_it_is_no_result(kept: KeptRound) -> None:
    client = signed_in(somebody("leader"))
    before = scores(KeptRun.objects.for_the_program().get())
    counts = Entry.objects.for_the_program().count(), Score.objects.for_the_program().count()

    typed = {"run": "1", "compute": "yes", OUTPUT: "20", GROWTH: "80"}
    client.post(reverse("whatif", args=[kept.pk]), typed)
    with CaptureQueriesContext(connection) as queries:
        page = client.post(reverse("whatif", args=[kept.pk]), typed).content.decode()

    assert ("试算，不是结果" in page, "58</td>" in page, "54</td>" in page) == (True, True, True)
    assert scores(KeptRun.objects.for_the_program().get()) == before
    assert (Entry.objects.for_the_program().count(), Score.objects.for_the_program().count()) == counts
    assert len(queries) <= MOST_QUERIES


def test_a_unit_that_goes_up_is_told_so_in_words(kept: KeptRound) -> None:
    client, unit = signed_in(somebody("leader")), unit_of(kept, "T2")

    typed = {"run": "1", "compute": "yes", "unit": str(unit), f"f0.{unit}": "200"}
    page = client.post(reverse("whatif", args=[kept.pk]), typed).content.decode()

    assert ("升1位" in page, "降1位" in page, "（现为50）" in page) == (True, True, True)


@pytest.mark.parametrize(
    ("output", "growth", "said"),
    [
        ("60", "50", "合计为110，应为100"),
        ("-10", "110", "请写不小于 0 的数"),
        ("六十", "40", "六十"),
        ("0", "0", "合计为0，应为100"),
        ("", "100", "不能作为权重"),
        ("nan", "40", "不能作为权重"),
    ],
)
def test_weights_that_are_none_are_told_and_what_was_typed_stays(
    kept: KeptRound, output: str, growth: str, said: str
) -> None:
    client, unit = signed_in(somebody("leader")), unit_of(kept, "T2")

    typed = {"run": "1", "compute": "yes", OUTPUT: output, GROWTH: growth, f"f0.{unit}": "77.5"}
    page = client.post(reverse("whatif", args=[kept.pk]), typed).content.decode()

    assert said in page
    assert "试算的排名" not in page
    for written in (output, growth, "77.5"):
        assert f'value="{written}"' in page


def test_a_figure_that_is_none_is_told_beside_it(kept: KeptRound) -> None:
    client, unit = signed_in(somebody("leader")), unit_of(kept, "T2")

    typed = {"run": "1", "compute": "yes", f"f0.{unit}": "<b>很多</b>", f"f1.{unit}": "5"}
    page = client.post(reverse("whatif", args=[kept.pk]), typed).content.decode()

    assert f'aria-describedby="f0.{unit}-fault"' in page
    assert ("&lt;b&gt;很多&lt;/b&gt;" in page, "<b>很多" in page, "试算的排名" in page) == (
        True,
        False,
        False,
    )


def test_a_figure_that_the_scheme_needs_cannot_be_taken_away(kept: KeptRound) -> None:
    sheet = asked(kept, {f"f0.{unit_of(kept, 'T2')}": ""})

    assert [finding.code for finding in sheet.findings][:1] == ["QH761"]
    assert (sheet.is_faulty, sheet.groups) == (True, ())


def test_who_asks_after_the_round_was_scored_anew_is_told_and_loses_nothing(kept: KeptRound) -> None:
    client = signed_in(somebody("leader"))
    put_right(kept, "gdp T2", "150")
    run(kept)

    typed = {"run": "1", "compute": "yes", OUTPUT: "20", GROWTH: "80"}
    page = client.post(reverse("whatif", args=[kept.pk]), typed).content.decode()

    assert ("QH997" in page, 'value="20"' in page, "试算的排名" in page) == (True, True, False)


def test_leaders_ask_once_results_are_shown_the_office_before_and_others_never() -> None:
    kept = rounds_of_two_years()
    run(kept)
    address = reverse("whatif", args=[kept.pk])
    clients: dict[str, Client] = {
        "leader": signed_in(somebody("leader")),
        "office": signed_in(somebody("office")),
        "unit": signed_in(somebody("unit")),
        "reporter": signed_in(somebody("reporter")),
    }
    before = {role: client.get(address).status_code for role, client in clients.items()}
    shown(kept)
    after = {role: client.get(address).status_code for role, client in clients.items()}

    assert before == {"leader": 404, "office": 200, "unit": 404, "reporter": 404}
    assert after == {"leader": 200, "office": 200, "unit": 404, "reporter": 404}
    refused = Entry.objects.for_the_program().filter(outcome="refused", about__contains="/whatif/")
    assert sorted(set(refused.values_list("who", flat=True))) == ["leader", "reporter", "unit"]


def test_a_file_that_somebody_changed_is_told_and_nothing_is_computed_from_it(
    kept: KeptRound, settings: Settings
) -> None:
    done = KeptRun.objects.for_the_program().get()
    file = settings.RUNS_FOLDER / done.folder / "book" / "data" / "2024-Q1-v1.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("100", "199"), encoding="utf-8")

    page = signed_in(somebody("leader")).get(reverse("whatif", args=[kept.pk])).content.decode()

    assert ("QH612" in page, "权重：" in page) == (True, False)
