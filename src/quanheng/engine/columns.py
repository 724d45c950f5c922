"""The names of the wide frame's columns: one row a unit, one column a thing known of it.

The columns, in the order in which the engine makes them:

    unit, name, group                     who
    item|gdp, item|gdp@12, item_na|gdp    reported values of the round, of 12 months before; not applicable
    target|growth, target_na|growth       the unit's target for an indicator
    measure|growth, absence|growth        what the rule rates; why there is none
    treated|growth                        the measure after filling and treatment: what is really rated
    stat|growth|best …                    statistics of the pool the rule looks at
    ratio|growth, rated|growth            the rule's inner ratio, and its points before any policy for gaps
    points|growth, marks|growth           points after policies; marks the node is worth to this unit
    score|growth                          marks earned
    adjust|total|bonus …                  adjustment marks that count at a node
    place, tier, ranked, vetoed           the unit's outcome
"""

from __future__ import annotations

from typing import Final

UNIT: Final = "unit"
NAME: Final = "name"
GROUP: Final = "group"
PLACE: Final = "place"
TIER: Final = "tier"
RANKED: Final = "ranked"
VETOED: Final = "vetoed"
AVAILABLE: Final = "available"
"""Share of the unit's weight that has points of its own (absence §7)."""

PRESENT: Final = 0
MISSING: Final = 1
NOT_APPLICABLE: Final = 2
UNDEFINED: Final = 3
"""The four values of `absence|…`: has a value, missing, not applicable, the formula cannot be computed."""


def item(code: str, months_before: int = 0) -> str:
    """Return the column of an item's value, of the round or of so many months before."""
    return f"item|{_at(code, months_before)}"


def item_na(code: str, months_before: int = 0) -> str:
    """Return the column that is true where the item does not apply; there only if some cell says so."""
    return f"item_na|{_at(code, months_before)}"


def target(indicator: str) -> str:
    """Return the column of the unit's target for an indicator."""
    return f"target|{indicator}"


def target_na(indicator: str) -> str:
    """Return the column that is true where the target is stated as not applicable; it may not exist."""
    return f"target_na|{indicator}"


def measure(indicator: str) -> str:
    """Return the column of the measure: null where it is absent."""
    return f"measure|{indicator}"


def absence(indicator: str) -> str:
    """Return the column that says why a measure is absent: PRESENT, MISSING, NOT_APPLICABLE, UNDEFINED."""
    return f"absence|{indicator}"


def treated(indicator: str) -> str:
    """Return the column of the measure after filling and treatment."""
    return f"treated|{indicator}"


def stat(indicator: str, statistic: str) -> str:
    """Return the column of a statistic of the indicator's pool."""
    return f"stat|{indicator}|{statistic}"


def ratio(indicator: str) -> str:
    """Return the column of the rule's inner ratio (scale's r, target's c)."""
    return f"ratio|{indicator}"


def rated(indicator: str) -> str:
    """Return the column of the points the rule gives, before any policy for gaps."""
    return f"rated|{indicator}"


def points(node: str) -> str:
    """Return the column of a node's points."""
    return f"points|{node}"


def marks(node: str) -> str:
    """Return the column of the marks a node is worth to the unit, after redistribution."""
    return f"marks|{node}"


def score(node: str) -> str:
    """Return the column of the marks a node earned."""
    return f"score|{node}"


def adjust(node: str, kind: str) -> str:
    """Return the column of the adjustment marks of `kind` that count at a node, after caps and gates."""
    return f"adjust|{node}|{kind}"


def _at(code: str, months_before: int) -> str:
    return f"{code}@{months_before}" if months_before else code
