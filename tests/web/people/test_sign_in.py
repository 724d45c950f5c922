from __future__ import annotations

import datetime as dt

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from tests.web.people_of_all_roles import PASSWORD, TOTP, signed_in, somebody

from quanheng.process.rounds.people import Role
from quanheng.web.audit.models import Entry
from quanheng.web.people.models import Account

LOGIN = "/account/login/"


@pytest.fixture(autouse=True)
def _no_tries_before() -> None:
    cache.clear()


def log() -> list[tuple[str, str, str, str]]:
    entries = Entry.objects.for_the_program().exclude(action="people.add").order_by("id")
    return [(entry.who, entry.action, entry.about, entry.reasons) for entry in entries]


def try_password(
    client: Client, code: str, password: str, *, where: str = "", host: str = "testserver"
) -> str:
    told = {"login": code, "password": password}
    response = client.post(LOGIN, told, REMOTE_ADDR=where or "127.0.0.1", HTTP_HOST=host)
    return response.headers.get("Location", "")


def test_a_reporter_signs_in_and_out_and_the_log_tells_it() -> None:
    somebody("reporter")
    client = Client()

    assert try_password(client, "Reporter", PASSWORD) == "/"
    client.post(reverse("account_logout"))

    assert log() == [("reporter", "sign_in", "reporter", ""), ("reporter", "sign_out", "reporter", "")]


@pytest.mark.parametrize(("code", "password"), [("reporter", "wrong-password"), ("nobody", PASSWORD)])
def test_a_wrong_password_and_an_unknown_code_are_answered_alike_and_told(code: str, password: str) -> None:
    somebody("reporter")

    page = Client().post(LOGIN, {"login": code, "password": password})

    assert "您提供的用户名或密码不正确" in page.content.decode()
    assert log() == [("", "sign_in", code, "password")]


def test_five_wrong_passwords_lock_the_account_from_wherever_they_come() -> None:
    somebody("reporter")
    for number in range(5):
        try_password(Client(), "reporter", "wrong-password", where=f"10.0.0.{number}")

    found = try_password(Client(), "REPORTER", PASSWORD, where="10.0.1.1", host="localhost")

    assert not found
    assert log()[-1] == ("", "sign_in", "REPORTER", "locked")


def test_ten_wrong_passwords_lock_an_address() -> None:
    somebody("reporter")
    for number in range(10):
        try_password(Client(), f"guess{number}", "wrong-password", where="10.0.0.1")

    assert not try_password(Client(), "reporter", PASSWORD, where="10.0.0.1")
    assert try_password(Client(), "reporter", PASSWORD, where="10.0.0.2") == "/"


def test_who_was_stopped_cannot_sign_in() -> None:
    account = somebody("reporter")
    account.is_active = False
    account.save()
    client = Client()

    try_password(client, "reporter", PASSWORD)

    assert client.get("/").status_code == 302


@pytest.mark.parametrize("role", ["administrator", "office", "auditor"])
def test_some_set_up_a_second_factor_before_anything_else(role: Role) -> None:
    client = signed_in(somebody(role, second_factor=False))

    assert client.get("/").headers["Location"] == reverse("mfa_activate_totp")
    assert client.get(reverse("change_looks")).status_code == 405


@pytest.mark.parametrize("role", ["reporter", "unit", "leader"])
def test_others_need_none(role: Role) -> None:
    assert signed_in(somebody(role, second_factor=False)).get("/").status_code == 200


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30)))


def test_a_second_factor_is_set_up_with_recovery_codes(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    somebody("office", second_factor=False)
    client = Client()
    try_password(client, "office", PASSWORD)
    page = client.get(reverse("mfa_activate_totp"))  # the password was typed just now
    secret = page.context["form"].secret

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})

    assert answer.headers["Location"] == reverse("mfa_view_recovery_codes")
    assert len(client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]) == 10
    assert client.get("/").status_code == 200
    assert [entry[1] for entry in log()] == ["sign_in", "people.factor_added", "people.factor_added"]


