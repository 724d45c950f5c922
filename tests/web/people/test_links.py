from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from tests.web.people_of_all_roles import NOW, PASSWORD, actor, somebody

from quanheng.findings.finding import FindingsError
from quanheng.web.base.actor import THE_PROGRAM
from quanheng.web.people.domain.links import FIRST, account_behind, make_first_link, make_link, use_link
from quanheng.web.people.models import Account, OneTimeLink

LATER = NOW + dt.timedelta(minutes=5)


def codes(refusal: pytest.ExceptionInfo[FindingsError]) -> list[str]:
    return [finding.code for finding in refusal.value.findings]


def test_the_first_link_makes_the_first_administrator() -> None:
    secret = make_first_link(by=THE_PROGRAM, at=NOW)

    account = use_link(by=actor(), at=LATER, secret=secret, password=PASSWORD, code="admin", name="管理员")

    assert (account.code, account.roles) == ("admin", frozenset({"administrator"}))
    assert Client().login(username="admin", password=PASSWORD)


def test_a_link_works_once() -> None:
    secret = make_first_link(by=THE_PROGRAM, at=NOW)
    use_link(by=actor(), at=LATER, secret=secret, password=PASSWORD, code="admin", name="管理员")

    with pytest.raises(FindingsError) as refusal:
        use_link(by=actor(), at=LATER, secret=secret, password=PASSWORD, code="other", name="别人")

    assert codes(refusal) == ["QH941"]
    assert [account.code for account in Account.objects.for_the_program()] == ["admin"]


@pytest.mark.parametrize("after", [FIRST, dt.timedelta(days=1), -dt.timedelta(seconds=1)])
def test_a_link_works_for_its_time_and_not_before_it_was_made(after: dt.timedelta) -> None:
    secret = make_first_link(by=THE_PROGRAM, at=NOW)

    assert account_behind(secret, NOW + FIRST - dt.timedelta(seconds=1)) == (True, None)
    assert account_behind(secret, NOW + after) == (False, None)


def test_the_secret_of_a_link_is_not_stored() -> None:
    secret = make_first_link(by=THE_PROGRAM, at=NOW)

    assert secret not in {link.secret for link in OneTimeLink.objects.for_the_program()}


def test_a_new_link_ends_the_one_before() -> None:
    first = make_first_link(by=THE_PROGRAM, at=NOW)
    second = make_first_link(by=THE_PROGRAM, at=NOW)

    assert (account_behind(first, LATER), account_behind(second, LATER)) == ((False, None), (True, None))


def test_there_is_no_first_link_once_there_is_an_administrator() -> None:
    earlier = make_first_link(by=THE_PROGRAM, at=NOW)
    somebody("administrator")

    with pytest.raises(FindingsError):
        make_first_link(by=THE_PROGRAM, at=NOW)
    with pytest.raises(FindingsError):
        use_link(by=actor(), at=LATER, secret=earlier, password=PASSWORD, code="other", name="别人")


def test_only_an_administrator_makes_links_of_others() -> None:
    somebody("reporter", code="li")

    with pytest.raises(FindingsError) as refusal:
        make_link(by=actor("office"), at=NOW, code="li")
    assert codes(refusal) == ["QH944"]

    secret = make_link(by=actor("administrator"), at=NOW, code="li")
    use_link(by=actor(), at=LATER, secret=secret, password="another-invented-one")
    assert Client().login(username="li", password="another-invented-one")


@pytest.mark.parametrize("password", ["short", "123456789012345", "password1234", "administrator1"])
def test_weak_passwords_are_refused_and_the_link_still_works(password: str) -> None:
    secret = make_first_link(by=THE_PROGRAM, at=NOW)

    with pytest.raises(FindingsError) as refusal:
        use_link(by=actor(), at=LATER, secret=secret, password=password, code="administrator", name="管理员")

    assert codes(refusal) == ["QH942"] * len(codes(refusal))
    assert account_behind(secret, LATER) == (True, None)
