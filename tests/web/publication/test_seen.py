"""The pages of publications in a browser: no faults, and not wider than a telephone, in every look."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Browser
from tests.web.conftest import BlankSite
from tests.web.looking import Seeded, faults_of, seeded

_SEED: Final = """
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
somebody("office")
"""
_PAGES: Final = {"office": ("/rounds/2/publication/", "/rounds/2/", "/published/", "/published/2024-Q1/")}


@pytest.fixture(scope="module")
def site(blank_site: BlankSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seeded]:
    """Yield a site with a round that is published, and the session of the office."""
    with seeded(blank_site(tmp_path_factory.mktemp("site")), _SEED, "office") as made:
        yield made


def test_the_pages_of_publications_have_no_faults_and_fit(browser: Browser, site: Seeded) -> None:
    assert faults_of(browser, site, _PAGES) == []


def test_the_published_page_runs_by_itself_under_its_policy(browser: Browser, site: Seeded) -> None:
    page = browser.new_page()
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda said: errors.append(str(said)))

    page.goto(f"{site.url}/published/2024-Q1/1/page.html")
    page.get_by_text("54.00").first.wait_for()

    assert errors == []
    page.close()
