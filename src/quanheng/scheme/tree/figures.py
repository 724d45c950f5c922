"""Figures that formulas name beside the items: over months or reviews of the round, whether a text is one.

Each stands among the items once, so that it is looked up, told and explained as they are. `best` and `worst`
are settled by the direction of the indicator; elsewhere more is better (formulas k, l).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final, TypeVar

from quanheng.findings.text import Text
from quanheng.scheme.formulas.scopes import AWARD_WORDS
from quanheng.scheme.formulas.tree import (
    Arithmetic,
    Call,
    Comparison,
    Expression,
    Formula,
    Logic,
    Name,
    Negated,
    Not,
    OfSeries,
    OfText,
    OneOf,
    SeriesChoice,
    Words,
    parts_of,
)
from quanheng.scheme.formulas.worded.wording import formula_in_words, with_chinese_functions
from quanheng.scheme.items.item import FromPeriods, FromUnits, Item
from quanheng.scheme.rules.anchors import Direction
from quanheng.scheme.tree.scheme import Indicator, Scheme

_CHOSEN: Final[dict[tuple[SeriesChoice, Direction], SeriesChoice]] = {
    ("best", "more"): "highest",
    ("best", "less"): "lowest",
    ("worst", "more"): "lowest",
    ("worst", "less"): "highest",
}
_NOT_OVER_ITEMS: Final = frozenset({"items", "groups", "ledgers", "campaigns", "reading", "pace", "reviews"})
"""Parts of a scheme whose formulas are not over items."""
_UNTOUCHED: Final = frozenset({"pace", "name", "note", "where", "code", "weights"})
"""Fields that hold no formula over items."""
_Part = TypeVar("_Part")


def with_named_figures(scheme: Scheme) -> Scheme:
    """Return `scheme` with an item for each figure that its formulas name; itself where they name none."""
    found = _Found(scheme)
    parts = {each.name: getattr(scheme, each.name) for each in fields(scheme)}
    over_items = {name: part for name, part in parts.items() if name not in _NOT_OVER_ITEMS}
    changed = {name: found.with_figures(part, "more") for name, part in over_items.items()}
    if not found.items:
        return scheme
    known = {item.code for item in scheme.items}
    more = tuple(item for code, item in found.items.items() if code not in known)
    return replace(scheme, **changed, items=(*scheme.items, *more))


class _Found:
    """The figures found so far, and what of the scheme they look at."""

    def __init__(self, scheme: Scheme) -> None:
        self.items: dict[str, Item] = {}
        self._score: Direction = "less" if scheme.lowest_first else "more"
        self._names = {item.code: item.name.in_language("zh") for item in scheme.items}
        self._columns = {
            item.code: item.source.column
            for item in scheme.items
            # where a place has a word of its own, the word is meant
            if isinstance(item.source, FromUnits) and item.code not in AWARD_WORDS
        }

    def with_figures(self, part: _Part, direction: Direction) -> _Part:
        """Return a part of the scheme with the figures that its formulas name settled; note them."""
        made: Any = part
        match part:
            case Formula():
                tree = settled(part.tree, direction, self._columns, score=self._score)
                made = part if tree == part.tree else replace(part, tree=tree)
                self._note(made)
            case tuple():
                parts = tuple(self.with_figures(each, direction) for each in part)
                changes = any(one is not other for one, other in zip(parts, part, strict=True))
                made = parts if changes else part
            case _ if is_dataclass(part) and not isinstance(part, type):
                inside = part.direction if isinstance(part, Indicator) else direction
                known = {each.name: getattr(part, each.name) for each in fields(part)}
                looked_at = ((name, value) for name, value in known.items() if name not in _UNTOUCHED)
                new = {name: self.with_figures(value, inside) for name, value in looked_at}
                changed = {name: value for name, value in new.items() if value is not known[name]}
                made = replace(part, **changed) if changed else part
        return made  # type: ignore[no-any-return]  # of the kind that came in

    def _note(self, formula: Formula) -> None:
        for part in parts_of(formula.tree):
            match part:
                case OfSeries():
                    zh = with_chinese_functions(formula_in_words(part.written, self._names))
                    self._add(part.code, Text(en=part.written, zh=zh), FromPeriods(series=part), formula)
                case OfText(column, words):
                    source = FromUnits(column=self._columns[column], words=words)
                    zh = formula_in_words(part.code, self._names)
                    self._add(part.code, Text(en=part.code, zh=zh), source, formula)
                case _:
                    pass

    def _add(self, code: str, name: Text, source: FromPeriods | FromUnits, formula: Formula) -> None:
        self.items[code] = Item(code=code, name=name, source=source, where=formula.where)


def settled(
    tree: Expression, direction: Direction, columns: Mapping[str, str], *, score: Direction = "more"
) -> Expression:
    """Return `tree` with the best periods chosen by numbers, and what is asked of texts as one part each.

    `columns` are the columns of the units that items are, by their codes; `score` says which scores of
    reviews are the best.

    Examples:
        >>> from quanheng.scheme.formulas.parse import parse_formula
        >>> settled(parse_formula("mean(best(3, months(x)))").tree, "less", {}).code
        'mean(lowest(3, months(x)))'
        >>> settled(parse_formula("mean(best(3, months(x)))").tree, "less", {}).written
        'mean(best(3, months(x)))'
        >>> settled(parse_formula("type != 'town'").tree, "less", {"type": "type"})
        Not(operand=OfText(name='type', words=('town',)))
    """

    def inside(part: Expression) -> Expression:
        return settled(part, direction, columns, score=score)

    match tree:
        case Comparison() | OneOf() if (asked := _of_text(tree, columns)) is not None:
            return asked
        case OfSeries(every="reviews", chosen="best" | "worst" as chosen):
            return replace(tree, chosen=_CHOSEN[chosen, _best_of_reviews(tree.of, score)], said=chosen)
        case OfSeries(every="reviews"):
            return tree
        case OfSeries(chosen="best" | "worst" as chosen):
            return replace(tree, chosen=_CHOSEN[chosen, direction], said=chosen, of=inside(tree.of))
        case OfSeries():
            return replace(tree, of=inside(tree.of))
        case Negated(operand) | Not(operand):
            return replace(tree, operand=inside(operand))
        case Arithmetic(_, left, right) | Comparison(_, left, right) | Logic(_, left, right):
            return replace(tree, left=inside(left), right=inside(right))
        case OneOf(operand, choices):
            return replace(tree, operand=inside(operand), choices=tuple(map(inside, choices)))
        case Call(_, arguments):
            return replace(tree, arguments=tuple(map(inside, arguments)))
        case _:
            return tree


def _best_of_reviews(of: Expression, score: Direction) -> Direction:
    """Return whether the greatest is the best: the least place is, the greatest from below."""
    match of:
        case Name("place"):
            return "less"
        case Name("place_from_below"):
            return "more"
        case _:
            return score


def _of_text(tree: Comparison | OneOf, columns: Mapping[str, str]) -> Expression | None:
    """Return what a comparison of an attribute with words is; None if it is none."""
    match tree:
        case Comparison("==" | "!=" as sign, Name(name), Words(word)) if name in columns:
            return _denied(sign, OfText(name, (word.strip(),)))
        case Comparison("==" | "!=" as sign, Words(word), Name(name)) if name in columns:
            return _denied(sign, OfText(name, (word.strip(),)))
        case OneOf(Name(name), choices) if name in columns:
            words = [each.value.strip() for each in choices if isinstance(each, Words)]
            return OfText(name, tuple(dict.fromkeys(words))) if len(words) == len(choices) else None
        case _:
            return None


def _denied(sign: str, part: OfText) -> Expression:
    return part if sign == "==" else Not(part)
