from __future__ import annotations

from dataclasses import replace

import pytest
from tests.process.rounds.people import deed, hours

from quanheng.findings.finding import FindingsError
from quanheng.process.rounds.appeal import Appeal, filed, moved_appeal, refused_appeal
from quanheng.process.rounds.people import Deed
from quanheng.process.rounds.publication import Publication, moved_publication, refused_publication
from quanheng.process.rounds.round import Round, Window
from quanheng.process.rounds.run import ATTEMPTS, Run, moved_run, refused_run

WEEK = Window(begins=hours(1), ends=hours(10))
SHOWN = Round(code="2024-Q1", due=hours(0), state="provisional", window=WEEK)
OWN = Appeal(
    unit="T1", about="gdp", grounds="the park is ours", filed_by="chen", had_part=frozenset({"wang"})
)


def chen(at: float, unit: str = "T1") -> Deed:
    return deed("unit", code="chen", unit=unit, hours=at)


def li(at: float = 5, reason: str = "the map says so", code: str = "li") -> Deed:
    return deed("office", code=code, hours=at, reason=reason)


def why_not_filed(appeal: Appeal, by: Deed, of: Round = SHOWN) -> list[str]:
    with pytest.raises(FindingsError) as refused:
        filed(appeal, by, of)
    return [found.code for found in refused.value.findings]


def test_a_unit_appeals_inside_the_window() -> None:
    assert filed(OWN, chen(1), SHOWN).state == "filed"
    assert filed(OWN, chen(10), SHOWN).changed_at == hours(10)
    assert why_not_filed(OWN, chen(0.9)) == ["QH922"]
    assert why_not_filed(OWN, chen(10.1)) == ["QH922"]
    assert why_not_filed(OWN, chen(5), replace(SHOWN, state="final")) == ["QH922"]


def test_an_appeal_is_of_ones_own_unit_and_has_grounds() -> None:
    assert why_not_filed(OWN, chen(5, "T2")) == ["QH923"]
    assert why_not_filed(OWN, deed("office", hours=5)) == ["QH923"]
    assert why_not_filed(replace(OWN, grounds=" "), chen(5)) == ["QH924"]


def test_who_had_a_part_does_not_decide() -> None:
    heard = moved_appeal("hear", OWN, li(5))

    for code in ("wang", "chen"):
        assert [found.code for found in refused_appeal("rejected", heard, li(6, code=code))] == ["QH925"]
    assert refused_appeal("rejected", heard, li(6)) == ()


@pytest.mark.parametrize("decision", ["upheld", "partly", "rejected"])
def test_a_decision_has_reasons_and_what_is_upheld_is_put_right_first(decision: str) -> None:
    heard = moved_appeal("hear", OWN, li(5))
    assert [found.code for found in refused_appeal(decision, heard, li(6, reason=" "))] == ["QH903"]

    decided = moved_appeal(decision, heard, li(6))
    assert (decided.decision, decided.reasons, decided.is_open) == (decision, "the map says so", True)
    undone = [found.code for found in refused_appeal("finish", decided, li(7))]
    assert undone == ([] if decision == "rejected" else ["QH926"])
    done = moved_appeal("finish", decided, li(7), is_put_right=True)
    assert (done.state, done.is_open) == ("done", False)


def test_a_score_whose_figures_are_right_is_finished_by_a_remedy_that_is_stated() -> None:
    heard = moved_appeal("hear", replace(OWN, about="growth", on_score=True), li(5))
    upheld = moved_appeal("upheld", heard, li(6))

    def why(appeal: Appeal, by: Deed) -> list[str]:
        return [found.code for found in refused_appeal("remedy", appeal, by)]

    assert why(upheld, li(7)) == []
    assert moved_appeal("remedy", upheld, li(7)).state == "done"
    assert moved_appeal("remedy", upheld, li(7)).reasons == upheld.reasons
    assert why(upheld, li(7, reason=" ")) == ["QH903"]
    assert why(upheld, li(7, code="wang")) == ["QH925"], "who had a part states no remedy"
    assert why(replace(upheld, on_score=False), li(7)) == ["QH926"]
    assert why(replace(upheld, is_corrected=True), li(7)) == ["QH926"], "it is to be scored first"
    assert why(heard, li(7)) == ["QH902"]
    assert why(moved_appeal("rejected", heard, li(6)), li(7)) == ["QH902"]


def test_a_unit_withdraws_its_own_appeal_before_it_is_decided() -> None:
    assert moved_appeal("withdraw", OWN, chen(5)).state == "withdrawn"
    assert [found.code for found in refused_appeal("withdraw", OWN, chen(5, "T2"))] == ["QH923"]
    decided = moved_appeal("rejected", moved_appeal("hear", OWN, li(5)), li(6))
    assert [found.code for found in refused_appeal("withdraw", decided, chen(7))] == ["QH902"]


def test_a_run_whose_process_died_is_begun_three_times_and_then_given_up() -> None:
    run = Run()
    for number in range(ATTEMPTS):
        run = moved_run("begin", run, deed("program", hours=number))
        run = moved_run("live", run, deed("program", hours=number + 0.1))
        assert [
            found.code for found in refused_run("take_up", run, deed("program", hours=number + 0.11))
        ] == ["QH927"]
        run = moved_run("take_up", run, deed("program", hours=number + 0.12))

    assert [found.code for found in refused_run("begin", run, deed("program", hours=9))] == ["QH928"]
    failed = moved_run("fail", run, deed("program", hours=9, reason="its process ended three times"))
    assert (failed.state, failed.reason) == ("failed", "its process ended three times")


def test_nothing_is_published_before_its_moment_or_without_files() -> None:
    made = Publication(version=1, files={"bulletin.pdf": "9f86d081"})

    assert [found.code for found in refused_publication("plan", replace(made, files={}), li(), hours(9))] == [
        "QH929"
    ]
    assert [found.code for found in refused_publication("plan", made, li(), hours(4))] == ["QH930"]
    assert [found.code for found in refused_publication("plan", made, li())] == ["QH930"]
    planned = moved_publication("plan", made, li(), hours(9))
    early = refused_publication("publish", planned, deed("program", hours=8.9))
    assert [found.code for found in early] == ["QH931"]
    published = moved_publication("publish", planned, deed("program", hours=9))
    replaced = moved_publication("replace", published, deed("program", hours=20, reason="by version 2"))
    assert (published.state, replaced.state, replaced.files) == ("published", "replaced", made.files)


def test_a_publication_is_dropped_with_a_reason_before_it_is_out() -> None:
    made = Publication(version=1, files={"bulletin.pdf": "9f86d081"})

    assert [found.code for found in refused_publication("drop", made, li(reason=""))] == ["QH903"]
    assert moved_publication("drop", made, li()).state == "dropped"
    out = replace(made, state="published")
    assert [found.code for found in refused_publication("drop", out, li())] == ["QH902"]
