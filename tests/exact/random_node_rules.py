"""Rules on some dimensions of random books, drawn apart so that the rest of each book stays as it was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from tests.exact.naive.books import Book
from tests.exact.random_figures import Form, Rule

PART: Final = 0.12
"""Of so many dimensions a rule rates what their children make."""
NODE_RULES: Final[tuple[Rule, ...]] = (
    "percentile",
    "zscore",
    {"place": {"first": 100, "last": 60}},
    {"place": {"table": {"1": 100, "2-3": 90}, "otherwise": 60}},
    {"scale": {}},
    {"scale": {"worst": 0, "best": "observed"}},
    {"scale": {"worst": 20, "best": 80, "base": 50}},
    {"bands": [[30, 10], [60, 70], [90, 100]]},
    {"steps": {"table": [[50, 60], [75, 100]], "otherwise": 20}},
    {"ratio": {"ref": "best"}},
    {"ratio": {"ref": "mean", "cap": 120}},
    {"deduct": {"each": 0.5, "free": 40}},
    {"ideal": {"between": [40, 60]}},
    {"met": "x >= 60"},
)
_EITHER_WAY: Final = ("percentile", "zscore")


def add_node_rules(book: Book, rng: np.random.Generator) -> None:
    """Give some dimensions of `book`, and seldom the total, a rule."""
    forms = [each for each in _dimensions(book.scheme["indicators"]) if rng.random() < PART]
    if rng.random() < PART / 2:
        forms.append(book.scheme)  # type: ignore[arg-type]  # a scheme is a form, too
    for form in forms:
        rule = NODE_RULES[int(rng.integers(len(NODE_RULES)))]
        form["rule"] = rule
        if rule in _EITHER_WAY and rng.random() < 0.3:
            form["direction"] = "less"


def _dimensions(nodes: Form) -> Iterator[Form]:
    for form in nodes.values():
        if "children" in form:
            yield form
            yield from _dimensions(form["children"])
