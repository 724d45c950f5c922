"""What one scoring leaves for its replicates: the points of the indicators, and all that stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from quanheng.engine.formulas.expressions import Scope, compiled
from quanheng.engine.formulas.measures import with_formulas
from quanheng.engine.frame import columns as c
from quanheng.engine.replicates.arrays import Array, Flags
from quanheng.engine.stages.adjustments.adjust import limits_of
from quanheng.engine.stages.adjustments.categories import KINDS, NO_CATEGORY, AdjustmentKind, Claim
from quanheng.engine.stages.points.gaps import settled_points
from quanheng.engine.stages.weights.methods import BENCHMARK
from quanheng.findings.value import Value
from quanheng.scheme.formulas.tree import Formula
from quanheng.scheme.tree.named import follows_weights
from quanheng.scheme.tree.scheme import Scheme
from quanheng.scheme.tree.uses import marked_by_formulas

Edge = tuple[str, str]
"""A dimension and a child of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """The arrays of one scoring, `(1, units)` each where nothing else is said; units in the order of `codes`.

    Of a scoring of many noisy copies they are `(replicates, units)`, and `wide` has the rows of all.

    - `group`: the number of the unit's group in the scheme; `full`: what the total is worth to the unit
    - `points`: of each indicator, NaN where the unit has none; `absence`: why its measure is absent, -1 where
      it does not apply to the unit's group
    - `weights`: of each child in its dimension as they were stated or computed, `(1, groups)`, NaN where it
      does not apply to a group; those in `by_unit`, `(1, units)`, differ from unit to unit
    - `benchmark`: what the points of a dimension are set against in which each unit has its own weights
    - `claims`: marks asked for at a node; `claims_in`: those in each category, where a kind has some
    - `gates`: whether a kind of them counts at all
    - `ceilings`: whether each cap under a condition holds, by node and number
    - `stands`: whether the condition of a dimension holds
    - `coefficients`: of each dimension that has one
    - `vetoed`: whether the unit is barred
    - `wide`: the wide frame itself, sorted by unit
    """

    scheme: Scheme
    codes: tuple[str, ...]
    group: NDArray[np.int64]
    full: Array
    points: Mapping[str, Array]
    absence: Mapping[str, NDArray[np.int8]]
    weights: Mapping[Edge, Array]
    by_unit: frozenset[Edge]
    benchmark: Mapping[str, Array]
    claims: Mapping[tuple[str, AdjustmentKind], Array]
    claims_in: Mapping[Claim, Array]
    gates: Mapping[AdjustmentKind, Flags]
    ceilings: Mapping[tuple[str, int], Flags]
    stands: Mapping[str, Flags]
    coefficients: Mapping[str, Array]
    vetoed: Flags
    copies: int
    wide: nw.DataFrame[Any] = field(repr=False)

    @property
    def units(self) -> int:
        """How many units there are."""
        return len(self.codes)


def has_fixed_points(scheme: Scheme) -> bool:
    """Return whether the points of indicators stay what they are, whatever nodes weigh.

    They do not where formulas ask for points of dimensions or scores of nodes, or give marks.
    """
    return not (follows_weights(scheme) or marked_by_formulas(scheme))


def base_of(wide: nw.DataFrame[Any], weights: nw.DataFrame[Any], scheme: Scheme, *, copies: int = 1) -> Base:
    """Return what a scoring leaves: its wide frame, sorted by copy and unit, and its table of weights."""
    names = set(wide.columns)
    units = len(wide) // copies
    groups = [group.code for group in scheme.groups]
    group = wide[c.GROUP].head(units).to_list()
    number = {code: index for index, code in enumerate(groups)}
    of_unit = np.array([number[str(code)] for code in group], dtype=np.int64)
    full = np.array([group.marks for group in scheme.groups])
    of_copies = _Columns(wide=wide, copies=copies)
    found = _weights(of_copies, weights, scheme, groups)
    return Base(
        scheme=scheme,
        codes=tuple(map(str, wide[c.UNIT].head(units).to_list())),
        group=of_unit,
        full=full[of_unit][None, :],
        points=_points(of_copies, scheme),
        absence={each.code: of_copies.states(c.absence(each.code)) for each in scheme.indicators},
        weights=found,
        by_unit=frozenset(key for key in found if _is_by_unit(key, of_copies, scheme)),
        benchmark={
            each.code: of_copies.numbers(c.stat(each.code, BENCHMARK))
            for each in scheme.dimensions
            if each.method.against_best
        },
        claims={
            (node.code, kind): of_copies.numbers(c.claim(node.code, kind))
            for node in scheme.nodes
            for kind in KINDS
            if c.claim(node.code, kind) in names
        },
        claims_in={
            Claim(node.code, kind, category): of_copies.numbers(c.claim_in(node.code, kind, category))
            for node in scheme.nodes
            for kind in KINDS
            for category in (NO_CATEGORY, *(each.code for each in scheme.adjustments.categories_of(kind)))
            if c.claim_in(node.code, kind, category) in names
        },
        gates={
            kind: of_copies.flags(c.gate(kind))
            for kind, limit in limits_of(scheme).items()
            if limit.when is not None and c.gate(kind) in names
        },
        ceilings={
            (node.code, index): of_copies.flags(c.ceiling(node.code, index))
            for node in scheme.nodes
            for index in range(len(node.bounds.ceilings))
        },
        stands={
            each.code: of_copies.flags(c.stands(each.code))
            for each in scheme.dimensions
            if each.condition is not None
        },
        coefficients=_coefficients(of_copies, scheme),
        vetoed=of_copies.flags(c.VETOED),
        copies=copies,
        wide=wide,
    )


