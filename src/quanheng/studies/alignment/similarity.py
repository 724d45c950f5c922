"""How alike two indicators are, by their items and by their names."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.scheme.formulas.tree import names_in
from quanheng.scheme.tree.scheme import Indicator, Scheme


class Likeness(Value):
    """How alike two indicators are, each from 0 to 1: by `items`, by `names`; `whole` is the mean of both."""

    items: float
    names: float

    @property
    def whole(self) -> float:
        """The mean of both."""
        return (self.items + self.names) / 2


def likeness_of(upper: Indicator, above: Scheme, lower: Indicator, ours: Scheme) -> Likeness:
    """Return how alike an indicator above and one of ours are.

    Items: of all that both measures use, the share that both use (Jaccard); items are the same by code or by
    name. Names: of the pairs of neighbouring signs, twice those of both over all (Dice), in the language in
    which the names are most alike.
    """
    mine, theirs = _items(lower, ours), _items(upper, above)
    shared = sum(1 for item in theirs if any(item & other for other in mine))
    every = len(theirs) + len(mine) - shared
    return Likeness(items=shared / every if every else 0.0, names=names_alike(upper.name, lower.name))


def names_alike(one: Text, other: Text) -> float:
    """Return how alike two names are, 0 to 1.

    Examples:
        >>> round(names_alike(Text(zh="地区生产总值增速"), Text(zh="生产总值增速")), 3)
        0.833
        >>> names_alike(Text(en="Growth"), Text(zh="增速"))
        0.0
    """
    return max(_dice(one.zh, other.zh), _dice(one.en, other.en))


def _dice(one: str, other: str) -> float:
    left, right = _pairs(one), _pairs(other)
    every = sum(left.values()) + sum(right.values())
    both = sum(min(count, right.get(pair, 0)) for pair, count in left.items())
    return 2.0 * both / every if every else 0.0


def _pairs(text: str) -> Mapping[str, int]:
    plain = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    found: dict[str, int] = {}
    for at in range(len(plain) - 1):
        found[plain[at : at + 2]] = found.get(plain[at : at + 2], 0) + 1
    return found


def _items(indicator: Indicator, scheme: Scheme) -> list[frozenset[str]]:
    """Return the items of a measure, each as all that it is called."""
    named = {item.code: item.name for item in scheme.items}
    return [
        frozenset(word for word in (code, named[code].zh, named[code].en) if word)
        for code in names_in(indicator.measure.tree)
        if code in named
    ]
