"""The page scores with other weights as the engine does: the same scores to the last digit, same places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest
from playwright.sync_api import Browser, Page
from tests.documents.page.pages import BOOKS, example, example_page, opened
from tests.engine.replicates.agreement import random_weights
from tests.exact.engine_side import written
from tests.exact.random_books import random_book

import quanheng as qh
from quanheng.documents.page.assets import script
from quanheng.documents.page.page import page_html
from quanheng.documents.page.scoring import model_of, why_off
from quanheng.documents.page.shown import EVERYTHING, Shown
from quanheng.engine.frame.rounding import comparable
from quanheng.engine.replicates.arrays import elementwise
from quanheng.engine.replicates.prepared import prepared_from
from quanheng.engine.replicates.runs import Outcomes, Replicates, Way, replicated
from quanheng.engine.results.result import Result
from quanheng.findings.finding import FindingsError
from quanheng.scheme.files.read import scheme_from_mapping

WEIGHT_SETS: Final = 1_000
OF_RANDOM_BOOKS: Final = 20
SCORED: Final = """([model, sets]) => sets.map((given) => {
  const found = quanheng.scored(model, given);
  return [Array.from(found.total, (total) => Number.isNaN(total) ? null : total), found.places];
})"""


@pytest.mark.parametrize("name", BOOKS)
def test_page_scores_an_example_book_as_the_engine_does(name: str, browser: Browser, tmp_path: Path) -> None:
    book, result = example(name)
    page = opened(browser, example_page(name), tmp_path)

    assert list(differences(page, result, book, WEIGHT_SETS)) == []


def test_page_scores_random_books_as_the_engine_does(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    page.add_script_tag(content=_without_start(script()))
    tried, found = 0, []
    for seed in range(60):
        try:
            book = qh.load(written(random_book(seed)[0], tmp_path / str(seed)))
            result = qh.score(book)
            if why_off(book.scheme) is None:
                tried += 1
                found += [f"seed {seed}: {told}" for told in differences(page, result, book, OF_RANDOM_BOOKS)]
        except FindingsError:
            continue  # the random book has errors

    assert found == []
    assert tried > 10


@pytest.mark.parametrize("name", BOOKS)
def test_page_finds_the_result_again_when_it_opens(name: str, browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, example_page(name), tmp_path)

    assert page.evaluate("quanheng.page.model.scoringOff") is None
    assert page.evaluate("quanheng.page.model.scoring !== null")


def test_sliders_are_off_where_the_page_scores_otherwise(browser: Browser, tmp_path: Path) -> None:
    book, result = example("hdi-2022")
    parts = EVERYTHING - {"explanations", "findings"}  # so that the data are not packed
    text = page_html(Shown(result=result, book=book, language="en", parts=parts))
    other = text.replace('"rounding": {"points": null', '"rounding": {"points": 0', 1)

    page = opened(browser, other, tmp_path, address="#view=about")

    assert "weights cannot be tried here" in page.inner_text("main")
    assert "is not the engine's" in page.inner_text("main")
    page.goto(f"{page.url.partition('#')[0]}#view=ranking")
    assert page.locator("input[type=range]").count() == 0


def differences(page: Page, result: Result, book: qh.Book, count: int) -> Iterator[str]:
    """Yield where page and engine differ on random weights of a book."""
    prepared = prepared_from(result, book)
    base = prepared.base
    weights = random_weights(base.weights, base.by_unit, np.random.default_rng(12), count)
    way = np.zeros(count, dtype=np.int64)
    outcomes = replicated(Replicates(ways=[Way(points=prepared, aggregates={})], way=way, weights=weights))
    sets = [_given(weights, row) for row in range(count)]
    for row, (totals, places) in enumerate(page.evaluate(SCORED, [model_of(prepared), sets])):
        yield from _differing(outcomes, row, totals, places)


def _differing(outcomes: Outcomes, row: int, totals: list[float | None], places: list[int]) -> Iterator[str]:
    ours = np.array([np.nan if total is None else total for total in totals])
    engine, page = (elementwise(values[None, :], comparable)[0] for values in (outcomes.scores[row], ours))
    for unit, code in enumerate(outcomes.codes):
        same = engine[unit] == page[unit] or (np.isnan(engine[unit]) and np.isnan(page[unit]))
        if not same or outcomes.places[row, unit] != places[unit]:
            yield f"weights {row}, {code}: {page[unit]!r} at {places[unit]}, not {engine[unit]!r}"


def _given(weights: Mapping[tuple[str, str], Any], row: int) -> dict[str, list[float | None]]:
    return {
        child: [None if np.isnan(value) else float(value) for value in values[row]]
        for (_, child), values in weights.items()
    }


def _without_start(text: str) -> str:
    return text.replace("\nstart();\n", "\n")


def test_marks_by_a_formula_are_not_tried() -> None:
    leaf = {"measure": "x", "weight": 100, "rule": {"marks": "x"}}
    off = why_off(scheme_from_mapping({"items": {"x": {}}, "indicators": {"i": leaf}}))

    assert off is not None
    assert "marks" in off.en
