"""Some measures of random books as computed items, which must change nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from tests.exact.naive.books import Book
from tests.exact.random_figures import Form

PART: Final = 0.2
"""So many of the formulas get a name, and half of these another one on top."""


def name_some_formulas(book: Book, rng: np.random.Generator) -> None:
    """Let some indicators of `book` name a computed item in the place of their formula."""
    items = book.scheme["items"]
    for form in _leaves(book.scheme["indicators"]):
        measure = str(form["measure"])
        if measure in items or "completion" in measure or rng.random() >= PART:
            continue
        code = f"made{sum('formula' in each for each in items.values())}"
        items[code] = {"formula": measure}
        if rng.random() < 0.5:
            items[f"{code}_again"] = {"formula": code}
            code = f"{code}_again"
        form["measure"] = code


def _leaves(nodes: Form) -> Iterator[Form]:
    for form in nodes.values():
        if "children" in form:
            yield from _leaves(form["children"])
        else:
            yield form
