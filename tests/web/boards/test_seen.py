"""The pages of boards in a browser: no faults, and not wider than a telephone, in every look."""

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
    "office": ("/rounds/2/whatif/", "/rounds/2/doubts/", "/"),
    "leader": ("/rounds/2/whatif/", "/rounds/2/board/"),
    "unit": ("/rounds/2/own/board/", "/rounds/2/own/board/?doubt=3"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[list[str]]]]:
    """Serve a site with a round that is provisional; yield where, and the sessions of three who signed in."""
    folder = tmp_path_factory.mktemp("site") / "site"
    command = [sys.executable, "-c", _SEED, str(folder)]
    told = subprocess.run(command, check=True, env=CLEAN, capture_output=True, text=True)
    with served(folder) as where:
        yield where["url"].rstrip("/"), [line.split() for line in told.stdout.splitlines()]


def test_the_pages_of_boards_have_no_faults_and_fit(
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


def test_what_was_tried_is_told_and_what_cannot_be_read_stands_beside_its_field(
    browser: Browser, site: tuple[str, list[list[str]]]
) -> None:
    url, sessions = site
    name, value = next((name, value) for code, name, value in sessions if code == "leader")
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    context.add_cookies([{"name": name, "value": value, "url": url}])
    found: list[str] = []
    for language, head in (("zh", "试算的排名（不是结果）"), ("en", "The ranking of the trial (no result)")):
        context.add_cookies([{"name": "quanheng-language", "value": language, "url": url}])
        page.goto(f"{url}/rounds/2/whatif/")
        page.locator("#unit").select_option(index=1)
        page.locator("button[name=show]").click()
        page.locator("input[name='w1.0']").fill("20")
        page.locator("input[name='w2.0']").fill("80")
        page.keyboard.press("Enter")
        assert page.locator("#trial").inner_text() == head
        found += [f"tried {language}: {fault}" for fault in faults(page)]
        page.locator("fieldset").nth(1).locator("input").first.fill("many")
        page.locator("button[name=compute]").click()
        assert page.locator("input[aria-invalid]").input_value() == "many"
        assert page.locator("input[name='w1.0']").input_value() == "20"
        found += [f"refused {language}: {fault}" for fault in faults(page)]
    context.close()

    assert found == []
