"""The pages of collecting in a browser: no faults, and not wider than a telephone, in every look."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Browser
from tests.web.conftest import BlankSite
from tests.web.looking import Seeded, faults_of, seeded

_SEED: Final = """
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
def site(blank_site: BlankSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seeded]:
    """Yield a site with a round, and the sessions of two who have signed in."""
    with seeded(blank_site(tmp_path_factory.mktemp("site")), _SEED, "office", "wang") as made:
        yield made


def test_the_pages_of_collecting_have_no_faults_and_fit(browser: Browser, site: Seeded) -> None:
    assert faults_of(browser, site, _PAGES) == []
