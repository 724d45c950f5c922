"""The pages of results in a browser: no faults, and not wider than a telephone, in every look."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Browser
from tests.web.conftest import BlankSite
from tests.web.looking import Seeded, faults_of, seeded

_SEED: Final = """
import datetime as dt
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
def site(blank_site: BlankSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seeded]:
    """Yield a site with a round that is provisional, and the sessions of three."""
    with seeded(blank_site(tmp_path_factory.mktemp("site")), _SEED, "office", "leader", "unit") as made:
        yield made


def test_the_pages_of_results_have_no_faults_and_fit(browser: Browser, site: Seeded) -> None:
    assert faults_of(browser, site, _PAGES) == []
