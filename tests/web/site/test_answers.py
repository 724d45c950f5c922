"""What every answer carries, and how a reader changes language and letters."""

from __future__ import annotations

import io
import logging

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.people_of_all_roles import signed_in, somebody

from quanheng.web.audit.models import Entry

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    (
        "form-action 'self' https://id.example.org https://login.work.weixin.qq.com https://login.example.org"
        " https://login.dg-work.cn"
    ),
    "base-uri 'none'",
    "frame-ancestors 'none'",
}


@pytest.mark.parametrize("address", ["/", "/account/login/", "/nothing/"])
def test_every_answer_carries_the_policy(address: str) -> None:
    headers = Client().get(address).headers

    assert set(headers["Content-Security-Policy"].split("; ")) == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


def test_pages_of_people_are_kept_by_no_cache() -> None:
    client = signed_in(somebody("reporter"))

    assert client.get("/").headers["Cache-Control"] == "no-store"


def test_cookies_are_for_this_site_alone() -> None:
    client = Client()
    client.get("/account/login/")
    client.force_login(somebody("reporter"))
    client.get("/")

    told = {name: (cookie["httponly"], cookie["samesite"]) for name, cookie in client.cookies.items()}
    assert set(told) == {"quanheng-session", "quanheng-csrf"}
    assert set(told.values()) == {(True, "Lax")}


def test_a_reader_chooses_the_language_and_the_letters() -> None:
    client = Client()
    chinese = client.get("/account/login/").content.decode()
    client.post(reverse("change_looks"), {"language": "en", "back": "/account/login/"})
    client.post(reverse("change_looks"), {"care": "1", "back": "/account/login/"})
    english = client.get("/account/login/").content.decode()

    assert '<html lang="zh-CN">' in chinese
    assert "<h1>登录</h1>" in chinese
    assert '<html lang="en" class="care">' in english
    assert "<h1>Sign in</h1>" in english


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org", "\\\\example.org", "x", ""])
def test_the_switch_of_looks_leads_back_into_the_site_only(back: str) -> None:
    answer = Client().post(reverse("change_looks"), {"language": "en", "back": back})

    assert answer.headers["Location"] == "/"


def test_a_form_of_another_site_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/account/login/", {"login": "a", "password": "b"})

    assert answer.status_code == 403
    assert "没有保存任何内容" in answer.content.decode()


def test_a_foreign_host_is_refused() -> None:
    assert Client().get("/account/login/", HTTP_HOST="example.org").status_code == 400


def test_what_is_refused_is_told_to_the_log() -> None:
    signed_in(somebody("reporter")).get("/people/")

    entry = Entry.objects.for_the_program().latest("id")
    told = (entry.who, entry.action, entry.about, entry.outcome, entry.reasons)
    assert told == ("reporter", "open", "GET /people/", "refused", "404")


@pytest.mark.parametrize("told", [{"back": "a\0b"}, {"a\0b": "x"}])
def test_a_form_with_a_character_that_no_database_keeps_is_refused_and_told(told: dict[str, str]) -> None:
    answer = signed_in(somebody("reporter")).post(reverse("change_looks"), told)

    entry = Entry.objects.for_the_program().latest("id")
    assert answer.status_code == 400
    assert "没有做任何改动" in answer.content.decode()
    assert (entry.who, entry.action, entry.reasons) == ("reporter", "open", "400")


@pytest.mark.parametrize("address", ["/published/a%00b/", "/help/?to=a%00b"])
def test_an_address_with_such_a_character_is_refused(address: str) -> None:
    assert signed_in(somebody("office")).get(address).status_code == 400


def test_an_error_of_ours_is_written_where_the_site_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("quanheng.web.site.views.to_do", broken)
    written = io.StringIO()
    handler = next(each for each in logging.getLogger("django").handlers if each.name == "stderr")
    assert isinstance(handler, logging.StreamHandler)
    before = handler.setStream(written)
    client = signed_in(somebody("office"))
    client.raise_request_exception = False

    answer = client.get("/")
    client.get("/nothing/")

    handler.setStream(before)
    assert answer.status_code == 500
    assert "ZeroDivisionError" in written.getvalue()
    assert "/nothing/" not in written.getvalue()