def test_who_signed_in_a_while_ago_is_asked_for_the_password_again_and_goes_on() -> None:
    somebody("office", second_factor=False)
    client = Client()
    try_password(client, "office", PASSWORD)
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 301
    session.save()

    again = client.get(reverse("mfa_activate_totp")).headers["Location"]
    client.post(again, {"password": PASSWORD})

    assert again.startswith(reverse("account_reauthenticate"))
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_who_had_a_factor_before_is_asked_again_for_what_concerns_it() -> None:
    codes = with_factor(somebody("office", second_factor=False)).get_unused_codes()
    client = Client()
    try_password(client, "office", PASSWORD)
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})

    answer = client.get(reverse("mfa_view_recovery_codes"))

    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))


def test_a_reporter_is_greeted_without_odd_blanks() -> None:
    somebody("reporter")
    client = Client()
    told = {"login": "reporter", "password": PASSWORD}

    page = client.post(LOGIN, told, follow=True).content.decode()

    assert "reporter某，您已登录。" in page


def with_factor(account: Account) -> RecoveryCodes:
    secret = {"secret": get_adapter().encrypt(TOTP)}
    Authenticator(user=account, type=Authenticator.Type.TOTP, data=secret).save()
    return RecoveryCodes.activate(account)


def test_the_password_alone_signs_nobody_in_who_has_a_second_factor() -> None:
    with_factor(somebody("office", second_factor=False))
    client = Client()

    assert try_password(client, "office", PASSWORD) == reverse("mfa_authenticate")
    assert client.get("/").headers["Location"].startswith(LOGIN)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert client.get("/").headers["Location"].startswith(LOGIN)
    assert log() == [("office", "sign_in", "office", "factor")]

    client.post(reverse("mfa_authenticate"), {"code": code_of(TOTP)})
    assert client.get("/").status_code == 200


def test_a_recovery_code_works_once() -> None:
    code = with_factor(somebody("office", second_factor=False)).get_unused_codes()[0]

    found = []
    for _ in range(2):
        client = Client()
        try_password(client, "office", PASSWORD)
        client.post(reverse("mfa_authenticate"), {"code": code})
        found.append(client.get("/").status_code)

    assert found == [200, 302]


def test_who_needs_the_second_factor_cannot_take_it_away() -> None:
    with_factor(somebody("office", second_factor=False))
    client = Client()
    try_password(client, "office", PASSWORD)
    client.post(reverse("mfa_authenticate"), {"code": code_of(TOTP)})

    client.post(reverse("mfa_deactivate_totp"))

    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()


def test_who_does_nothing_for_long_signs_in_again(settings: Settings) -> None:
    settings.IDLE = dt.timedelta(minutes=30)
    client = signed_in(somebody("reporter"))
    assert client.get("/").status_code == 200
    session = client.session

    for minutes, expected in ((29, 200), (31, 302)):
        long_ago = timezone.now() - dt.timedelta(minutes=minutes)
        session["quanheng-seen"] = long_ago.isoformat()
        session.save()
        assert client.get("/").status_code == expected


@pytest.mark.parametrize("next_page", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_nobody_is_sent_to_a_foreign_address(next_page: str) -> None:
    somebody("reporter")

    answer = Client().post(LOGIN, {"login": "reporter", "password": PASSWORD, "next": next_page})

    assert answer.headers["Location"] == "/"


def test_nobody_signs_up() -> None:
    form = {"username": "chen", "password1": PASSWORD, "password2": PASSWORD}
    assert Client().post("/account/signup/", form).status_code == 404
    assert not Account.objects.for_the_program().exists()


def test_a_password_is_changed_and_the_page_leads_to_nothing_that_is_not_there() -> None:
    client = signed_in(somebody("reporter"))
    page = client.get(reverse("account_change_password")).content.decode()
    assert "password/reset" not in page

    new = "another-invented-secret"
    wrong = {"oldpassword": "not it", "password1": new, "password2": new}
    refused = client.post(reverse("account_change_password"), wrong).content.decode()
    assert 'name="oldpassword" type="password" required autocomplete="current-password" aria-inv' in refused
    changed = client.post(reverse("account_change_password"), {**wrong, "oldpassword": PASSWORD})

    assert changed.status_code == 302
    assert Account.objects.for_the_program().get(code="reporter").check_password(new)
