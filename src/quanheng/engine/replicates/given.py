"""What counts of the marks given and taken in a replicate: gates, caps, losses (adjustments §2, §3)."""

from __future__ import annotations

import functools
import operator
from collections.abc import Mapping, Sequence

import numpy as np

from quanheng.engine.replicates.arrays import Array, filled, quotient
from quanheng.engine.replicates.base import Base
from quanheng.engine.stages.adjustments.adjust import limits_of
from quanheng.engine.stages.adjustments.categories import NO_CATEGORY, AdjustmentKind
from quanheng.engine.stages.adjustments.nodes import node_caps
from quanheng.scheme.tree.scheme import Scheme


def given_marks(
    base: Base, scheme: Scheme, marks: Mapping[str, Array]
) -> dict[tuple[str, AdjustmentKind], Array]:
    """Return what counts of what is asked for at each node, which is worth `marks`."""
    found: dict[tuple[str, AdjustmentKind], Array] = {}
    for kind, limit in limits_of(scheme).items():
        asked = _kept(base, scheme, kind, marks)
        if not asked:
            continue
        every = _every([(node, amount) for node, amount in asked.items()], marks)
        for node, amount in asked.items():
            counted = _capped(amount, every, limit.cap)
            if limit.when is not None:
                counted = np.where(base.gates[kind], counted, 0.0)
            found[node, kind] = counted
    return found


def _kept(base: Base, scheme: Scheme, kind: AdjustmentKind, marks: Mapping[str, Array]) -> dict[str, Array]:
    """Return what is asked for at each node after the caps of the nodes and the categories."""
    limit = limits_of(scheme)[kind]
    if not limit.is_divided:
        return {node: asked for (node, of), asked in base.claims.items() if of == kind}
    left = {each: own for each, own in base.claims_in.items() if each.kind == kind}
    for cap in node_caps(scheme, kind):
        under = {each: own for each, own in left.items() if cap.holds_for(each)}
        if under:
            every = _every([(each.node, own) for each, own in under.items()], marks)
            left |= {each: _capped(own, every, cap.cap) for each, own in under.items()}
    caps = {each.code: each.cap for each in limit.categories}
    parts: dict[str, list[Array]] = {}
    for category in (NO_CATEGORY, *caps):
        asked = [(each.node, own) for each, own in left.items() if each.category == category]
        for node, own in asked:
            parts.setdefault(node, []).append(_capped(own, _every(asked, marks), caps.get(category)))
    return {node: functools.reduce(operator.add, own) for node, own in parts.items()}


def _every(asked: Sequence[tuple[str, Array]], marks: Mapping[str, Array]) -> Array:
    """Return the sum of what is asked for, without what is lost at a node worth nothing."""
    return functools.reduce(
        operator.add, [np.where(filled(marks[node]) > 0.0, own, 0.0) for node, own in asked]
    )


def _capped(asked: Array, every: Array, cap: float | None) -> Array:
    if cap is None:
        return asked
    reduced = np.where(asked == every, cap, quotient(asked * cap, every))
    return np.where(every > cap, reduced, asked)
