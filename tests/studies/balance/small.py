"""Small books for tests of balance, and all plans of their levers tried one by one."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import narwhals as nw
import numpy as np
import polars as pl
from tests.adjustments_table import adjustments_table
from tests.engine.books import book_of

from quanheng.data.book.book import Book
from quanheng.engine.results.score import score
from quanheng.scheme.files.read import scheme_from_mapping
from quanheng.studies.balance.form import BalanceForm
from quanheng.studies.balance.model.frozen import Pool
from quanheng.studies.balance.study import run
from quanheng.studies.read import settings_from
from quanheng.studies.study import Study
from quanheng.studies.variants.trials import trials_of

RULES: Mapping[str, object] = {
    "scale": {"scale": {"worst": 0, "best": 10, "base": 20}},
    "bands": {"bands": [[2, 10], [4, 70], [8, 100]]},
    "steps": {"steps": [[3, 40], [5, 80], [7, 100]]},
    "deduct": {"deduct": {"from": 100, "each": 15, "free": 1, "floor": 10}},
    "target": {"target": {"cap": 120}},
    "slopes": {
        "target": {
            "compare": "difference",
            "base": 70,
            "over": {"per": 2, "add": 9, "up_to": 100, "whole": True},
            "short": {"per": 1, "take": 6, "down_to": 20},
        }
    },
    "met": {"met": "x >= 6"},
    "ideal": {"ideal": {"between": [4, 6], "width": 5}},
    "place": {"place": {"first": 100, "last": 40}},
    "observed": {"scale": {"worst": "observed", "best": "observed", "base": 40}},
}
LESS = frozenset({"deduct"})
OF_THE_POOL = frozenset({"place", "observed"})


def small_book(
    rules: Sequence[str],
    figures: Sequence[Sequence[float]],
    *,
    aggregate: object = "arithmetic",
    more: Mapping[str, object] | None = None,
) -> Book:
    """A book with an indicator `i0`, `i1` … for each of `rules`, of which the first two are a dimension.

    `figures` has a row for each unit `A`, `B` … with a figure of item `x0`, `x1` … each.
    """
    leaves = {
        f"i{number}": {
            "measure": f"x{number}",
            "weight": 10 + 5 * number,
            "rule": RULES[rule],
            "direction": "less" if rule in LESS else "more",
        }
        for number, rule in enumerate(rules)
    }
    below = {code: leaves[code] for code in list(leaves)[:2]}
    others = {code: leaf for code, leaf in leaves.items() if code not in below}
    scheme = scheme_from_mapping(
        {
            "id": "small",
            "round": "2023",
            "weights": "relative",
            "items": {f"x{number}": {} for number in range(len(rules))},
            "indicators": {
                "both": {"weight": 30, "aggregate": aggregate, "weights": "relative", "children": below},
                **others,
            },
            **(more or {}),
        }
    )
    units = [chr(ord("A") + number) for number in range(len(figures))]
    targets = [
        (f"i{number}", unit, "2023", 5.0)
        for number, rule in enumerate(rules)
        if rule in {"target", "slopes"}
        for unit in units
    ]
    return book_of(
        scheme,
        units=pl.DataFrame({"unit": units, "name": units, "group": ["all"] * len(units)}),
        figures=[
            (f"x{number}", unit, "2023", float(value))
            for unit, row in zip(units, figures, strict=True)
            for number, value in enumerate(row)
        ],
        targets=targets,
    )


def with_marks(book: Book, rows: Iterable[tuple[str, str, float, str]]) -> Book:
    """The book with adjustments (unit, kind, marks, node)."""
    table = [
        (unit, kind, marks, "", node, None, None, "adjustments.csv", None, str(number))
        for number, (unit, kind, marks, node) in enumerate(rows, 2)
    ]
    frame = adjustments_table(table)
    return replace(book, adjustments=nw.from_native(frame, eager_only=True))


def balanced(book: Book, **settings: object) -> Study:
    """The study with settings as a file has them."""
    return run(book, settings_from(settings, BalanceForm))


def every_plan(book: Book, levers: Sequence[Mapping[str, Any]]) -> list[tuple[tuple[int, ...], float, Pool]]:
    """All plans of levers with whole steps: steps of each, what it costs, and the round scored with it."""
    result = score(book)
    trials = trials_of(result)
    counts = [range(round((lever.get("up") or lever["down"]) / lever["step"]) + 1) for lever in levers]
    plans = list(itertools.product(*counts))
    changes = [
        {
            (lever["unit"], lever["item"]): (trials.figure(lever["unit"], lever["item"]) or 0.0)
            + (1 if "up" in lever else -1) * lever["step"] * steps
            for lever, steps in zip(levers, plan, strict=True)
        }
        for plan in plans
    ]
    wide = trials.scored(changes)
    return [
        (
            plan,
            sum(_cost(lever, steps * lever["step"]) for lever, steps in zip(levers, plan, strict=True)),
            Pool(result.scheme, wide.filter(wide["round"] == f"{number:06d}")),
        )
        for number, plan in enumerate(plans)
    ]


def _cost(lever: Mapping[str, Any], amount: float) -> float:
    if not isinstance(lever["cost"], list):
        return float(lever["cost"]) * amount
    amounts, costs = zip((0.0, 0.0), *lever["cost"], strict=True)
    return float(np.interp(amount, amounts, costs))


def total_of(pool: Pool, unit: str) -> float:
    """The total of a unit, which has one."""
    total = pool.total(unit)
    assert total is not None
    return total
