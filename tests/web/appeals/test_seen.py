"""The pages of appeals in a browser: no faults, and not wider than a telephone, in every look."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Browser
from tests.accessibility import violations
from tests.web.serving import CLEAN, served

_SEED: Final = """
import sys
from pathlib import Path
from quanheng.web.site.start import prepare
prepare(Path(sys.argv[1]))
import datetime as dt
from django.utils import timezone
from tests.web.appeals.world import an_appeal, corrected, moved
from tests.web.people_of_all_roles import actor, somebody
from tests.web.rounds.world import a_round, place, save, wang
from quanheng.web.library.uploads import Upload
from quanheng.web.people.models import Account
from quanheng.web.rounds.domain.review import Review, review_values
from quanheng.web.rounds.domain.values import move_values
from quanheng.web.rounds.models import KeptRound
now = timezone.now()
kept = a_round(at=now)
save(kept, {"gdp T1": "100", "rate T1": "5"}, at=now)
move_values(by=wang(), at=now, pk=kept.pk, move="submit")
seen = {place(kept, name, "T1"): 2 for name in ("gdp", "rate")}
review_values(by=actor("office", code="li"), at=now, pk=kept.pk, review=Review(move="accept", seen=seen))
rounds = KeptRound.objects.for_the_program().filter(pk=kept.pk)
hour = dt.timedelta(hours=1)
rounds.update(state="provisional", window_begins=now - hour, window_ends=now + hour)
an_appeal(kept, at=now, files=(Upload(name="a.pdf", content=b"%PDF-"),))
moved(an_appeal(kept, at=now), "hear", at=now)
corrected(kept, moved(an_appeal(kept, at=now), "hear", "upheld", at=now), at=now)
for role in ("office", "unit", "leader"):
    somebody(role)
from django.test import Client
for code in ("office", "unit", "leader"):
    client = Client()
    client.force_login(Account.objects.for_the_program().get(code=code))
    (name, cookie), = ((name, each.value) for name, each in client.cookies.items() if "session" in name)
    print(code, name, cookie)
"""
_PAGES: Final = {
    "office": ("/appeals/", "/appeals/1/", "/appeals/2/", "/appeals/3/"),
    "unit": ("/appeals/", "/appeals/file/1/", "/appeals/1/", "/appeals/3/"),
    "leader": ("/appeals/", "/appeals/3/"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[list[str]]]]:
    """Serve a site with appeals; yield where, and the sessions of those who have signed in."""
    folder = tmp_path_factory.mktemp("site") / "site"
    command = [sys.executable, "-c", _SEED, str(folder)]
    told = subprocess.run(command, check=True, env=CLEAN, capture_output=True, text=True)
    with served(folder) as where:
        yield where["url"].rstrip("/"), [line.split() for line in told.stdout.splitlines()]


def test_the_pages_of_appeals_have_no_faults_and_fit(
    browser: Browser, site: tuple[str, list[list[str]]]
) -> None:
    url, sessions = site
    found: list[str] = []
    errors: list[str] = []
    for code, name, value in sessions:
        context = browser.new_context(viewport={"width": 360, "height": 800})
        page = context.new_page()
        page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        context.add_cookies([{"name": name, "value": value, "url": url}])
        for language in ("zh", "en"):
            context.add_cookies([{"name": "quanheng-language", "value": language, "url": url}])
            for address in _PAGES[code]:
                answer = page.goto(f"{url}{address}")
                assert (answer.status if answer else 0) == 200, address
                for dark in ("light", "dark"):
                    page.emulate_media(color_scheme="dark" if dark == "dark" else "light")
                    where = f"{address} {language} {dark}"
                    found += [
                        f"{where}: {each['id']} {each['nodes'][0]['html']}" for each in violations(page)
                    ]
                    if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
                        found.append(f"{where}: too wide")
        context.close()

    assert found + errors == []
