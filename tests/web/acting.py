"""A person at a browser who has a keyboard and no mouse."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, expect

PASSWORD: Final = "a-long-invented-secret"
_MOST_TABS: Final = 150
_PERIOD: Final = 30
_REACHED: Final[set[tuple[str, str]]] = set()
_PASTE: Final = """(block) => {
  const data = new DataTransfer();
  data.setData("text/plain", block);
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(event);
}"""


class Person:
    """Somebody with a browser of their own. Everything is reached by Tab and done by keys.

    Where a browser complains of a page, it stands in `errors`; what was pressed, followed, filled in and
    looked for stands in `done`, as the page calls it.
    """

    def __init__(self, browser: Browser, site: str) -> None:
        """Open a browser that has been nowhere."""
        self.errors: list[str] = []
        self.done: set[str] = set()
        self.site = site
        context = browser.new_context(
            viewport={"width": 1280, "height": 900}, locale="zh-CN", ignore_https_errors=True
        )
        self.page: Page = context.new_page()
        self.page.set_default_timeout(8_000)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda said: self._heard(said.type, said.text))

    def opens(self, address: str) -> None:
        """Open an address of the site, or a whole one such as a one-time link."""
        self.page.goto(address if address.startswith("http") else f"{self.site}{address}")

    def takes_the_link(self, link: str, **told: str) -> None:
        """Set a password by a one-time link; the first administrator also tells a code and a name."""
        self.opens(link)
        for label, text in told.items():
            self.writes(label, text)
        self.writes("新密码", PASSWORD)
        self.writes("再输一次", PASSWORD)
        self.presses("保存")
        code = told.get("登录名") or ""
        self.sees("密码已设置")
        if code:
            self.signs_in(code)

    def signs_in(self, code: str) -> None:
        """Sign in by the password."""
        self.writes("登录名", code)
        self.writes("密码", PASSWORD)
        self.presses("登录")

    def sets_up_a_second_factor(self) -> str:
        """Do what the site asks for before anything else; return the secret."""
        secret = self.page.inner_text("code.secret").strip()
        self.writes("验证码", one_time_code(secret))
        self.presses("启用")
        self.follows("完成")
        return secret

    def follows(self, name: str, *, beside: Locator | None = None, exact: bool = False) -> None:
        """Follow a link."""
        with self.page.expect_navigation():
            self._reaches((beside or self.page.locator("body")).get_by_role("link", name=name, exact=exact))
            self.page.keyboard.press("Enter")

    def presses(self, name: str, *, beside: Locator | None = None) -> None:
        """Press a button that sends a form."""
        with self.page.expect_navigation():
            self._reaches((beside or self.page.locator("body")).get_by_role("button", name=name))
            self.page.keyboard.press("Enter")

    def ticks(self, name: str) -> None:
        """Tick a box."""
        box = self.page.get_by_role("checkbox", name=name)
        self._reaches(box)
        self.page.keyboard.press("Space")
        expect(box).to_be_checked()

    def writes(self, label: str, text: str, *, beside: Locator | None = None) -> None:
        """Write into a field; a moment is put in as a whole, since its keys differ by country."""
        self.done.add(label)
        field = (beside or self.page.locator("main")).get_by_label(label).first
        self._reaches(field)
        if field.get_attribute("type") == "datetime-local":
            field.fill(text)
        else:
            self.page.keyboard.press("Control+a")
            self.page.keyboard.insert_text(text)

    def chooses(self, label: str, option: str) -> None:
        """Choose one of a list."""
        field = self.page.get_by_label(label).first
        self._reaches(field)
        field.select_option(label=option)

    def hands_in(self, label: str, file: Path) -> None:
        """Choose a file; the dialogue is the browser's own."""
        field = self.page.get_by_label(label).first
        self._reaches(field)
        field.set_input_files(file)

    def types_into(self, first: Locator, *texts: str) -> None:
        """Type figures down a column of a grid, each with Enter."""
        self._reaches(first)
        for text in texts:
            self.page.keyboard.type(text)
            self.page.keyboard.press("Enter")

    def pastes_at(self, first: Locator, block: str) -> None:
        """Paste a block, look at what it does, and take it."""
        self._reaches(first)
        self.page.evaluate(_PASTE, block)
        self.page.wait_for_selector("#paste[open] table")
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector("#paste[open]", state="detached")

    def sees(self, *texts: str) -> None:
        """Find texts on the page."""
        self.done |= set(texts)
        for text in texts:
            expect(self.page.locator("body")).to_contain_text(text)

    def looks_until(self, text: str, *, most: int = 60) -> None:
        """Load the page again until something stands on it."""
        for _ in range(most * 3):
            if text in self.page.inner_text("main"):
                return
            self.page.wait_for_timeout(300)
            self.page.reload()
        raise AssertionError(self.page.inner_text("main"))

    def _reaches(self, wanted: Locator) -> None:
        """Press Tab until the focus is on it; what was reached so on such a page once is taken to be so."""
        handle = wanted.first.element_handle()
        self.done.add(handle.inner_text())
        here = (re.sub(r"\d+", "0", urlsplit(self.page.url).path), str(wanted))
        if here in _REACHED:
            handle.focus()
            return
        for _ in range(_MOST_TABS):
            if handle.evaluate("one => one === document.activeElement"):
                _REACHED.add(here)
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{wanted} is not reached by keyboard at {self.page.url}")

    def _heard(self, kind: str, text: str) -> None:
        # pages of a server elsewhere are not ours
        if kind == "error" and self.page.url.startswith(self.site):
            self.errors.append(f"{self.page.url}: {text}")


def box(who: Person, unit: str, item: str) -> Locator:
    """Return the field of a figure in the grid of somebody who reports."""
    return who.page.locator("#grid").get_by_role("textbox", name=f"{unit} {item}")


def cell(who: Person, unit: str, column: int) -> Locator:
    """Return a cell of the matrix of the office; the columns are counted from 0."""
    row = who.page.get_by_role("row").filter(has=who.page.get_by_role("rowheader", name=unit, exact=True))
    return row.first.locator("td").nth(column)


def one_time_code(secret: str, *, later: int = 0) -> str:
    """Return what an authenticator shows, now or some turns later."""
    return str(format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // _PERIOD + later)))
