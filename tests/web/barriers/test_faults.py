"""The walk finds what it looks for: a page with one fault of each kind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from tests.web.barriers.walk import SCRIPT

_GOOD = """<!DOCTYPE html><html lang="en"><head><title>t</title></head><body><header>
<button name="language" lang="zh-CN" style="border: 1px solid #000">x</button></header>
<main>{}</main></body></html>"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Yield a page in which the script of the walk stands."""
    page = browser.new_page(viewport={"width": 800, "height": 600})
    page.add_init_script(path=SCRIPT)
    page.goto("about:blank")
    yield page
    page.close()


@pytest.mark.parametrize(
    ("point", "html"),
    [
        ("media", "<video></video>"),
        ("moving", "<style>@keyframes a { to { opacity: 0 } } b { animation: a 9s }</style><b>x</b>"),
        ("pictures", "<svg></svg>"),
        ("letters in pictures", "<img alt='a' src='data:,'>"),
        ("tables", "<table><tr><th scope=col>x</th></tr></table>"),
        ("tables", "<table><caption>c</caption><tr><th>x</th></tr></table>"),
        ("order", "<a href='#' tabindex=1>x</a>"),
        ("order", "<div style='flex-direction: row-reverse'>x</div>"),
        ("dragging", "<div draggable=true>x</div>"),
        ("senses", "press the green one"),
        ("senses", "见左侧"),
        ("colour", "<p>text <a href='#' style='text-decoration: none'>x</a></p>"),
        ("purpose", "<input type=password>"),
        ("purpose", "<input name=login>"),
        ("hovering", "<b title=x>x</b>"),
        ("shortcuts", "<a href='#' accesskey=x>x</a>"),
        ("spoken names", "<a href='#' aria-label=other>x</a>"),
        ("ids", "<b id=a>x</b><b id=a>x</b>"),
        ("links", "<p><a href='#'>click here</a></p>"),
        ("links", "<div><a href='#a'>x</a></div><div><a href='#b'>x</a></div>"),
        ("edges", "<button style='border: 1px solid #ddd; background: #fff'>x</button>"),
    ],
)
def test_a_fault_is_found(point: str, html: str, page: Page) -> None:
    page.set_content(_GOOD.format("<p>nothing</p>"))
    assert page.evaluate("barriers.faults('en')") == []

    page.set_content(_GOOD.format(html))

    assert point in {found for found, _ in page.evaluate("barriers.faults('en')")}


def test_another_language_is_found(page: Page) -> None:
    page.set_content(_GOOD.format(""))

    assert [point for point, _ in page.evaluate("barriers.faults('zh-CN')")] == ["language", "language"]


@pytest.mark.parametrize(
    "html", ["<div style='width: 900px'>x</div>", "<div style='width: 9px; overflow: hidden'>word</div>"]
)
def test_what_is_cut_off_is_found(html: str, page: Page) -> None:
    page.set_content(_GOOD.format(html))

    assert page.evaluate("barriers.cutOff()")


def test_a_choice_that_sends_is_found(page: Page) -> None:
    page.set_content(
        _GOOD.format("<form><select onchange='this.form.requestSubmit()'><option>a</select></form>")
    )

    assert page.evaluate("barriers.choose()") == "a form was sent"


def test_a_focus_that_is_not_seen_or_covered_is_found(page: Page) -> None:
    bar = "<div style='position: fixed; inset: 0; background: #fff'></div>"
    page.set_content(_GOOD.format(f"<a href='#' id=a style='outline: none'>x</a>{bar}"))
    page.focus("#a")

    focus = page.evaluate("barriers.focus()")
    assert (focus["marked"], focus["covered"]) == (False, True)
