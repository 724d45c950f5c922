"""The site in a browser: every kind of page can be read by everybody, in every look, and nothing breaks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.accessibility import violations
from tests.web.looking import COLOURS
from tests.web.serving import served

from quanheng.web.site.demonstration import PASSWORD

PAGES: Final[dict[str, tuple[str, ...]]] = {
    "": ("/account/login/", "/nothing-here/", "/people/link/no-such-link/"),
    "admin": ("/", "/people/", "/people/add/", "/people/one/unit/", "/people/import/", "/people/?search=x"),
    "auditor": ("/log/", "/log/?outcome=refused&word=sign"),
    "leader": (
        "/",
        "/account/password/change/",
        "/account/second-factor/",
        "/account/second-factor/totp/activate/",
        "/account/sessions/",
        "/account/logout/",
        "/account/reauthenticate/",
    ),
}
"""What each person looks at; `""` has not signed in."""
Look: TypeAlias = tuple[str, str, int]
"""The language, whether letters are large, and the width; every page is looked at light and dark."""
_CARE: Final = "quanheng-care"
_LANGUAGE: Final = "quanheng-language"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a demonstration for the tests of this module."""
    with served(tmp_path_factory.mktemp("seen") / "site", "--demo") as told:
        yield told["url"].rstrip("/")


class Reader:
    """Somebody in front of a browser; what the browser complains of is kept."""

    def __init__(self, browser: Browser, site: str, *, width: int) -> None:
        self.site = site
        self.errors: list[str] = []
        self.context = browser.new_context(viewport={"width": width, "height": 900})
        self.page: Page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)

    def choose(self, language: str, care: str) -> None:
        cookies = {_LANGUAGE: language, _CARE: care}
        self.context.add_cookies(
            [{"name": name, "value": value, "url": self.site} for name, value in cookies.items()]
        )

    def sign_in(self, code: str) -> None:
        self.page.goto(f"{self.site}/account/login/")
        self.page.fill("#id_login", code)
        self.page.fill("#id_password", PASSWORD)
        self.page.press("#id_password", "Enter")
        self.page.wait_for_url(f"{self.site}/")


def unexpected(errors: list[str]) -> list[str]:
    """Return what the browser complained of; a page that is not there is looked at on purpose."""
    return [error for error in errors if "404" not in error]


LOOKS: Final[tuple[Look, ...]] = (
    ("zh", "0", 360),
    ("en", "1", 1920),
    ("en", "0", 1920),
    ("zh", "1", 360),
)
"""Every page is looked at in the first two, which differ in everything; the first page of each in all."""


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("code", PAGES)
def test_every_page_is_accessible_and_fits(code: str, look: Look, browser: Browser, site: str) -> None:
    language, care, width = look
    reader = Reader(browser, site, width=width)
    reader.choose(language, care)
    if code:
        reader.sign_in(code)

    found: list[tuple[str, str, str, str]] = []
    for address in PAGES[code] if look in LOOKS[:2] else PAGES[code][:1]:
        reader.page.goto(f"{site}{address}")
        if "reauthenticate" in reader.page.url and "reauthenticate" not in address:
            reader.page.fill("input[type=password]", PASSWORD)
            reader.page.press("input[type=password]", "Enter")
            reader.page.wait_for_url(f"{site}{address}*")
        for colours in COLOURS:
            reader.page.emulate_media(color_scheme=colours)
            faults = violations(reader.page)
            found += [(address, colours, each["id"], each["nodes"][0]["html"]) for each in faults]
        if not reader.page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
            found.append((address, "", "too wide", ""))
    reader.context.close()

    assert found == []
    assert unexpected(reader.errors) == []


def test_the_first_key_leads_to_the_content_and_the_menu_by_keyboard(browser: Browser, site: str) -> None:
    reader = Reader(browser, site, width=1000)
    reader.sign_in("admin")

    reader.page.keyboard.press("Tab")
    assert reader.page.evaluate("document.activeElement.className") == "skip"
    reader.page.keyboard.press("Enter")
    assert reader.page.evaluate("location.hash") == "#main"
    reader.context.close()


def test_an_account_is_added_by_keyboard_alone(browser: Browser, site: str) -> None:
    reader = Reader(browser, site, width=1000)
    reader.sign_in("admin")
    reader.page.goto(f"{site}/people/add/")

    reader.page.focus("#id_code")
    reader.page.keyboard.type("zhou")
    reader.page.keyboard.press("Tab")
    reader.page.keyboard.insert_text("周某")  # as an input method puts it in
    reader.page.keyboard.press("Tab")
    reader.page.keyboard.press("Tab")
    for _ in range(2):
        reader.page.keyboard.press("Tab")
    reader.page.keyboard.press("Space")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url(f"{site}/people/one/zhou/")

    assert reader.page.inner_text("h1") == "周某"
    assert "已保存" in reader.page.inner_text("[role=status]")
    assert reader.page.is_checked("input[value=reporter]")
    assert unexpected(reader.errors) == []
    reader.context.close()


def test_what_is_wrong_gets_the_focus(browser: Browser, site: str) -> None:
    reader = Reader(browser, site, width=360)
    reader.sign_in("admin")
    reader.page.goto(f"{site}/people/add/")

    reader.page.fill("#id_code", "Not A Code")
    reader.page.fill("#id_name", "某人")
    reader.page.check("input[value=leader]")
    reader.page.click(".main-button")
    reader.page.wait_for_selector(".findings")

    assert reader.page.evaluate("document.activeElement.className") == "findings"
    assert reader.page.input_value("#id_code") == "Not A Code"
    reader.context.close()


def test_pages_load_nothing_from_elsewhere(browser: Browser, site: str) -> None:
    reader = Reader(browser, site, width=1000)
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    reader.sign_in("auditor")
    reader.page.goto(f"{site}/log/")

    assert asked
    assert [url for url in asked if not url.startswith(site)] == []
    reader.context.close()


def test_a_table_of_which_more_lies_to_the_right_is_marked_there(browser: Browser, site: str) -> None:
    reader = Reader(browser, site, width=320)
    reader.choose("en", "0")
    reader.sign_in("admin")
    reader.page.goto(f"{site}/people/")

    table = reader.page.locator(".scroll").first
    expect(table).to_contain_class("more")
    table.evaluate("one => { one.scrollLeft = one.scrollWidth }")
    expect(table).not_to_contain_class("more")
    reader.page.set_viewport_size({"width": 1280, "height": 900})
    table.evaluate("one => { one.scrollLeft = 0 }")
    expect(table).not_to_contain_class("more")
    reader.page.set_viewport_size({"width": 320, "height": 900})
    expect(table).to_contain_class("more")
    reader.context.close()
