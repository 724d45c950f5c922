"""All formulas of a scheme, each with what its names may be, what it may call and what it is to give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain

from quanheng.findings.value import Value
from quanheng.scheme.fields.margin import UNREAD
from quanheng.scheme.formulas import scopes
from quanheng.scheme.formulas.scopes import Sort
from quanheng.scheme.formulas.tree import Formula, Name, OfSeries, OfText, children_of, names_in
from quanheng.scheme.grades.grades import Limit
from quanheng.scheme.items.item import FromLedger, FromPeriods
from quanheng.scheme.rules.marks import ByMarks
from quanheng.scheme.tree.scheme import Dimension, Indicator, Scheme


def marked_by_formulas(scheme: Scheme) -> tuple[Indicator, ...]:
    """Return the nodes whose marks a formula gives so that points go by weights (points §1 h)."""
    return tuple(
        each for each in scheme.all_rated if isinstance(each.rule, ByMarks) and each.rule.follows_weight
    )


def reviews_looked_at(scheme: Scheme) -> tuple[OfSeries, ...]:
    """Return what formulas of `scheme` ask of the reviews inside the round."""
    series = (item.source.series for item in scheme.items if isinstance(item.source, FromPeriods))
    return tuple(each for each in series if each.of_reviews)


def awards_looked_at(scheme: Scheme) -> tuple[str, ...]:
    """Return the awards of reviews that formulas of `scheme` ask for, each once."""
    asked = reviews_looked_at(scheme)
    if not asked:
        return ()
    from quanheng.scheme.formulas.reviews import awards_asked  # noqa: PLC0415  few schemes ask for any

    return tuple(dict.fromkeys(award for series in asked for award in awards_asked(series.of)))


class Use(Value):
    """A formula in its place.

    `names` has the sort of every name it may use; with `open_names` it may use others too, the columns of
    a ledger. `words` are those of `names` that the place itself defines. `nodes` says whether codes of
    nodes are among them. `measure` is the measure's own name where the word `x` stands for it.
    """

    formula: Formula
    names: Mapping[str, Sort]
    words: Mapping[str, Sort]
    functions: frozenset[str]
    result: Sort
    open_names: bool = False
    nodes: bool = False
    measure: str | None = None


def uses_of(scheme: Scheme) -> Iterator[Use]:
    """Yield every formula of `scheme` that could be read, with its place."""
    items: dict[str, Sort] = {item.code: "number" for item in scheme.items}
    uses = chain(
        _of_items(scheme),
        _of_nodes(scheme, items),
        _of_adjustments(scheme, items),
        _of_grades(scheme, items),
        _of_lights(scheme),
        _of_campaigns(scheme),
        _of_pools(scheme, items),
    )
    return (use for use in uses if use.formula.tree is not UNREAD)


def _of_items(scheme: Scheme) -> Iterator[Use]:
    for item in scheme.items:
        if isinstance(item.source, FromLedger):
            if item.source.condition is not None:
                yield _over_records(item.source.condition, "condition")
            if item.source.amount is not None:
                yield _over_records(item.source.amount, "number")


def _of_nodes(scheme: Scheme, items: Mapping[str, Sort]) -> Iterator[Use]:
    for indicator in scheme.indicators:
        measure = indicator.measure
        functions = scopes.MEASURE_FUNCTIONS | scopes.NODE_FUNCTIONS
        yield Use(formula=measure, names=items, words={}, functions=functions, result="number")
    for indicator in scheme.all_rated:
        measure = indicator.measure
        gives_marks = isinstance(indicator.rule, ByMarks)
        words = scopes.MARKS_WORDS if gives_marks else scopes.MET_WORDS
        for formula in indicator.rule.formulas():
            yield Use(
                formula=formula,
                names={**items, **words},
                words=words,
                functions=scopes.MEASURE_FUNCTIONS,
                result="number" if gives_marks else "condition",
                measure=measure.tree.name if isinstance(measure.tree, Name) else None,
            )
    for node in scheme.nodes:
        if node.coefficient is not None:
            yield _with_nodes(_over_items(node.coefficient, items, "number"))
        if isinstance(node, Dimension) and node.condition is not None:
            yield _with_nodes(_over_items(node.condition, items, "condition"))
        for ceiling in node.bounds.ceilings:
            yield _with_nodes(_with_reviews(_over_items(ceiling.condition, items, "condition")))


def _of_adjustments(scheme: Scheme, items: Mapping[str, Sort]) -> Iterator[Use]:
    limits: tuple[Limit, ...] = (scheme.adjustments.bonus, scheme.adjustments.penalty)
    for limit in limits:
        if limit.when is not None:
            yield _with_nodes(_with_reviews(_over_items(limit.when, items, "condition")))
    for rule in scheme.adjustments.rules:
        if rule.marks is not None:
            yield _with_nodes(_with_reviews(_over_items(rule.marks, items, "number")))
        if rule.when is not None:
            yield _with_nodes(_with_reviews(_over_items(rule.when, items, "condition")))


def _of_grades(scheme: Scheme, items: Mapping[str, Sort]) -> Iterator[Use]:
    nodes: dict[str, Sort] = {node.code: "number" for node in scheme.nodes}
    in_tiers = {**nodes, **items, **scopes.TIER_WORDS}
    in_awards = {**nodes, **items, **scopes.AWARD_WORDS}
    for condition in scheme.tier_conditions:
        yield _over_outcome(condition, in_tiers, scopes.TIER_WORDS, "condition")
    for award in scheme.awards:
        if award.condition is not None:
            yield _over_outcome(award.condition, in_awards, scopes.AWARD_WORDS, "condition")
        if award.by is not None:
            yield _over_outcome(award.by, in_awards, scopes.AWARD_WORDS, "number")


def _of_lights(scheme: Scheme) -> Iterator[Use]:
    """Yield the conditions of lights, once each: indicators share the scheme's."""
    paces = [scheme.pace, *(indicator.pace for indicator in scheme.indicators)]
    lights = {id(pace.lights): pace.lights for pace in paces if pace is not None}
    for each in lights.values():
        for formula in (each.red, each.yellow, each.green):
            if formula is not None:
                yield Use(
                    formula=formula,
                    names=scopes.LIGHT_WORDS,
                    words=scopes.LIGHT_WORDS,
                    functions=scopes.ROW_FUNCTIONS,
                    result="condition",
                )


