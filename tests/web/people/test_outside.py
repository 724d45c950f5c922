"""Signing in by an account kept elsewhere, against a server of OpenID Connect that the test plays itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.web.elsewhere import SUB, played_elsewhere
from tests.web.people_of_all_roles import NOW, actor, signed_in, somebody

from quanheng.findings.finding import FindingsError
from quanheng.process.rounds.people import Role
from quanheng.web.audit.models import Entry
from quanheng.web.people.domain.outside import bind_outside, bound_to, unbind_outside
from quanheng.web.people.models import Account
from quanheng.web.people.outside import OutsideAdapter

WAY: Final = "office-id"
NAME: Final = "统一身份认证"


@pytest.fixture
def elsewhere(settings: Settings) -> Iterator[None]:
    """Play the server that the site is set to ask, on a loopback address that the office lists."""
    app = {"provider_id": WAY, "client_id": "quanheng", "secret": "invented", "name": "id"}
    settings.INTERNAL_HOSTS = ("127.0.0.1",)
    with played_elsewhere() as address:
        app_there = {**app, "settings": {"server_url": address}}
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app_there]}}
        yield


def come_back(client: Client, *, asked: str = "") -> int:
    """Sign in elsewhere and come back; return how the site answers."""
    sent_on = client.post(reverse("openid_connect_login", args=[WAY]) + asked)
    state = parse_qs(urlsplit(sent_on.headers["Location"]).query)["state"][0]
    callback = reverse("openid_connect_callback", args=[WAY])
    return int(client.get(callback, {"code": "invented", "state": state}).status_code)


def bind(code: str) -> None:
    bind_outside(by=actor("administrator"), at=NOW, code=code, way=WAY, uid=SUB)


def test_a_bound_account_signs_in(elsewhere: None) -> None:
    somebody("reporter")
    bind("reporter")
    client = Client()

    assert come_back(client) == 302
    assert client.get("/").context["account"].code == "reporter"


def test_an_account_that_is_bound_to_nobody_makes_no_person_and_is_told(elsewhere: None) -> None:
    account = somebody("reporter")
    account.email = "li@example.org"  # what is the same elsewhere binds nothing
    account.save()
    client = Client()

    assert come_back(client) == 403
    assert client.get("/").status_code == 302
    assert [one.code for one in Account.objects.for_the_program().all()] == ["reporter"]
    assert not SocialAccount.objects.exists()
    entry = Entry.objects.for_the_program().filter(action="sign_in").latest("id")
    assert (entry.about, entry.reasons) == (f"{WAY}:30012", "unbound")


def test_nobody_binds_an_account_by_himself(elsewhere: None) -> None:
    client = signed_in(somebody("reporter"))

    assert come_back(client, asked="?process=connect") == 403
    assert not SocialAccount.objects.exists()


def test_the_second_factor_is_asked_for_all_the_same(elsewhere: None) -> None:
    somebody("office")
    bind("office")
    client = Client()

    assert come_back(client) == 302
    assert client.get("/").headers["Location"].startswith("/account/login/")


def test_who_was_stopped_does_not_come_in_from_elsewhere(elsewhere: None) -> None:
    account = somebody("reporter")
    bind("reporter")
    account.is_active = False
    account.save()
    client = Client()

    come_back(client)

    assert client.get("/").status_code == 302


def test_an_answer_without_its_question_is_refused(elsewhere: None) -> None:
    somebody("reporter")
    bind("reporter")
    client = Client()

    client.get(reverse("openid_connect_callback", args=[WAY]), {"code": "invented", "state": "invented"})

    assert client.get("/").status_code == 302
    assert Entry.objects.for_the_program().filter(reasons="elsewhere").count() == 1


@pytest.mark.parametrize("role", ["office", "reporter", "unit", "leader", "auditor"])
def test_only_the_administrator_binds(role: Role) -> None:
    somebody("reporter")

    with pytest.raises(FindingsError):
        bind_outside(by=actor(role), at=NOW, code="reporter", way=WAY, uid="30012")


@pytest.mark.parametrize(
    ("way", "uid", "expected"), [(WAY, "30012", "QH933"), ("other", "1", "QH955"), (WAY, "", "QH955")]
)
def test_one_elsewhere_is_one_here(way: str, uid: str, expected: str) -> None:
    somebody("reporter")
    somebody("leader")
    bind("leader")

    with pytest.raises(FindingsError) as refusal:
        bind_outside(by=actor("administrator"), at=NOW, code="reporter", way=way, uid=uid)

    assert [finding.code for finding in refusal.value.findings] == [expected]


def test_the_page_binds_and_unbinds(settings: Settings) -> None:
    settings.OUTSIDE_SIGN_IN = ((WAY, "openid_connect", NAME),)
    account = somebody("reporter")
    client = signed_in(somebody("administrator"))
    address = reverse("bind_person", args=["reporter"])

    client.post(address, {"way": WAY, "uid": " 30012 "})
    assert bound_to(account) == [(WAY, NAME, "30012")]
    page = client.get(reverse("change_person", args=["reporter"])).content.decode()
    assert f"<span>{NAME} 30012</span>" in page

    settings.OUTSIDE_SIGN_IN = (("other", "openid_connect", "别处"),)
    assert bound_to(account) == [(WAY, WAY, "30012")], "a way that the site no longer has"
    client.post(address, {"way": WAY, "do": "unbind"})
    assert bound_to(account) == []
    unbind_outside(by=actor("administrator"), at=NOW, code="reporter", way=WAY)  # twice is no fault


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.0.0.1", "169.254.169.254", "[::1]"])
def test_no_server_of_a_private_network_is_asked_unless_listed(host: str) -> None:
    with pytest.raises(requests.ConnectionError, match="internal_hosts"):
        OutsideAdapter().get_requests_session().get(f"http://{host}:9/")
