"""Signing in by services that tell by a code who a person is, against a server that plays all of them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import ClassVar, Final
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse
from pydantic import ValidationError
from pytest_django import Settings
from tests.web.people_of_all_roles import NOW, actor, somebody

from quanheng.web.audit.models import Entry
from quanheng.web.people.domain.outside import bind_outside
from quanheng.web.site.kept.options import OutsideSignIn
from quanheng.web.site.kept.outside import sign_in_of

WAYS: Final = ("wecom", "yuezhengyi", "zhengwuding")
SECRET: Final = "invented-secret"


class Service(BaseHTTPRequestHandler):
    """Answers as 企业微信 and 专有钉钉 do, and refuses what they would refuse."""

    code: ClassVar[str] = "once"
    uid: ClassVar[object] = "chen"
    broken: ClassVar[str] = ""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = dict(parse_qsl(parts.query))
        if parts.path == "/gettoken.json":
            self._of_dingtalk(asked, {"accessToken": "token", "expiresIn": 7200})
        elif parts.path == "/cgi-bin/gettoken":
            known = asked == {"corpid": "quanheng", "corpsecret": SECRET}
            self._of_weixin({"access_token": "token"} if known else None)
        elif parts.path in ("/cgi-bin/auth/getuserinfo", "/cgi-bin/user/getuserinfo"):
            name = "userid" if parts.path == "/cgi-bin/auth/getuserinfo" else "UserId"
            known = asked == {"access_token": "token", "code": self.code}
            self._of_weixin({name: self.uid} if known else None)

    def do_POST(self) -> None:
        asked = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        known = asked == {"access_token": "token", "code": self.code}
        self._of_dingtalk(asked, {"accountId": 100135, "lastName": "陈"} if known else None)

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _of_weixin(self, told: dict[str, object] | None) -> None:
        self._answer({"errcode": 40029, "errmsg": "invalid code"} if told is None else {"errcode": 0, **told})

    def _of_dingtalk(self, asked: dict[str, str], told: dict[str, object] | None) -> None:
        head = self.headers
        params = "&".join(f"{name}={asked[name]}" for name in sorted(asked))
        at, once = head["X-Hmac-Auth-Timestamp"], head["X-Hmac-Auth-Nonce"]
        what = f"{self.command}\n{at}\n{once}\n{urlsplit(self.path).path}\n{params}"
        seal = hmac.digest(SECRET.encode(), what.encode(), hashlib.sha256)
        is_signed = base64.b64decode(head["X-Hmac-Auth-Signature"]) == seal and head["apiKey"] == "quanheng"
        if not is_signed:
            self._answer({"success": False, "errorMsg": "SignatureDoesNotMatch"})
        elif told is None:
            self._answer({"success": True, "content": {"success": False, "responseMessage": "no such code"}})
        else:
            self._answer({"success": True, "content": {"success": True, "data": told}})

    def _answer(self, told: dict[str, object]) -> None:
        body = (self.broken or json.dumps(told)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def service(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Service]]:
    """Play the services on a loopback address that the office lists."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    here = f"http://127.0.0.1:{server.server_port}"
    told = {"agent": "1000002", "login": f"{here}/login", "server": f"{here}/"}
    app = {"client_id": "quanheng", "secret": SECRET, "name": "a service", "settings": told}
    settings.SOCIALACCOUNT_PROVIDERS = {way: {"APPS": [app]} for way in WAYS}
    settings.INTERNAL_HOSTS = ("127.0.0.1",)
    for name in ("code", "uid", "broken"):
        monkeypatch.setattr(Service, name, getattr(Service, name))
    yield Service
    server.shutdown()
    server.server_close()


def come_back(client: Client, way: str, *, code: str = "once") -> int:
    """Go to the service and come back with a code; return how the site answers."""
    sent_on = client.post(reverse(f"{way}_login"))
    state = parse_qs(urlsplit(sent_on.headers["Location"]).query)["state"][0]
    return int(client.get(reverse(f"{way}_callback"), {"code": code, "state": state}).status_code)


def bind(way: str) -> None:
    uid = "100135" if way == "zhengwuding" else "chen"
    bind_outside(by=actor("administrator"), at=NOW, code="reporter", way=way, uid=uid)


