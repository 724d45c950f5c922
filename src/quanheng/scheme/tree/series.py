"""Figures over the months or quarters of the round, as formulas name them: each once among the items.

`best` and `worst` are settled by the direction of the indicator; elsewhere more is better (formulas k).
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, Final, TypeVar

from quanheng.findings.text import Text
from quanheng.scheme.formulas.tree import (
    Arithmetic,
    Call,
    Comparison,
    Expression,
    Formula,
    Logic,
    Negated,
    Not,
    OfSeries,
    OneOf,
    SeriesChoice,
    parts_of,
)
from quanheng.scheme.formulas.wording import formula_in_words, with_chinese_functions
from quanheng.scheme.items.item import FromPeriods, Item
from quanheng.scheme.rules.anchors import Direction
from quanheng.scheme.tree.scheme import Indicator, Scheme

_CHOSEN: Final[dict[tuple[str, Direction], SeriesChoice]] = {
    ("best", "more"): "highest",
    ("best", "less"): "lowest",
    ("worst", "more"): "lowest",
    ("worst", "less"): "highest",
}
_PARTS: Final = ("root", "adjustments", "tiers", "awards", "pools", "lower")
_UNTOUCHED: Final = frozenset({"pace", "name", "note", "where", "code", "weights"})
"""Fields that hold no formula over items."""
_Part = TypeVar("_Part")


def with_series(scheme: Scheme) -> Scheme:
    """Return `scheme` with an item for each figure over periods that its formulas name."""
    found: dict[str, Item] = {}
    changed = {name: _with(getattr(scheme, name), "more", found, scheme) for name in _PARTS}
    if not found:
        return scheme
    known = {item.code for item in scheme.items}
    more = tuple(item for code, item in found.items() if code not in known)
    return replace(scheme, **changed, items=(*scheme.items, *more))


def _with(part: _Part, direction: Direction, found: dict[str, Item], scheme: Scheme) -> _Part:
    made: Any = part
    match part:
        case Formula():
            tree = settled(part.tree, direction)
            made = part if tree == part.tree else replace(part, tree=tree)
            for series in (each for each in parts_of(tree) if isinstance(each, OfSeries)):
                names = {item.code: item.name.in_language("zh") for item in scheme.items}
                name = Text(en=series.code, zh=with_chinese_functions(formula_in_words(series.code, names)))
                source = FromPeriods(series=series)
                found[series.code] = Item(code=series.code, name=name, source=source, where=part.where)
        case tuple():
            parts = tuple(_with(each, direction, found, scheme) for each in part)
            made = parts if any(one is not other for one, other in zip(parts, part, strict=True)) else part
        case _ if is_dataclass(part) and not isinstance(part, type):
            inside = part.direction if isinstance(part, Indicator) else direction
            known = {each.name: getattr(part, each.name) for each in fields(part)}
            looked_at = ((name, value) for name, value in known.items() if name not in _UNTOUCHED)
            new = {name: _with(value, inside, found, scheme) for name, value in looked_at}
            changed = {name: value for name, value in new.items() if value is not known[name]}
            made = replace(part, **changed) if changed else part
    return made  # type: ignore[no-any-return]  # of the kind that came in


def settled(tree: Expression, direction: Direction) -> Expression:
    """Return `tree` with the best and worst periods said by their numbers.

    Examples:
        >>> from quanheng.scheme.formulas.parse import parse_formula
        >>> settled(parse_formula("mean(best(3, months(x)))").tree, "less").code
        'mean(lowest(3, months(x)))'
    """
    match tree:
        case OfSeries(chosen="best" | "worst" as chosen):
            return replace(tree, chosen=_CHOSEN[chosen, direction])
        case Negated(operand) | Not(operand):
            return replace(tree, operand=settled(operand, direction))
        case Arithmetic(_, left, right) | Comparison(_, left, right) | Logic(_, left, right):
            return replace(tree, left=settled(left, direction), right=settled(right, direction))
        case OneOf(operand, choices):
            chosen_of = tuple(settled(each, direction) for each in choices)
            return replace(tree, operand=settled(operand, direction), choices=chosen_of)
        case Call(_, arguments):
            return replace(tree, arguments=tuple(settled(each, direction) for each in arguments))
        case _:
            return tree
