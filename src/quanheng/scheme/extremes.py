"""The fewest points a rule can give, where its own numbers say so."""

from __future__ import annotations

from math import inf
from typing import assert_never

from quanheng.scheme.rules import (
    Bands,
    Deduct,
    Given,
    Ideal,
    Met,
    Percentile,
    PlaceByStep,
    PlaceEvenly,
    PlaceTable,
    Ratio,
    Rule,
    Scale,
    Steps,
    Target,
    ZScore,
)


def fewest_points(rule: Rule) -> float:
    """Return the fewest points `rule` can give, minus infinity where nothing bounds them.

    Examples:
        >>> fewest_points(Scale(base=60.0))
        60.0
        >>> fewest_points(ZScore())
        -inf
    """
    match rule:
        case Scale():
            bounded = rule.clamp in {"both", "below"} or rule.curve == "exponential"
            return rule.base if bounded else -inf
        case Target():
            return _fewest_of_target(rule)
        case Bands():
            return min(points for _, points in rule.points)
        case Steps():
            return min(rule.otherwise, *(points for _, points in rule.steps))
        case PlaceEvenly():
            return min(rule.first, rule.last)
        case PlaceByStep():
            return min(rule.first, rule.floor)
        case PlaceTable():
            return min(rule.otherwise, *(points for _, _, points in rule.table))
        case Percentile() | Ratio() | Ideal() | Met():
            return 0.0
        case ZScore():
            return -inf
        case Deduct():
            return min(rule.start, rule.floor)
        case Given():
            return rule.low
        case _:
            assert_never(rule)


def _fewest_of_target(rule: Target) -> float:
    if rule.met_only:
        return 0.0
    if rule.base is None:
        return rule.floor
    return rule.base if rule.short is None else rule.short.limit