def _of_pools(scheme: Scheme, items: Mapping[str, Sort]) -> Iterator[Use]:
    for pool in scheme.pools:
        yield Use(
            formula=pool.condition,
            names={**items, **scopes.POOL_WORDS},
            words=scopes.POOL_WORDS,
            functions=scopes.ROW_FUNCTIONS | scopes.TIME_FUNCTIONS,
            result="condition",
        )


def _of_campaigns(scheme: Scheme) -> Iterator[Use]:
    for campaign in scheme.campaigns:
        if campaign.condition is not None:
            use = _over_records(campaign.condition, "condition")
            yield replace(use, functions=scopes.ROW_FUNCTIONS)


def _over_records(formula: Formula, result: Sort) -> Use:
    return Use(
        formula=formula,
        names=scopes.LEDGER_WORDS,
        words=scopes.LEDGER_WORDS,
        functions=scopes.RECORD_FUNCTIONS,
        result=result,
        open_names=True,
    )


def _over_items(formula: Formula, items: Mapping[str, Sort], result: Sort) -> Use:
    return Use(formula=formula, names=items, words={}, functions=scopes.ITEM_FUNCTIONS, result=result)


def _over_outcome(
    formula: Formula, names: Mapping[str, Sort], words: Mapping[str, Sort], result: Sort
) -> Use:
    use = Use(
        formula=formula, names=names, words=words, functions=scopes.ROW_FUNCTIONS, result=result, nodes=True
    )
    return _with_reviews(use)


def _with_nodes(use: Use) -> Use:
    """Return a use of a place that is asked after the nodes that it names are known (points §10)."""
    return replace(use, functions=use.functions | scopes.NODE_FUNCTIONS)


def _with_reviews(use: Use) -> Use:
    """Return a use of a place that is asked after the reviews inside the round are known (reviews §4)."""
    return replace(use, functions=use.functions | scopes.REVIEW_FUNCTIONS)


def counting_items(scheme: Scheme) -> frozenset[str]:
    """Return the items that count records.

    Where one is a denominator and counts nothing, there is nothing to divide by (absence §5).
    """
    return frozenset(
        item.code
        for item in scheme.items
        if isinstance(item.source, FromLedger) and item.source.statistic.counts
    )


def names_beside_words(scheme: Scheme) -> frozenset[str]:
    """Return the names that formulas use otherwise than by comparing them with words."""
    found: set[str] = set()
    open_parts = [use.formula.tree for use in uses_of(scheme) if not use.open_names]
    while open_parts:
        part = open_parts.pop()
        if isinstance(part, Name):
            found.add(part.name)
        elif not isinstance(part, OfText):
            open_parts.extend(children_of(part))
    return frozenset(found)


def used_items(scheme: Scheme) -> frozenset[str]:
    """Return the codes of the items that `scheme` uses anywhere."""
    in_formulas = {
        name for use in uses_of(scheme) if not use.open_names for name in names_in(use.formula.tree)
    }
    in_rules = {name for indicator in scheme.all_rated for name in items_of(indicator)}
    used = in_formulas | in_rules | read_by_others(scheme)
    return frozenset(item.code for item in scheme.items if item.code in used)


def read_by_others(scheme: Scheme) -> frozenset[str]:
    """Return the items read by day or hour that further items are made of, with the names beside them."""
    return frozenset(
        name
        for item in scheme.items
        if isinstance(item.source, FromLedger) and item.source.readings is not None
        for name in item.source.named
        if not item.source.readings.is_reported
    )


def items_of(indicator: Indicator) -> Iterator[str]:
    """Yield the names that the measure, the coefficient and the rule of `indicator` use."""
    yield from names_in(indicator.measure.tree)
    if indicator.coefficient is not None:
        yield from names_in(indicator.coefficient.tree)
    yield from indicator.rule.items()
    for formula in indicator.rule.formulas():
        yield from names_in(formula.tree)
