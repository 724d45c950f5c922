"""What each part of a formula is: a number, a condition, words or a day; and where sorts are mixed up."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import assert_never

from quanheng.findings.value import Value
from quanheng.scheme.formulas.functions import written
from quanheng.scheme.formulas.scopes import REVIEW_WORDS, Sort
from quanheng.scheme.formulas.tree import (
    Arithmetic,
    Call,
    Comparison,
    Day,
    Expression,
    Logic,
    Name,
    Negated,
    Not,
    Number,
    OfNode,
    OfSeries,
    OfText,
    OneOf,
    Span,
    Words,
)

ANY_NUMBER: frozenset[Sort] = frozenset({"number"})
_CONDITION: frozenset[Sort] = frozenset({"condition"})
_DAYS: frozenset[Sort] = frozenset({"day"})
_MEASURED: frozenset[Sort] = frozenset({"number", "day"})
_ORDERED = frozenset({"<", "<=", ">", ">="})


class Mixed(Value, kw_only=False):
    """A part that is of one sort where another one belongs; `sign` is what it was given to."""

    sign: str
    found: Sort | None
    expected: frozenset[Sort]


def is_number(tree: Expression, *, texts: Container[str]) -> bool:
    """Return whether `tree` is a number, and no words, day or condition; `texts` are the names of words.

    Examples:
        >>> from quanheng.scheme.formulas.parse import parse_formula
        >>> [is_number(parse_formula(text).tree, texts={"tier"}) for text in ("gdp / 2", "tier", "gdp > 2")]
        [True, False, False]
    """
    match tree:
        case Number() | Negated() | Arithmetic() | OfNode() | OfSeries() | Call():
            return True
        case Name(name):
            return name not in texts
        case _:
            return False


def mixed_in(tree: Expression, names: Mapping[str, Sort], result: Sort) -> Iterator[Mixed]:
    """Yield the places where sorts are mixed up in `tree`, which is to be a `result`.

    `names` says the sorts of names; one that is not in it, such as the column of a ledger, may be a
    number, words or a day, but is no condition.

    Examples:
        >>> from quanheng.scheme.formulas.parse import parse_formula
        >>> [mixed.sign for mixed in mixed_in(parse_formula("gdp + 'a'").tree, {"gdp": "number"}, "number")]
        ['+']
    """
    found: list[Mixed] = []
    sort = _sort(tree, names, found)
    _require(sort, frozenset({result}), "=", found)
    return iter(found)


def _sort(tree: Expression, names: Mapping[str, Sort], found: list[Mixed]) -> Sort | None:
    match tree:
        case Number() | Span() | OfNode():
            return "number"
        case Words():
            return "words"
        case Day():
            return "day"
        case Name(name):
            return names.get(name)
        case Negated(operand):
            _require(_sort(operand, names, found), ANY_NUMBER, "-", found)
            return "number"
        case Arithmetic():
            return _arithmetic(tree, names, found)
        case Comparison(sign, left, right):
            _same(sign, (left, right), names, found)
            return "condition"
        case Logic(word, left, right):
            _require(_sort(left, names, found), _CONDITION, word, found)
            _require(_sort(right, names, found), _CONDITION, word, found)
            return "condition"
        case Not(operand):
            _require(_sort(operand, names, found), _CONDITION, "not", found)
            return "condition"
        case OneOf(operand, choices):
            _same("in", (operand, *choices), names, found)
            return "condition"
        case OfSeries(statistic, every, of):
            counts = statistic in {"count", "share"}
            inside = REVIEW_WORDS if every == "reviews" else names
            _require(_sort(of, inside, found), _CONDITION if counts else ANY_NUMBER, f"{every}()", found)
            return "number"
        case OfText():
            return "condition"
        case Call():
            return _call(tree, names, found)
        case _:
            assert_never(tree)


def _require(sort: Sort | None, expected: frozenset[Sort], sign: str, found: list[Mixed]) -> None:
    """Note a part that is not of an `expected` sort; an unknown sort can be all but a condition."""
    if sort not in expected and not (sort is None and expected != _CONDITION):
        found.append(Mixed(sign, sort, expected))


def _arithmetic(tree: Arithmetic, names: Mapping[str, Sort], found: list[Mixed]) -> Sort | None:
    """Numbers give a number; a day less a day is a number of days, a day and a number a day."""
    left, right = _sort(tree.left, names, found), _sort(tree.right, names, found)
    with_days = tree.sign in {"+", "-"} and "day" in {left, right}
    for sort in (left, right):
        _require(sort, _MEASURED if with_days else ANY_NUMBER, tree.sign, found)
    if not with_days:
        return None if None in {left, right} and tree.sign in {"+", "-"} else "number"
    if None in {left, right}:
        return None
    return "number" if left == right else "day"


def _same(
    sign: str, parts: tuple[Expression, ...], names: Mapping[str, Sort], found: list[Mixed]
) -> Sort | None:
    """Note parts that are not all of one sort; return that sort. Words and conditions have no order."""
    known = [sort for part in parts if (sort := _sort(part, names, found)) is not None]
    if not known:
        return None
    unordered = [sort for sort in known if sort not in _MEASURED]
    if sign in _ORDERED and unordered:
        found.append(Mixed(sign, unordered[0], _MEASURED))
        return known[0]
    others = {sort for sort in known if sort != known[0]}
    found.extend(Mixed(sign, sort, frozenset({known[0]})) for sort in sorted(others))
    return known[0]


def _call(tree: Call, names: Mapping[str, Sort], found: list[Mixed]) -> Sort | None:
    match tree.function:
        case "where":
            condition, *branches = tree.arguments
            _require(_sort(condition, names, found), _CONDITION, "where()", found)
            return _same("where()", tuple(branches), names, found)
        case "units":
            for argument in tree.arguments:
                _require(_sort(argument, names, found), _CONDITION, "units()", found)
            return "number"
        case "coalesce" | "min" | "max":
            sort = _same(f"{tree.function}()", tree.arguments, names, found)
            if tree.function != "coalesce":
                _require(sort, _MEASURED, f"{tree.function}()", found)
            return sort
        case "workdays":
            for argument in tree.arguments:
                _require(_sort(argument, names, found), _DAYS, "workdays()", found)
            return "number"
        case _:
            for argument in tree.arguments:
                _require(_sort(argument, names, found), ANY_NUMBER, written(tree.function), found)
            return "number"
