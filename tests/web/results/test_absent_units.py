"""Units that are not there on the last day of a round: nothing is asked of them (units §1)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.web.people_of_all_roles import signed_in, somebody
from tests.web.results.test_units_in_time import HEAD, LAST_YEAR, hand_in
from tests.web.results.world import BEFORE, CLOSED, OFFICE, RUN_AT, a_checked_round, run, scores
from tests.web.rounds.world import LATER, a_round, cell, place, save

from quanheng.web.audit.models import Entry
from quanheng.web.people.models import Account
from quanheng.web.results.domain.outlook import marked_run, outlook_with_results
from quanheng.web.results.domain.parts import current_parts, withdraw_part
from quanheng.web.results.domain.units import Absence, handed_in
from quanheng.web.rounds.domain.review import Return, Review, return_value, review_values
from quanheng.web.rounds.domain.rounds import Plan, make_round, outlook_of
from quanheng.web.rounds.models import AskedUnit, KeptRound
from quanheng.web.rounds.queries.tasks import due_of
from quanheng.web.rounds.template_sheet import write_template

GONE: Final = ("T1,甲,all,,,", "T2,乙,all,,2024-03-30,T1")
ZH: Final = "2024年3月31日起不在，并入镇1"
EN: Final = "gone since 2024-03-31, into 镇1"


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: RUN_AT + dt.timedelta(hours=1))
    settings.RUNS_FOLDER = tmp_path / "runs"


def seen_by(role: str, route: str, kept: KeptRound, language: str) -> str:
    if role == "office" and not Account.objects.for_the_program().filter(code="li").exists():
        somebody("office", code="li")
    found = Account.objects.for_the_program().get(code={"office": "li", "reporter": "wang"}[role])
    client: Client = signed_in(found)
    client.cookies["quanheng-language"] = language
    return client.get(reverse(route, args=[kept.pk])).content.decode()


def left_of(kept: KeptRound) -> tuple[int, int]:
    """Return how many figures are assigned to nobody, and how many are not settled."""
    outlook = outlook_of(KeptRound.objects.for_the_program().get(pk=kept.pk))
    assert outlook.unsettled == outlook_with_results(kept, marked_run(kept)).unsettled
    return outlook.unassigned, outlook.unsettled


def test_nothing_is_asked_of_a_unit_that_is_gone_and_the_round_goes_on_without_it() -> None:
    """Two of four figures are reported, and that is all: T1 has 54 points and the first of one place."""
    a_checked_round(BEFORE, period="2023-Q1", at=LAST_YEAR)
    kept = a_checked_round({"gdp T1": "100", "rate T1": "6"})
    before = left_of(kept)
    hand_in(kept, *GONE)
    after = left_of(kept)
    done = run(kept)

    assert (before, after) == ((0, 2), (0, 0))
    assert outlook_with_results(kept, marked_run(kept)).unsettled == 0
    assert scores(done) == {"T1 total": (54.0, 1), "T1 output": (30.0, 1), "T1 growth": (24.0, 1)}

    withdraw_part(by=OFFICE, at=RUN_AT, pk=kept.pk, part=current_parts(kept)[0].pk)
    assert left_of(kept) == (0, 2), "without the table it is asked again, of who reported it before"


@pytest.mark.parametrize(("language", "words", "absent"), [("zh", ZH, "不在"), ("en", EN, "not there")])
def test_the_grid_the_matrix_and_the_round_say_since_when_and_where_it_went(
    language: str, words: str, absent: str
) -> None:
    kept = a_round()
    hand_in(kept, *GONE)

    grid = seen_by("reporter", "fill", kept, language)
    matrix = seen_by("office", "review", kept, language)
    of_round = seen_by("office", "round", kept, language)

    assert words in of_round
    for page in (grid, matrix):
        row = page.partition(">镇2<small>")[2].partition("</tr>")[0]
        assert row.startswith(f"{words}</small>")
        assert row.count(f'<td class="fixed">{absent}') == 2
        assert "<input" not in row
    assert f"{absent} 2" in matrix
    late = {"zh": "逾期未报", "en": "late"}[language]
    assert late not in matrix.partition(">镇2<small>")[2].partition("</tr>")[0]


def test_it_is_not_due_not_in_the_template_and_not_taken() -> None:
    kept = a_round()
    wang = Account.objects.for_the_program().get(code="wang").as_person()
    before = [row.counts[0][1] for row in due_of(wang, LATER, ())]
    with_it = write_template(wang, kept, LATER, "zh")
    hand_in(kept, *GONE)

    done = save(kept, {"gdp T1": "1", "gdp T2": "2"})

    assert before == [4]
    assert sum(count for _, count, _ in due_of(wang, LATER, ())[0].counts) == 2
    assert len(write_template(wang, kept, LATER, "zh")) < len(with_it)
    assert [finding.code for finding in done.refused[place(kept, "gdp", "T2")]] == ["QH898"]
    assert done.refused[place(kept, "gdp", "T2")][0].message("en").endswith(EN)
    assert (done.saved, cell(kept, "gdp", "T2")) == (1, None)
    told = Entry.objects.for_the_program().filter(action="results.parts").latest("pk").after
    assert told["not_there"] == {"2024-Q1 v1": ["T2"]}


def test_a_figure_that_was_there_before_can_be_returned_and_nothing_else() -> None:
    """What is accepted is put together with the whole, as the core does; the office can take it out."""
    kept = a_checked_round()
    hand_in(kept, *GONE)
    where = place(kept, "gdp", "T2")
    page = seen_by("office", "review", kept, "zh")
    return_value(
        by=OFFICE,
        at=RUN_AT,
        pk=kept.pk,
        wish=Return(place=where, seen=3, message="已并入", due=RUN_AT + dt.timedelta(days=1)),
    )
    miss = Review(move="miss", seen={where: 4}, reason="gone")
    done = review_values(by=OFFICE, at=RUN_AT, pk=kept.pk, review=miss)

    row = page.partition(">镇2<small>")[2].partition("</tr>")[0]
    assert "已通过" in row
    assert row.count('<b class="fault">不在</b>') == 2
    assert [finding.code for finding in done.refused[where]] == ["QH898"]
    assert left_of(kept) == (0, 0)


def test_a_round_made_later_knows_at_once_who_is_there() -> None:
    first = a_round()
    hand_in(first, *GONE, "T3,丙,all,2024-07-01,,")
    plan = Plan(
        code="2024-Q2",
        title="第二季度",
        scheme=first.scheme_id,
        period="2024-Q2",
        due=CLOSED + dt.timedelta(days=100),
        units=frozenset({"T1", "T2", "T3"}),
    )

    made = make_round(by=OFFICE, at=RUN_AT, plan=plan)

    units = AskedUnit.objects.for_the_program().filter(round=made)
    assert {str(unit.unit_id): unit.absence.en if unit.absence else "" for unit in units} == {
        "T1": "",
        "T2": EN,
        "T3": "there from 2024-07-01",
    }
    assert outlook_of(made).unassigned == 2, "the two items of T1"


def test_when_a_unit_was_there_and_will_be() -> None:
    """T2 was a town until 2022, then until February 2024, and is a park from May: in Q1 it is not there."""
    rows = (
        "T1,甲,all,,,",
        "T2,乙,all,,2022,",
        "T2,乙,all,2023,2024-02-29,T1",
        "T2,丙,all,2024-05,,",
        "T4,丁,all,,2023,T9",
    )
    table = "\n".join((HEAD, *rows, "T9,戊,all,,,", "")).encode()
    scheme = a_round().scheme.text
    handed = handed_in({"units.csv": table}, scheme, "2024-Q1")
    day = dt.date(2024, 3, 31)

    assert handed.absence_of("T1", day, {}) == Absence()
    assert handed.absence_of("T7", day, {}) == Absence(), "the table does not say"
    assert handed.absence_of("T2", day, {"T1": "镇1"}) == Absence(
        gone_since=dt.date(2024, 3, 1), went_into="镇1", there_from=dt.date(2024, 5, 1)
    )
    assert handed.absence_of("T4", day, {}) == Absence(gone_since=dt.date(2024, 1, 1), went_into="戊")
