"""Mutated books: `make test` tries 200, `make hardship` 10,000."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Final

import pytest
from tests.mutants.book import base_book, write
from tests.mutants.outcome import faults, outcome_of

MUTANTS: Final = int(os.environ.get("QUANHENG_MUTANTS", "200"))
CHUNK: Final = 50


def test_the_book_that_is_mutated_is_sound() -> None:
    with tempfile.TemporaryDirectory() as folder:
        outcome = outcome_of(write(base_book(), Path(folder)))

    assert len(outcome.scores) == 6
    assert len(set(outcome.scores.values())) == 6
    assert outcome.findings == frozenset()


@pytest.mark.parametrize("first", range(0, MUTANTS, CHUNK))
def test_a_mutant_gives_the_same_scores_or_findings_and_never_a_fault(first: int) -> None:
    assert faults(range(first, min(first + CHUNK, MUTANTS))) == []
