"""Any replicate is a full scoring of the book with its settings, at the nine decimals that are written."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import numpy as np
import pytest
from tests.engine.replicates.agreement import disagreements
from tests.exact.engine_side import written
from tests.exact.random_books import random_book

import quanheng as qh
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import FindingsError
from quanheng.scheme.tree.named import follows_weights
from quanheng.scheme.weights.aggregation import AGGREGATIONS, Aggregation, Best, Last, Power

SEEDS: Final = int(os.environ.get("QUANHENG_REPLICATED_BOOKS", "60"))
CHUNK: Final = 10
METHODS: Final[tuple[Aggregation, ...]] = (
    *AGGREGATIONS.values(),
    Power(0.5),
    Power(-1.5),
    Best(2),
    Last(1),
)


@pytest.mark.parametrize("first", range(0, SEEDS, CHUNK))
def test_replicates_of_random_books_are_full_scorings(first: int, tmp_path: Path) -> None:
    found, tried = [], 0
    for seed in range(first, min(first + CHUNK, SEEDS)):
        rng = np.random.default_rng(seed)
        try:
            book = qh.load(written(random_book(seed)[0], tmp_path / str(seed)))
        except FindingsError:
            continue
        aggregates = {
            each.code: METHODS[rng.integers(len(METHODS))]
            for each in book.scheme.dimensions
            if not each.method.by_unit and each.method.basis in {"marks", "proportions", "nothing"}
        }
        try:
            told = list(disagreements(book, rng, aggregates if rng.random() < 0.5 else {}))
        except FindingsError:
            continue  # the random book, or it with these settings, has errors
        except UsageError:
            assert follows_weights(book.scheme)  # points that follow from weights are refused
            continue
        tried += 1
        found += [f"seed {seed}: {each}" for each in told]

    assert found == []
    assert tried > 0


@pytest.mark.parametrize("name", ["hdi-2022", "wuxi-gdp", "district-2023"])
def test_replicates_of_an_example_book_are_full_scorings(name: str) -> None:
    book = qh.load(Path("books") / name)

    assert list(disagreements(book, np.random.default_rng(5), {}, count=1)) == []
