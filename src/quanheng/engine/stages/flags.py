"""Where the conditions of `problems.py` hold, as columns."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import narwhals as nw

from quanheng.engine.frame import columns as c
from quanheng.engine.frame.again.makings import Making, with_made
from quanheng.engine.frame.tables import names_in
from quanheng.engine.stages.adjustments.categories import KINDS
from quanheng.engine.stages.condition import Condition
from quanheng.engine.stages.points.gaps import kind_of
from quanheng.scheme.tree.scheme import Scheme


def with_problem(frame: nw.LazyFrame[Any], found: Sequence[Condition], scheme: Scheme) -> nw.LazyFrame[Any]:
    """Add whether a condition of error level holds for a row."""
    flags: dict[str, list[nw.Expr]] = {}
    for condition in found:
        if condition.kind.severity == "error":
            flags.setdefault(condition.node, []).append(condition.holds)
    if not flags:
        return frame.with_columns(nw.lit(False).alias(c.PROBLEM))  # noqa: FBT003 - a value
    kinds = {indicator.code: kind_of(indicator) for indicator in scheme.indicators}
    made = [
        Making(code=node, kind=kinds.get(node), made=partial(_flagged, node, holds))
        for node, holds in flags.items()
    ]
    names = [f"{c.PROBLEM}|{node}" for node in flags]
    # one step, however many there are: a chain of `or` is as deep as it is long
    problem = nw.any_horizontal(*map(nw.col, names), ignore_nulls=False).alias(c.PROBLEM)
    return with_made(frame, made).with_columns(problem).drop(*names)


def _flagged(node: str, holds: Sequence[nw.Expr]) -> list[nw.Expr]:
    # one that holds is enough, whatever is open about the others
    some = nw.any_horizontal(*holds, ignore_nulls=False).fill_null(value=False)
    return [some.alias(f"{c.PROBLEM}|{node}")]


def only_held(frame: nw.LazyFrame[Any], found: Sequence[Condition], scheme: Scheme) -> nw.LazyFrame[Any]:
    """Return whether each of the conditions `found` holds for a row, in their order, beside the rounds."""
    by_node: dict[str, list[Condition]] = {}
    for condition in found:
        by_node.setdefault(condition.node, []).append(condition)
    # of two alike, one may be given marks and the other have marks taken, each with columns of its own
    names = set(names_in(frame))
    kinds = {
        indicator.code: kind_of(indicator)
        for indicator in scheme.indicators
        if names.isdisjoint(c.adjust(indicator.code, kind) for kind in KINDS)
    }
    made = [
        Making(
            code=node,
            # of one kind, some may take shares and others not
            kind=None if kinds.get(node) is None else (kinds[node], *(each.kind.code for each in own)),
            made=partial(_held, node, own),
        )
        for node, own in by_node.items()
    ]
    numbers = dict.fromkeys(by_node, 0)
    flags = []
    for condition in found:
        flags.append(_condition(condition.node, numbers[condition.node]))
        numbers[condition.node] += 1
    return with_made(frame, made).select(c.ROUND, *flags)


def _held(node: str, own: Sequence[Condition]) -> list[nw.Expr]:
    return [each.holds.alias(_condition(node, number)) for number, each in enumerate(own)]


def _condition(node: str, number: int) -> str:
    return f"condition|{node}|{number}"