@pytest.mark.parametrize("way", WAYS)
def test_a_bound_account_signs_in(service: type[Service], way: str) -> None:
    somebody("reporter")
    bind(way)
    client = Client()

    assert come_back(client, way) == 302
    assert client.get("/").context["account"].code == "reporter"


@pytest.mark.parametrize("way", WAYS)
def test_who_is_bound_to_nobody_makes_no_person_and_is_told(service: type[Service], way: str) -> None:
    client = Client()

    assert come_back(client, way) == 403
    assert client.get("/").status_code == 302
    assert not SocialAccount.objects.exists()
    assert Entry.objects.for_the_program().filter(reasons="unbound").count() == 1


@pytest.mark.parametrize("way", WAYS)
def test_another_code_is_refused_and_told(service: type[Service], way: str) -> None:
    somebody("reporter")
    bind(way)
    client = Client()

    come_back(client, way, code="guessed")

    assert client.get("/").status_code == 302
    assert Entry.objects.for_the_program().filter(about=way, reasons="elsewhere").count() == 1


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("broken", ["[]", "<html>", "{}", '{"errcode": 0}', '{"content": {"success": true}}'])
def test_an_answer_that_says_nothing_lets_nobody_in(service: type[Service], way: str, broken: str) -> None:
    somebody("reporter")
    bind(way)
    service.broken = broken
    client = Client()

    come_back(client, way)

    assert client.get("/").status_code == 302
    assert Entry.objects.for_the_program().filter(reasons="elsewhere").count() == 1


@pytest.mark.parametrize("uid", ["", None, True, {"chen": 1}])
def test_a_name_that_is_none_lets_nobody_in(service: type[Service], uid: object) -> None:
    somebody("reporter")
    bind("wecom")
    service.uid = uid
    client = Client()

    come_back(client, "wecom")

    assert client.get("/").status_code == 302


def test_nothing_that_a_person_adds_to_the_address_goes_to_the_service(service: type[Service]) -> None:
    sent_on = Client().post(
        reverse("wecom_login") + "?auth_params=redirect_uri%3Dhttps%3A%2F%2Fevil.example&scope=x"
    )

    asked = parse_qs(urlsplit(sent_on.headers["Location"]).query)
    assert asked["redirect_uri"] == ["http://testserver/account/outside/wecom/login/callback/"]
    assert (asked["appid"], asked["agentid"], asked["login_type"]) == (["quanheng"], ["1000002"], ["CorpApp"])


def one(kind: str, **told: str) -> OutsideSignIn:
    return OutsideSignIn.model_validate(
        {"id": kind.replace("_", "-"), "kind": kind, "name": "x", "client_id": "c", "secret": "s", **told}
    )


OWN: Final = {"server": "https://api.example", "login": "https://login.example/sso"}


@pytest.mark.parametrize(
    ("kind", "told", "origin"),
    [
        ("wecom", {"agent": "1"}, "https://login.work.weixin.qq.com"),
        ("wecom", {"agent": "1", **OWN}, "https://login.example"),
        ("yuezhengyi", {"agent": "1", **OWN}, "https://login.example"),
        ("zhengwuding", {}, "https://login.dg-work.cn"),
        ("zhengwuding", OWN, "https://login.example"),
    ],
)
def test_forms_may_be_sent_on_to_the_service(kind: str, told: dict[str, str], origin: str) -> None:
    assert sign_in_of([one(kind, **told)]).origins == (origin,)


@pytest.mark.parametrize(
    ("kind", "told", "said"),
    [
        ("wecom", {}, "wecom needs agent"),
        ("wecom", {"agent": "1", "server": "https://api.example"}, "given together"),
        ("yuezhengyi", {"agent": "1"}, "yuezhengyi needs login, server"),
        ("zhengwuding", {"agent": "1"}, "zhengwuding has no agent"),
        ("zhengwuding", {**OWN, "login": "http://login.example"}, "https"),
        ("feishu", OWN, "feishu has no login, server"),
        ("openid_connect", {"login": "https://x.example", "server": "https://x.example"}, "has no login"),
    ],
)
def test_a_way_is_told_what_it_needs_and_nothing_else(kind: str, told: dict[str, str], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        one(kind, **told)
