"""Appeals: who files and decides them, and what an upheld one makes of a figure."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from tests.web.appeals.world import (
    CHEN,
    ENDS,
    LI,
    SUN,
    a_shown_round,
    an_appeal,
    corrected,
    moved,
    shown_provisionally,
)
from tests.web.people_of_all_roles import actor
from tests.web.results.world import RUN_AT, rounds_of_two_years, run, scores
from tests.web.rounds.world import LATER, TOO_LATE, a_round, cell, place

from quanheng.findings.finding import FindingsError
from quanheng.process.rounds.people import Person
from quanheng.web.appeals.domain.appeals import Filing, add_to_appeal, file_appeal, is_put_right, parties_of
from quanheng.web.appeals.domain.corrections import Correction, correct_figure
from quanheng.web.appeals.domain.subjects import subjects_of
from quanheng.web.appeals.models import AppealEvidence, AppealStep, KeptAppeal
from quanheng.web.audit.models import Entry
from quanheng.web.library.uploads import Upload
from quanheng.web.results.domain.moves import move_by_results
from quanheng.web.rounds.models import AskedItem, AskedUnit, Change, KeptRound

PDF = Upload(name="图.pdf", content=b"%PDF-1.7")


def codes(refusal: pytest.ExceptionInfo[FindingsError]) -> list[str]:
    return [finding.code for finding in refusal.value.findings]


def last_entry() -> tuple[str, str, str, str, str]:
    entry = Entry.objects.for_the_program().latest("pk")
    return entry.outcome, entry.action, entry.chain, entry.who, entry.reasons


def test_a_unit_files_an_appeal_on_its_figure_with_grounds_and_evidence() -> None:
    kept = a_shown_round()

    appeal = an_appeal(kept, files=(PDF,))

    assert (appeal.state, appeal.kind, appeal.about, appeal.filed_by) == ("filed", "item", "gdp", "chen")
    assert appeal.name.zh == "地区生产总值"
    assert [held.name for held in AppealEvidence.objects.for_the_program()] == ["图.pdf"]
    assert last_entry() == ("done", "appeal.file", "round-2024-Q1", "chen", "")


def test_a_form_that_comes_twice_files_one_appeal() -> None:
    kept = a_shown_round()
    unit = AskedUnit.objects.for_the_program().get(round=kept, unit="T1")
    filing = Filing(unit=unit.pk, about="node:output", grounds="有误")

    filed = [file_appeal(by=CHEN, at=LATER, pk=kept.pk, filing=filing, key="form") for _ in range(2)]

    assert [appeal is not None for appeal in filed] == [True, False]
    assert KeptAppeal.objects.for_the_program().count() == 1


@pytest.mark.parametrize(
    ("about", "grounds", "code"),
    [
        ("item:gdp", " ", "QH924"),
        ("item:survey", "x", "QH990"),
        ("node:no such", "x", "QH990"),
        ("", "x", "QH990"),
    ],
)
def test_an_appeal_is_on_something_of_the_unit_and_has_grounds(about: str, grounds: str, code: str) -> None:
    kept = a_shown_round()
    unit = AskedUnit.objects.for_the_program().get(round=kept, unit="T1")

    filing = Filing(unit=unit.pk, about=about, grounds=grounds)
    with pytest.raises(FindingsError) as refusal:
        file_appeal(by=CHEN, at=LATER, pk=kept.pk, filing=filing)

    assert codes(refusal) == [code]
    assert KeptAppeal.objects.for_the_program().count() == 0


def test_nobody_appeals_for_another_unit_or_outside_the_window() -> None:
    kept = a_shown_round()
    other = AskedUnit.objects.for_the_program().get(round=kept, unit="T2")

    with pytest.raises(FindingsError) as foreign:
        file_appeal(
            by=CHEN, at=LATER, pk=kept.pk, filing=Filing(unit=other.pk, about="item:gdp", grounds="x")
        )
    assert last_entry()[0] == "refused"
    with pytest.raises(FindingsError) as late:
        an_appeal(kept, at=TOO_LATE)
    with pytest.raises(FindingsError) as early:
        an_appeal(a_round(code="2024-Q2", period="2024-Q2"))

    assert (codes(foreign), codes(late), codes(early)) == (["QH923"], ["QH922"], ["QH922"])
    assert an_appeal(kept, at=ENDS).state == "filed"


def test_evidence_that_is_none_keeps_the_appeal_back() -> None:
    kept = a_shown_round()

    with pytest.raises(FindingsError) as refusal:
        an_appeal(kept, files=(PDF, Upload(name="a.exe", content=b"MZ")))

    assert codes(refusal) == ["QH988"]
    assert (
        KeptAppeal.objects.for_the_program().count() == AppealEvidence.objects.for_the_program().count() == 0
    )


def test_what_can_be_appealed_on_are_own_figures_and_nodes_with_the_figures_behind_them() -> None:
    kept = a_shown_round()
    unit = AskedUnit.objects.for_the_program().get(round=kept, unit="T1")

    found = subjects_of(kept, unit, AskedItem.objects.for_the_program().filter(round=kept))

    assert {subject.key: set(subject.items) for subject in found} == {
        "item:gdp": {"gdp"},
        "item:rate": {"rate"},
        "node:total": {"gdp", "rate"},
        "node:output": {"gdp"},
        "node:growth": {"rate"},
        "node:people": set(),
    }


def test_who_entered_accepted_or_filed_does_not_decide_and_another_does() -> None:
    kept = a_shown_round()
    appeal = moved(an_appeal(kept), "hear")

    assert parties_of(kept, appeal) == {"wang", "li"}
    for who in (LI, actor("office", "reporter", code="wang"), actor("office", code="chen")):
        with pytest.raises(FindingsError) as refusal:
            moved(appeal, "upheld", by=who)
        assert codes(refusal) == ["QH925"]
    assert last_entry()[:2] == ("refused", "appeal.move")

    decided = moved(appeal, "upheld")
    assert (decided.decision, decided.decided_by, decided.reasons) == ("upheld", "sun", "行政区划图为证")


def test_of_a_score_all_who_had_a_part_in_a_figure_behind_it_do_not_decide() -> None:
    kept = a_shown_round()

    with_part = parties_of(kept, an_appeal(kept, "node:total"))
    without = parties_of(kept, an_appeal(kept, "node:people"))

    assert (with_part, without) == (frozenset({"wang", "li"}), frozenset())


def test_a_decision_takes_reasons() -> None:
    appeal = moved(an_appeal(a_shown_round()), "hear")

    with pytest.raises(FindingsError) as refusal:
        moved(appeal, "rejected", reason=" ")

    assert codes(refusal) == ["QH903"]


def test_a_unit_withdraws_its_own_appeal_until_it_is_decided() -> None:
    kept = a_shown_round()
    other = actor("unit", code="zhou")

    with pytest.raises(FindingsError) as foreign:
        moved(an_appeal(kept), "withdraw", by=other)
    withdrawn = moved(an_appeal(kept), "withdraw", by=CHEN)
    with pytest.raises(FindingsError) as decided:
        moved(moved(an_appeal(kept), "hear", "rejected"), "withdraw", by=CHEN)
    with pytest.raises(FindingsError) as again:
        moved(withdrawn, "hear")

    assert (codes(foreign), codes(decided), codes(again)) == (["QH923"], ["QH902"], ["QH901"])


def test_an_upheld_appeal_makes_a_new_change_that_names_it_and_who_decided() -> None:
    kept = a_shown_round()
    appeal = moved(an_appeal(kept), "hear", "upheld")

    corrected(kept, appeal)

    now = cell(kept, "gdp", "T1")
    change = Change.objects.for_the_program().latest("pk")
    assert now is not None
    assert (now.state, now.number, now.version) == ("accepted", 120.0, 4)
    assert (change.move, change.who, change.written) == ("correct", "sun", "120")
    assert (change.appeal, change.decided_by, change.message) == (appeal.pk, "sun", "行政区划图为证")
    assert [
        each.written for each in Change.objects.for_the_program().filter(item=now.item_id, unit=now.unit_id)
    ] == [
        "100",
        "100",
        "100",
        "120",
    ]
    assert last_entry()[:2] == ("done", "appeal.correct")


def test_it_is_done_only_once_a_run_has_scored_the_correction() -> None:
    """Of T1: 60·120/200 = 36 for output in place of 30, 24 for growth as before."""
    kept = rounds_of_two_years()
    run(kept)
    shown_provisionally(kept)
    appeal = moved(an_appeal(kept), "hear", "upheld", at=RUN_AT)

    with pytest.raises(FindingsError) as uncorrected:
        moved(appeal, "finish", at=RUN_AT)
    corrected(kept, appeal, at=RUN_AT)
    with pytest.raises(FindingsError) as unscored:
        moved(appeal, "finish", at=RUN_AT)
    with pytest.raises(FindingsError) as unsettled:
        move_by_results(by=SUN, at=ENDS + dt.timedelta(days=1), pk=kept.pk, move="settle")
    again = run(kept)

    assert (codes(uncorrected), codes(unscored)) == (["QH926"], ["QH926"])
    assert codes(unsettled) == ["QH911", "QH908"]
    assert scores(again)["T1 total"] == (60.0, 1)
    assert moved(appeal, "finish", at=RUN_AT).state == "done"
    move_by_results(by=SUN, at=ENDS + dt.timedelta(days=1), pk=kept.pk, move="settle")
    assert KeptRound.objects.for_the_program().get(pk=kept.pk).state == "final"


def test_a_figure_that_was_corrected_once_more_is_put_right_by_a_run_of_the_last_one() -> None:
    kept = rounds_of_two_years()
    shown_provisionally(kept)
    first, second = (moved(an_appeal(kept), "hear", "upheld", at=RUN_AT) for _ in range(2))
    corrected(kept, first, at=RUN_AT)
    run(kept)
    after_first = is_put_right(first)
    corrected(kept, second, written="130", at=RUN_AT)
    after_second = is_put_right(first)
    run(kept)

    assert (after_first, after_second) == (True, False)
    assert (is_put_right(first), is_put_right(second)) == (True, True)


def test_a_score_that_is_wrong_by_the_scheme_is_finished_by_a_remedy_and_the_round_settled() -> None:
    kept = rounds_of_two_years()
    run(kept)
    shown_provisionally(kept)
    appeal = moved(an_appeal(kept, "node:growth"), "hear", "upheld", at=RUN_AT)
    of_a_figure = moved(an_appeal(kept), "hear", "upheld", at=RUN_AT)

    with pytest.raises(FindingsError) as empty:
        moved(appeal, "remedy", reason=" ", at=RUN_AT)
    with pytest.raises(FindingsError) as figure:
        moved(of_a_figure, "remedy", at=RUN_AT)
    done = moved(appeal, "remedy", reason="方案下一版改用三年均值，本期以新版本重算", at=RUN_AT)
    corrected(kept, of_a_figure, at=RUN_AT)
    run(kept)
    moved(of_a_figure, "finish", at=RUN_AT)

    assert (codes(empty), codes(figure)) == (["QH903"], ["QH926"])
    assert (done.state, done.decision, done.reasons) == ("done", "upheld", "行政区划图为证")
    step = AppealStep.objects.for_the_program().get(appeal=appeal, move="remedy")
    assert (step.who, step.reason) == ("sun", "方案下一版改用三年均值，本期以新版本重算")
    move_by_results(by=SUN, at=ENDS + dt.timedelta(days=1), pk=kept.pk, move="settle")
    assert KeptRound.objects.for_the_program().get(pk=kept.pk).state == "final"


def test_a_score_that_was_corrected_by_a_figure_is_scored_first() -> None:
    kept = rounds_of_two_years()
    run(kept)
    shown_provisionally(kept)
    appeal = moved(an_appeal(kept, "node:output"), "hear", "upheld", at=RUN_AT)
    corrected(kept, appeal, at=RUN_AT)

    with pytest.raises(FindingsError) as unscored:
        moved(appeal, "remedy", by=actor("office", code="wu"), at=RUN_AT)

    assert codes(unscored) == ["QH926"]


def test_a_rejected_appeal_is_finished_without_a_run() -> None:
    appeal = moved(an_appeal(a_shown_round()), "hear", "rejected", "finish")

    assert (appeal.state, appeal.decision) == ("done", "rejected")


@pytest.mark.parametrize("moves", [(), ("hear",), ("hear", "rejected")])
def test_nothing_is_corrected_without_an_upheld_appeal(moves: tuple[str, ...]) -> None:
    kept = a_shown_round()
    appeal = moved(an_appeal(kept), *moves)

    with pytest.raises(FindingsError) as refusal:
        corrected(kept, appeal)

    assert codes(refusal) == ["QH902"]
    now = cell(kept, "gdp", "T1")
    assert now is not None
    assert now.written == "100"


@pytest.mark.parametrize(
    ("name", "written", "seen", "code"),
    [
        ("rate T1", "9", 3, "QH990"),
        ("gdp T1", "many", 3, "QH974"),
        ("gdp T1", "9", 2, "QH920"),
    ],
)
def test_a_correction_is_of_the_figure_that_was_seen(name: str, written: str, seen: int, code: str) -> None:
    kept = a_shown_round()
    appeal = moved(an_appeal(kept), "hear", "upheld")
    item, _ = place(kept, *name.split())

    wish = Correction(item=item, written=written, seen=seen)
    with pytest.raises(FindingsError) as refusal:
        correct_figure(by=SUN, at=LATER, appeal=appeal.pk, correction=wish)

    assert codes(refusal) == [code]


def test_only_the_office_corrects() -> None:
    kept = a_shown_round()
    appeal = moved(an_appeal(kept), "hear", "upheld")
    item, _ = place(kept, "gdp", "T1")

    wish = Correction(item=item, written="9", seen=3)
    with pytest.raises(FindingsError) as refusal:
        correct_figure(by=CHEN, at=LATER, appeal=appeal.pk, correction=wish)

    assert codes(refusal) == ["QH956"]


def test_more_evidence_comes_from_the_unit_until_it_is_decided() -> None:
    kept = a_shown_round()
    appeal = an_appeal(kept, files=(PDF,))
    other = actor("unit", code="zhou")

    counts = [
        add_to_appeal(by=CHEN, at=LATER, appeal=appeal.pk, uploads=(PDF,), key="form") for _ in range(2)
    ]
    with pytest.raises(FindingsError) as foreign:
        add_to_appeal(by=other, at=LATER, appeal=appeal.pk, uploads=(PDF,))
    with pytest.raises(FindingsError) as many:
        add_to_appeal(by=CHEN, at=LATER, appeal=appeal.pk, uploads=(PDF,) * 4)
    moved(appeal, "hear", "rejected")
    with pytest.raises(FindingsError) as late:
        add_to_appeal(by=CHEN, at=LATER, appeal=appeal.pk, uploads=(PDF,))

    assert (counts, codes(foreign), codes(many), codes(late)) == ([1, 0], ["QH923"], ["QH989"], ["QH901"])


def test_who_sees_which_appeals() -> None:
    kept = a_shown_round()
    waiting = an_appeal(kept)
    decided = moved(an_appeal(kept), "hear", "partly")
    zhou = Person(code="zhou", roles=frozenset({"unit"}), units=frozenset({"T2"}))
    people = {
        "office": LI.person,
        "own": CHEN.person,
        "other": zhou,
        "leader": actor("leader").person,
        "reporter": actor("reporter", code="wang").person,
        "auditor": actor("auditor").person,
    }

    found = {
        name: {appeal.pk for appeal in KeptAppeal.objects.visible_to(person)}
        for name, person in people.items()
    }

    assert found == {
        "office": {waiting.pk, decided.pk},
        "own": {waiting.pk, decided.pk},
        "other": set(),
        "leader": {decided.pk},
        "reporter": set(),
        "auditor": set(),
    }


def test_the_steps_of_an_appeal_stay() -> None:
    moved(an_appeal(a_shown_round()), "hear", "rejected")
    steps = AppealStep.objects.for_the_program()

    with pytest.raises(DatabaseError), transaction.atomic():
        steps.update(who="x")

    assert [(step.move, step.who) for step in steps.order_by("pk")] == [
        ("file", "chen"),
        ("hear", "sun"),
        ("rejected", "sun"),
    ]


def test_an_appeal_in_a_round_that_was_taken_back_waits() -> None:
    kept = a_shown_round()
    appeal = moved(an_appeal(kept), "hear", "upheld")
    KeptRound.objects.for_the_program().filter(pk=kept.pk).update(state="checking")

    with pytest.raises(FindingsError) as refusal:
        corrected(kept, appeal)
    shown_provisionally(kept)
    corrected(kept, appeal)

    assert codes(refusal) == ["QH921"]
