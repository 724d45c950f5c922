"""From items to measures: what is asked of each unit, and why it is absent where it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

import narwhals as nw

from quanheng.engine.formulas.expressions import Scope, compiled, target_of
from quanheng.engine.formulas.operations import Compiled, any_of
from quanheng.engine.formulas.pooled import Wanted, with_pooled, without_shared
from quanheng.engine.formulas.pooled_columns import takes_away
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.again.makings import Making, with_made
from quanheng.engine.frame.again.replays import Origin
from quanheng.engine.frame.comparing import is_one_of, settled
from quanheng.engine.frame.engines import Engine
from quanheng.engine.frame.tables import names_in
from quanheng.findings.value import Value
from quanheng.scheme.formulas.cost import looked_at
from quanheng.scheme.formulas.numbers import VAST
from quanheng.scheme.formulas.tree import (
    Arithmetic,
    Call,
    Comparison,
    Expression,
    Formula,
    Logic,
    Name,
    Not,
    OneOf,
    parts_of,
)
from quanheng.scheme.rules.anchors import Direction
from quanheng.scheme.tree.natures import value_formula
from quanheng.scheme.tree.scheme import Indicator, Scheme
from quanheng.scheme.tree.uses import counting_items


class Measure(Value):
    """A formula over items that is asked of the units of `groups`; `code` names its columns.

    `direction` says which end is the first of `place(…)`, and how `completion(…)` counts. What `needs_target`
    does not apply where a target is stated as not applicable; neither does it where one of the items
    `anchors` is, with which the rule compares it (absence §4 a).
    """

    code: str
    formula: Formula
    groups: tuple[str, ...]
    direction: Direction = "more"
    needs_target: bool = False
    anchors: tuple[str, ...] = ()
    settled: bool = True
    """Whether what the formula gives is rounded to 15 significant digits (comparing §1)."""


def measures_of(scheme: Scheme) -> tuple[Measure, ...]:
    """Return what the rules of the scheme's indicators rate."""
    return tuple(
        Measure(
            code=each.code,
            formula=each.measure,
            groups=each.groups,
            direction=each.direction,
            needs_target=needs_target(each),
            anchors=each.rule.items(),
            settled=is_settled(each),
        )
        for each in scheme.indicators
    )


def value_measures(indicators: Iterable[Indicator]) -> tuple[Measure, ...]:
    """Return what targets of `indicators` are stated of: their measures, e where one is `completion(e)`."""
    return tuple(
        Measure(code=each.code, formula=value_formula(each), groups=each.groups, direction=each.direction)
        for each in indicators
    )


