"""The pages of publications in a browser: no faults, and not wider than a telephone, in every look."""

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
import sys
from pathlib import Path
from quanheng.web.site.start import prepare
prepare(Path(sys.argv[1]))
from django.test import Client
from tests.web.people_of_all_roles import somebody
from tests.web.publication.world import FINAL_AT, a_final_round, made
from tests.web.results.world import OFFICE
from quanheng.web.publication.domain.moves import lay_published, plan, publish
from quanheng.web.rounds.domain.correcting import correct_round
kept = a_final_round()
first, second = made(kept), made(kept)
plan(by=OFFICE, at=FINAL_AT, pk=first.pk, publish_at=FINAL_AT)
publish(by=OFFICE, at=FINAL_AT, pk=first.pk)
lay_published()
client = Client()
client.force_login(somebody("office"))
(name, cookie), = ((name, each.value) for name, each in client.cookies.items() if "session" in name)
print(name, cookie)
"""
_PAGES: Final = ("/rounds/2/publication/", "/rounds/2/", "/published/", "/published/2024-Q1/")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    """Serve a site with a round that is published; yield where, and the session of the office."""
    folder = tmp_path_factory.mktemp("site") / "site"
    command = [sys.executable, "-c", _SEED, str(folder)]
    told = subprocess.run(command, check=True, env=CLEAN, capture_output=True, text=True)
    with served(folder) as where:
        yield where["url"].rstrip("/"), told.stdout.split()


def test_the_pages_of_publications_have_no_faults_and_fit(
    browser: Browser, site: tuple[str, list[str]]
) -> None:
    url, (name, value) = site
    found: list[str] = []
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    context.add_cookies([{"name": name, "value": value, "url": url}])
    for language in ("zh", "en"):
        context.add_cookies([{"name": "quanheng-language", "value": language, "url": url}])
        for address in _PAGES:
            page.goto(url + address)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                found += [f"{address} {language} {scheme}: {fault}" for fault in faults(page)]
    context.close()

    assert found == []
    assert errors == []


def test_the_published_page_runs_by_itself_under_its_policy(
    browser: Browser, site: tuple[str, list[str]]
) -> None:
    url, _ = site
    page = browser.new_page()
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda said: errors.append(str(said)))

    page.goto(f"{url}/published/2024-Q1/1/page.html")
    page.get_by_text("54.00").first.wait_for()

    assert errors == []
    page.close()
