"""The pages of collecting in a browser: no faults, and not wider than a telephone, in every look."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Browser, Page
from tests.accessibility import violations
from tests.web.serving import CLEAN, served

_SEED: Final = """
import sys
from pathlib import Path
from quanheng.web.site.start import prepare
prepare(Path(sys.argv[1]))
from django.utils import timezone
from tests.web.people_of_all_roles import somebody
from tests.web.rounds.world import a_round, save
from quanheng.web.people.models import Account
now = timezone.now()
kept = a_round(at=now)
save(kept, {"gdp T1": "12.5", "rate T2": "/"}, at=now)
save(kept, {"rate T1": "1"}, at=now)
from quanheng.web.rounds.domain.values import move_values
from tests.web.rounds.world import place, wang
from tests.web.people_of_all_roles import actor
move_values(by=wang(), at=now, pk=kept.pk, move="submit", places=frozenset({place(kept, "rate", "T1")}))
from quanheng.web.rounds.domain.questions import ask
ask(by=actor("office", code="li"), at=now, pk=kept.pk, place=place(kept, "gdp", "T1"), text="含园区吗？")
somebody("office")
from quanheng.web.base.actor import THE_PROGRAM
from quanheng.web.jobs.domain.asking import Wanted, queue
queue(Wanted(kind="test", key="k", arguments={}, about="a test", chain="site"), by=THE_PROGRAM, at=now)
from django.test import Client
for code in ("office", "wang"):
    client = Client()
    client.force_login(Account.objects.for_the_program().get(code=code))
    (name, cookie), = ((name, each.value) for name, each in client.cookies.items() if "session" in name)
    print(code, name, cookie)
"""
_PAGES: Final = {
    "office": (
        "/schemes/",
        "/schemes/add/",
        "/schemes/1/",
        "/rounds/",
        "/rounds/add/",
        "/rounds/1/",
        "/rounds/1/tasks/",
        "/jobs/",
        "/rounds/1/review/",
        "/rounds/1/review/?standing=asked",
        "/rounds/1/history/1/1/",
        "/rounds/1/history/2/1/",
    ),
    "wang": ("/rounds/due/", "/rounds/1/fill/", "/rounds/1/history/1/1/"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[list[str]]]]:
    """Serve a site with a round; yield where, and the sessions of two who have signed in."""
    folder = tmp_path_factory.mktemp("site") / "site"
    command = [sys.executable, "-c", _SEED, str(folder)]
    told = subprocess.run(command, check=True, env=CLEAN, capture_output=True, text=True)
    with served(folder) as where:
        yield where["url"].rstrip("/"), [line.split() for line in told.stdout.splitlines()]


def faults(page: Page) -> list[str]:
    found = [f"{each['id']} {each['nodes'][0]['html']}" for each in violations(page)]
    if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
        found.append("too wide")
    return found


def test_the_pages_of_collecting_have_no_faults_and_fit(
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
                assert page.url == f"{url}{address}"
                assert page.get_attribute("html", "lang") == {"zh": "zh-CN", "en": "en"}[language]
                for dark in ("light", "dark"):
                    page.emulate_media(color_scheme="dark" if dark == "dark" else "light")
                    found += [f"{address} {language} {dark}: {fault}" for fault in faults(page)]
        context.close()

    assert found + errors == []