def with_measures(
    frame: nw.LazyFrame[Any],
    measures: Sequence[Measure],
    scheme: Scheme,
    engine: Engine,
    *,
    pool: Sequence[str] = (c.GROUP,),
) -> nw.LazyFrame[Any]:
    """Add `measure|…` and `absence|…` for each of `measures`, whose formulas are over the items of `scheme`.

    `frame` is the grid: one row a unit with the item columns the formulas need. A measure is null where it is
    absent; `absence|…` says why (0 has a value, 1 missing, 2 not applicable, 3 undefined) and is itself
    null for units of whose group it is not asked. `pool` names the columns whose values the units share that
    are compared with each other.
    """
    frame, scopes = with_pooled(frame, wanted_of(measures), scope_of(frame, scheme), pool=pool)
    groups = {group.code for group in scheme.groups}

    def with_columns(rows: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        # what is computed is a column first: why it may be absent is asked of it several times
        computed = [each for each in measures if not isinstance(each.formula.tree, Name)]
        values = [_computed(each, scope_for(each)).alias(c.measure(each.code)) for each in computed]
        rows = rows.with_columns(*values) if values else rows
        return with_made(rows, [made(measure) for measure in measures])

    def scope_for(measure: Measure) -> Scope:
        return replace(scopes[measure.direction], indicator=measure.code, direction=measure.direction)

    def made(measure: Measure) -> Making:
        scope = scope_for(measure)
        columns = partial(_columns_of, measure, scope, everyone=groups.issubset(measure.groups))
        item = measure.formula.tree.name if isinstance(measure.formula.tree, Name) else ""
        alone = not measure.needs_target and not measure.anchors
        alike = alone and item in scope.items and item not in scope.names
        kind = (measure.groups, c.item_na(item) in scope.columns, item in scope.counted) if alike else None
        return Making(code=measure.code, kind=kind, made=columns, reads=item)

    of = Origin("measures", scheme, tuple(measures))
    return without_shared(engine.by_row(frame, with_columns, of))


def wanted_of(measures: Iterable[Measure]) -> list[Wanted]:
    """Return the formulas of `measures`, for what becomes a column before they are computed."""
    return [Wanted(each.formula.tree, each.direction, each.code, times=_TIMES) for each in measures]


_TIMES: Final = 3
"""How often the columns of a measure look at its formula, for its value and for why it is absent."""


def scope_of(frame: nw.LazyFrame[Any], scheme: Scheme) -> Scope:
    """Return the scope in which the scheme's items are columns of `frame`."""
    return Scope(
        columns=frozenset(names_in(frame)),
        items=frozenset(item.code for item in scheme.items),
        counted=counting_items(scheme),
    )


def with_formulas(
    frame: nw.LazyFrame[Any],
    scheme: Scheme,
    formulas: Iterable[Formula],
    *,
    further: Iterable[Wanted] = (),
    pool: Sequence[str] = (c.GROUP,),
) -> tuple[nw.LazyFrame[Any], Scope]:
    """Return the frame and a scope in which every one of `formulas` over items can be compiled.

    `further` are formulas with names of their own, such as those of rules.
    """
    wanted = [*(Wanted(formula.tree, "more") for formula in formulas), *further]
    frame, scopes = with_pooled(frame, wanted, scope_of(frame, scheme), pool=pool)
    return frame, scopes["more"]


def applies(groups: Collection[str], expression: nw.Expr, *, everyone: bool) -> nw.Expr:
    """Return `expression` for units of `groups` and null for all others."""
    return expression if everyone else nw.when(is_one_of(nw.col(c.GROUP), groups)).then(expression)


def needs_target(indicator: Indicator) -> bool:
    """Return whether the indicator cannot be rated without a target."""
    return indicator.rule.needs_target or any(
        isinstance(part, Call) and part.function == "completion" for part in parts_of(indicator.measure.tree)
    )


def is_settled(indicator: Indicator) -> bool:
    """Return whether what the measure's formula gives is rounded to 15 significant digits (comparing §1).

    It is where the rule or the treatment compares values; a sum is settled by itself, what is reported
    stands as it is, and a truth is 1 or 0.
    """
    match tree := indicator.measure.tree:
        case Name() | Arithmetic("+" | "-"):
            return False
        case _:
            compares = indicator.rule.compares_values or indicator.treat is not None
            return compares and not _is_truth(tree)


def _is_truth(tree: Expression) -> bool:
    return isinstance(tree, (Comparison, Logic, Not, OneOf))


def _columns_of(measure: Measure, scope: Scope, *, everyone: bool) -> tuple[nw.Expr, ...]:
    tree = measure.formula.tree
    meaning = compiled(tree, scope)
    if measure.needs_target:
        # a target stated as not applicable makes the indicator so
        unaimed = any_of([meaning.not_applicable, target_of(scope).not_applicable])
        meaning = replace(meaning, not_applicable=unaimed)
    for anchor in measure.anchors:
        if c.item_na(anchor) in scope.columns:
            away = nw.col(c.item_na(anchor)).fill_null(value=False)
            meaning = replace(meaning, not_applicable=any_of([meaning.not_applicable, away]))
    value = meaning.value.cast(nw.Float64())
    bad = meaning.undefined
    if not isinstance(tree, Name):
        value = nw.col(c.measure(measure.code))
        sound = value.abs() < VAST
        bad = _overflow(sound) if bad is None else bad | _overflow(sound)
        # what is nothing beside the least figure is 0, and 0 has no sign
        value = nw.when(sound).then(nw.when(value.abs() > 1.0 / VAST).then(value).otherwise(0.0))
    if meaning.not_applicable is not None:
        value = nw.when(~meaning.not_applicable).then(value)
    absence = _absence(Compiled(value=value, not_applicable=meaning.not_applicable, undefined=bad))
    columns = (
        applies(measure.groups, value, everyone=everyone).alias(c.measure(measure.code)),
        applies(measure.groups, absence, everyone=everyone).alias(c.absence(measure.code)),
    )
    shares = [scope.pooled[call, months] for call, months in shares_in(tree)]
    if not shares:
        return columns
    # of all units, whatever their group: a share is one of the whole book
    losses = [nw.col(takes_away(share)) for share in shares]
    return (*columns, nw.any_horizontal(*losses, ignore_nulls=False).alias(c.losses(measure.code)))


def shares_in(tree: Expression) -> tuple[tuple[Call, int], ...]:
    """Return the shares that `tree` looks at, and how many months before the round."""
    found: dict[tuple[Call, int], None] = {}
    seen: set[tuple[int, int]] = set()
    parts = [(tree, 0)]
    while parts:
        part, months = parts.pop()
        if (id(part), months) not in seen:
            seen.add((id(part), months))
            if isinstance(part, Call) and part.function == "share":
                found[part, months] = None
            parts.extend(looked_at(part, months))
    return tuple(found)


def _computed(measure: Measure, scope: Scope) -> nw.Expr:
    """Return what the formula gives, settled if it is compared (comparing §1); a truth is 1 or 0."""
    value = compiled(measure.formula.tree, scope).value
    if _is_truth(measure.formula.tree):
        return value.cast(nw.Int8()).cast(nw.Float64())
    value = value.cast(nw.Float64())
    return settled(value) if measure.settled else value


def _overflow(sound: nw.Expr) -> nw.Expr:
    return (~sound).fill_null(value=False)


def _absence(meaning: Compiled) -> nw.Expr:
    reason = nw.when(meaning.value.is_null()).then(nw.lit(c.MISSING)).otherwise(nw.lit(c.PRESENT))
    if meaning.undefined is not None:
        reason = nw.when(meaning.undefined).then(nw.lit(c.UNDEFINED)).otherwise(reason)
    if meaning.not_applicable is not None:
        reason = nw.when(meaning.not_applicable).then(nw.lit(c.NOT_APPLICABLE)).otherwise(reason)
    return reason
