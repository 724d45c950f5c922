"""A site in which every kind of page has something to show, for walks of browsers.

Run as `python -m tests.web.barriers.world FOLDER`, it makes the site there and prints who sees which pages.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any, Final

from quanheng.web.site.start import prepare

if __name__ == "__main__":
    prepare(Path(sys.argv[1]))

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.web.appeals.world import an_appeal, moved
from tests.web.people_of_all_roles import NOW, TOTP, actor, somebody
from tests.web.publication.world import FINAL_AT, SHOWN_AT, made, made_final
from tests.web.results.world import BEFORE, OFFICE, a_checked_round, put_right, rounds_of_two_years, run
from tests.web.rounds.world import a_round, kept_scheme, place, save, wang
from tests.web.site.test_routes import ALL_ROLES, EVERYBODY, ROUTES

from quanheng.process.rounds.people import Role
from quanheng.web.base.actor import THE_PROGRAM
from quanheng.web.jobs.domain.asking import Wanted, queue
from quanheng.web.library.uploads import Upload
from quanheng.web.people.by_code.services import SERVICES
from quanheng.web.people.models import Account
from quanheng.web.publication.domain.moves import lay_published, plan, publish
from quanheng.web.rounds.domain.evidence import add_evidence
from quanheng.web.rounds.domain.questions import ask
from quanheng.web.rounds.domain.values import move_values
from quanheng.web.rounds.models import AskedUnit, KeptRound

_DAY: Final = dt.timedelta(days=1)
_PUBLISHED: Final = "2024-Q3"
ELSEWHERE: Final = {f"{way}_{to}" for way in ("openid_connect", *SERVICES) for to in ("login", "callback")}
"""Pages of other servers, where people sign in if the site is told so."""
_CODES: Final = {
    "administrator": "administrator",
    "office": "office",
    "reporter": "wang",
    "unit": "unit",
    "leader": "leader",
    "auditor": "auditor",
}


def main() -> None:
    """Make the site, and print the session of each role and the pages that it opens."""
    keys = _lay(timezone.now())
    people = {role: _session(code) for role, code in _CODES.items()}
    sys.stdout.write(json.dumps({"people": people, "pages": _pages(keys)}))


def _lay(now: dt.datetime) -> dict[str, dict[str, object]]:
    """Make rounds that are shown, open and published; return the keys of each."""
    shown = rounds_of_two_years()
    run(shown)
    put_right(shown, "gdp T2", "150")
    run(shown)
    a_checked_round(BEFORE, period="2023-Q3", at=NOW - 365 * _DAY)
    final = made_final(a_checked_round(period=_PUBLISHED), SHOWN_AT)
    first = made(final)
    made(final)
    plan(by=OFFICE, at=FINAL_AT, pk=first.pk, publish_at=FINAL_AT)
    publish(by=OFFICE, at=FINAL_AT, pk=first.pk)
    lay_published()
    rounds = KeptRound.objects.for_the_program()
    rounds.filter(pk=shown.pk).update(state="provisional", window_begins=now - _DAY, window_ends=now + _DAY)
    roles: tuple[Role, ...] = ("administrator", "office", "reporter", "unit", "leader", "auditor")
    for role in roles:
        somebody(role)
    leader = Account.objects.for_the_program().get(code="leader")
    Authenticator(user=leader, type=Authenticator.Type.TOTP, data={"secret": TOTP}).save()
    RecoveryCodes.activate(leader)
    opened = a_round(code="2024-Q2", period="2024-Q2", version=kept_scheme(), at=now)
    item, unit = _reported(opened, now)
    file = Upload(name="a.pdf", content=b"%PDF-")
    appeal = an_appeal(shown, at=now, files=(file,))
    moved(an_appeal(shown, "item:rate", at=now), "hear", at=now)
    queue(Wanted(kind="test", key="k", arguments={}, about="a test", chain="site"), by=THE_PROGRAM, at=now)
    of_shown = AskedUnit.objects.for_the_program().get(round=shown, unit="T1").pk
    there = {
        "a round": opened.pk,
        "a shown round": shown.pk,
        "a unit of that round": of_shown,
        "a scheme": opened.scheme.pk,
        "an item": item,
        "a unit": unit,
        "an appeal": appeal.pk,
        "evidence of an appeal": 1,
        "evidence": 1,
        "a job": 1,
    }
    others = {
        "file_appeal": {"pk": shown.pk},
        "runs": {"pk": shown.pk},
        "doubts": {"pk": shown.pk},
        "publications": {"pk": final.pk},
        "published_round": {"code": _PUBLISHED},
        "published_version": {"code": _PUBLISHED},
    }
    return {"": there, **others}


def _reported(kept: KeptRound, now: dt.datetime) -> tuple[int, int]:
    """Let figures be saved, submitted, asked about and proved; return where one of them stands."""
    save(kept, {"gdp T1": "12.5", "rate T2": "/"}, at=now)
    save(kept, {"rate T1": "1"}, at=now)
    there = place(kept, "gdp", "T1")
    move_values(by=wang(), at=now, pk=kept.pk, move="submit", places=frozenset({place(kept, "rate", "T1")}))
    ask(by=actor("office", code="li"), at=now, pk=kept.pk, place=there, text="含园区吗？")
    add_evidence(by=wang(), at=now, pk=kept.pk, place=there, uploads=(Upload(name="a.txt", content=b"text"),))
    return there


def _session(code: str) -> tuple[str, str]:
    """Return the cookie of somebody who signed in."""
    client = Client()
    client.force_login(Account.objects.for_the_program().get(code=code))
    (found,) = ((name, each.value) for name, each in client.cookies.items() if "session" in name)
    return found


def _pages(keys: dict[str, dict[str, object]]) -> dict[str, dict[str, str]]:
    """Return by role the address of each route that it opens; what all open is looked at by one of them."""
    found: dict[str, dict[str, str]] = {}
    for name, (whom, args) in ROUTES.items():
        if name in ELSEWHERE:
            continue
        told: dict[str, Any] = {each: keys[""].get(str(key), key) for each, key in args.items()}
        address = reverse(name, kwargs=told | keys.get(name, {}))
        seen_by_one = whom in (ALL_ROLES, EVERYBODY) and name != "home"
        roles = {"leader"} if seen_by_one else whom
        if name == "mfa_activate_totp":
            roles = {"unit"}  # who has none yet
        if whom == EVERYBODY and name.startswith("account"):
            roles = {"nobody"}
        for role in roles or {"nobody"}:
            found.setdefault(role, {})[name] = address
    return found


if __name__ == "__main__":
    main()
