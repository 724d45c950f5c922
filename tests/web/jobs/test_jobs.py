from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Final

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.web.people_of_all_roles import NOW, actor, signed_in, somebody

from quanheng.findings.finding import FindingsError
from quanheng.findings.text import Text
from quanheng.web.audit.models import Entry
from quanheng.web.jobs.domain.asking import Wanted, queue, stop_job
from quanheng.web.jobs.domain.working import (
    beat,
    begin_next,
    broke_off,
    do,
    note_trouble,
    require_held,
    take_up_lost,
)
from quanheng.web.jobs.findings import NO_LONGER_HELD, UNKNOWN_KIND
from quanheng.web.jobs.models import Job
from quanheng.web.jobs.work import KINDS, Held, work

SECOND: Final = dt.timedelta(seconds=1)
done: Final[list[tuple[int, object]]] = []


@pytest.fixture(autouse=True)
def _kind() -> Iterator[None]:
    @work("test.note", Text(zh="记一笔", en="note it"))
    def note(held: Held, arguments: Mapping[str, object]) -> None:
        if arguments.get("refused"):
            raise FindingsError((UNKNOWN_KIND.at(job="x"),))
        done.append((held.attempt, arguments.get("number")))

    done.clear()
    yield
    del KINDS["test.note"]


def asked(key: str = "a", kind: str = "test.note", at: dt.datetime = NOW, **arguments: object) -> Job:
    wanted = Wanted(kind=kind, key=key, arguments=arguments, about="2024-Q1", chain="round-2024-Q1")
    return queue(wanted, by=actor("office"), at=at)[0]


def begun(at: dt.datetime = NOW) -> Job:
    job = begin_next(at=at, worker="7")
    assert job is not None
    return job


def state(job: Job) -> tuple[str, int]:
    found = Job.objects.for_the_program().get(pk=job.pk)
    return found.state, found.attempts


def test_a_job_is_done_once_and_told_in_the_chain_of_what_it_is_about() -> None:
    job = asked(number=3)

    do(begun(), lambda: NOW + SECOND)

    assert (done, state(job), begin_next(at=NOW, worker="7")) == ([(1, 3)], ("ended", 1), None)
    told = Entry.objects.for_the_program().filter(chain="round-2024-Q1").values_list("action", flat=True)
    assert list(told.order_by("number")) == ["job.begin", "job.end"]


def test_a_job_that_waits_or_runs_is_not_made_twice_and_one_that_ended_is() -> None:
    first = asked()
    same, new = queue(
        Wanted(kind="test.note", key="a", arguments={}, about="x", chain="site"), by=actor("office"), at=NOW
    )
    job = begun()
    while_it_runs = asked()
    do(job, lambda: NOW)

    assert (same.pk, new, while_it_runs.pk) == (first.pk, False, first.pk)
    assert asked().pk != first.pk


def test_jobs_are_done_in_the_order_in_which_they_were_asked_for() -> None:
    later = asked("later", at=NOW + SECOND)
    first = asked("first")

    assert (begun().pk, begun().pk) == (first.pk, later.pk)


def test_a_silent_job_is_taken_up_after_a_minute_three_times_and_then_fails_with_the_reason() -> None:
    job = asked()
    at = NOW
    for attempt in (1, 2, 3):
        begun(at)
        assert take_up_lost(at=at + 60 * SECOND) == 0, "a minute has not passed"
        at += 61 * SECOND
        assert take_up_lost(at=at) == 1
        assert state(job) == ("failed" if attempt == 3 else "waiting", attempt)

    reason = Job.objects.for_the_program().get(pk=job.pk).reason_words
    assert (reason.zh[:5], reason.en[:13]) == ("已开始3次", "begun 3 times")
    assert begin_next(at=at, worker="7") is None


def test_what_got_in_the_way_is_the_reason_of_a_job_that_never_ended() -> None:
    job = asked()
    at = NOW
    for _ in range(3):
        note_trouble(begun(at), OSError(28, "no space left"))
        at += 61 * SECOND
        take_up_lost(at=at)

    assert state(job) == ("failed", 3)
    assert "no space left" in Job.objects.for_the_program().get(pk=job.pk).reason_words.en


def test_who_is_heard_of_is_not_lost() -> None:
    job = asked()
    begun()

    assert beat(job.pk, 1, at=NOW + 50 * SECOND)
    assert take_up_lost(at=NOW + 100 * SECOND) == 0
    assert state(job) == ("running", 1)


