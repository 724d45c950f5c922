"""Every route is tried by every role: a route that is not in the table fails, as does one open to another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Final, cast

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import Settings
from tests.web.appeals.world import an_appeal, shown_provisionally
from tests.web.people_of_all_roles import NOW, actor, signed_in, somebody
from tests.web.results.world import rounds_of_two_years, run
from tests.web.rounds.world import LATER, a_round, kept_scheme, place, save, wang

from quanheng.process.rounds.people import Role
from quanheng.web.appeals.models import AppealEvidence
from quanheng.web.jobs.domain.asking import Wanted, queue
from quanheng.web.library.uploads import Upload
from quanheng.web.people.by_code.services import SERVICES
from quanheng.web.people.models import Account
from quanheng.web.people.roles import KEPT
from quanheng.web.rounds.domain.evidence import add_evidence
from quanheng.web.rounds.models import AskedUnit, Evidence, KeptRound

EVERYBODY: Final[frozenset[str]] = frozenset({"nobody", *KEPT})
ALL_ROLES: Final[frozenset[str]] = frozenset(KEPT)
NONE: Final[frozenset[str]] = frozenset()
ADMINISTRATOR: Final[frozenset[str]] = frozenset({"administrator"})

OFFICE: Final[frozenset[str]] = frozenset({"office"})
REPORTER: Final[frozenset[str]] = frozenset({"reporter"})

ROUTES: Final[dict[str, tuple[frozenset[str], dict[str, object]]]] = {
    "home": (ALL_ROLES, {}),
    "change_looks": (EVERYBODY, {}),
    "stay": (ALL_ROLES, {}),
    "help": (EVERYBODY, {}),
    "people": (ADMINISTRATOR, {}),
    "add_person": (ADMINISTRATOR, {}),
    "import_people": (ADMINISTRATOR, {}),
    "change_person": (ADMINISTRATOR, {"code": "reporter"}),
    "link_person": (ADMINISTRATOR, {"code": "reporter"}),
    "activate_person": (ADMINISTRATOR, {"code": "reporter"}),
    "bind_person": (ADMINISTRATOR, {"code": "reporter"}),
    "link": (NONE, {"secret": "no-such-secret"}),
    "schemes": (OFFICE, {}),
    "add_scheme": (OFFICE, {}),
    "check_scheme": (OFFICE, {}),
    "scheme": (OFFICE, {"version": "a scheme"}),
    "scheme_settings": (OFFICE, {"version": "a scheme"}),
    "rounds": (OFFICE, {}),
    "add_round": (OFFICE, {}),
    "due": (REPORTER, {}),
    "round": (OFFICE, {"pk": "a round"}),
    "move_round": (OFFICE, {"pk": "a round"}),
    "change_due": (OFFICE, {"pk": "a round"}),
    "tasks": (OFFICE, {"pk": "a round"}),
    "fill": (REPORTER, {"pk": "a round"}),
    "template": (REPORTER, {"pk": "a round"}),
    "upload_figures": (REPORTER, {"pk": "a round"}),
    "preview": (REPORTER, {"pk": "a round"}),
    "review": (OFFICE, {"pk": "a round"}),
    "history": (frozenset({"office", "reporter"}), {"pk": "a round", "item": "an item", "unit": "a unit"}),
    "results": (frozenset({"leader", "unit"}), {}),
    "ranking": (frozenset({"leader"}), {"pk": "a shown round"}),
    "own_result": (frozenset({"unit"}), {"pk": "a shown round"}),
    "runs": (OFFICE, {"pk": "a round"}),
    "start_run": (OFFICE, {"pk": "a round"}),
    "move_by_results": (OFFICE, {"pk": "a round"}),
    "parts": (OFFICE, {"pk": "a round"}),
    "withdraw_part": (OFFICE, {"pk": "a round", "part": 1}),
    "run": (OFFICE, {"pk": "a shown round", "number": 1}),
    "run_since": (OFFICE, {"pk": "a shown round", "number": 2, "other": 1}),
    "run_moves": (OFFICE, {"pk": "a shown round", "number": 1}),
    "run_workbook": (OFFICE, {"pk": "a shown round", "number": 2}),
    "explain": (
        frozenset({"office", "leader"}),
        {"pk": "a shown round", "number": 2, "unit": "a unit of that round"},
    ),
    "board": (frozenset({"leader", "office"}), {"pk": "a shown round"}),
    "board_picture": (frozenset({"leader", "office"}), {"pk": "a shown round", "name": "dimensions-all-0"}),
    "board_chart": (frozenset({"leader", "office"}), {"pk": "a shown round", "name": "dimensions-all-0"}),
    "own_picture": (
        frozenset({"unit"}),
        {"pk": "a shown round", "unit": "a unit of that round", "name": "profile"},
    ),
    "own_board": (frozenset({"unit"}), {"pk": "a shown round"}),
    "doubts": (OFFICE, {"pk": "a round"}),
    "whatif": (frozenset({"leader", "office"}), {"pk": "a shown round"}),
    "jobs": (OFFICE, {}),
    "stop_job": (OFFICE, {"pk": "a job"}),
    "send_back": (OFFICE, {"pk": "a round", "item": "an item", "unit": "a unit"}),
    "ask": (OFFICE, {"pk": "a round", "item": "an item", "unit": "a unit"}),
    "add_evidence": (REPORTER, {"pk": "a round", "item": "an item", "unit": "a unit"}),
    "withdraw_evidence": (REPORTER, {"pk": "a round", "evidence": 1}),
    "appeals": (frozenset({"office", "unit", "leader"}), {}),
    "file_appeal": (frozenset({"unit"}), {"pk": "a round"}),
    "appeal": (frozenset({"office", "unit"}), {"pk": "an appeal"}),
    "move_appeal": (frozenset({"office", "unit"}), {"pk": "an appeal"}),
    "correct_by_appeal": (OFFICE, {"pk": "an appeal"}),
    "add_appeal_evidence": (frozenset({"unit"}), {"pk": "an appeal"}),
    "appeal_evidence": (frozenset({"office", "unit"}), {"pk": "evidence of an appeal"}),
    "evidence": (frozenset({"office", "reporter"}), {"pk": "evidence"}),
    "note": (REPORTER, {"pk": "a round", "item": "an item", "unit": "a unit"}),
    "answer": (REPORTER, {"pk": "a round", "item": "an item", "unit": "a unit", "question": 1}),
    "correct_round": (OFFICE, {"pk": "a round"}),
    "publications": (OFFICE, {"pk": "a round"}),
    "make_publication": (OFFICE, {"pk": "a round"}),
    "plan_publication": (OFFICE, {"pk": "a round", "publication": 1}),
    "publish_now": (OFFICE, {"pk": "a round", "publication": 1}),
    "drop_publication": (OFFICE, {"pk": "a round", "publication": 1}),
    "made_file": (NONE, {"pk": "a round", "publication": 1, "name": "page.html"}),
    "published": (EVERYBODY, {}),
    "published_round": (NONE, {"code": "2024-Q1"}),
    "published_version": (NONE, {"code": "2024-Q1", "version": 1}),
    "published_file": (NONE, {"code": "2024-Q1", "version": 1, "name": "page.html"}),
    "log": (frozenset({"auditor"}), {}),
    "export_log": (frozenset({"auditor"}), {}),
    "account_login": (EVERYBODY, {}),
    "account_logout": (ALL_ROLES, {}),
    "account_change_password": (ALL_ROLES, {}),
    "account_reauthenticate": (ALL_ROLES, {}),
    "mfa_authenticate": (EVERYBODY, {}),
    "mfa_reauthenticate": (ALL_ROLES, {}),
    "mfa_index": (ALL_ROLES, {}),
    "mfa_activate_totp": (ALL_ROLES, {}),
    "mfa_deactivate_totp": (ALL_ROLES, {}),
    "mfa_generate_recovery_codes": (ALL_ROLES, {}),
    "mfa_view_recovery_codes": (ALL_ROLES, {}),
    "mfa_download_recovery_codes": (ALL_ROLES, {}),
    "usersessions_list": (ALL_ROLES, {}),
    "openid_connect_login": (EVERYBODY, {"provider_id": "office-id"}),
    "openid_connect_callback": (EVERYBODY, {"provider_id": "office-id"}),
    **{f"{way}_{to}": (EVERYBODY, {}) for way in SERVICES for to in ("login", "callback")},
    # Routes of the sign-in library that are there and open to nobody.
    "account_signup": (NONE, {}),
    "account_confirm_login_code": (NONE, {}),
    "account_confirm_reauthentication_code": (NONE, {}),
    "account_request_reauthentication_code": (NONE, {}),
    "account_inactive": (NONE, {}),
    "account_set_password": (NONE, {}),
    "account_email": (NONE, {}),
    "account_email_verification_sent": (NONE, {}),
    "account_confirm_email": (NONE, {"key": "x"}),
    "account_reset_password": (NONE, {}),
    "account_reset_password_done": (NONE, {}),
    "account_reset_password_from_key": (NONE, {"uidb36": "1", "key": "x"}),
    "account_reset_password_from_key_done": (NONE, {}),
}
"""Who gets to each route, and what its address is made of; all others find nothing there."""


def _names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern.url_patterns)
        else:
            yield pattern.name or ""


def test_every_route_stands_in_the_table() -> None:
    assert set(_names(get_resolver().url_patterns)) == set(ROUTES)


@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_routes_are_open_to_those_of_the_table_and_to_nobody_else(
    role: str, settings: Settings, tmp_path: Path
) -> None:
    settings.RUNS_FOLDER = tmp_path / "runs"
    somebody("reporter")
    client = Client() if role == "nobody" else signed_in(_with_all_factors(_account(role)))

    keys = _things()
    found = {
        name: _is_let_in(client, name, {each: keys.get(str(told), told) for each, told in args.items()})
        for name, (_, args) in ROUTES.items()
    }

    assert found == {name: role in whom for name, (whom, _) in ROUTES.items()}


def _shown_round() -> dict[str, object]:
    """Return the keys of a round that is provisional by its second run, and of one of its units."""
    shown = rounds_of_two_years()
    run(shown)
    run(shown)
    day = dt.timedelta(days=1)
    KeptRound.objects.for_the_program().filter(pk=shown.pk).update(
        state="provisional", window_begins=NOW, window_ends=NOW + day
    )
    unit = AskedUnit.objects.for_the_program().get(round=shown, unit="T1")
    return {"a shown round": shown.pk, "a unit of that round": unit.pk}


def _things() -> dict[str, object]:
    """Return the keys of what routes are about: a round in which `some-reporter` has saved a figure."""
    shown = _shown_round()
    scheme, reporters = kept_scheme(), ("some-reporter", "zhao")
    kept = a_round(code="2024-Q2", period="2024-Q2", version=scheme, reporters=reporters)
    save(kept, {"gdp T1": "1"}, code="some-reporter")
    item, unit = place(kept, "gdp", "T1")
    told = Wanted(kind="test", key="test", arguments={}, about="a test", chain="site")
    job, _ = queue(told, by=actor("office"), at=NOW)
    upload = Upload(name="a.txt", content=b"text")
    who = wang("some-reporter")
    add_evidence(by=who, at=LATER, pk=kept.pk, place=(item, unit), uploads=(upload,))
    held = Evidence.objects.for_the_program().get()
    shown_provisionally(kept)
    appeal = an_appeal(kept, files=(upload,))
    of_appeal = AppealEvidence.objects.for_the_program().get()
    things: dict[str, object] = {"a job": job.pk, "a scheme": kept.scheme.pk, "a round": kept.pk}
    things |= {"an appeal": appeal.pk, "evidence of an appeal": of_appeal.pk}
    return shown | things | {"an item": item, "a unit": unit, "evidence": held.pk}


def _account(role: str) -> Account:
    return somebody(cast(Role, role), code=f"some-{role}")


def _with_all_factors(account: Account) -> Account:
    """Return `account` with a second factor and recovery codes, without which their pages show nothing."""
    Authenticator.objects.get_or_create(
        user=account, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "JBSWY3DPEHPK3PXP"}}
    )
    RecoveryCodes.activate(account)
    return account


def _is_let_in(client: Client, name: str, args: dict[str, object]) -> bool:
    """Return whether a view answers, whatever it says; signing out is only looked at, not done."""
    response = client.get(reverse(name, kwargs=args))
    response.close()
    if response.status_code == 404:
        return False
    return not (
        response.status_code == 302 and response.headers["Location"].startswith("/account/login/?next")
    )
