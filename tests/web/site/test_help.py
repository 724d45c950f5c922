"""The page of help is for the one who reads it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.web.people_of_all_roles import signed_in, somebody

from quanheng.process.rounds.people import Role
from quanheng.web.people.roles import KEPT
from quanheng.web.site.help import OF_ROLES, PUBLIC


def _page(client: Client) -> str:
    return client.get(reverse("help")).content.decode()


def test_every_role_has_its_guide() -> None:
    assert set(OF_ROLES) == set(KEPT)


@pytest.mark.parametrize("role", sorted(OF_ROLES))
def test_help_is_for_the_roles_that_somebody_has(role: Role) -> None:
    shown = _page(signed_in(somebody(role)))

    titles = {one for one, guide in OF_ROLES.items() if f">{guide.title.zh}</h2>" in shown}
    assert titles == {role}
    assert all(step.zh in shown for step in OF_ROLES[role].steps)


def test_who_has_not_signed_in_reads_what_the_public_can_do() -> None:
    shown = _page(Client())

    assert PUBLIC.sees.zh in shown
    assert not any(guide.sees.zh in shown for guide in OF_ROLES.values())


def test_who_has_yet_to_set_up_the_second_factor_reads_it_as_well() -> None:
    assert OF_ROLES["auditor"].sees.zh in _page(signed_in(somebody("auditor", second_factor=False)))


def test_the_office_says_whom_to_ask(settings: Settings) -> None:
    assert "请找考核办" in _page(Client())

    settings.CONTACT = "考核办 <010>"

    assert "考核办 &lt;010&gt;" in _page(Client())
