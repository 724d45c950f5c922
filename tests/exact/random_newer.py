"""Some measures of random books that look at months, at texts of units, and at units that others lead.

The rest of each book stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from tests.exact.naive.books import Book
from tests.exact.random_figures import PROFILES, Form

MONTHS, TEXTS, LED = 0.08, 0.06, 0.4
"""So many indicators look at months, so many at texts; so many of what asks for nodes asks for those led."""
SORTS: Final = ("town", "park", "Town", "")
_NODE: Final = re.compile(r"(points|score)\((\w+)\)")


def add_newer_words(book: Book, rng: np.random.Generator) -> Book:
    """Return `book` with figures by month and two attributes more, where some indicators look at them."""
    monthly: dict[tuple[str, str, int], str] = {}
    items, units = book.scheme["items"], {unit: dict(form) for unit, form in book.units.items()}
    texts = led = False
    for form in _leaves(book.scheme["indicators"]):
        measure = str(form["measure"])
        if rng.random() < LED and _NODE.search(measure):
            led = True
            measure = _NODE.sub(r"\1(\2, led_by)", measure)
        if "completion" not in measure and rng.random() < MONTHS:
            code = f"m{sum(item.startswith('m') for item in items)}"
            items[code] = {"kind": "rate", "every": "month"}
            values = PROFILES[_pick(rng, list(PROFILES))]
            gaps = rng.random() < 0.5
            for unit in units:
                for month in range(1, 13):
                    gone = gaps and rng.random() < 0.04
                    monthly[unit, code, month] = _pick(rng, ["", "/"]) if gone else _pick(rng, values)
            measure = _of_months(rng, code, _pick(rng, values), measure)
        if "completion" not in measure and rng.random() < TEXTS:
            texts = True
            asked = ["sort == 'town'", "sort != 'town'", "sort in ('park', 'town')", "sort not in ('town',)"]
            asked = [each.replace(",)", ")") for each in asked]
            measure = f"where({_pick(rng, asked)}, {measure}, {rng.integers(0, 3)})"
        form["measure"] = measure
    codes = list(units)
    for place, form in enumerate(units.values()):
        if texts:
            # every word that is asked for stands somewhere
            form["sort"] = SORTS[place] if place < 2 else _pick(rng, SORTS)
        if led:
            form["led_by"] = _pick(rng, [*codes[:2], *codes[:2], "", _pick(rng, codes)])
    if texts:
        items["sort"] = {"attribute": "sort"}
    return replace(book, units=units, monthly=monthly)


def _of_months(rng: np.random.Generator, code: str, value: str, measure: str) -> str:
    number = int(rng.integers(1, 5))
    over = f"{code} > {value}" if not value.startswith("-") else f"{code} > 0 - {value[1:]}"
    return _pick(
        rng,
        [
            f"where(months({over}) > {number}, {measure}, {number})",
            f"months({over})",
            f"mean(months({code}))",
            f"mean(best({number}, months({code}, 9)))",
            f"sum(worst({number}, months({code})))",
            f"share(last({number}, months({over})))",
            f"max(months({code} * 2, 75%))",
            f"median(months({code}, 50%))",
            f"min(last({number}, months({code})))",
        ],
    )


def _pick(rng: np.random.Generator, of: Sequence[str]) -> str:
    return of[int(rng.integers(len(of)))]


def _leaves(nodes: Form) -> Iterator[Form]:
    for form in nodes.values():
        if "children" in form:
            yield from _leaves(form["children"])
        else:
            yield form
