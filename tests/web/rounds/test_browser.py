"""The grid in Debian's Chromium: typing, keys, an input method, a paste and its undo, submitting, and axe."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page
from tests.accessibility import violations
from tests.web.conftest import BlankSite
from tests.web.looking import Seeded, seeded
from tests.web.people_of_all_roles import PASSWORD

_SEED: Final = """
from django.utils import timezone
from tests.web.rounds.world import a_round
a_round(at=timezone.now())
"""
_PASTE: Final = """(block) => {
  const data = new DataTransfer();
  data.setData("text/plain", block);
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(event);
}"""


@pytest.fixture(scope="module")
def site(blank_site: BlankSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seeded]:
    """Yield a site in which wang has four figures to report."""
    with seeded(blank_site(tmp_path_factory.mktemp("site")), _SEED) as made:
        yield made


@pytest.fixture
def grid(browser: Browser, site: Seeded) -> Iterator[Page]:
    """Yield the grid of wang, signed in; what a browser complains of fails the test."""
    errors: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.goto(f"{site.url}/rounds/due/")
    page.fill("[name=login]", "wang")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.click("text=2024-Q1考核")
    _arrives(page, "#grid input")
    yield page
    context.close()
    assert errors == []


def _arrives(page: Page, what: str) -> None:
    """Wait for a page with `what`, and for its script: before, Enter sends the form as without a script."""
    page.wait_for_selector(what)
    page.wait_for_load_state()


def texts(page: Page) -> list[str]:
    found: list[str] = page.eval_on_selector_all("#grid input", "all => all.map(one => one.value)")
    return found


def faults(page: Page) -> list[str]:
    return [fault["id"] for fault in violations(page)]


def test_figures_are_typed_pasted_undone_and_submitted_by_keyboard(grid: Page, tmp_path: Path) -> None:
    grid.locator("#grid input").first.focus()
    grid.keyboard.type("1")
    grid.keyboard.press("Enter")
    grid.keyboard.type("2")
    grid.keyboard.press("ArrowUp")
    grid.keyboard.press("ArrowRight")
    grid.keyboard.type("6.1%")
    assert texts(grid) == ["1", "6.1%", "2", ""]

    grid.evaluate(_PASTE, "１，２３４．５\t/\t9\r\n\tmany\r\n")  # begins in the second column: one is outside
    grid.wait_for_selector("#paste[open] table")
    shown = grid.inner_text("#paste")
    assert "粘贴内容第1行第3列" in shown
    assert faults(grid) == []
    grid.screenshot(path=tmp_path / "paste.png")
    grid.keyboard.press("Enter")
    assert texts(grid) == ["1", "１，２３４．５", "2", ""]

    grid.locator("#grid input").first.focus()
    grid.keyboard.press("Control+z")
    assert texts(grid) == ["1", "6.1%", "2", ""]

    grid.reload()  # what was not saved is here again
    assert texts(grid) == ["1", "6.1%", "2", ""]
    grid.focus("button[value=submit]")
    grid.keyboard.press("Enter")
    _arrives(grid, "text=已保存3项")
    assert grid.locator("#grid td.submitted").count() == 3
    assert texts(grid) == [""]
    grid.focus("button[value=withdraw]")
    grid.keyboard.press("Enter")
    _arrives(grid, "#grid td.saved")
    assert texts(grid) == ["1", "6.1%", "2", ""]


def test_what_an_input_method_composes_is_never_lost(grid: Page) -> None:
    first = grid.locator("#grid input").last
    first.focus()
    client = grid.context.new_cdp_session(grid)
    client.send("Input.imeSetComposition", {"text": "bushi", "selectionStart": 5, "selectionEnd": 5})
    grid.evaluate(
        """() => document.activeElement.dispatchEvent(
          new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true }))"""
    )
    last = "[...document.querySelectorAll('#grid input')].at(-1)"
    assert grid.evaluate(f"document.activeElement === {last}")
    client.send("Input.insertText", {"text": "不适用"})

    assert texts(grid)[-1] == "不适用"


def test_what_somebody_else_saved_since_is_not_written_over_by_what_comes_back(grid: Page) -> None:
    """The last of the four, in two tabs: one types and is cut off, the other saves meanwhile."""
    grid.locator("#grid input").last.fill("7")
    with grid.context.expect_page() as opened:
        grid.evaluate("window.open(location.pathname, '_blank', 'noopener')")
    other = opened.value
    other.wait_for_load_state()
    other.locator("#grid input").last.fill("8")
    other.click("button[value=save]")
    _arrives(other, "text=已保存1项")

    grid.reload()
    back = texts(grid)[-1]
    grid.click("button[value=save]")
    _arrives(grid, "text=有1项没有保存")

    assert back == "7"
    assert "8" in grid.locator("#grid tbody td").last.inner_text()
    assert grid.locator("#grid select").count() == 1


@pytest.mark.parametrize("width", [360, 1920])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_grid_has_no_faults_and_is_not_wider_than_the_page(
    grid: Page, width: int, scheme: str, tmp_path: Path
) -> None:
    grid.set_viewport_size({"width": width, "height": 800})
    grid.emulate_media(color_scheme="dark" if scheme == "dark" else "light")

    assert faults(grid) == []
    assert grid.evaluate("document.documentElement.scrollWidth") <= width
    grid.screenshot(path=tmp_path / f"grid-{width}-{scheme}.png", full_page=True)
