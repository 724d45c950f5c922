"""The pages of checking: the matrix with its filters, a figure's own page, and what a reporter sees of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.people_of_all_roles import actor, signed_in, somebody
from tests.web.rounds.world import LATER, SCHEME, UNITS, a_round, cell, place, save, wang

from quanheng.web.audit.models import Entry
from quanheng.web.library.domain.versions import keep_version
from quanheng.web.library.reading import ListedUnit
from quanheng.web.people.models import Account
from quanheng.web.rounds.domain.doubts import doubts_as_of
from quanheng.web.rounds.domain.questions import ask
from quanheng.web.rounds.domain.review import Review, review_values
from quanheng.web.rounds.domain.values import move_values
from quanheng.web.rounds.models import KeptRound, Question

LI = actor("office", code="li")


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)


def of(code: str) -> Client:
    return signed_in(Account.objects.for_the_program().get(code=code))


def office() -> Client:
    return signed_in(somebody("office"))


def name(kept: KeptRound, what: str) -> str:
    return ".".join(map(str, place(kept, *what.split())))


def submitted(kept: KeptRound, figures: dict[str, str], *, code: str = "wang") -> None:
    save(kept, figures, code=code)
    move_values(by=wang(code), at=LATER, pk=kept.pk, move="submit")


def form_of(page: Any, **told: object) -> dict[str, object]:  # noqa: ANN401  an answer of the client
    return {"seen": page.context["seen"], "key": page.context["key"], **told}


def address(kept: KeptRound, what: str, route: str = "history", *more: int) -> str:
    return reverse(route, args=[kept.pk, *place(kept, *what.split()), *more])


def state(kept: KeptRound, what: str) -> str:
    found = cell(kept, *what.split())
    return found.state if found else "empty"


def test_the_matrix_shows_what_is_in_with_totals_by_item_unit_and_reporter() -> None:
    kept = a_round()
    submitted(kept, {"gdp T1": "12.5", "rate T1": "/"})
    save(kept, {"gdp T3": "<b>"[:1] + "7", "rate T3": "7"}, code="zhao")

    page = office().get(reverse("review", args=[kept.pk]))

    matrix = page.context["matrix"]
    gdp, t1 = place(kept, "gdp", "T1")
    assert dict(matrix.by_item[gdp]) == {"submitted": 1, "empty": 2}
    assert dict(matrix.by_unit[t1]) == {"submitted": 2}
    assert {code: dict(counts) for code, counts in matrix.by_reporter.items()} == {
        "wang": {"submitted": 2, "empty": 2},
        "zhao": {"saved": 1, "empty": 1},
    }
    text = page.content.decode()
    assert f'<input type="checkbox" name="c" value="{gdp}.{t1}" aria-labelledby="u{t1} i{gdp}">' in text
    assert "不适用" in text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"standing": "submitted"}, {"gdp T1", "rate T1"}),
        ({"standing": "asked"}, {"gdp T2"}),
        ({"reporter": "zhao"}, {"gdp T3", "rate T3"}),
        ({"standing": "no such"}, {"gdp T1", "rate T1", "gdp T2", "rate T2", "gdp T3", "rate T3"}),
        ({"standing": "late"}, set()),
    ],
)
def test_the_matrix_can_be_narrowed(asked: dict[str, str], found: set[str]) -> None:
    kept = a_round()
    submitted(kept, {"gdp T1": "1", "rate T1": "2"})
    ask(by=LI, at=LATER, pk=kept.pk, place=place(kept, "gdp", "T2"), text="何时报？")
    every = [f"{item} {unit}" for unit in ("T1", "T2", "T3") for item in ("gdp", "rate")]
    keys = {place(kept, *what.split()): what for what in every}

    page = office().get(reverse("review", args=[kept.pk]), asked)

    assert {keys[spot] for spot in page.context["matrix"].spots} == found


def test_an_item_or_a_unit_alone_is_shown() -> None:
    kept = a_round()
    item, unit = place(kept, "gdp", "T2")
    client = office()

    by_item = client.get(reverse("review", args=[kept.pk]), {"item": item}).context["matrix"]
    by_unit = client.get(reverse("review", args=[kept.pk]), {"unit": unit}).context["matrix"]

    assert {spot[0] for spot in by_item.spots} == {item}
    assert {spot[1] for spot in by_unit.spots} == {unit}


def test_what_is_ticked_is_accepted_and_a_form_that_comes_twice_counts_once() -> None:
    kept = a_round()
    submitted(kept, {"gdp T1": "1", "rate T1": "2"})
    client, where = office(), reverse("review", args=[kept.pk])
    form = form_of(client.get(where), c=[name(kept, "gdp T1")], do="accept", standing="submitted")

    done = client.post(where, form)
    again = client.post(where, form, follow=True)

    assert done.headers["Location"] == f"{where}?standing=submitted"
    assert (state(kept, "gdp T1"), state(kept, "rate T1")) == ("accepted", "submitted")
    assert "只计一次" in again.content.decode()


def test_all_that_are_shown_are_accepted_but_what_is_asked_about() -> None:
    kept = a_round()
    submitted(kept, {"gdp T1": "1", "rate T1": "2", "gdp T2": "3"})
    ask(by=LI, at=LATER, pk=kept.pk, place=place(kept, "gdp", "T2"), text="何时报？")
    client, where = office(), reverse("review", args=[kept.pk])

    client.post(where, form_of(client.get(where), do="accept_all"))

    states = [state(kept, what) for what in ("gdp T1", "rate T1", "gdp T2")]
    assert states == ["accepted", "accepted", "submitted"]


def test_what_was_submitted_after_the_page_was_shown_is_not_accepted_with_it() -> None:
    kept = a_round()
    submitted(kept, {"gdp T1": "1"})
    client, where = office(), reverse("review", args=[kept.pk])
    form = form_of(client.get(where), do="accept_all")
    submitted(kept, {"rate T1": "2"})

    client.post(where, form)

    assert [state(kept, what) for what in ("gdp T1", "rate T1")] == ["accepted", "submitted"]


def test_what_is_not_done_is_told_figure_by_figure() -> None:
    kept = a_round()
    save(kept, {"gdp T1": "1"})
    client, where = office(), reverse("review", args=[kept.pk])
    form = form_of(client.get(where), c=[name(kept, "gdp T1")], do="miss")

    page = client.post(where, form)

    assert [(row["unit"], row["findings"][0]["code"]) for row in page.context["not_done"]] == [
        ("镇1", "QH903")
    ]


@pytest.mark.parametrize("seen", ["", "[]", "{", json.dumps({"x": 1, "1.1": "y"})])
def test_a_spoilt_form_accepts_nothing_unseen(seen: str) -> None:
    kept = a_round()
    submitted(kept, {"gdp T1": "1"})

    where = reverse("review", args=[kept.pk])
    page = office().post(where, {"seen": seen, "c": [name(kept, "gdp T1"), "0.0", "x"], "do": "accept"})

    assert page.status_code == 200
    assert state(kept, "gdp T1") == "submitted"


def test_a_figure_is_returned_on_its_own_page_and_the_reporter_sees_why() -> None:
    kept = a_round()
    submitted(kept, {"gdp T1": "1", "gdp T2": "2"})
    client = office()
    where = address(kept, "gdp T1")
    page = client.get(where)

    without = client.post(address(kept, "gdp T1", "send_back"), {"version": 2, "message": " "})
    client.post(address(kept, "gdp T1", "send_back"), {"version": 2, "message": "<i>口径</i>"})

    assert page.context["can"] == {"accept": True, "miss": False, "return": True, "save": False}
    assert [finding["code"] for finding in without.context["findings"]] == ["QH903"]
    assert (state(kept, "gdp T1"), state(kept, "gdp T2")) == ("returned", "submitted")
    assert "&lt;i&gt;口径" in of("wang").get(reverse("fill", args=[kept.pk])).content.decode()


def test_a_question_stands_first_in_what_is_due_and_is_answered_there() -> None:
    kept = a_round()
    submitted(kept, {"gdp T1": "1"})
    client = office()
    client.post(address(kept, "gdp T1", "ask"), {"question": "含园区吗？<b>", "key": "k"})
    client.post(address(kept, "gdp T1", "ask"), {"question": "含园区吗？<b>", "key": "k"})
    question = Question.objects.for_the_program().get()

    due = of("wang").get(reverse("due"))
    grid = of("wang").get(reverse("fill", args=[kept.pk])).content.decode()
    of("wang").post(address(kept, "gdp T1", "answer", question.pk), {f"answer-{question.pk}": "不含。"})
    other = of("zhao").post(address(kept, "gdp T1", "answer", question.pk), {f"answer-{question.pk}": "x"})

    assert due.context["rows"][0].counts[0][2] == "asked"
    assert "含园区吗？&lt;b&gt;" in due.content.decode()
    assert "考核办有提问" in grid
    assert other.status_code == 404
    assert "不含。" in client.get(address(kept, "gdp T1")).content.decode()
    assert of("wang").get(reverse("due")).context["questions"] == []


def test_a_reporter_keeps_a_note_beside_a_figure() -> None:
    kept = a_round()
    save(kept, {"gdp T1": "1"})
    form = {"version": 1, "key": "k", "note": " 不含园区 "}

    of("wang").post(address(kept, "gdp T1", "note"), form)
    late = of("wang").post(address(kept, "gdp T1", "note"), form | {"key": "other", "note": "x"})

    found = cell(kept, "gdp", "T1")
    assert found is not None
    assert (found.note, found.written, found.version) == ("不含园区", "1", 2)
    assert [finding["code"] for finding in late.context["findings"]] == ["QH920"]
    assert ">x</textarea>" in late.content.decode()


def test_an_answer_that_cannot_be_taken_stays_in_the_page() -> None:
    kept = a_round()
    ask(by=LI, at=LATER, pk=kept.pk, place=place(kept, "gdp", "T1"), text="含园区吗？")
    question = Question.objects.for_the_program().get()
    typed = "长" * 1001

    page = of("wang").post(address(kept, "gdp T1", "answer", question.pk), {f"answer-{question.pk}": typed})

    assert [finding["code"] for finding in page.context["findings"]] == ["QH986"]
    assert f">{typed}</textarea>" in page.content.decode()


@pytest.mark.parametrize(
    ("who", "sees"), [("wang", True), ("zhao", False), ("office", True), ("unit", False), ("leader", False)]
)
def test_who_sees_the_page_of_a_figure_before_it_is_accepted(who: str, *, sees: bool) -> None:
    kept = a_round()
    submitted(kept, {"gdp T1": "1"})
    for role in ("office", "unit", "leader"):
        somebody(role, code=role)

    assert of(who).get(address(kept, "gdp T1")).status_code == (200 if sees else 404)


def test_once_accepted_its_unit_and_leaders_see_it_without_the_questions() -> None:
    kept = a_round()
    submitted(kept, {"gdp T1": "1", "gdp T2": "1"})
    ask(by=LI, at=LATER, pk=kept.pk, place=place(kept, "gdp", "T1"), text="含园区吗？")
    seen = {place(kept, "gdp", unit): 2 for unit in ("T1", "T2")}
    review_values(by=LI, at=LATER, pk=kept.pk, review=Review(move="accept", seen=seen))
    unit, leader = signed_in(somebody("unit")), signed_in(somebody("leader"))

    own, other = unit.get(address(kept, "gdp T1")), unit.get(address(kept, "gdp T2"))

    assert (own.status_code, other.status_code) == (200, 404)
    assert "含园区吗？" not in own.content.decode()
    assert "<form" not in own.content.decode().partition("<main")[2].partition("</main>")[0]
    assert leader.get(address(kept, "gdp T2")).status_code == 200


def test_a_figure_of_another_magnitude_is_in_doubt_for_both_and_in_own_words_for_its_reporter() -> None:
    units = tuple(ListedUnit(code=f"T{n}", name=f"镇{n}", group="all") for n in range(1, 4))
    assert units == UNITS
    keep_version(by=LI, at=LATER, text=SCHEME, units=units, seen=0)
    for period in ("2023-Q1", "2023-Q2", "2023-Q3"):
        before = a_round(code=period, period=period)
        level = int(period[-1]) * 100
        submitted(before, {"gdp T1": f"{level}", "gdp T2": f"{level + 3}"})
        submitted(before, {"gdp T3": f"{level + 5}"}, code="zhao")
        seen = {place(before, "gdp", unit): 2 for unit in ("T1", "T2", "T3")}
        review_values(by=LI, at=LATER, pk=before.pk, review=Review(move="accept", seen=seen))
    kept = a_round(code="2023-Q4", period="2023-Q4")
    submitted(kept, {"gdp T1": "250", "gdp T2": "403"})

    matrix = office().get(reverse("review", args=[kept.pk]), {"standing": "doubt"}).context["matrix"]
    page = of("office").get(address(kept, "gdp T1"))
    grid = of("wang").get(reverse("fill", args=[kept.pk])).content.decode()

    assert set(matrix.spots) == {place(kept, "gdp", "T1")}
    assert [doubt["code"] for doubt in page.context["doubts"]] == ["QH591"]
    assert "存疑：累计数下降（2023-Q3 为 300）" in grid


def test_a_draft_of_somebody_else_is_in_doubt_for_nobody_but_its_writer() -> None:
    before = a_round(code="2023-Q3", period="2023-Q3")
    submitted(before, {"gdp T1": "300"})
    seen = {place(before, "gdp", "T1"): 2}
    review_values(by=LI, at=LATER, pk=before.pk, review=Review(move="accept", seen=seen))
    kept = a_round(code="2023-Q4", period="2023-Q4")
    save(kept, {"gdp T1": "250"})

    matrix = office().get(reverse("review", args=[kept.pk])).context["matrix"]
    grid = of("wang").get(reverse("fill", args=[kept.pk])).content.decode()

    assert "doubt" not in matrix.by_unit[place(kept, "gdp", "T1")[1]]
    assert "存疑：累计数下降" in grid


def test_what_others_save_has_nothing_looked_for_anew() -> None:
    kept = a_round()
    save(kept, {"gdp T1": "1"})
    client, where = office(), reverse("review", args=[kept.pk])
    mine = reverse("fill", args=[kept.pk])

    def looked_for() -> int:
        client.get(where)
        of("wang").get(mine)
        return doubts_as_of.cache_info().misses

    counts = [looked_for(), looked_for()]
    save(kept, {"gdp T3": "1"}, code="zhao")
    counts.append(looked_for())
    save(kept, {"gdp T2": "1"})
    counts.append(looked_for())
    move_values(by=wang("zhao"), at=LATER, pk=kept.pk, move="submit")
    counts.append(looked_for())

    assert counts == [2, 2, 2, 3, 4]


def test_a_refused_return_is_in_the_log() -> None:
    kept = a_round()
    save(kept, {"gdp T1": "1"})

    office().post(address(kept, "gdp T1", "send_back"), {"version": 1, "message": "x"})

    entry = Entry.objects.for_the_program().latest("pk")
    assert (entry.outcome, entry.action, entry.reasons) == ("refused", "values.return", "QH902")
