"""Which figures a scheme looks at: every item its formulas use, of the round and of so many months before."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from quanheng.periods.every import MONTHS_A_YEAR
from quanheng.scheme.formulas.scopes import MARKS_WORDS, MET_WORDS
from quanheng.scheme.formulas.tree import (
    Arithmetic,
    Call,
    Expression,
    Formula,
    Name,
    OfSeries,
    OfText,
    Span,
    children_of,
)
from quanheng.scheme.rules.marks import ByMarks
from quanheng.scheme.tree.scheme import Indicator, Scheme

"""Words of a rule's condition that are no items."""


@dataclass(frozen=True, slots=True, order=True)
class Fetch:
    """An item's figure of the round, or of `months_before` months earlier.

    `exact`: `own(…)` takes one such figure off another, so that only one of exactly that time counts.
    `as_written`: it stands in a formula by itself, too.
    """

    item: str
    months_before: int = 0
    exact: bool = field(default=False, compare=False, repr=False)
    as_written: bool = field(default=True, compare=False, repr=False)


def fetches_of(scheme: Scheme) -> tuple[Fetch, ...]:
    """Return what the scheme looks at, each figure once, in the order in which the scheme first uses it."""
    known = frozenset(item.code for item in scheme.items)
    found = itertools.chain(
        *(fetches_in(indicator) for indicator in scheme.all_rated),
        *(fetches_by(formula.tree) for formula in _formulas_beside_indicators(scheme)),
    )
    return each_fetch(fetch for fetch in found if fetch.item in known)


def each_fetch(found: Iterable[Fetch]) -> tuple[Fetch, ...]:
    """Return each of `found` once; one that is exact anywhere is so for all.

    Examples:
        >>> (both,) = each_fetch([Fetch("x", 3), Fetch("x", 3, exact=True, as_written=False)])
        >>> both.exact, both.as_written
        (True, True)
    """
    once: dict[Fetch, Fetch] = {}
    for fetch in found:
        known = once.get(fetch, fetch)
        once[fetch] = replace(
            known,
            exact=known.exact or fetch.exact,
            as_written=known.as_written or fetch.as_written,
        )
    return tuple(once.values())


def fetches_in(indicator: Indicator) -> tuple[Fetch, ...]:
    """Return what the indicator's measure, rule and coefficient look at, each figure once."""
    found = list(fetches_by(indicator.measure.tree))
    found.extend(Fetch(item) for item in indicator.rule.items())
    for formula in indicator.rule.formulas():
        words = MARKS_WORDS if isinstance(indicator.rule, ByMarks) else MET_WORDS
        found.extend(fetch for fetch in fetches_by(formula.tree) if fetch.item not in words)
    if indicator.coefficient is not None:
        found.extend(fetches_by(indicator.coefficient.tree))
    return each_fetch(found)


def fetches_by(tree: Expression) -> tuple[Fetch, ...]:
    """Return what the formula `tree` looks at, taking every name for an item.

    `growth` and `change` look at what is in them now and twelve months before, `lag` only at the earlier
    figure; where they are nested the shifts add up.

    Examples:
        >>> fetches_by(Call("growth", (Name("gdp"),)))
        (Fetch(item='gdp', months_before=0), Fetch(item='gdp', months_before=12))
        >>> fetches_by(Call("lag", (Call("lag", (Name("gdp"), Span(3))), Span(12))))
        (Fetch(item='gdp', months_before=15),)
    """
    return each_fetch(_walk(tree, 0, set()))


def _walk(tree: Expression, months: int, seen: set[tuple[Expression, int]]) -> Iterator[Fetch]:
    if (tree, months) in seen:  # growth nested n deep reaches the same part by 2 ** n ways
        return
    seen.add((tree, months))
    match tree:
        case Call("own", (_, Arithmetic() as difference)):
            for fetch in _walk(difference, months, set()):
                yield replace(fetch, exact=True, as_written=False)
        case Call("own", (*_, figure)):
            yield from _walk(figure, months, seen)
        case Name(name):
            yield Fetch(name, months)
        case OfSeries() | OfText():
            yield Fetch(tree.code, months)
        case Call("growth" | "change", arguments):
            for argument in arguments:
                yield from _walk(argument, months, seen)
                yield from _walk(argument, months + MONTHS_A_YEAR, seen)
        case Call("lag", (inner, Span(back))):
            yield from _walk(inner, months + back, seen)
        case _:
            for child in children_of(tree):
                yield from _walk(child, months, seen)


def _formulas_beside_indicators(scheme: Scheme) -> Iterator[Formula]:
    adjustments = scheme.adjustments
    formulas = itertools.chain(
        (dimension.coefficient for dimension in scheme.dimensions),
        (dimension.condition for dimension in scheme.dimensions),
        (ceiling.condition for node in scheme.nodes for ceiling in node.bounds.ceilings),
        (adjustments.bonus.when, adjustments.penalty.when),
        (formula for rule in adjustments.rules for formula in (rule.when, rule.marks)),
        scheme.tier_conditions,
        (pool.condition for pool in scheme.pools),
        (formula for award in scheme.awards for formula in (award.condition, award.by)),
    )
    yield from (formula for formula in formulas if formula is not None)
