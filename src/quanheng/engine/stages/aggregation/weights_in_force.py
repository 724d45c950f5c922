"""The weight of every child in its dimension: stated, or computed from the points and frozen."""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import narwhals as nw

from quanheng.engine.formulas.expressions import Scope
from quanheng.engine.formulas.measures import scope_of
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import Engine
from quanheng.engine.frame.pools import by_group, with_facts
from quanheng.engine.frame.tables import small_table
from quanheng.engine.stages.aggregation.scores import (
    Weights,
    with_coefficients,
    with_joined_points,
)
from quanheng.engine.stages.weights.by_attribute import with_attribute_weights
from quanheng.engine.stages.weights.methods import (
    PoolWeights,
    by_child,
    pool_weights,
    pools_in,
    weight_findings,
    with_unit_weights,
)
from quanheng.findings.finding import Finding
from quanheng.findings.value import Value, field
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.tree.scheme import Dimension, Node, Scheme, upwards
from quanheng.scheme.weights.methods import ByAttribute

Numbers = Mapping[str, float]
"""A number for each group."""
Parts = Mapping[tuple[str, str], Numbers]
"""By (dimension, child)."""


class Weighing(Value):
    """The weights a result was made with.

    `weights` are expressions over the wide frame; `parts` say what part of its parent a child is in each
    group before anything is redistributed; `table` has group, node, parent, method, weight, share: `weight`
    as stated or computed, `share` its part of the parent. `findings` say what a method had little to go by.

    `rounds` has the parts of each of several rounds, where weights are computed in each; `parts` and `table`
    are then those of none of them.
    """

    weights: Weights
    parts: Parts
    table: nw.DataFrame[Any]
    findings: tuple[Finding, ...]
    rounds: Mapping[str, Parts] = field(default_factory=dict)


def with_weights(
    frame: nw.LazyFrame[Any],
    scheme: Scheme,
    engine: Engine,
    scope: Scope | None = None,
    *,
    pool: Sequence[str] = (c.GROUP,),
) -> tuple[nw.LazyFrame[Any], Weighing]:
    """Return the frame and the weights of every child; children are weighed before their parents.

    Only weights that differ by unit (benefit of the doubt) become columns of the frame, and those that are
    computed in each of several rounds. `pool` is the group, or the group and the round.
    """
    by_round = c.ROUND in pool
    by_points = any(dimension.method.basis == "points" for dimension in scheme.dimensions)
    present = pools_in(frame, pool, engine) if by_points else ()
    rounds: dict[str, dict[tuple[str, str], Numbers]] = {}
    numbers: dict[tuple[str, str], Numbers] = {}
    weights: dict[tuple[str, str], nw.Expr] = {}
    alike: dict[tuple[tuple[str, float], ...], nw.Expr] = {}
    findings: list[Finding] = []
    found: Mapping[str, Numbers]
    for dimension in upwards(scheme.root):
        if isinstance(dimension.method, ByAttribute):
            frame = with_attribute_weights(frame, dimension, dimension.method, engine)
            found = {child.code: dict.fromkeys(child.groups, 1.0) for child in dimension.children}
        elif not dimension.method.is_computed:
            found = {child.code: _stated(dimension, child) for child in dimension.children}
        elif dimension.method.by_unit:
            frame, told = with_unit_weights(engine.settle(frame), dimension, engine, pool=pool)
            findings.extend(told)
            found = {child.code: dict.fromkeys(child.groups, 1.0) for child in dimension.children}
        else:
            found_pools = pool_weights(frame, dimension, engine, pool=pool, pools=present)
            pools = [weighed for weighed in found_pools if weighed.pool[0] in dimension.groups]
            findings.extend(weight_findings(dimension, pools))
            found = by_child(dimension, pools)
            if by_round and dimension.method.basis == "points":
                frame = _with_weights_of_rounds(frame, dimension, pools, pool, engine)
                for name, of_round in _by_round(pools).items():
                    own = by_child(dimension, of_round)
                    rounds.setdefault(name, {}).update({(dimension.code, code): own[code] for code in own})
        for child in dimension.children:
            key = (dimension.code, child.code)
            numbers[key] = found[child.code]
            by_unit = dimension.method.by_unit or any(key in own for own in rounds.values())
            if by_unit:
                weights[key] = nw.col(c.unit_weight(*key))
            else:
                stated = tuple(found[child.code].items())
                weights[key] = alike.setdefault(stated, by_group(found[child.code]))
        if _is_weighed_by_points(dimension, scheme):
            # before adjustments and rounding, for weights computed from them
            frame = with_joined_points(frame, (dimension,), weights, pool=pool)
            if dimension.rule is not None:
                from quanheng.engine.stages.aggregation.ruled import with_node_rules  # noqa: PLC0415  few have one

                frame = with_node_rules(frame, (dimension,), scheme, engine, pool=pool)
            if dimension.coefficient is not None:
                meaning = scope_of(frame, scheme) if scope is None else scope
                frame = with_coefficients(frame, (dimension,), c.points, meaning)
    parts = _parts(numbers)
    return frame, Weighing(
        weights=weights,
        parts=parts,
        table=_table(scheme, numbers, parts),
        findings=tuple(findings),
        rounds={name: _parts({**numbers, **own}) for name, own in rounds.items()},
    )


