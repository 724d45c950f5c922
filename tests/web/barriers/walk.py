"""A walk over every kind of page of the site: what stands in somebody's way, point by point."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, Page
from tests.accessibility import violations
from tests.web.looking import COLOURS
from tests.web.people_of_all_roles import PASSWORD
from tests.web.serving import CLEAN, served

SCRIPT: Final = Path(__file__).parent / "page.js"
_LANG: Final = {"zh": "zh-CN", "en": "en"}
_KEYS: Final = "abcdefghijklmnopqrstuvwxyz?/.,"
_MOST_TABS: Final = 400
_LARGE: Final = "html { font-size: 200% !important }"
_SPACED: Final = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }
"""


@dataclass(frozen=True, slots=True)
class Walk:
    """What was found on the way."""

    found: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Faults by the point they are about."""
    seen: dict[str, str] = field(default_factory=dict)
    """The title of each page, by its route."""
    frames: dict[str, list[list[list[str]]]] = field(default_factory=lambda: defaultdict(list))
    """By role and language, the links around each page: text and address."""
    home: dict[str, list[str]] = field(default_factory=dict)
    """By role, the addresses that the start page leads to."""


def walk(browser: Browser, folder: Path) -> Walk:
    """Go over all pages as everybody who opens them.

    On a phone in Chinese, and on a screen in English, by the keyboard; light and dark.
    """
    command = [sys.executable, "-m", "tests.web.barriers.world", str(folder)]
    laid = subprocess.run(command, check=True, env=CLEAN, capture_output=True, text=True)
    told = json.loads(laid.stdout)
    result = Walk()
    with served(folder) as where:
        url = where["url"].rstrip("/")
        for role, pages in told["pages"].items():
            for language, width in (("zh", 320), ("en", 1280)):
                context = browser.new_context(viewport={"width": width, "height": 800})
                context.add_init_script(path=SCRIPT)
                cookies = [("quanheng-language", language)]
                if role in told["people"]:
                    cookies.append(tuple(told["people"][role]))
                context.add_cookies([{"name": each, "value": value, "url": url} for each, value in cookies])
                _over(context, url, role, pages, result, language)
                context.close()
    return result


def _over(
    context: BrowserContext, url: str, role: str, pages: dict[str, str], result: Walk, language: str
) -> None:
    page = context.new_page()
    heard = result.found["errors"]
    page.on("console", lambda said: heard.append(said.text) if said.type == "error" else None)
    if any(name.startswith("mfa") for name in pages):
        page.goto(f"{url}/account/reauthenticate/?next=/")
        page.fill("#id_password", PASSWORD)
        page.press("#id_password", "Enter")
        page.wait_for_url(f"{url}/")
    for name, address in pages.items():
        if name == "published_file" or not _is_page(context, url + address):
            continue
        page.goto(url + address)
        where = f"{role} {language} {address}"
        for point, what in page.evaluate("lang => barriers.faults(lang)", _LANG[language]):
            result.found[point].append(f"{where}: {what}")
        for colours in COLOURS:
            page.emulate_media(color_scheme=colours)
            for fault in violations(page):
                told = f"{colours}: {fault['id']} {fault['nodes'][0]['html'][:160]}"
                result.found["axe"].append(f"{where} {told}")
        _note(result, "narrow", where, page.evaluate("barriers.cutOff()"))
        result.frames[f"{role} {language}"].append(page.evaluate("barriers.frame()"))
        if name == "home":
            hrefs = "all => all.map(one => one.pathname)"
            result.home[role] = page.eval_on_selector_all("main a", hrefs)
        if language == "en" and name not in result.seen:
            result.seen[name] = page.title()
            _by_keyboard(page, where, result)
            _enlarged(page, where, result)
            _choosing(page, where, result)


def _is_page(context: BrowserContext, address: str) -> bool:
    answer = context.request.get(address, max_redirects=0)
    return answer.status == 200 and 'id="main"' in answer.text()


def _note(result: Walk, point: str, where: str, found: list[str]) -> None:
    result.found[point] += [f"{where}: {what}" for what in found]


def _by_keyboard(page: Page, where: str, result: Walk) -> None:
    """Press Tab from the top to the end; then keys, with nothing that has the focus."""
    here = page.url
    wanted: list[str] = page.evaluate("barriers.reached()")
    moved = page.evaluate("document.activeElement !== document.body")  # to what could not be shown
    at: list[int] = []
    for count in range(_MOST_TABS):
        page.keyboard.press("Tab")
        focus: dict[str, Any] | None = page.evaluate("barriers.focus()")
        if focus is None or focus["at"] in at[:-1]:
            break
        if count == 0 and not moved and 'class="skip"' not in focus["html"]:
            _note(result, "skip", where, [focus["html"]])
        if focus["at"] < 0 or focus["at"] in at:
            continue  # a part that scrolls, which the browser lets be reached, or the next part of a date
        at.append(focus["at"])
        if not focus["marked"]:
            _note(result, "focus seen", where, [focus["html"]])
        if focus["covered"]:
            _note(result, "focus covered", where, [focus["html"]])
    else:
        _note(result, "trap", where, [f"no end after {_MOST_TABS} keys"])
    missed = [wanted[each] for each in range(len(wanted)) if wanted[each] and each not in at]
    if not moved:
        _note(result, "keyboard", where, missed)
    if at != sorted(at) and not moved:
        _note(result, "focus order", where, [str(at)])
    page.evaluate("document.activeElement.blur()")
    before = page.inner_html("main")
    page.keyboard.type(_KEYS)
    if page.url != here or page.inner_html("main") != before:
        _note(result, "shortcuts", where, ["a key did something"])


def _enlarged(page: Page, where: str, result: Walk) -> None:
    """Look at letters twice as large, and with more room between letters, words and lines."""
    for point, rules in (("large letters", _LARGE), ("spaced", _SPACED)):
        page.evaluate("rules => barriers.style(rules)", rules)
        _note(result, point, where, page.evaluate("barriers.cutOff()"))
    page.evaluate("barriers.style('')")


def _choosing(page: Page, where: str, result: Walk) -> None:
    """Choose something else everywhere; nothing is sent, and the page stays."""
    here = page.url
    sent: str = page.evaluate("barriers.choose()")
    page.wait_for_timeout(50)
    if sent or page.url != here:
        _note(result, "choosing", where, [sent or page.url])
