"""Runs of the score: what they take, what comes of them, and that nothing of them changes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from pytest_django import Settings
from tests.web.people_of_all_roles import NOW, actor, signed_in, somebody
from tests.web.results.world import (
    FIGURES,
    OFFICE,
    RUN_AT,
    SCHEME,
    a_checked_round,
    accept,
    put_right,
    rounds_of_two_years,
    run,
    scores,
)
from tests.web.rounds.world import UNITS, place

from quanheng.data.files.hashes import digest_of_file
from quanheng.findings.finding import FindingsError
from quanheng.usecase.results.verify import verify
from quanheng.web.audit.models import Entry
from quanheng.web.jobs.domain.asking import stop_job
from quanheng.web.jobs.domain.working import begin_next, do, take_up_lost
from quanheng.web.jobs.models import Job
from quanheng.web.library.domain.versions import keep_version
from quanheng.web.results.domain.asking import ask_score
from quanheng.web.results.domain.outlook import marked_run, outlook_with_results
from quanheng.web.results.models import KeptRun, Score, Taken
from quanheng.web.rounds.models import Change, KeptRound


def current_run(kept: KeptRound) -> KeptRun | None:
    """Return the run by which a round can be moved on; None if there is none."""
    found = marked_run(kept)
    return found if outlook_with_results(kept, found).has_current_run else None


BY_HAND: Final = {
    "T1 total": (54.0, 1),
    "T1 output": (30.0, 1),
    "T1 growth": (24.0, 1),
    "T2 total": (31.0, 2),
    "T2 output": (15.0, 2),
    "T2 growth": (16.0, 2),
}


@pytest.fixture(autouse=True)
def runs(settings: Settings, tmp_path: Path) -> Path:
    """Keep the runs of a test in a folder of its own."""
    settings.RUNS_FOLDER = tmp_path / "runs"
    return tmp_path / "runs"


def test_the_scores_are_those_computed_by_hand() -> None:
    kept = rounds_of_two_years()

    done = run(kept)

    assert scores(done) == BY_HAND
    assert (done.number, done.state, done.findings, done.asked_by) == (1, "ended", [], "li")


def test_a_run_knows_the_change_in_each_cell_of_its_book_and_the_hash_of_each_file(runs: Path) -> None:
    kept = rounds_of_two_years()

    done = run(kept)

    folder = runs / done.folder
    told = Taken.objects.for_the_program().filter(run=done).select_related("change__item", "change__unit")
    for each in told:
        name, _, line = each.cell.removesuffix(":value").partition("!")
        row = (folder / "book" / name).read_text(encoding="utf-8").splitlines()[int(line) - 1].split(",")
        change = each.change
        assert row[:3] == [change.item.code, change.unit.unit_id, change.item.period]
        assert float(row[3]) == change.number
        assert change.state == "accepted"
    assert (len(told), {each.change.round.code for each in told}) == (8, {"2023-Q1", "2024-Q1"})
    files = {
        file.relative_to(folder).as_posix(): digest_of_file(file)
        for file in folder.rglob("*")
        if file.is_file()
    }
    assert done.files == files
    assert verify(folder / "book" / "results" / "2024-Q1") == ()
    assert [path.name for path in runs.iterdir()] == [done.folder]


def test_absence_is_written_as_what_it_is_and_what_is_not_accepted_is_not_there(runs: Path) -> None:
    kept = a_checked_round({"gdp T1": "/", "rate T1": "", "gdp T2": "50"}, accepted=False)
    accept(kept)

    done = run(kept, preview=False)

    book = (runs / done.folder / "book" / "data" / "2024-Q1-v1.csv").read_text(encoding="utf-8").splitlines()
    assert book == ["item,unit,period,value", "gdp,T1,2024-Q1,/", "gdp,T2,2024-Q1,50.0"]
    assert (done.state, scores(done)) == ("failed", {})
    codes = {finding["code"] for finding in done.findings if finding["severity"] == "error"}
    assert codes
    assert current_run(kept) is None


def test_a_preview_takes_what_is_submitted_and_counts_for_nothing() -> None:
    a_checked_round({"gdp T1": "90", "rate T1": "4", "gdp T2": "60", "rate T2": "5"}, period="2023-Q1")
    kept = a_checked_round(accepted=False)

    preview = run(kept, preview=True)

    assert (preview.is_preview, scores(preview)) == (True, BY_HAND)
    assert current_run(kept) is None


def test_a_run_is_current_until_a_figure_changes_and_the_next_one_is() -> None:
    kept = rounds_of_two_years()
    first = run(kept)
    assert current_run(kept) == first

    change = put_right(kept, "gdp T2", "150")
    assert current_run(kept) is None
    second = run(kept)

    assert (current_run(kept), second.number) == (second, 2)
    assert Taken.objects.for_the_program().filter(run=second, change=change).exists()
    assert scores(second)["T2 total"] == (61.0, 1)
    assert scores(first) == BY_HAND
    of_before = KeptRound.objects.for_the_program().get(code="2023-Q1")
    put_right(of_before, "rate T1", "5")
    assert current_run(kept) is None, "an earlier figure is taken, too"


def test_figures_of_later_periods_leave_a_run_current() -> None:
    kept = rounds_of_two_years()
    done = run(kept)

    a_checked_round(period="2024-Q2", at=RUN_AT)

    assert current_run(kept) == done


def test_the_score_is_run_while_figures_are_checked_and_by_the_office() -> None:
    kept = rounds_of_two_years()
    KeptRound.objects.for_the_program().filter(pk=kept.pk).update(state="final")

    with pytest.raises(FindingsError, match="QH981"):
        ask_score(by=OFFICE, at=RUN_AT, pk=kept.pk)
    KeptRound.objects.for_the_program().filter(pk=kept.pk).update(state="checking")
    with pytest.raises(FindingsError):
        ask_score(by=actor("leader"), at=RUN_AT, pk=kept.pk)

    outcomes = Entry.objects.for_the_program().filter(action="results.ask").values_list("outcome", flat=True)
    assert list(outcomes) == ["refused", "refused"]


def test_who_asks_twice_gets_one_job() -> None:
    kept = rounds_of_two_years()

    first, again = (ask_score(by=OFFICE, at=RUN_AT, pk=kept.pk) for _ in range(2))

    assert first == again
    assert ask_score(by=OFFICE, at=RUN_AT, pk=kept.pk, preview=True) != first


def test_a_run_whose_job_was_stopped_or_whose_round_was_settled_leaves_nothing(runs: Path) -> None:
    kept = rounds_of_two_years()
    job = ask_score(by=OFFICE, at=RUN_AT, pk=kept.pk)
    held = begin_next(at=RUN_AT, worker="1")
    assert held is not None
    stop_job(by=OFFICE, at=RUN_AT, pk=job.pk)

    do(held, lambda: RUN_AT)
    ask_score(by=OFFICE, at=RUN_AT, pk=kept.pk)
    late = begin_next(at=RUN_AT, worker="1")
    assert late is not None
    KeptRound.objects.for_the_program().filter(pk=kept.pk).update(state="final")
    do(late, lambda: RUN_AT)

    assert KeptRun.objects.for_the_program().count() == 0
    assert list(runs.iterdir()) == []
    assert Job.objects.for_the_program().get(pk=late.pk).reason_words.zh.startswith("本考核期为“定稿”")


def test_a_job_that_is_taken_up_after_its_run_was_kept_keeps_it_once(runs: Path) -> None:
    kept = rounds_of_two_years()
    done = run(kept)
    Job.objects.for_the_program().update(state="running", heard_at=RUN_AT)
    later = RUN_AT + dt.timedelta(seconds=61)

    take_up_lost(at=later)
    again = begin_next(at=later, worker="2")
    assert again is not None
    do(again, lambda: later)

    assert list(KeptRun.objects.for_the_program().all()) == [done]
    assert [path.name for path in runs.iterdir()] == [done.folder]


def test_what_was_left_by_a_killed_attempt_is_cleared_away(runs: Path) -> None:
    kept = rounds_of_two_years()
    job = ask_score(by=OFFICE, at=RUN_AT, pk=kept.pk)
    begin_next(at=RUN_AT, worker="1")
    (runs / f".job-{job.pk}-1" / "book").mkdir(parents=True)
    (runs / f"job-{job.pk}-1").mkdir()
    later = RUN_AT + dt.timedelta(seconds=61)
    take_up_lost(at=later)

    again = begin_next(at=later, worker="2")
    assert again is not None
    do(again, lambda: later)

    assert [path.name for path in runs.iterdir()] == [f"job-{job.pk}-2"]
    assert scores(KeptRun.objects.for_the_program().get(job=job)) == BY_HAND


@pytest.mark.parametrize("model", [KeptRun, Taken, Score])
def test_what_a_run_kept_only_grows(model: type[KeptRun | Taken | Score]) -> None:
    run(rounds_of_two_years())

    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        model.objects.for_the_program().update(id=7)
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        model.objects.for_the_program().all()._raw_delete(using="default")  # noqa: SLF001  past what Django itself looks at


def test_the_log_tells_of_a_run_in_the_chain_of_its_round() -> None:
    done = run(rounds_of_two_years())

    told = Entry.objects.for_the_program().filter(chain="round-2024-Q1", action="results.keep").get()
    assert (told.after["run"], told.after["figures"], told.after["sha256"]) == (1, 8, done.seal)


def test_of_a_newer_version_of_a_figure_only_the_last_one_is_taken() -> None:
    kept = rounds_of_two_years()
    item, unit = place(kept, "gdp", "T1")
    done = run(kept)

    last = Change.objects.for_the_program().filter(item=item, unit=unit).latest("version")
    taken = Taken.objects.for_the_program().filter(run=done, change__item=item, change__unit=unit)
    assert [each.change.pk for each in taken] == [last.pk]
    assert len(FIGURES) == Taken.objects.for_the_program().filter(run=done, change__round=kept).count()


def test_a_run_asked_for_while_one_runs_follows_it_and_takes_what_was_corrected_meanwhile() -> None:
    kept = rounds_of_two_years()
    ask_score(by=OFFICE, at=RUN_AT, pk=kept.pk)
    first = begin_next(at=RUN_AT, worker="1")
    assert first is not None
    client = signed_in(somebody("office"))
    put_right(kept, "gdp T1", "140")

    page = client.post(reverse("start_run", args=[kept.pk]), follow=True).content.decode()
    do(first, lambda: RUN_AT)
    second = begin_next(at=RUN_AT, worker="1")
    assert second is not None
    put_right(kept, "gdp T2", "60")
    do(second, lambda: RUN_AT)

    assert "完成后将按届时的指标值再次计分" in page
    assert "完成后再次计分（office" in page
    runs = KeptRun.objects.for_the_program().order_by("number")
    assert [(run.job.pk, run.asked_by) for run in runs] == [(first.pk, "li"), (second.pk, "office")]
    assert scores(runs[1])["T2 output"][0] == 18.0  # 60·60/200
    assert begin_next(at=RUN_AT, worker="1") is None


@pytest.mark.parametrize(
    ("others", "codes"), [("5.8", ["QH434"]), ("0.058", []), ("5.8%", []), ("5.8％", [])]
)
def test_figures_with_and_without_a_per_cent_sign_are_told_as_in_a_book(
    others: str, codes: list[str]
) -> None:
    text = SCHEME.replace("measured_in: 亿元, ", "")  # growth has no year before, and is not asked about
    keep_version(by=OFFICE, at=NOW, text=text, units=UNITS, seen=0)
    kept = a_checked_round(FIGURES | {"gdp T1": "6.1%", "gdp T2": others})

    found = run(kept)

    assert [each["code"] for each in found.findings if each["code"] == "QH434"] == codes
