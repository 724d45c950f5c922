"""What formulas ask of reviews: whether an award was given in one, and what its words stand for."""

from __future__ import annotations

from collections.abc import Iterator

from quanheng.scheme.formulas.tree import (
    Comparison,
    Expression,
    Logic,
    Name,
    Not,
    OneOf,
    Words,
    children_of,
    parts_of,
)

AWARDED = "award == "
"""Begins the name that stands for whether an award was given."""


def is_awarded(tree: Expression) -> bool:
    """Return whether `tree` asks for an award by its name: `award == 'Flag'`, `award in ('A', 'B')`.

    Examples:
        >>> is_awarded(Comparison("==", Name("award"), Words("Flag")))
        True
        >>> is_awarded(Comparison("<", Name("award"), Words("Flag")))
        False
    """
    match tree:
        case Comparison("==" | "!=", left, right):
            words = [each for each in (left, right) if isinstance(each, Words)]
            return len(words) == 1 and Name("award") in (left, right)
        case OneOf(Name("award"), choices):
            return all(isinstance(each, Words) for each in choices)
        case _:
            return False


def compared_with_texts(tree: Expression) -> frozenset[int]:
    """Return by identity the parts that stand directly in a question for an award."""
    asked = (part for part in parts_of(tree) if is_awarded(part))
    return frozenset(id(child) for part in asked for child in children_of(part))


def awards_asked(tree: Expression) -> tuple[str, ...]:
    """Return the awards that `tree` asks for, each once.

    Examples:
        >>> awards_asked(OneOf(Name("award"), (Words("A"), Words("B"))))
        ('A', 'B')
    """
    return tuple(dict.fromkeys(_awards(tree)))


def _awards(tree: Expression) -> Iterator[str]:
    for part in parts_of(tree):
        if is_awarded(part):
            yield from (each.value.strip() for each in children_of(part) if isinstance(each, Words))


def with_awards_named(tree: Expression) -> Expression:
    """Return a condition with a name for each award that it asks for, true where it was given.

    Of several awards of a review one is enough, so that `award != 'Flag'` says that the flag is none of them.

    Examples:
        >>> with_awards_named(OneOf(Name("award"), (Words("A"), Words("B"))))
        Logic(word='or', left=Name(name='award == A'), right=Name(name='award == B'))
    """
    match tree:
        case Comparison(sign) if is_awarded(tree):
            (name,) = awards_asked(tree)
            given = Name(AWARDED + name)
            return given if sign == "==" else Not(given)
        case OneOf() if is_awarded(tree):
            first, *others = (Name(AWARDED + name) for name in awards_asked(tree))
            asked: Expression = first
            for other in others:
                asked = Logic("or", asked, other)
            return asked
        case Logic(word, left, right):
            return Logic(word, with_awards_named(left), with_awards_named(right))
        case Not(operand):
            return Not(with_awards_named(operand))
        case _:
            return tree
