"""Totals joined with other weights are those of a full scoring by a scheme that states them."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import narwhals as nw
import numpy as np
import pytest
from tests.exact.engine_side import written
from tests.exact.random_books import random_book

import quanheng as qh
from quanheng.data.book.book import Book
from quanheng.engine.replicates.reweighed import stated_otherwise
from quanheng.engine.results.score import score
from quanheng.findings.finding import FindingsError
from quanheng.scheme.tree.scheme import Scheme
from quanheng.studies.variants.edits import with_weights
from quanheng.studies.variants.mixtures import Outcome, scored
from quanheng.studies.variants.passes import Mixture
from quanheng.studies.whatif.laid_out import LaidOut, laid_out

SEEDS: Final = int(os.environ.get("QUANHENG_REWEIGHED_BOOKS", "60"))
CHUNK: Final = 10
Row = tuple[Any, ...]


@pytest.mark.parametrize("first", range(0, SEEDS, CHUNK))
def test_random_books_with_other_weights_are_full_scorings(first: int, tmp_path: Path) -> None:
    found, quick = [], 0
    for seed in range(first, min(first + CHUNK, SEEDS)):
        rng = np.random.default_rng(seed)
        try:
            book = qh.load(written(random_book(seed)[0], tmp_path / str(seed)))
            of = laid_out(book, book.scheme.round)
            changed = other_weights(of.scheme, rng)
            by_plan = outcome(of, changed, rated_by=None)
        except (FindingsError, qh.UsageError):
            continue  # the random book, or it with these weights, has errors
        joined = outcome(of, changed, rated_by=of.scheme)
        quick += stated_otherwise(changed, of.scheme) is not None
        found += [f"seed {seed}: {told}" for told in differences(joined, by_plan)]
        found += [f"seed {seed}: {told}" for told in differences_from_scoring(joined, book, changed)]

    assert found == []
    assert quick > 0


@pytest.mark.parametrize(("name", "node"), [("hdi-2022", "income"), ("district-2023", "projects")])
def test_example_books_with_other_weights_are_full_scorings(name: str, node: str) -> None:
    # the district folds its reviews into the year, rounds everywhere, breaks ties and has a veto
    book = qh.load(Path("books") / name)
    of = laid_out(book, book.scheme.round)
    changed = with_weights(of.scheme, {node: {group.code: 37.0 for group in of.scheme.groups}})

    assert stated_otherwise(changed, of.scheme)
    found = differences(outcome(of, changed, rated_by=of.scheme), outcome(of, changed, rated_by=None))
    assert list(found) == []


def other_weights(scheme: Scheme, rng: np.random.Generator) -> Scheme:
    """Return a scheme in which some children of some dimensions weigh more or less, or nothing."""
    weights = {}
    for dimension in scheme.dimensions:
        if rng.random() < 0.7:
            for child in dimension.children:
                if rng.random() < 0.6:
                    factor = rng.uniform(0.3, 3.0) if rng.random() < 0.9 else 0.0
                    own = child.weights.items()
                    weights[child.code] = {group: round(weight * factor, 2) for group, weight in own}
    return with_weights(scheme, weights)


def outcome(of: LaidOut, changed: Scheme, *, rated_by: Scheme | None) -> Outcome:
    """Return what becomes of the book as it is, with other weights, and with other figures beside them."""
    halved = of.grid.with_columns(*[nw.col(name) / 2 for name in of.grid.columns if name.startswith("item|")])
    plain = Mixture(scheme=of.scheme, grid=of.grid, rows=of.rows, reviews=of.reviews)
    other = replace(plain, scheme=changed, rated_by=rated_by)
    mixtures = {
        "0": plain,
        "weights": other,
        "figures": replace(plain, grid=halved),
        "both": replace(other, grid=halved),
    }
    return scored(mixtures, looked_at=("0", "both"))


def differences(one: Outcome, other: Outcome) -> list[str]:
    """Return what differs between two outcomes at nine decimals."""
    ours, theirs = rows_of(one), rows_of(other)
    found = [f"{key}: {ours.get(key)} is not {row}" for key, row in theirs.items() if ours.get(key) != row]
    if one.shared_out != other.shared_out:
        found.append(f"shared out: {one.shared_out} is not {other.shared_out}")
    for key, told in other.findings.items():
        if [str(each) for each in told] != [str(each) for each in one.findings[key]]:
            found.append(f"findings on {key}: {one.findings[key]} are not {told}")
    return found


def differences_from_scoring(joined: Outcome, book: Book, changed: Scheme) -> list[str]:
    """Return what differs from a scoring of the book, if it can be scored."""
    try:
        ranking = score(replace(book, scheme=changed)).ranking
    except FindingsError:
        return []
    ours = {unit: row for (mixture, unit), row in rows_of(joined).items() if mixture == "weights"}
    rows = ranking.select("unit", "group", "score", "place", "tier").iter_rows()
    full = {unit: (group, settled(total), place, tier) for unit, group, total, place, tier in rows}
    return [
        f"scored: {unit}: {ours.get(unit)} is not {row}"
        for unit, row in full.items()
        if ours.get(unit) != row
    ]


def rows_of(outcome: Outcome) -> dict[tuple[str, str], Row]:
    """Return group, score, place and tier by mixture and unit."""
    rows = outcome.rows.select("mixture", "unit", "group", "score", "place", "tier").iter_rows()
    return {
        (mixture, unit): (group, settled(total), place, tier)
        for mixture, unit, group, total, place, tier in rows
    }


def settled(total: float | None) -> float | None:
    """Return a total at the decimals that are compared."""
    return None if total is None else round(total, 9) + 0.0
