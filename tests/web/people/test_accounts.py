from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from tests.web.people_of_all_roles import NOW, actor, signed_in, somebody

from quanheng.findings.finding import FindingsError
from quanheng.process.rounds.people import Role
from quanheng.web.audit.models import Entry
from quanheng.web.people.domain.accounts import (
    Particulars,
    add_account,
    change_account,
    particulars_of,
    set_active,
)
from quanheng.web.people.models import Account, Unit
from quanheng.web.people.roles import role_field

CHEN = Particulars(code="chen", name="陈某", roles=frozenset({"reporter"}))


def refused(told: Particulars, *roles: Role) -> list[str]:
    with pytest.raises(FindingsError) as refusal:
        add_account(by=actor(*(roles or ("administrator",)), code="admin"), at=NOW, told=told)
    assert not Account.objects.for_the_program().filter(code=told.code).exclude(name="先来").exists()
    return [finding.code for finding in refusal.value.findings]


def test_an_account_is_made_with_its_roles_and_units() -> None:
    Unit(code="T1", name="镇一").save()
    told = replace(CHEN, roles=frozenset({"reporter", "unit"}), units=frozenset({"T1"}))

    account = add_account(by=actor("administrator"), at=NOW, told=told)

    assert particulars_of(account) == told
    assert account.as_person().belongs_to("T1")
    assert not account.has_usable_password()


@pytest.mark.parametrize("code", ["", "Chen", "陈", "a b", "-a", "a" * 65, "a/b"])
def test_codes_are_of_small_letters_and_figures(code: str) -> None:
    assert refused(replace(CHEN, code=code)) == ["QH932"]


def test_a_code_is_taken_once() -> None:
    add_account(by=actor("administrator"), at=NOW, told=replace(CHEN, name="先来"))

    assert refused(CHEN) == ["QH933"]


@pytest.mark.parametrize(
    ("roles", "units", "code"),
    [
        ((), (), "QH935"),
        (("administrator", "office"), (), "QH936"),
        (("auditor", "leader"), (), "QH936"),
        (("unit",), (), "QH937"),
        (("leader",), ("T1",), "QH938"),
        (("unit",), ("T9",), "QH939"),
    ],
)
def test_roles_and_units_fit_together(roles: tuple[Role, ...], units: tuple[str, ...], code: str) -> None:
    Unit(code="T1", name="镇一").save()

    assert refused(replace(CHEN, roles=frozenset(roles), units=frozenset(units))) == [code]


@pytest.mark.parametrize("role", ["office", "reporter", "unit", "leader", "auditor"])
def test_only_the_administrator_makes_accounts(role: Role) -> None:
    assert refused(CHEN, role) == ["QH944"]


@pytest.mark.parametrize("other", ["office", "auditor"])
def test_the_database_keeps_the_powers_apart(other: Role) -> None:
    account = somebody("administrator")

    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.for_the_program().filter(pk=account.pk).update(**{role_field(other): True})


def test_a_change_made_meanwhile_is_not_written_over() -> None:
    account = add_account(by=actor("administrator"), at=NOW, told=CHEN)
    seen = particulars_of(account)
    change_account(by=actor("administrator"), at=NOW, told=replace(CHEN, name="陈二"), seen=seen)

    with pytest.raises(FindingsError) as refusal:
        change_account(by=actor("administrator"), at=NOW, told=replace(CHEN, name="陈三"), seen=seen)

    assert [finding.code for finding in refusal.value.findings] == ["QH943"]
    assert Account.objects.for_the_program().get(code="chen").name == "陈二"


def test_the_last_administrator_stays() -> None:
    account = somebody("administrator", code="admin")
    seen = particulars_of(account)

    with pytest.raises(FindingsError) as stopped:
        set_active(by=actor("administrator"), at=NOW, code="admin", active=False)
    told = replace(seen, roles=frozenset({"leader"}))
    with pytest.raises(FindingsError) as changed:
        change_account(by=actor("administrator"), at=NOW, told=told, seen=seen)

    assert [refusal.value.findings[0].code for refusal in (stopped, changed)] == ["QH940", "QH940"]


def test_another_administrator_may_be_stopped() -> None:
    somebody("administrator", code="admin")
    somebody("administrator", code="second")

    assert not set_active(by=actor("administrator"), at=NOW, code="second", active=False).is_active


def test_the_pages_add_change_and_stop_an_account() -> None:
    client = signed_in(somebody("administrator", code="admin"))

    client.post(reverse("add_person"), {"code": "li", "name": "李某", "roles": ["reporter"]})
    page = client.get(reverse("change_person", args=["li"]))
    form = page.context["form"].initial | {"name": "李四", "roles": ["leader"]}
    client.post(reverse("change_person", args=["li"]), form)
    client.post(reverse("activate_person", args=["li"]), {"active": "0"})

    account = Account.objects.for_the_program().get(code="li")
    assert (account.name, account.roles, account.is_active) == ("李四", frozenset({"leader"}), False)
    told = Entry.objects.for_the_program().filter(who="admin").order_by("id").values_list("action", "outcome")
    assert list(told)[1:] == [("people.add", "done"), ("people.change", "done"), ("people.active", "done")]


def test_what_is_wrong_stands_on_the_page_and_nothing_is_lost() -> None:
    client = signed_in(somebody("administrator", code="admin"))

    page = client.post(reverse("add_person"), {"code": "Li", "name": "李某<b>", "roles": ["reporter"]})

    text = page.content.decode()
    assert "QH932" in text
    assert 'value="Li"' in text
    assert "李某&lt;b&gt;" in text


def test_an_account_that_was_stopped_is_signed_out() -> None:
    account = somebody("reporter")
    client = signed_in(account)
    assert client.get(reverse("home")).status_code == 200

    somebody("administrator", code="admin")
    set_active(by=actor("administrator"), at=NOW, code="reporter", active=False)

    assert client.get(reverse("home")).headers["Location"].startswith("/account/login/")
