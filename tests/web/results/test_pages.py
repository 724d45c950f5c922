"""Pages of results: of the office, of leaders and of units, and moving a round on by its results."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Final

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings
from tests.web.people_of_all_roles import signed_in, somebody
from tests.web.results.world import RUN_AT, a_checked_round, put_right, rounds_of_two_years, run

from quanheng.web.audit.models import Entry
from quanheng.web.jobs.domain.working import begin_next, do
from quanheng.web.results.models import KeptRun
from quanheng.web.rounds.models import AskedUnit, KeptRound

MOST_QUERIES: Final = 12
LATER: Final = RUN_AT + dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    """Let the pages think that it is an hour after the first run; runs lie in a folder of their own."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    settings.RUNS_FOLDER = tmp_path / "runs"


def get(client: Client, name: str, *args: object, **query: str) -> str:
    """Return the content of a page; it takes at most so many queries."""
    address = reverse(name, args=args)
    client.get(address, query)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address, query)
    assert answer.status_code == 200, address
    queries = [query["sql"] for query in asked.captured_queries if "SAVEPOINT" not in query["sql"]]
    assert len(queries) <= MOST_QUERIES, "\n".join(queries)
    # No token of a form before or after it is taken for a figure.
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


def shown(kept: KeptRound) -> None:
    """Let a round be provisional for a day around the moment of the pages."""
    day = dt.timedelta(days=1)
    KeptRound.objects.for_the_program().filter(pk=kept.pk).update(
        state="provisional", window_begins=LATER - day, window_ends=LATER + day
    )


def unit_of(kept: KeptRound, code: str) -> int:
    return int(AskedUnit.objects.for_the_program().get(round=kept, unit=code).pk)


def test_the_office_runs_the_score_and_looks_at_it() -> None:
    kept = rounds_of_two_years()
    client = signed_in(somebody("office"))

    client.post(reverse("start_run", args=[kept.pk]))
    waiting = get(client, "runs", kept.pk)
    job = begin_next(at=LATER, worker="1")
    assert job is not None
    do(job, lambda: LATER)
    ended = get(client, "runs", kept.pk)
    page = get(client, "run", kept.pk, 1)

    assert ("排队" in waiting, "排队" in ended, "第1次" in ended) == (True, False, True)
    assert [page.index("镇1") < page.index("镇2"), "54" in page, "31" in page] == [True, True, True]
    assert KeptRun.objects.for_the_program().get().seal in page
    address = reverse("run_workbook", args=[kept.pk, 1])
    answer = client.get(address)
    assert answer.getvalue()[:2] == b"PK"
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_score_is_explained_down_to_who_entered_and_accepted_which_figure() -> None:
    kept = rounds_of_two_years()
    run(kept)

    page = get(signed_in(somebody("office")), "explain", kept.pk, 1, unit_of(kept, "T1"))

    assert "30 (总量) + 24 (增速变化) = 54" in page or "30 (output) + 24 (growth) = 54" in page
    assert "变化(增速) = 变化(4 → 6) = 2" in page
    assert page.count("wang") == 3, "gdp, the rate, and the rate a year before"
    assert "2023-Q1" in page
    assert "通过 · li" in page


def test_what_differs_between_two_runs_is_who_changed_what_and_why_and_the_scores_that_moved() -> None:
    kept = rounds_of_two_years()
    run(kept)
    put_right(kept, "gdp T2", "150", at=RUN_AT, reason="录入有误")
    run(kept)
    client = signed_in(somebody("office"))

    since = get(client, "run_since", kept.pk, 2, 1)
    second = get(client, "run", kept.pk, 2)

    assert ("录入有误" in since, "更正" in since, "li" in since) == (True, True, True)
    assert since.count("镇2</th>") == 3, "the figure, the total and the indicator"
    assert "增速变化" not in since
    assert ("升1位" in second, "降1位" in second) == (True, True)
    swapped = get(client, "run_since", kept.pk, 1, 2)
    assert swapped.partition("<h2>")[2] == since.partition("<h2>")[2]
    assert client.get(reverse("run_since", args=[kept.pk, 1, 1])).status_code == 404


def test_what_moved_since_the_round_before_is_told_by_the_core() -> None:
    for year, rate in ((2022, "4"), (2023, "4")):
        at = dt.datetime(year, 12, 1, tzinfo=dt.UTC)
        figures = {"gdp T1": "90", "rate T1": rate, "gdp T2": "60", "rate T2": rate}
        a_checked_round(figures, period=f"{year}-Q4", at=at)
    kept = rounds_of_two_years()
    run(kept)

    page = get(signed_in(somebody("office")), "run_moves", kept.pk, 1)

    assert "上期：2023-Q4" in page
    assert ("47</td>" in page, "54</td>" in page) == (True, True), "60·45/100 + 40·50/100 = 47 before"


