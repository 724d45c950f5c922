"""The pages of appeals in a browser: no faults, and not wider than a telephone, in every look."""

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
"""
_PAGES: Final = {
    "office": ("/appeals/", "/appeals/1/", "/appeals/2/", "/appeals/3/"),
    "unit": ("/appeals/", "/appeals/file/1/", "/appeals/1/", "/appeals/3/"),
    "leader": ("/appeals/", "/appeals/3/"),
}


@pytest.fixture(scope="module")
def site(blank_site: BlankSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seeded]:
    """Yield a site with appeals, and the sessions of those who have signed in."""
    with seeded(blank_site(tmp_path_factory.mktemp("site")), _SEED, "office", "unit", "leader") as made:
        yield made


def test_the_pages_of_appeals_have_no_faults_and_fit(browser: Browser, site: Seeded) -> None:
    assert faults_of(browser, site, _PAGES) == []
