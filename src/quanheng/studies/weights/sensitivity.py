"""What one step of Saaty's scale in each judgement does to the places: all of them in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from quanheng.engine.replicates.base import Edge
from quanheng.engine.replicates.prepared import prepared
from quanheng.engine.replicates.runs import Replicates, Way, replicated
from quanheng.engine.stages.weights.ahp import ahp_weights
from quanheng.findings.value import Value
from quanheng.scheme.weights.methods import Ahp
from quanheng.studies.weights.chosen import Judged, counted, judged_weights
from quanheng.studies.weights.judgements import changed, steps_beside
from quanheng.studies.weights.weighed import judged_scheme

if TYPE_CHECKING:
    from quanheng.data.book.book import Book


class Moved(Value):
    """A judgement one step from where it stands, and what that does in a group.

    `moved` units change their place; `unit` moves farthest, from `before` to `after`, None where none does.
    """

    group: str
    node: str
    first: str
    second: str
    value: float
    changed: float
    ratio: float | None
    moved: int
    unit: str | None
    before: int | None
    after: int | None


def moved_by_steps(book: Book, judged: Sequence[Judged]) -> tuple[Moved, ...]:
    """Return what each judgement of `judged` does one step up and one step down, group by group."""
    steps = [
        (each, changed(each.method, first, second, value), first, second, value)
        for each in judged
        for first, second in combinations(each.method.order, 2)
        for value in steps_beside(_judgement(each.method, first, second))
    ]
    if not steps:
        return ()
    start = prepared(book, judged_scheme(book.scheme, judged))
    groups = [group.code for group in start.base.scheme.groups]
    weights: dict[Edge, NDArray[np.float64]] = {}
    for number, (each, method, _, _, _) in enumerate(steps, start=1):
        for child, by_group in judged_weights(method, each.dimension).items():
            edge = (each.dimension.code, child)
            rows = weights.setdefault(edge, np.full((len(steps) + 1, len(groups)), np.nan))
            rows[number] = [by_group.get(group, np.nan) for group in groups]
    ways = [Way(points=start, aggregates={})]
    outcomes = replicated(
        Replicates(ways=ways, way=np.zeros(len(steps) + 1, dtype=np.int64), weights=weights)
    )
    found = []
    for number, (each, method, first, second, value) in enumerate(steps, start=1):
        for at, group in enumerate(groups):
            inside = counted(each.dimension, group) if group in each.dimension.groups else ()
            if first not in inside or second not in inside:
                continue
            own = np.flatnonzero((start.base.group == at) & (outcomes.places[0] > 0))
            before, after = outcomes.places[0][own], outcomes.places[number][own]
            shift = np.abs(after.astype(np.int64) - before)
            farthest = int(np.argmax(shift)) if shift.size and shift.max() > 0 else None
            found.append(
                Moved(
                    group=group,
                    node=each.dimension.code,
                    first=first,
                    second=second,
                    value=_judgement(each.method, first, second),
                    changed=value,
                    ratio=ahp_weights(method, inside).ratio,
                    moved=int((shift > 0).sum()),
                    unit=None if farthest is None else outcomes.codes[int(own[farthest])],
                    before=None if farthest is None else int(before[farthest]),
                    after=None if farthest is None else int(after[farthest]),
                )
            )
    return tuple(found)


def _judgement(method: Ahp, first: str, second: str) -> float:
    return float(method.matrix[method.order.index(first)][method.order.index(second)])
