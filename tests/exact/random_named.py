"""Some measures of random books that ask for what another node has; the rest of each book stays as it was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from tests.exact.naive.books import Book
from tests.exact.random_figures import Form

PART: Final = 0.1
"""So many indicators ask for the points of a node, a third of these for its score."""
_STATED: Final = ("marks", "relative", "equal")


def name_some_nodes(book: Book, rng: np.random.Generator) -> None:
    """Let some indicators of `book` ask for nodes that come whole before them."""
    marked = {row.get("node", "") for row in book.adjustments}
    marked |= {rule.get("node", "") for rule in book.scheme.get("adjustments", {}).get("rules", ())}
    all_forms = dict(_all(book.scheme["indicators"]))
    ways = dict(_ways(book.scheme["indicators"], ()))
    for code, form in all_forms.items():
        if "children" in form or rng.random() >= PART or "completion" in str(form["measure"]):
            continue
        free = [
            other
            for other, of in all_forms.items()
            if other != code
            and other not in ways[code]
            and not _is_changed(other, of, marked)
            # only nodes that are whole before the asker: then no circle can close
            and max(list(all_forms).index(each) for each in (other, *_codes(of)))
            < list(all_forms).index(code)
        ]
        if not free:
            continue
        other = free[int(rng.integers(len(free)))]
        above = [book.scheme, *(all_forms[each] for each in ways[other])]
        default = book.scheme.get("weights", "marks")
        stated = all(each.get("weights", default) in _STATED for each in above)
        function = "score" if stated and rng.random() < 0.3 else "points"
        limit = int(rng.integers(1, 9)) * (2 if function == "score" else 10)
        form["measure"] = f"where({function}({other}) > {limit}, {form['measure']}, {rng.integers(0, 3)})"


def _all(forms: Form) -> Iterator[tuple[str, Any]]:
    for code, form in forms.items():
        yield code, form
        yield from _all(form.get("children", {}))


def _codes(form: Form) -> list[str]:
    return [code for code, _ in _all(form.get("children", {}))]


def _ways(forms: Form, above: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for code, form in forms.items():
        yield code, above
        yield from _ways(form.get("children", {}), (*above, code))


def _is_changed(code: str, form: Form, marked: set[str]) -> bool:
    """Return whether scores at or below a node change after they are earned, which is refused."""
    return any(
        each in marked or "cap" in of or "floor" in of
        for each, of in ((code, form), *_all(form.get("children", {})))
    )
