"""The pages of results in a browser: no faults, and not wider than a telephone, in every look."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Browser
from tests.web.rounds.test_seen import faults
from tests.web.serving import CLEAN, served

_SEED: Final = """
import datetime as dt, sys
from pathlib import Path
from quanheng.web.site.start import prepare
prepare(Path(sys.argv[1]))
from django.utils import timezone
from tests.web.people_of_all_roles import NOW, somebody
from tests.web.results.world import put_right, rounds_of_two_years, run
from quanheng.web.people.models import Account
from quanheng.web.rounds.models import KeptRound
kept = rounds_of_two_years()
run(kept)
put_right(kept, "gdp T2", "150", reason="invented")
run(kept)
day = dt.timedelta(days=1)
now = timezone.now()
KeptRound.objects.for_the_program().filter(pk=kept.pk).update(
    state="provisional", window_begins=now - day, window_ends=now + day
)
for role in ("office", "leader", "unit"):
    somebody(role)
from django.test import Client
for code in ("office", "leader", "unit"):
    client = Client()
    client.force_login(Account.objects.for_the_program().get(code=code))
    (name, cookie), = ((name, each.value) for name, each in client.cookies.items() if "session" in name)
    print(code, name, cookie)
"""
_PAGES: Final = {
    "office": (
        "/rounds/2/runs/",
        "/rounds/2/parts/",
        "/rounds/2/runs/2/",
        "/rounds/2/runs/2/since/1/",
        "/rounds/2/runs/2/moves/",
        "/rounds/2/runs/2/units/3/",
        "/jobs/",
    ),
    "leader": ("/rounds/results/", "/rounds/2/ranking/", "/rounds/2/runs/2/units/3/"),
    "unit": ("/rounds/results/", "/rounds/2/own/"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[list[str]]]]:
    """Serve a site with a round that is provisional; yield where, and the sessions of three who signed in."""
    folder = tmp_path_factory.mktemp("site") / "site"
    command = [sys.executable, "-c", _SEED, str(folder)]
    told = subprocess.run(command, check=True, env=CLEAN, capture_output=True, text=True)
    with served(folder) as where:
        yield where["url"].rstrip("/"), [line.split() for line in told.stdout.splitlines()]


def test_the_pages_of_results_have_no_faults_and_fit(
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
                page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
                for dark in ("light", "dark"):
                    page.emulate_media(color_scheme="dark" if dark == "dark" else "light")
                    found += [f"{address} {language} {dark}: {fault}" for fault in faults(page)]
        context.close()

    assert found + errors == []
