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
from quanheng.scheme.grades.grades import Limit
from quanheng.scheme.tree.scheme import Scheme


def given_marks(
    base: Base, scheme: Scheme, marks: Mapping[str, Array]
) -> dict[tuple[str, AdjustmentKind], Array]:
    """Return what counts of what is asked for at each node, which is worth `marks`."""
    found: dict[tuple[str, AdjustmentKind], Array] = {}
    for kind, limit in limits_of(scheme).items():
        asked = _kept(base, kind, limit, marks)
        if not asked:
            continue
        every = _every([(node, amount) for node, amount in asked.items()], marks)
        for node, amount in asked.items():
            counted = _capped(amount, every, limit.cap)
            if limit.when is not None:
                counted = np.where(base.gates[kind], counted, 0.0)
            found[node, kind] = counted
    return found


def _kept(base: Base, kind: AdjustmentKind, limit: Limit, marks: Mapping[str, Array]) -> dict[str, Array]:
    """Return what is asked for at each node after the caps of the categories."""
    if not limit.categories:
        return {node: asked for (node, of), asked in base.claims.items() if of == kind}
    caps = {each.code: each.cap for each in limit.categories}
    parts: dict[str, list[Array]] = {}
    for category in (NO_CATEGORY, *caps):
        asked = [(each.node, own) for each, own in base.claims_in.items() if each[1:] == (kind, category)]
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
