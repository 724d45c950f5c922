"""Pages of the example books, each scored and written once a run, and opened from a file."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page

import quanheng as qh
from quanheng.documents.page.page import page_html
from quanheng.documents.page.shown import Shown
from quanheng.documents.studied import Certainty, Robustness
from quanheng.engine.results.result import Result
from quanheng.findings.text import Text
from quanheng.insight.moves.moves import Moves
from quanheng.insight.progress.progress import progress_of
from quanheng.periods.period import parse_period
from quanheng.usecase.results.moves import moved_since

BOOKS: Final = ("hdi-2022", "index-51", "wuxi-gdp", "district-2023", "enterprises")
ERRORS: Final[list[str]] = []
"""What browsers complained of, such as a breach of the page's policy."""


@cache
def example(name: str) -> tuple[qh.Book, Result]:
    """Return an example book and its result."""
    book = qh.load(Path("books") / name)
    return book, qh.score(book)


@cache
def example_page(name: str) -> str:
    """Return the page of an example book, in Chinese; with lights and moves where it has what they need."""
    book, result = example(name)
    progress = None if book.scheme.pace is None else progress_of(book, parse_period(result.round))
    shown = Shown(result=result, book=book, language="zh", progress=progress, moves=moves_of(name))
    return page_html(replace(shown, robustness=certain(result)))


@cache
def moves_of(name: str) -> Moves | None:
    """Return what moved the units of an example book since the round before, where it has one."""
    book, result = example(name)
    return None if book.scheme.pace is None else moved_since(book, result).moves


def certain(result: Result) -> Robustness:
    """Return a study in which each place is sure but for one, and the first two are not told apart."""
    units = {
        unit: Certainty(
            place=place,
            low=None if place is None else max(1, place - 1),
            high=None if place is None else place + 1,
            level_with=None if place is None else max(2, place),
        )
        for unit, place in result.ranking.select("unit", "place").rows()
    }
    varied = Text(zh="权重", en="weights")
    return Robustness(level=0.9, replicates=100, varied=varied, units=units)


def opened(browser: Browser, text: str, folder: Path, *, address: str = "", width: int = 1280) -> Page:
    """Return a page as a browser shows it, once its script has begun; errors in it are noted in `ERRORS`."""
    file = folder / "page.html"
    file.write_text(text, encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.on("pageerror", lambda error: ERRORS.append(str(error)))
    page.on("console", lambda message: ERRORS.append(message.text) if message.type == "error" else None)
    page.goto(f"{file.resolve().as_uri()}{address}")
    page.wait_for_selector("html.alive")
    return page
