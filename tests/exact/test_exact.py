"""The engine against the naive scorer on random books: `make test` tries 300, `make hardship` 5,000."""

from __future__ import annotations

import ast
import os
from pathlib import Path
from typing import Final

import pytest
from tests.exact.agreement import differences
from tests.exact.engine_side import score_book
from tests.exact.random_books import random_book
from tests.exact.random_leaves import KINDS

NAIVE: Final = Path(__file__).parent / "naive"
BOOKS: Final = int(os.environ.get("QUANHENG_EXACT_BOOKS", "300"))
CHUNK: Final = 30
METHODS: Final = ("marks", "relative", "equal", "std", "entropy", "critic")
MEANS: Final = (
    "arithmetic",
    "geometric",
    "harmonic",
    "min",
    "max",
    "product",
    "sum",
    "copeland",
    "power",
    "best",
    "last",
)
POLICIES: Final = ("error", "zero", "worst", "redistribute", "neutral", "mean", "median", "full", "at_least")
STAGES: Final = (
    "ratio",
    "points",
    "scores",
    "total",
    "winsorise",
    "quantiles",
    "log",
    "bonus",
    "categories",
    "nodes",
    "penalty",
    "veto",
)
NEWER: Final = ("months(", "best(", "worst(", "last(", "share(last(", "sort ==", "sort not in", ", led_by)")
WATCHED: Final = {
    "a condition settled beside a side that does not apply",
    "a target of 0",
    "a target below 0",
    "an anchor missing where values are filled",
    "an anchor or condition that does not apply",
    "equal on paper alone under ideal",
    "equal on paper alone under met",
    "equal on paper alone under scale",
    "equal on paper alone under steps",
    "equal on paper alone under target",
    "marks at a node of weight 0",
    "marks at a node whose points do not follow from rounded scores",
    "worst and best equal on paper alone",
}
"""Constructions that the engine once scored otherwise than its pages say."""


@pytest.mark.parametrize("first", range(0, BOOKS, CHUNK))
def test_the_engine_says_what_the_naive_scorer_says(first: int, tmp_path: Path) -> None:
    found = []
    for seed in range(first, min(first + CHUNK, BOOKS)):
        book, scored = random_book(seed)
        told = differences(scored, lambda book=book, seed=seed: score_book(book, tmp_path / str(seed)))  # type: ignore[misc]  # mypy cannot see the types of defaults
        found += [f"seed {seed}: {difference}" for difference in told]

    assert found == []


def test_random_books_are_of_every_kind_and_most_of_them_score() -> None:
    books = [random_book(seed) for seed in range(300)]

    scoring = [(book, scored) for book, scored in books if not scored.findings.errors]
    told = " ".join(str(book.scheme) for book, _ in scoring)
    tied = [scored for _, scored in scoring if _has_ties(scored.standing.places)]
    assert 180 <= len(scoring) <= 285
    assert len(tied) >= 60
    assert [kind for kind in KINDS if f"'{kind}'" not in told] == []
    assert set().union(*(scored.findings.edges for _, scored in books)) >= WATCHED
    assert [word for word in NEWER if word not in told] == []
    assert [word for word in (*METHODS, *MEANS, *POLICIES, *STAGES) if f"'{word}'" not in told] == []


def test_the_naive_scorer_imports_nothing_of_the_program() -> None:
    modules = {module for path in NAIVE.glob("*.py") for module in _imported(path)}

    own = {module for module in modules if module.startswith("tests.exact.naive.")}
    assert modules - own == {
        "__future__",
        "collections.abc",
        "dataclasses",
        "decimal",
        "enum",
        "fractions",
        "re",
        "typing",
    }


def _imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def _has_ties(places: dict[tuple[str, str], int]) -> bool:
    totals = [place for (_, node), place in places.items() if node == "total"]
    return len(totals) > len(set(totals))
