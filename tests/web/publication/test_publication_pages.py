"""Pages of publications: of the office, and of everybody, who is asked for no account and asks no table."""

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
from tests.web.publication.world import FINAL_AT, SAID, a_final_round, made

from quanheng.documents.page.assets import policy
from quanheng.web.jobs.domain.working import begin_next, do
from quanheng.web.publication.models import KeptPublication
from quanheng.web.rounds.models import KeptRound

MOST_QUERIES: Final = 12
NOW: Final = FINAL_AT + dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _site(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.RUNS_FOLDER = tmp_path / "runs"
    settings.PUBLICATIONS_FOLDER = tmp_path / "publications"
    settings.PUBLIC_FOLDER = tmp_path / "public"
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def get(client: Client, name: str, *args: object, most: int = MOST_QUERIES) -> str:
    address = reverse(name, args=args)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200, address
    queries = [query["sql"] for query in asked.captured_queries if "SAVEPOINT" not in query["sql"]]
    assert len(queries) <= most, "\n".join(queries)
    return answer.content.decode()


def published(kept: KeptRound) -> KeptPublication:
    publication = made(kept)
    client = signed_in(somebody("office"))
    assert client.post(reverse("publish_now", args=[kept.pk, publication.pk])).status_code == 302
    return publication


def test_the_office_makes_looks_and_publishes() -> None:
    kept = a_final_round()
    client = signed_in(somebody("office"))

    asked = {"licence": "CC BY 4.0", "issued_by": "区考核办", "number": ""}
    assert client.post(reverse("make_publication", args=[kept.pk]), asked).status_code == 302
    waiting = get(client, "publications", kept.pk)
    job = begin_next(at=NOW, worker="1")
    assert job is not None
    do(job, lambda: NOW)
    ready = get(client, "publications", kept.pk)
    publication = KeptPublication.objects.for_the_program().get()
    page = client.get(reverse("made_file", args=[kept.pk, publication.pk, "page.html"]))
    page.close()
    client.post(reverse("publish_now", args=[kept.pk, publication.pk]))

    assert ("排队" in waiting, "已备" in ready, "CC BY 4.0" in ready) == (True, True, True)
    assert page.status_code == 200
    assert "已发布" in get(client, "publications", kept.pk)
    assert "2024-Q1考核" in get(Client(), "published", most=0)


def test_the_moment_that_is_offered_can_be_planned() -> None:
    kept = a_final_round()
    publication = made(kept)
    client = signed_in(somebody("office"))

    offered = re.search(r'name="publish_at" required value="([^"]*)"', get(client, "publications", kept.pk))

    assert offered is not None
    client.post(reverse("plan_publication", args=[kept.pk, publication.pk]), {"publish_at": offered[1]})
    publication.refresh_from_db()
    assert publication.state == "planned"


def test_what_is_typed_wrongly_is_said_and_nothing_is_lost() -> None:
    kept = a_final_round()
    publication = made(kept)
    client = signed_in(somebody("office"))

    no_licence = client.post(reverse("make_publication", args=[kept.pk]), {"number": "考发1号"})
    too_long = client.post(
        reverse("make_publication", args=[kept.pk]), {"licence": "CC0", "issued_by": "办" * 201}
    )
    no_moment = client.post(
        reverse("plan_publication", args=[kept.pk, publication.pk]), {"publish_at": "tomorrow"}
    )
    gone = client.post(
        reverse("plan_publication", args=[kept.pk, publication.pk]), {"publish_at": "2024-01-01"}
    )
    no_reason = client.post(reverse("drop_publication", args=[kept.pk, publication.pk]), {"reason": " "})

    assert "QH993" in no_licence.content.decode()
    assert "QH894" in too_long.content.decode()
    assert "tomorrow" in no_moment.content.decode()
    assert "QH930" in gone.content.decode()
    assert no_reason.status_code == 200
    publication.refresh_from_db()
    assert publication.state == "prepared"


def test_everybody_reads_files_and_no_table() -> None:
    kept = a_final_round()
    published(kept)
    client = Client()

    newest = get(client, "published_round", "2024-Q1", most=0)
    one = get(client, "published_version", "2024-Q1", 1, most=0)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(reverse("published_file", args=["2024-Q1", 1, "page.html"]))
        data = client.get(reverse("published_file", args=["2024-Q1", 1, "data.csv"]))
    page.close()

    assert len(asked.captured_queries) == 0
    assert SAID.licence in newest
    assert "data.parquet" in one
    told = page.headers["Content-Security-Policy"]
    assert told.startswith(policy())
    assert "sandbox allow-scripts" in told
    assert "unsafe" not in told
    assert "inline" in page.headers["Content-Disposition"]
    assert "attachment" in data.headers["Content-Disposition"]
    assert data.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(data).startswith(b"\xef\xbb\xbfunit,name,place,total")


def test_what_is_not_published_is_not_there() -> None:
    published(a_final_round())
    addresses = (
        "/published/2024-Q1/2/",
        "/published/2024-Q2/",
        "/published/2024-Q1/1/publication.json",
        "/published/2024-Q1/1/..%2f..%2fsecret-key",
        "/published/..%2fruns/1/page.html",
        "/published/%2e%2e/1/page.html",
    )

    told = {address: Client().get(address).status_code for address in (*addresses, "/published/2024-Q1/1/")}

    assert told == {**dict.fromkeys(addresses, 404), "/published/2024-Q1/1/": 200}


def test_before_its_moment_nobody_sees_it() -> None:
    kept = a_final_round()
    publication = made(kept)
    for client in (Client(), signed_in(somebody("leader")), signed_in(somebody("reporter"))):
        for name, args in (
            ("published_round", ["2024-Q1"]),
            ("publications", [kept.pk]),
            ("made_file", [kept.pk, publication.pk, "data.csv"]),
        ):
            assert client.get(reverse(name, args=args)).status_code in (302, 404)
            assert b"54" not in client.get(reverse(name, args=args)).content


def test_a_new_version_is_made_from_the_page_of_the_round() -> None:
    kept = a_final_round()
    client = signed_in(somebody("office"))

    assert "更正并出新版本" in get(client, "round", kept.pk)
    no_reason = client.post(reverse("correct_round", args=[kept.pk]), {"reason": ""})
    done = client.post(reverse("correct_round", args=[kept.pk]), {"reason": "录错"})

    new = KeptRound.objects.for_the_program().get(code=kept.code, version=2)
    assert no_reason.status_code == 200
    assert done.headers["Location"] == reverse("round", args=[new.pk])
    assert "第2版，更正第1版：录错" in get(client, "round", new.pk)