def test_a_round_is_shown_for_a_window_by_a_current_run_and_settled_after_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = rounds_of_two_years()
    client = signed_in(somebody("office"))
    address = reverse("move_by_results", args=[kept.pk])
    window = {"begins": "2024-03-29T14:00", "ends": "2024-04-02T17:00"}

    early = client.post(address, {"move": "show", **window}).content.decode()
    run(kept)
    without = client.post(
        address, {"move": "show", "begins": "2024-03-29T14:00", "ends": ""}
    ).content.decode()
    done = client.post(address, {"move": "show", **window}, follow=True).content.decode()
    too_early = client.post(address, {"move": "settle"}).content.decode()
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER + dt.timedelta(days=6))
    client = signed_in(somebody("office", code="second"))
    changed = put_right(kept, "gdp T2", "150")
    stale = client.post(address, {"move": "settle"}).content.decode()
    run(kept, at=changed.at)
    client.post(address, {"move": "settle"})

    assert ("QH908" in early, "QH909" in without, "2024年4月2日 17:00" in done) == (True, True, True)
    assert ("QH910" in too_early, "QH908" in stale) == (True, True)
    assert KeptRound.objects.for_the_program().get(pk=kept.pk).state == "final"
    told = Entry.objects.for_the_program().filter(action="results.move").order_by("at", "pk")
    assert [entry.outcome for entry in told] == ["refused", "refused", "done", "refused", "refused", "done"]
    assert client.post(address, {"move": "open"}).status_code == 404


def test_results_are_taken_back_for_a_reason() -> None:
    kept = rounds_of_two_years()
    run(kept)
    shown(kept)
    client = signed_in(somebody("office"))
    address = reverse("move_by_results", args=[kept.pk])

    refused = client.post(address, {"move": "take_back"}).content.decode()
    client.post(address, {"move": "take_back", "reason": "数据有误"})

    assert "QH903" in refused
    found = KeptRound.objects.for_the_program().get(pk=kept.pk)
    assert (found.state, found.window_ends) == ("checking", None)


def test_leaders_see_the_ranking_and_units_their_own_once_it_is_provisional() -> None:
    kept = rounds_of_two_years()
    run(kept)
    leader, unit = signed_in(somebody("leader")), signed_in(somebody("unit"))
    of_leaders = [
        reverse("ranking", args=[kept.pk]),
        reverse("explain", args=[kept.pk, 1, unit_of(kept, "T1")]),
    ]
    own = reverse("own_result", args=[kept.pk])
    before = [leader.get(address).status_code for address in of_leaders] + [unit.get(own).status_code]

    shown(kept)
    ranking = get(leader, "ranking", kept.pk)
    mine = get(unit, "own_result", kept.pk)

    assert before == [404, 404, 404]
    assert ("镇1" in ranking, "镇2" in ranking) == (True, True)
    assert ("<strong>54</strong>" in mine, "镇2" in mine, "31" in mine) == (True, False, False)
    assert "变化(4 → 6)" in mine
    assert ("2024-Q1考核" in get(unit, "results"), "2024-Q1考核" in get(leader, "results")) == (True, True)
    assert get(leader, "explain", kept.pk, 1, unit_of(kept, "T2"))
    assert [unit.get(address).status_code for address in of_leaders] == [404, 404]
    assert unit.get(own, {"unit": "T2"}).content.decode().count("镇2") == 0


def test_a_unit_comes_from_a_score_or_figure_to_an_appeal_on_it_while_the_window_is_open() -> None:
    kept = rounds_of_two_years()
    run(kept)
    shown(kept)
    client, unit = signed_in(somebody("unit")), unit_of(kept, "T1")
    address = f"{reverse('file_appeal', args=[kept.pk])}?unit={unit}&about="

    page = get(client, "own_result", kept.pk).replace("&amp;", "&")
    links = [href for href in re.findall(r'href="([^"]+)"', page) if href.startswith(address)]
    form = client.get(f"{address}item:gdp").content.decode()
    ended = LATER - dt.timedelta(seconds=1)
    KeptRound.objects.for_the_program().filter(pk=kept.pk).update(window_ends=ended)
    after = get(client, "own_result", kept.pk)

    # the rate of the year before is behind growth, too, and no figure of this round
    told = ["node:total", "node:output", "item:gdp", "node:growth", "item:rate"]
    assert [link.removeprefix(address) for link in links] == told
    assert '<option value="item:gdp" selected>' in form
    assert address not in after.replace("&amp;", "&")


def test_previews_and_runs_that_no_longer_count_are_for_the_office() -> None:
    kept = rounds_of_two_years()
    run(kept)
    put_right(kept, "gdp T2", "150")
    run(kept, preview=True)
    shown(kept)
    leader = signed_in(somebody("leader"))
    unit = unit_of(kept, "T1")

    assert leader.get(reverse("explain", args=[kept.pk, 2, unit])).status_code == 404
    assert leader.get(reverse("explain", args=[kept.pk, 1, unit])).status_code == 200
    run(kept)
    assert leader.get(reverse("explain", args=[kept.pk, 1, unit])).status_code == 404
    assert leader.get(reverse("explain", args=[kept.pk, 3, unit])).status_code == 200


def test_a_file_that_somebody_changed_is_told_and_nothing_is_computed_from_it(settings: Settings) -> None:
    kept = rounds_of_two_years()
    done = run(kept)
    file = settings.RUNS_FOLDER / done.folder / "book" / "data" / "2024-Q1-v1.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("100", "199"), encoding="utf-8")

    page = get(signed_in(somebody("office")), "explain", kept.pk, 1, unit_of(kept, "T1"))

    assert ("QH612" in page, "= 54" in page) == (True, False)


def test_a_run_that_could_not_be_scored_tells_why() -> None:
    kept = a_checked_round()  # nothing is there of the year before
    run(kept)
    client = signed_in(somebody("office"))

    page = get(client, "run", kept.pk, 1)

    assert ("未能计分" in page, "增速" in page) == (True, True)
    assert client.get(reverse("run_workbook", args=[kept.pk, 1])).status_code == 404
    assert client.get(reverse("explain", args=[kept.pk, 1, unit_of(kept, "T1")])).status_code == 404
