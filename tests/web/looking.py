"""Looking at pages of the site in a browser: no faults, and not wider than a telephone, in every look."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, Literal

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page
from tests.accessibility import violations
from tests.web.serving import CLEAN

COLOURS: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
_OPEN = "document.querySelectorAll('details').forEach(each => { each.open = true })"
_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, kw_only=True)
class Seeded:
    """A site that is answering, and the sessions of people who have signed in."""

    url: str
    sessions: Mapping[str, str]


@contextmanager
def seeded(folder: Path, script: str, *people: str) -> Iterator[Seeded]:
    """Yield the site in `folder`, with what `script` makes there; `people` have signed in."""
    command = [sys.executable, "-m", "tests.web.seeding", str(folder), script, *people]
    with subprocess.Popen(command, env=CLEAN, stdout=subprocess.PIPE, text=True, cwd=_ROOT) as process:
        try:
            assert process.stdout is not None
            yield Seeded(**json.loads(process.stdout.readline()))
        finally:
            process.kill()


def context_of(browser: Browser, site: Seeded, who: str, *, language: str = "") -> BrowserContext:
    """Return the browser of somebody who has signed in, on a telephone."""
    context = browser.new_context(viewport={"width": 360, "height": 800})
    context.add_cookies([{"name": "quanheng-session", "value": site.sessions[who], "url": site.url}])
    if language:
        choose(context, site, language)
    return context


def choose(context: BrowserContext, site: Seeded, language: str) -> None:
    """Choose a language."""
    context.add_cookies([{"name": "quanheng-language", "value": language, "url": site.url}])


def faults_of(browser: Browser, site: Seeded, pages: Mapping[str, Sequence[str]]) -> list[str]:
    """Return what is wrong with pages that people see, in both languages, light and dark."""
    found: list[str] = []
    for who, addresses in pages.items():
        context = context_of(browser, site, who)
        page = context.new_page()
        page.on("console", partial(_heard, found))
        for language, tag in (("zh", "zh-CN"), ("en", "en")):
            choose(context, site, language)
            for address in addresses:
                answer = page.goto(f"{site.url}{address}")
                assert (answer.status if answer else 0) == 200, address
                assert page.url == f"{site.url}{address}"
                assert page.get_attribute("html", "lang") == tag
                page.evaluate(_OPEN)
                for colours in COLOURS:
                    page.emulate_media(color_scheme=colours)
                    found += [f"{address} {language} {colours}: {fault}" for fault in faults(page)]
        context.close()
    return found


def _heard(found: list[str], said: ConsoleMessage) -> None:
    if said.type == "error":
        found.append(said.text)


def faults(page: Page) -> list[str]:
    """Return what is wrong with a page."""
    found = [f"{each['id']} {each['nodes'][0]['html']}" for each in violations(page)]
    if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
        found.append("too wide")
    return found
