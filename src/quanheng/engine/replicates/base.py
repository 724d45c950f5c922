"""What one scoring leaves for its replicates: the points of the indicators, and all that stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from quanheng.engine.formulas.expressions import compiled
from quanheng.engine.formulas.measures import with_formulas
from quanheng.engine.frame import columns as c
from quanheng.engine.replicates.arrays import Array, Flags
from quanheng.engine.stages.adjustments.adjust import KINDS, AdjustmentKind, limits_of
from quanheng.engine.stages.weights.methods import BENCHMARK
from quanheng.scheme.tree.scheme import Dimension, Scheme

Edge = tuple[str, str]
"""A dimension and a child of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """The arrays of one scoring, `(1, units)` each where nothing else is said; units in the order of `codes`.

    - `group`: the number of the unit's group in the scheme; `full`: what the total is worth to the unit
    - `points`: of each indicator, NaN where the unit has none; `absence`: why its measure is absent, -1 where
      it does not apply to the unit's group
    - `weights`: of each child in its dimension as they were stated or computed, `(1, groups)`, NaN where it
      does not apply to a group; `(1, units)` where each unit has its own
    - `benchmark`: what the points of a dimension are set against in which each unit has its own weights
    - `claims`: marks asked for at a node; `gates`: whether a kind of them counts at all
    - `coefficients`: of each dimension that has one
    - `vetoed`: whether the unit is barred, `(units,)`
    - `wide`: the wide frame itself, sorted by unit
    """

    scheme: Scheme
    codes: tuple[str, ...]
    group: NDArray[np.int64]
    full: Array
    points: Mapping[str, Array]
    absence: Mapping[str, NDArray[np.int8]]
    weights: Mapping[Edge, Array]
    benchmark: Mapping[str, Array]
    claims: Mapping[tuple[str, AdjustmentKind], Array]
    gates: Mapping[AdjustmentKind, Flags]
    coefficients: Mapping[str, Array]
    vetoed: Flags
    wide: nw.DataFrame[Any] = field(repr=False)

    @property
    def units(self) -> int:
        """How many units there are."""
        return len(self.codes)


def base_of(wide: nw.DataFrame[Any], weights: nw.DataFrame[Any], scheme: Scheme) -> Base:
    """Return what a scoring leaves: its wide frame, sorted by unit, and its table of weights."""
    names = set(wide.columns)
    groups = [group.code for group in scheme.groups]
    group = wide[c.GROUP].to_numpy().astype(object)
    number = {code: index for index, code in enumerate(groups)}
    of_unit = np.array([number[str(code)] for code in group], dtype=np.int64)
    full = np.array([group.marks for group in scheme.groups])
    return Base(
        scheme=scheme,
        codes=tuple(map(str, wide[c.UNIT].to_list())),
        group=of_unit,
        full=full[of_unit][None, :],
        points={each.code: _column(wide, c.points(each.code)) for each in scheme.indicators},
        absence={each.code: _absence(wide, c.absence(each.code)) for each in scheme.indicators},
        weights=_weights(wide, weights, scheme, groups),
        benchmark={
            each.code: _column(wide, c.stat(each.code, BENCHMARK))
            for each in scheme.dimensions
            if each.method.by_unit
        },
        claims={
            (node.code, kind): _column(wide, c.claim(node.code, kind))
            for node in scheme.nodes
            for kind in KINDS
            if c.claim(node.code, kind) in names
        },
        gates={
            kind: wide[c.gate(kind)].fill_null(value=False).to_numpy().astype(np.bool_)[None, :]
            for kind, limit in limits_of(scheme).items()
            if limit.when is not None and c.gate(kind) in names
        },
        coefficients=_coefficients(wide, scheme),
        vetoed=wide[c.VETOED].to_numpy().astype(np.bool_),
        wide=wide,
    )


def _column(wide: nw.DataFrame[Any], name: str) -> Array:
    return np.asarray(wide[name].cast(nw.Float64()).to_numpy(), dtype=np.float64)[None, :]


def _absence(wide: nw.DataFrame[Any], name: str) -> NDArray[np.int8]:
    return np.asarray(wide[name].fill_null(-1).to_numpy(), dtype=np.int8)[None, :]


def _weights(
    wide: nw.DataFrame[Any], table: nw.DataFrame[Any], scheme: Scheme, groups: list[str]
) -> dict[Edge, Array]:
    stated = {
        (str(parent), str(node), str(group)): float(weight)
        for group, node, parent, weight in table.select("group", "node", "parent", "weight").rows()
        if parent is not None
    }
    found: dict[Edge, Array] = {}
    for dimension in scheme.dimensions:
        for child in dimension.children:
            key = (dimension.code, child.code)
            if dimension.method.by_unit:
                found[key] = _column(wide, c.unit_weight(*key))
            else:
                found[key] = np.array([[stated.get((*key, group), np.nan) for group in groups]])
    return found


def _coefficients(wide: nw.DataFrame[Any], scheme: Scheme) -> dict[str, Array]:
    """Return what the points of each dimension that has a coefficient are multiplied by."""
    having: list[Dimension] = [each for each in scheme.dimensions if each.coefficient is not None]
    if not having:
        return {}
    formulas = [each.coefficient for each in having if each.coefficient is not None]
    frame, scope = with_formulas(wide.lazy(), scheme, formulas)
    values = [
        compiled(formula.tree, scope).value.cast(nw.Float64()).alias(each.code)
        for each, formula in zip(having, formulas, strict=True)
    ]
    # the rows stay in their order: nothing is joined or grouped
    made = frame.select(nw.col(c.UNIT), *values).collect().sort(c.UNIT)
    return {each.code: _column(made, each.code) for each in having}
