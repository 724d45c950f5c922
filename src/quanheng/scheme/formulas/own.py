"""`own(x)`: of a cumulative item the part of the round alone, written out for the months of a round.

What is taken off follows from the round: of the first stretch of a year nothing, of a later one the figure at
the end of the stretch before. So a formula is written out for its round before anything is looked up, and all
that looks at formulas sees plain figures. What was written stays as the first argument, so that the formula
can be written out for another round.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Final, TypeVar

from quanheng.periods.every import MONTHS_A_YEAR
from quanheng.periods.stretch import Stretch
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
    Span,
    children_of,
)

OWN: Final = "own"
_Part = TypeVar("_Part")


def has_own(tree: Expression) -> bool:
    """Return whether `tree` looks at the own part of an item."""
    open_parts = [tree]
    while open_parts:
        part = open_parts.pop()
        if isinstance(part, Call) and part.function == OWN:
            return True
        if not isinstance(part, OfSeries):  # written out for its own months
            open_parts.extend(children_of(part))
    return False


def written_out(tree: Expression, of: Stretch, months: int = 0) -> Expression:
    """Return `tree` with each `own(x)` written out for the round `of`, moved back by `months`.

    Examples:
        >>> from quanheng.scheme.formulas.tree import Name
        >>> tree = Call("own", (Name("x"),))
        >>> written_out(tree, Stretch(2023 * 12, 3))
        Call(function='own', arguments=(Name(name='x'), Name(name='x')))
        >>> second = written_out(tree, Stretch(2023 * 12 + 3, 3))
        >>> second.arguments[1]
        Arithmetic(sign='-', left=Name(name='x'), right=Call(function='lag', arguments=(Name(name='x'), Span(months=3))))
        >>> written_out(second, Stretch(2023 * 12, 3)) == written_out(tree, Stretch(2023 * 12, 3))
        True
    """  # noqa: E501  a tree in one line
    match tree:
        case Call("own", (item, *_)):
            return Call(OWN, (item, _part_of(item, of.before(months))))
        case Call("lag", (inner, Span(back))):
            return Call("lag", (written_out(inner, of, months + back), Span(back)))
        case Call(function, arguments):
            return Call(function, tuple(written_out(each, of, months) for each in arguments))
        case Negated(operand):
            return Negated(written_out(operand, of, months))
        case Not(operand):
            return Not(written_out(operand, of, months))
        case Arithmetic(sign, left, right):
            return Arithmetic(sign, written_out(left, of, months), written_out(right, of, months))
        case Comparison(compare, left, right):
            return Comparison(compare, written_out(left, of, months), written_out(right, of, months))
        case Logic(word, left, right):
            return Logic(word, written_out(left, of, months), written_out(right, of, months))
        case OneOf(operand, choices):
            every = tuple(written_out(each, of, months) for each in choices)
            return OneOf(written_out(operand, of, months), every)
        case _:
            return tree


def formula_for(formula: Formula, of: Stretch) -> Formula:
    """Return `formula` written out for the round `of`; the very same where there is nothing to write out."""
    tree = written_out(formula.tree, of) if has_own(formula.tree) else formula.tree
    return formula if tree == formula.tree else replace(formula, tree=tree)


def with_own_parts(part: _Part, of: Stretch) -> _Part:
    """Return a scheme, or a part of one, with every formula in it written out for the round `of`.

    What holds no such formula is returned as it is, the very same object.
    """
    made = _settled(part, of)
    assert isinstance(made, type(part))  # noqa: S101 - narrows the type
    return made


def _settled(part: object, of: Stretch) -> object:
    if isinstance(part, Formula):
        return formula_for(part, of)
    if isinstance(part, tuple):
        made = tuple(_settled(each, of) for each in part)
        same = all(new is old for new, old in zip(made, part, strict=True))
        return part if same else made
    if not is_dataclass(part) or isinstance(part, type):
        return part
    changed = {}
    for each in fields(part):
        value = getattr(part, each.name)
        new = _settled(value, of)
        if new is not value:
            changed[each.name] = new
    return replace(part, **changed) if changed else part


def _part_of(item: Expression, months: Stretch) -> Expression:
    """Return what `item` counts in `months`: in each year, by their end less what was before."""
    first, last = months.first, months.last
    total: Expression | None = None
    while last >= first:
        january = last - last % MONTHS_A_YEAR
        end = _back(item, months.last - last)
        total = end if total is None else Arithmetic("+", total, end)
        if first > january:
            total = Arithmetic("-", total, _back(item, months.last - first + 1))
        last = january - 1
    return item if total is None else total


def _back(item: Expression, months: int) -> Expression:
    return Call("lag", (item, Span(months))) if months else item