def _by_round(pools: Sequence[PoolWeights]) -> dict[str, list[PoolWeights]]:
    """Return the pools of each round; a pool is a group and a round."""
    found: dict[str, list[PoolWeights]] = {}
    for weighed in pools:
        found.setdefault(str(weighed.pool[1]), []).append(weighed)
    return found


def _with_weights_of_rounds(
    frame: nw.LazyFrame[Any],
    dimension: Dimension,
    pools: Sequence[PoolWeights],
    pool: Sequence[str],
    engine: Engine,
) -> nw.LazyFrame[Any]:
    """Add the weights of the children as columns; without units to look at, they weigh the same."""
    columns = [c.unit_weight(dimension.code, child.code) for child in dimension.children]
    facts = {
        weighed.pool: {
            c.unit_weight(dimension.code, child): weight for child, weight in weighed.weights.items()
        }
        for weighed in pools
    }
    frame = with_facts(frame, facts, columns, keys=pool, engine=engine)
    alike = {child: by_group(weights) for child, weights in by_child(dimension, []).items()}
    known = {child: nw.col(c.unit_weight(dimension.code, child)) for child in alike}
    anything = functools.reduce(operator.or_, [~weight.is_null() for weight in known.values()])
    return frame.with_columns(
        *[
            nw.when(anything)
            .then(known[child])
            .otherwise(alike[child])
            .alias(c.unit_weight(dimension.code, child))
            for child in alike
        ]
    )


def _stated(dimension: Dimension, child: Node) -> Numbers:
    return dict(child.weights) if dimension.method.is_stated else dict.fromkeys(child.groups, 1.0)


def _is_weighed_by_points(dimension: Dimension, scheme: Scheme) -> bool:
    """Return whether a dimension above computes its weights and so needs the points of this one."""
    parent = scheme.parent_of(dimension.code)
    while parent is not None:
        if parent.method.is_computed:
            return True
        parent = scheme.parent_of(parent.code)
    return False


def _parts(numbers: Mapping[tuple[str, str], Numbers]) -> dict[tuple[str, str], Numbers]:
    """Return what part of its dimension each child is in each of its groups."""
    totals: dict[str, dict[str, float]] = {}
    for (parent, _), values in numbers.items():
        whole = totals.setdefault(parent, {})
        for group, weight in values.items():
            whole[group] = whole.get(group, 0.0) + weight
    return {
        key: {
            group: weight / totals[key[0]][group] if totals[key[0]][group] > 0.0 else 0.0
            for group, weight in values.items()
        }
        for key, values in numbers.items()
    }


def _table(
    scheme: Scheme, numbers: Mapping[tuple[str, str], Numbers], parts: Mapping[tuple[str, str], Numbers]
) -> nw.DataFrame[Any]:
    rows = list(_rows(scheme, numbers, parts))
    text, number = nw.String(), nw.Float64()
    schema = {"group": text, "node": text, "parent": text, "method": text, "weight": number, "share": number}
    values = {name: [row[index] for row in rows] for index, name in enumerate(schema)}
    return small_table(values, schema)


def _rows(
    scheme: Scheme, numbers: Mapping[tuple[str, str], Numbers], parts: Mapping[tuple[str, str], Numbers]
) -> Iterator[tuple[str, str, str | None, str, float | None, float | None]]:
    for group in scheme.groups:
        yield group.code, ROOT, None, "marks", group.marks, 1.0
        for dimension in scheme.dimensions:
            method = dimension.method.name
            for child in dimension.children:
                key = (dimension.code, child.code)
                if group.code in numbers[key]:
                    weight, share = numbers[key][group.code], parts[key][group.code]
                    if isinstance(dimension.method, ByAttribute):
                        # they differ from unit to unit
                        yield group.code, child.code, dimension.code, method, None, None
                        continue
                    yield group.code, child.code, dimension.code, method, weight, share
