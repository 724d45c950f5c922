"""Publishing: frozen files at a stated time, and a correction that is a new version and names the old one."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from pytest_django import Settings
from tests.web.people_of_all_roles import actor
from tests.web.publication.world import (
    FINAL_AT,
    PUBLISHED_AT,
    SAID,
    a_final_round,
    made,
    made_final,
)
from tests.web.results.world import OFFICE, a_checked_round, put_right, rounds_of_two_years, scores

from quanheng.findings.finding import FindingsError
from quanheng.process.rounds.people import Role
from quanheng.web.audit.models import Entry
from quanheng.web.base.actor import THE_PROGRAM, Actor
from quanheng.web.jobs.models import Job
from quanheng.web.jobs.work import Held
from quanheng.web.publication.domain.asking import Said, ask_publication
from quanheng.web.publication.domain.making import make
from quanheng.web.publication.domain.moves import (
    changed_files,
    drop,
    lay_published,
    plan,
    publish,
    publish_due,
)
from quanheng.web.publication.frozen import ABOUT, all_frozen, of_round
from quanheng.web.publication.models import KeptPublication
from quanheng.web.results.domain.parts import current_parts, keep_parts
from quanheng.web.results.models import KeptRun
from quanheng.web.rounds.domain.correcting import correct_round
from quanheng.web.rounds.models import AskedItem, AskedUnit, Cell, Change, KeptRound, Task

FILES = {"page.html", "bulletin.pdf", "workbook.xlsx", "data.csv", "data.parquet", "data.json"}


@pytest.fixture(autouse=True)
def public(settings: Settings, tmp_path: Path) -> Path:
    """Let everything lie in a folder of the test; return what everybody reads."""
    settings.RUNS_FOLDER = tmp_path / "runs"
    settings.PUBLICATIONS_FOLDER = tmp_path / "publications"
    settings.PUBLIC_FOLDER = tmp_path / "public"
    return tmp_path / "public"


def codes(refusal: pytest.ExceptionInfo[FindingsError]) -> list[str]:
    return [finding.code for finding in refusal.value.findings]


def state(kept: KeptPublication | KeptRound) -> str:
    kept.refresh_from_db()
    return kept.state


def test_what_is_made_lies_apart_until_its_moment(public: Path) -> None:
    kept = a_final_round()
    publication = made(kept)

    plan(by=OFFICE, at=FINAL_AT, pk=publication.pk, publish_at=PUBLISHED_AT)
    publish_due(at=PUBLISHED_AT - dt.timedelta(seconds=1))
    before = (state(publication), public.exists())
    publish_due(at=PUBLISHED_AT)

    assert set(publication.files) == FILES
    assert before == ("planned", False)
    assert (state(publication), state(kept)) == ("published", "published")
    (frozen,) = of_round(public, "2024-Q1")
    assert {file.name for file in frozen.folder.iterdir()} == {*FILES, ABOUT}
    assert frozen.about["licence"] == SAID.licence
    assert frozen.about["files"] == publication.files
    assert dt.datetime.fromisoformat(frozen.about["published_at"]) == PUBLISHED_AT
    assert changed_files(publication) == ()
    entry = Entry.objects.for_the_program().filter(action="publication.publish").latest("id")
    assert (entry.chain, entry.about, entry.outcome) == (kept.chain, "2024-Q1", "done")


def test_the_figures_are_those_of_the_run_that_counts(public: Path) -> None:
    publication = made(a_final_round())
    plan(by=OFFICE, at=FINAL_AT, pk=publication.pk, publish_at=FINAL_AT)
    publish(by=OFFICE, at=FINAL_AT, pk=publication.pk)
    lay_published()

    (frozen,) = of_round(public, "2024-Q1")
    told = json.loads((frozen.folder / "data.json").read_text("utf-8"))
    table = pl.read_csv(frozen.folder / "data.csv")

    # 60 · 50/100 + 40 · 60/100 and 60 · 25/100 + 40 · 40/100
    assert table.select("unit", "place", "total").rows() == [("T1", 1, 54.0), ("T2", 2, 31.0)]
    assert told["licence"] == {"zh": SAID.licence, "en": SAID.licence}
    assert (frozen.folder / "bulletin.pdf").read_bytes().startswith(b"%PDF-")
    assert (
        "区考核办" in (frozen.folder / "page.html").read_text("utf-8")
        or told["issued_by"]["zh"] == "区考核办"
    )


def test_a_correction_is_a_new_version_that_names_the_old_one(public: Path) -> None:
    old = a_final_round()
    first = made(old)
    plan(by=OFFICE, at=FINAL_AT, pk=first.pk, publish_at=FINAL_AT)
    publish(by=OFFICE, at=FINAL_AT, pk=first.pk)
    lay_published()
    was = {file.name: file.read_bytes() for file in (public / "2024-Q1" / "1").iterdir()}
    at = FINAL_AT + dt.timedelta(days=10)

    new = correct_round(by=OFFICE, at=at, pk=old.pk, reason="T2的总量录错")
    assert Cell.objects.for_the_program().filter(round=new, state="accepted").count() == 4
    put_right(new, "gdp T2", "150", at=at, reason="T2的总量录错")
    made_final(new, at + dt.timedelta(hours=1))
    later = at + dt.timedelta(days=6)
    second = made(new, at=later)
    plan(by=OFFICE, at=later, pk=second.pk, publish_at=later)
    publish(by=OFFICE, at=later, pk=second.pk)
    lay_published()

    newest, oldest = of_round(public, "2024-Q1")
    assert (newest.version, newest.about["corrects"], newest.about["reason"]) == (2, 1, "T2的总量录错")
    assert (oldest.version, oldest.later, newest.later) == (1, 2, None)
    assert (state(first), state(second), state(old)) == ("replaced", "published", "published")
    assert {file.name: file.read_bytes() for file in (public / "2024-Q1" / "1").iterdir()} == was
    # 60 · 75/100 + 40 · 40/100
    assert pl.read_csv(newest.folder / "data.csv")["total"].to_list() == [61.0, 54.0]
    run = KeptRun.objects.for_the_program().get(round=new)
    assert scores(run)["T2 total"] == (61.0, 1)


def test_a_new_version_stands_as_the_old_one_was_accepted() -> None:
    old = a_final_round()

    new = correct_round(by=OFFICE, at=FINAL_AT, pk=old.pk, reason="invented")

    assert (new.version, new.corrects, new.state, new.code) == (2, 1, "checking", old.code)
    for table in (AskedItem, AskedUnit, Task):
        assert table.objects.for_the_program().filter(round=new).count() == (
            table.objects.for_the_program().filter(round=old).count()
        )
    names = ("item__code", "unit__unit", "nature", "number", "written", "note", "entered_by", "accepted_by")
    cells = Cell.objects.for_the_program().order_by("item__code", "unit__unit")
    assert list(cells.filter(round=new).values_list(*names)) == list(
        cells.filter(round=old).values_list(*names)
    )
    changes = Change.objects.for_the_program().filter(round=new)
    assert set(changes.values_list("move", "state", "who", "version")) == {("carry", "accepted", "li", 1)}


def test_only_the_office_makes_plans_drops_and_corrects() -> None:
    kept = a_final_round()
    publication = made(kept)
    deeds: tuple[Callable[[Actor], object], ...] = (
        lambda by: ask_publication(by=by, at=FINAL_AT, pk=kept.pk, said=SAID),
        lambda by: plan(by=by, at=FINAL_AT, pk=publication.pk, publish_at=PUBLISHED_AT),
        lambda by: drop(by=by, at=FINAL_AT, pk=publication.pk, reason="none"),
        lambda by: correct_round(by=by, at=FINAL_AT, pk=kept.pk, reason="none"),
    )
    others: tuple[Role, ...] = ("administrator", "reporter", "unit", "leader", "auditor")

    for role in others:
        for deed in deeds:
            with pytest.raises(FindingsError):
                deed(actor(role))
    assert state(publication) == "prepared"


def test_a_round_that_is_not_final_is_not_published() -> None:
    kept = rounds_of_two_years()

    with pytest.raises(FindingsError) as refusal:
        ask_publication(by=OFFICE, at=FINAL_AT, pk=kept.pk, said=SAID)

    assert codes(refusal) == ["QH991"]


def test_without_a_licence_nothing_is_made() -> None:
    kept = a_final_round()

    with pytest.raises(FindingsError) as refusal:
        ask_publication(by=OFFICE, at=FINAL_AT, pk=kept.pk, said=Said(licence="  "))

    assert codes(refusal) == ["QH993"]


def test_one_publication_of_a_version_stands() -> None:
    kept = a_final_round()
    first, second = made(kept), made(kept)
    plan(by=OFFICE, at=FINAL_AT, pk=first.pk, publish_at=PUBLISHED_AT)

    with pytest.raises(FindingsError) as other:
        plan(by=OFFICE, at=FINAL_AT, pk=second.pk, publish_at=PUBLISHED_AT)
    with pytest.raises(FindingsError) as again:
        ask_publication(by=OFFICE, at=FINAL_AT, pk=kept.pk, said=SAID)
    drop(by=OFFICE, at=FINAL_AT, pk=first.pk, reason="a typing error")
    plan(by=OFFICE, at=FINAL_AT, pk=second.pk, publish_at=PUBLISHED_AT)

    assert (codes(other), codes(again)) == (["QH992"], ["QH992"])
    assert (state(first), state(second)) == ("dropped", "planned")


def test_files_that_somebody_changed_are_not_published(settings: Settings, public: Path) -> None:
    publication = made(a_final_round())
    plan(by=OFFICE, at=FINAL_AT, pk=publication.pk, publish_at=PUBLISHED_AT)
    (settings.PUBLICATIONS_FOLDER / publication.folder / "data.csv").write_text("unit,total\nT2,99\n")

    publish_due(at=PUBLISHED_AT)

    assert state(publication) == "planned"
    assert not public.exists()
    assert changed_files(publication) == ("data.csv",)
    entry = Entry.objects.for_the_program().filter(action="publication.publish").latest("id")
    assert (entry.outcome, entry.reasons) == ("refused", "QH994")


def test_nobody_publishes_before_the_moment() -> None:
    publication = made(a_final_round())
    plan(by=OFFICE, at=FINAL_AT, pk=publication.pk, publish_at=PUBLISHED_AT)

    for by in (OFFICE, THE_PROGRAM):
        with pytest.raises(FindingsError) as refusal:
            publish(by=by, at=PUBLISHED_AT - dt.timedelta(seconds=1), pk=publication.pk)
        assert codes(refusal) == ["QH931"]


def test_what_was_published_and_not_laid_open_is_laid_open_later(public: Path) -> None:
    publication = made(a_final_round())
    plan(by=OFFICE, at=FINAL_AT, pk=publication.pk, publish_at=FINAL_AT)
    publish(by=OFFICE, at=FINAL_AT, pk=publication.pk)
    (public / f".2024-Q1-1-{os.getpid()}").mkdir(parents=True)  # as a process leaves it that was killed

    publish_due(at=PUBLISHED_AT)
    publish_due(at=PUBLISHED_AT)

    assert [each[0].version for each in all_frozen(public)] == [1]


def test_a_job_that_is_done_again_makes_nothing_twice() -> None:
    kept = a_final_round()
    publication = made(kept)
    job = Job.objects.for_the_program().get(pk=publication.job.pk)
    make(Held(job=job.pk, attempt=2, asked_by="li"), job.arguments)

    assert KeptPublication.objects.for_the_program().count() == 1


def test_a_version_that_is_not_the_newest_is_not_put_right() -> None:
    old = a_final_round()
    correct_round(by=OFFICE, at=FINAL_AT, pk=old.pk, reason="invented")

    with pytest.raises(FindingsError) as refusal:
        correct_round(by=OFFICE, at=FINAL_AT, pk=old.pk, reason="again")

    assert codes(refusal) == ["QH995"]


def test_no_way_leads_out_of_the_folder(public: Path) -> None:
    publication = made(a_final_round())
    plan(by=OFFICE, at=FINAL_AT, pk=publication.pk, publish_at=FINAL_AT)
    publish(by=OFFICE, at=FINAL_AT, pk=publication.pk)
    lay_published()

    codes = ("..", "../runs", "a/b", ".2024-Q1-1-7", "", "2024-Q9")
    assert {code: of_round(public, code) for code in codes} == dict.fromkeys(codes, ())
    assert len(of_round(public, "2024-Q1")) == 1


def test_what_came_for_a_later_round_is_no_part_of_a_new_version() -> None:
    old = rounds_of_two_years()
    keep_parts(by=OFFICE, at=FINAL_AT, pk=old.pk, name="x", parts={"targets.csv": b"of the first quarter"})
    KeptRound.objects.for_the_program().filter(pk=old.pk).update(state="final")
    second = a_checked_round(period="2024-Q2", at=FINAL_AT)
    keep_parts(by=OFFICE, at=FINAL_AT, pk=second.pk, name="x", parts={"targets.csv": b"of the second one"})

    new = correct_round(by=OFFICE, at=second.made_at + dt.timedelta(days=1), pk=old.pk, reason="invented")
    taken = [part.round for part in current_parts(new)]
    keep_parts(by=OFFICE, at=PUBLISHED_AT, pk=new.pk, name="x", parts={"targets.csv": b"put right"})

    assert taken == [old]
    assert [part.round for part in current_parts(new)] == [new]
    assert [part.round for part in current_parts(old)] == [old]
    assert [part.round for part in current_parts(second)] == [second]
