"""Perturbed copies of a book: all in one pass, beside a loop over copies and beside full scorings.

The book is scored once with each combination of choices; these scorings are kept, as for a second study of
the same book, and the run that is not counted makes them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from SALib.analyze.sobol import analyze

from benchmarks.case import OURS, Case, Contender, register
from quanheng.data.book.book import Book
from quanheng.data.load import load
from quanheng.engine.replicates.runs import Outcomes
from quanheng.engine.results.score import score
from quanheng.examples import path_of_example
from quanheng.scheme.tree.scheme import Dimension, Node
from quanheng.studies.robustness.causes.causes import Variants, weighed_nodes
from quanheng.studies.robustness.causes.ways import Ways
from quanheng.studies.robustness.drawing.design import Design, design_of
from quanheng.studies.robustness.drawing.drawn import Designed
from quanheng.studies.robustness.drawing.outcomes import outcomes_of
from quanheng.studies.robustness.drawing.replicates import factors_of
from quanheng.studies.robustness.drawing.sampler import Sampler
from quanheng.studies.robustness.form import CausesForm
from quanheng.studies.robustness.told.indices import Indices, sobol_indices

INDEX: Final = "index-51"
ALL: Final = CausesForm.model_validate(
    {
        "weights": {"change": "25%"},
        "rule": {"choices": ["percentile"]},
        "treatment": {"choices": ["none"]},
        "aggregation": {"choices": ["geometric"]},
    }
)
WEIGHTS: Final = CausesForm.model_validate({"weights": {"change": "25%"}})
LOOPED: Final = 1_000
"""So many copies at most are made one by one; their time is that of so many."""


def replicates(book: Book, causes: CausesForm, runs: int, *, mixed: bool = False) -> tuple[Design, Outcomes]:
    """Return the outcomes of at least `runs` replicates; with `mixed` as many more for each cause."""
    ways = Ways(book, Variants(book.scheme, causes))
    assert causes.weights is not None  # noqa: S101 - the causes above have them
    sampler = Sampler(form=causes.weights, scheme=book.scheme, nodes=weighed_nodes(book.scheme, (), ()))
    factors = factors_of(ways, sampler, {})
    design = design_of([factor.width for factor in factors], runs, seed=1, mixed=mixed)
    drawn = Designed(design=design, factors=factors, sampler=sampler)
    return design, outcomes_of(ways, drawn, (), {}, seed=1)


def loop(book: Book, runs: int) -> NDArray[np.int64]:
    """Return places of replicates with weights ±25 %, one by one in numpy: means up the tree, and a sort."""
    scored = score(book)
    wide, root = scored.wide, book.scheme.root
    points = {each.code: wide[f"points|{each.code}"].to_numpy() for each in book.scheme.indicators}
    rng = np.random.default_rng(1)
    places = np.empty((runs, len(wide)), dtype=np.int64)
    for run in range(runs):
        total = _mean(root, points, rng)
        places[run] = 1 + (total[None, :] > total[:, None]).sum(axis=1)
    return places


def _mean(
    node: Node, points: Mapping[str, NDArray[np.float64]], rng: np.random.Generator
) -> NDArray[np.float64]:
    if not isinstance(node, Dimension):
        return points[node.code]
    below = np.array([_mean(child, points, rng) for child in node.children])
    weights = rng.uniform(0.75, 1.25, len(below))
    return np.asarray(weights @ below / weights.sum())


def _full(book: Book, runs: int) -> None:
    for _ in range(runs):
        score(book)


def index(runs: int, _: Path) -> Mapping[str, Contender]:
    """Prepare an invented index of 51 × 49."""
    book = load(path_of_example(INDEX))
    some = min(runs, LOOPED)
    return {
        OURS: partial(replicates, book, ALL, runs),
        f"weights alone, one by one in numpy, {some} of them": partial(loop, book, some),
        f"full scorings, {min(runs, 10)} of them": partial(_full, book, min(runs, 10)),
    }


def sobol(runs: int, _: Path) -> Mapping[str, Contender]:
    """Prepare the indices of four causes; SALib's is the step of analysis alone."""
    book = load(path_of_example(INDEX))
    causes = 4
    design, outcomes = replicates(book, ALL, max(2, 2 * runs // (causes + 2)), mixed=True)
    output = outcomes.scores[: len(design.numbers), 0]
    return {
        OURS: partial(_studied, book, max(2, 2 * runs // (causes + 2))),
        "SALib, analysis of one output alone": partial(_analyzed, design, output),
        "ours, analysis of one output alone": partial(_indices, design, output),
    }


def _studied(book: Book, runs: int) -> Indices:
    design, outcomes = replicates(book, ALL, runs, mixed=True)
    return _indices(design, outcomes.scores[: len(design.numbers), 0])


def _indices(design: Design, output: NDArray[np.float64]) -> Indices:
    a, b = output[: design.base], output[design.base : 2 * design.base]
    mixed = np.array([output[design.mixed(factor)] for factor in range(len(design.factors))])
    return sobol_indices(a, b, mixed, seed=1)


def _analyzed(design: Design, output: NDArray[np.float64]) -> object:
    base, count = design.base, len(design.factors)
    parts = [
        output[:base],
        *(output[design.mixed(factor)] for factor in range(count)),
        output[base : 2 * base],
    ]
    problem = {"num_vars": count, "names": list(map(str, range(count))), "bounds": [[0, 1]] * count}
    return analyze(problem, np.array(parts).T.reshape(-1), calc_second_order=False, num_resamples=300)


def left_out(_: int, __: Path) -> Mapping[str, Contender]:
    """Prepare to leave out each indicator."""
    book = load(path_of_example(INDEX))
    return {OURS: partial(_left_out, book), "full scoring, once": partial(score, book)}


def _left_out(book: Book) -> Outcomes:
    ways = Ways(book, Variants(book.scheme, CausesForm()))
    nothing = Designed(design=design_of([1], 2, seed=1, mixed=False), factors=(), sampler=None)
    return outcomes_of(ways, nothing, book.scheme.indicators, {}, seed=1)


def large(units: int, folder: Path) -> Mapping[str, Contender]:
    """Prepare a book of many units × 50 indicators, and 1,000 replicates of its weights."""
    book = _large_book(units, folder)
    return {
        OURS: partial(replicates, book, WEIGHTS, min(units, 1_000)),
        "full scoring, once": partial(score, book),
    }


def _large_book(units: int, folder: Path) -> Book:
    (folder / "data").mkdir(parents=True)
    codes = [f"x{number}" for number in range(50)]
    rng = np.random.default_rng(1)
    figures = rng.gamma(2.0, 10.0, (units, len(codes)))
    names = [f"U{number:05}" for number in range(units)]
    (folder / "units.csv").write_text("unit\n" + "\n".join(names) + "\n", encoding="utf-8")
    rows = (
        f"{name},{','.join(f'{value:.3f}' for value in row)}"
        for name, row in zip(names, figures, strict=True)
    )
    heading = f"unit,{','.join(codes)}\n"
    (folder / "data" / "2023.csv").write_text(heading + "\n".join(rows) + "\n", encoding="utf-8")
    leaves = [f"      l{code}: {{measure: {code}, weight: 1}}" for code in codes]
    parts = [
        f"  d{part}:\n    weight: 1\n    children:\n" + "\n".join(leaves[10 * part : 10 * part + 10])
        for part in range(5)
    ]
    head = (
        "quanheng: 1\nid: many\ntitle: many\nround: 2023\nweights: relative\ndefaults: {rule: {scale: {}}}\n"
    )
    items = f"items: {{{', '.join(f'{code}: {{}}' for code in codes)}}}\n"
    (folder / "scheme.yaml").write_text(
        head + items + "indicators:\n" + "\n".join(parts) + "\n", encoding="utf-8"
    )
    return load(folder)


_CASES: Final[tuple[tuple[str, int, int, Callable[[int, Path], Mapping[str, Contender]]], ...]] = (
    ("replicates of 51 × 49: weights, rule, treatment and aggregation", 10_000, 16, index),
    ("Sobol indices of four causes, 51 × 49, runs", 3_000, 48, sobol),
    ("each of 49 indicators left out", 49, 49, left_out),
    ("1,000 replicates of weights, units × 50", 5_000, 40, large),
)
for name, size, tiny, prepare in _CASES:
    register(Case(name=name, size=size, tiny=tiny, prepare=prepare, repeats=3))
