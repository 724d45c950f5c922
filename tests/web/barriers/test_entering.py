"""Signing in and the scripts of the site: nothing to be remembered, drawn, dragged or held upright."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser
from tests.web.serving import served

import quanheng.web
from quanheng.web.site.demonstration import PASSWORD

_WEB: Final = Path(quanheng.web.__file__).parent
_OF_POINTERS: Final = re.compile(
    r"mouse(down|up|move|over|enter)|pointer(down|up|move|over|enter)|touch(start|move|end)|drag(start|over|end)?\b"
    r"|drop\b|devicemotion|deviceorientation|oncontextmenu"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a demonstration."""
    with served(tmp_path_factory.mktemp("entering") / "site", "--demo") as told:
        yield told["url"].rstrip("/")


def _files(*endings: str) -> list[Path]:
    found = [file for file in _WEB.rglob("static/**/*") if file.suffix in endings]
    assert found
    return found


def test_a_password_is_pasted_and_nothing_else_is_asked(browser: Browser, site: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{site}/account/login/")
    for name, text in (("login", "leader"), ("password", PASSWORD)):
        page.evaluate("text => navigator.clipboard.writeText(text)", text)
        page.focus(f"[name={name}]")
        page.keyboard.press("Control+v")

    shown = page.locator("main form input:not([type=hidden])")
    assert [each.get_attribute("name") for each in shown.all()] == ["login", "password"]
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/")
    context.close()


def test_a_wrong_password_is_told_in_words_and_the_name_stays(browser: Browser, site: str) -> None:
    page = browser.new_page(locale="zh-CN")
    page.goto(f"{site}/account/login/")
    page.fill("[name=login]", "leader")
    page.fill("[name=password]", "not the password")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert]:visible")

    assert page.inner_text("main [role=alert]").strip()
    assert page.input_value("[name=login]") == "leader"
    page.close()


def test_scripts_ask_for_nothing_that_only_a_pointer_does() -> None:
    found = {file.name: _OF_POINTERS.findall(file.read_text(encoding="utf-8")) for file in _files(".js")}
    assert {name: words for name, words in found.items() if words} == {}


def test_pages_can_be_held_upright_or_across(browser: Browser, site: str) -> None:
    page = browser.new_page()
    for width, height in ((360, 640), (640, 360)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{site}/account/login/")
        assert page.locator("[name=password]").is_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()

    assert [file.name for file in _files(".css") if "orientation" in file.read_text(encoding="utf-8")] == []
