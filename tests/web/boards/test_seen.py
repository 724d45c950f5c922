"""The pages of boards in a browser: no faults, and not wider than a telephone, in every look."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Browser
from tests.web.conftest import BlankSite
from tests.web.looking import Seeded, choose, context_of, faults, faults_of, seeded

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
    "office": ("/rounds/2/whatif/", "/rounds/2/doubts/", "/"),
    "leader": ("/rounds/2/whatif/", "/rounds/2/board/"),
    "unit": ("/rounds/2/own/board/", "/rounds/2/own/board/?doubt=3"),
}


@pytest.fixture(scope="module")
def site(blank_site: BlankSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seeded]:
    """Yield a site with a round that is provisional, and the sessions of three."""
    with seeded(blank_site(tmp_path_factory.mktemp("site")), _SEED, "office", "leader", "unit") as made:
        yield made


def test_the_pages_of_boards_have_no_faults_and_fit(browser: Browser, site: Seeded) -> None:
    assert faults_of(browser, site, _PAGES) == []


def test_what_was_tried_is_told_and_what_cannot_be_read_stands_beside_its_field(
    browser: Browser, site: Seeded
) -> None:
    context = context_of(browser, site, "leader")
    page = context.new_page()
    found: list[str] = []
    for language, head in (("zh", "试算的排名（不是结果）"), ("en", "The ranking of the trial (no result)")):
        choose(context, site, language)
        page.goto(f"{site.url}/rounds/2/whatif/")
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
