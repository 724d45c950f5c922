"""A rule and an aggregation in one line, as the scheme file would say it."""

from __future__ import annotations

from dataclasses import fields
from typing import assert_never

from quanheng.scheme.formula import Formula
from quanheng.scheme.rules import (
    Anchor,
    Bands,
    Constant,
    Deduct,
    Given,
    Ideal,
    ItemAnchor,
    Met,
    Observed,
    Percentile,
    PlaceByStep,
    PlaceEvenly,
    PlaceTable,
    Quantile,
    Ratio,
    Rule,
    Scale,
    Slope,
    Statistic,
    Steps,
    Target,
    TargetAnchor,
    UnitAnchor,
    ZScore,
)


def rule_text(rule: Rule) -> str:
    """Return the rule's name and its numbers.

    Examples:
        >>> rule_text(Scale(worst=Constant(20.0, "20"), best=Constant(85.0, "85")))
        'scale: worst 20, best 85, base 0, clamp both, curve linear'
        >>> rule_text(Deduct(each=0.5, free=2.0))
        'deduct: start 100, each 0.5, free 2, floor 0'
    """
    named = [
        f"{field.name} {_value(getattr(rule, field.name))}"
        for field in fields(rule)
        if getattr(rule, field.name) is not None and getattr(rule, field.name) is not False
    ]
    name = rule_name(rule)
    return f"{name}: {', '.join(named)}" if named else name


def rule_name(rule: Rule) -> str:
    """Return the word the scheme language has for the rule."""
    match rule:
        case Scale():
            return "scale"
        case Target():
            return "target"
        case Bands():
            return "bands"
        case Steps():
            return "steps"
        case PlaceEvenly() | PlaceByStep() | PlaceTable():
            return "place"
        case Percentile():
            return "percentile"
        case Ratio():
            return "ratio"
        case ZScore():
            return "zscore"
        case Deduct():
            return "deduct"
        case Ideal():
            return "ideal"
        case Met():
            return "met"
        case Given():
            return "given"
        case _:
            assert_never(rule)


def _value(value: object) -> str:
    match value:
        case Constant() | Observed() | Quantile() | TargetAnchor() | UnitAnchor() | ItemAnchor():
            return _anchor(value)
        case Statistic(name):
            return name
        case Slope(per=per, amount=amount, limit=limit, whole=whole):
            return f"({amount:g} per {per:g}{' whole' if whole else ''}, limit {limit:g})"
        case Formula(text):
            return f"({text})"
        case bool():
            return "yes" if value else "no"
        case float() | int():
            return f"{value:g}"
        case tuple():
            return " ".join(_value(part) for part in value)
        case _:
            return str(value)


def _anchor(anchor: Anchor) -> str:
    match anchor:
        case Constant(_, text):
            return text
        case Observed():
            return "observed"
        case Quantile(share):
            return f"q{100 * share:g}"
        case TargetAnchor():
            return "target"
        case UnitAnchor(unit):
            return f"unit {unit}"
        case ItemAnchor(item):
            return f"item {item}"
        case _:
            assert_never(anchor)