class _Columns(Value):
    """The columns of a wide frame as arrays, copies × units."""

    wide: nw.DataFrame[Any]
    copies: int

    def numbers(self, name: str) -> Array:
        values = self.wide[name].cast(nw.Float64()).to_numpy()
        return np.asarray(values, dtype=np.float64).reshape(self.copies, -1)

    def states(self, name: str) -> NDArray[np.int8]:
        return np.asarray(self.wide[name].fill_null(-1).to_numpy(), dtype=np.int8).reshape(self.copies, -1)

    def flags(self, name: str) -> Flags:
        values = self.wide[name].fill_null(value=False).to_numpy()
        return np.asarray(values, dtype=np.bool_).reshape(self.copies, -1)

    def of_groups(self, name: str, groups: list[str]) -> Array:
        """Return what all units of a group have in a column, NaN for a group without units."""
        first = dict(self.wide.select(c.GROUP, name).unique(subset=[c.GROUP]).rows())
        values = [first.get(group) for group in groups]
        return np.array([[np.nan if value is None else float(value) for value in values]])


def _is_by_unit(key: Edge, columns: _Columns, scheme: Scheme) -> bool:
    """Return whether the weight of a child is a column: each unit's own, or of each copy."""
    dimension = next(each for each in scheme.dimensions if each.code == key[0])
    return dimension.method.by_unit or (columns.copies > 1 and c.unit_weight(*key) in columns.wide.columns)


def _weights(
    columns: _Columns, table: nw.DataFrame[Any], scheme: Scheme, groups: list[str]
) -> dict[Edge, Array]:
    stated = {
        (str(parent), str(node), str(group)): float(weight)
        for group, node, parent, weight in table.select("group", "node", "parent", "weight").rows()
        if parent is not None and weight is not None
    }
    found: dict[Edge, Array] = {}
    for dimension in scheme.dimensions:
        for child in dimension.children:
            key = (dimension.code, child.code)
            if _is_by_unit(key, columns, scheme):
                found[key] = columns.numbers(c.unit_weight(*key))
            elif c.unit_weight(*key) in columns.wide.columns:  # computed in each of several rounds
                found[key] = columns.of_groups(c.unit_weight(*key), groups)
            else:
                found[key] = np.array([[stated.get((*key, group), np.nan) for group in groups]])
    return found


def _points(columns: _Columns, scheme: Scheme) -> dict[str, Array]:
    """Return the points of each indicator before its score is adjusted or cut: then they follow."""
    names = columns.wide.columns
    given = [
        each
        for each in scheme.indicators
        if each.bounds or any(c.claim(each.code, kind) in names for kind in KINDS)
    ]
    formulas = [each.coefficient for each in given if each.coefficient is not None]

    def settled(scope: Scope) -> list[nw.Expr]:
        return [points for each in given for points in settled_points(each, scheme, scope)]

    before = _computed(columns, scheme, formulas, settled) if given else {}
    return {
        each.code: before[c.points(each.code)] if each in given else columns.numbers(c.points(each.code))
        for each in scheme.indicators
    }


def _computed(
    columns: _Columns,
    scheme: Scheme,
    formulas: Sequence[Formula],
    made: Callable[[Scope], Sequence[nw.Expr]],
) -> dict[str, Array]:
    """Return columns that are computed from the wide frame, with `formulas` over items known."""
    pool = (c.GROUP, c.ROUND) if columns.copies > 1 else (c.GROUP,)
    frame, scope = with_formulas(columns.wide.lazy(), scheme, formulas, pool=pool)
    keys = [c.ROUND, c.UNIT] if columns.copies > 1 else [c.UNIT]
    table = frame.select(*keys, *made(scope)).collect().sort(*keys)
    of_table = _Columns(wide=table, copies=columns.copies)
    return {name: of_table.numbers(name) for name in table.columns if name not in keys}


def _coefficients(columns: _Columns, scheme: Scheme) -> dict[str, Array]:
    """Return what the points of each dimension that has a coefficient are multiplied by."""
    having = {each.code: each.coefficient for each in scheme.dimensions if each.coefficient is not None}

    def values(scope: Scope) -> list[nw.Expr]:
        return [
            compiled(formula.tree, scope).value.cast(nw.Float64()).alias(code)
            for code, formula in having.items()
        ]

    return _computed(columns, scheme, list(having.values()), values) if having else {}