def test_who_lost_a_job_can_neither_end_it_nor_say_that_it_goes_on() -> None:
    job = asked()
    lost = begun()
    take_up_lost(at=NOW + 61 * SECOND)
    again = begun(NOW + 62 * SECOND)

    do(lost, lambda: NOW + 63 * SECOND)

    assert (state(job), beat(job.pk, 1, at=NOW)) == (("running", 2), False)
    with pytest.raises(FindingsError) as refused:
        require_held(Held(job=job.pk, attempt=1, asked_by="chen"))
    assert [each.kind for each in refused.value.findings] == [NO_LONGER_HELD]
    do(again, lambda: NOW + 64 * SECOND)
    assert state(job) == ("ended", 2)


def test_a_job_that_is_refused_or_breaks_off_fails_with_the_reason() -> None:
    refused, broken, unknown = asked("a", refused=True), asked("b"), asked("c", kind="test.gone")
    do(begun(), lambda: NOW)
    broke_off(begun(), ZeroDivisionError("by nothing"), at=NOW)
    do(begun(), lambda: NOW)

    failed = Job.objects.for_the_program().in_bulk()
    assert {each.state for each in failed.values()} == {"failed"}
    assert failed[refused.pk].reason_words.zh == "本系统没有“x”这类后台任务"
    assert "ZeroDivisionError: by nothing" in failed[broken.pk].reason_words.en
    assert "test.gone" in failed[unknown.pk].reason_words.en


def test_a_clock_that_went_back_holds_no_job_up() -> None:
    job = asked()
    held = begun(NOW + 3600 * SECOND)

    do(held, lambda: NOW)

    assert state(job) == ("ended", 1)


def test_the_office_sees_jobs_and_stops_one_and_nobody_holds_it_then() -> None:
    job = asked()
    held = begun()
    client = signed_in(somebody("office"))
    client.get(reverse("jobs"))

    with CaptureQueriesContext(connection) as queries:
        page = client.get(reverse("jobs")).content.decode()
    stopped = client.post(reverse("stop_job", args=[job.pk]), follow=True).content.decode()
    again = client.post(reverse("stop_job", args=[job.pk])).content.decode()
    do(held, lambda: NOW + SECOND)

    assert ("记一笔" in page, "进行中" in page, len(queries) <= 12) == (True, True, True)
    assert ("已取消" in stopped, "QH901" in again) == (True, True)
    assert state(job) == ("stopped", 1)
    refused = Entry.objects.for_the_program().filter(action="job.stop").values_list("outcome", flat=True)
    assert list(refused.order_by("at", "pk")) == ["done", "refused"]


def test_only_the_office_stops_jobs() -> None:
    job = asked()

    with pytest.raises(FindingsError):
        stop_job(by=actor("reporter"), at=NOW, pk=job.pk)
    assert signed_in(somebody("leader")).post(reverse("stop_job", args=[job.pk])).status_code == 404
    assert state(job) == ("waiting", 0)


def asked_again(at: dt.datetime = NOW, who: str = "chen", **arguments: object) -> Job:
    wanted = Wanted(
        kind="test.note", key="a", arguments=arguments, about="2024-Q1", chain="round-2024-Q1", again=True
    )
    return queue(wanted, by=actor("office", code=who), at=at)[0]


def test_what_is_asked_for_while_it_runs_is_done_once_more_after_it() -> None:
    first = asked_again(number=1)
    assert asked_again().pk == first.pk, "it waits, and sees all that is there when it begins"
    job = begun()

    same = asked_again(at=NOW + SECOND, who="li")
    asked_again(at=NOW + 2 * SECOND, who="wu")
    assert (same.pk, same.again_by, Job.objects.for_the_program().count()) == (first.pk, "li", 1)
    do(job, lambda: NOW + 3 * SECOND)
    second = Job.objects.for_the_program().get(state="waiting")
    do(begun(at=NOW + 4 * SECOND), lambda: NOW + 5 * SECOND)

    assert (second.asked_by, second.asked_at, second.again_by) == ("li", NOW + SECOND, "")
    assert (done, state(first), state(second)) == ([(1, 1), (1, 1)], ("ended", 1), ("ended", 1))
    assert Job.objects.for_the_program().count() == 2, "nothing follows what nobody asked for again"
    told = Entry.objects.for_the_program().filter(action="job.end", chain="round-2024-Q1")
    assert told.order_by("number")[0].after["followed_by"] == second.pk


def test_one_that_fails_or_is_lost_is_followed_too_and_one_that_is_stopped_is_not() -> None:
    asked_again(refused=True)
    failing = begun()
    asked_again()
    do(failing, lambda: NOW)
    following = Job.objects.for_the_program().get(state="waiting")
    begun()
    asked_again(at=NOW + SECOND)

    take_up_lost(at=NOW + dt.timedelta(seconds=61))
    assert state(following) == ("waiting", 1), "it begins again, and then sees all there is"
    stop_job(by=actor("office"), at=NOW + dt.timedelta(seconds=62), pk=following.pk)

    assert state(failing) == ("failed", 1)
    assert not Job.objects.for_the_program().filter(state__in=("waiting", "running")).exists()
