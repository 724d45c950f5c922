"""Laws of the tree: weights that add up, groups that have indicators."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import fsum
from typing import Final

from quanheng.findings.finding import Finding
from quanheng.scheme import law_kinds
from quanheng.scheme.document import nodes_of
from quanheng.scheme.model import ROOT, Dimension
from quanheng.scheme.settle import Settled

_EXACT: Final = 1e-9


def check_weights_add_up(settled: Settled) -> Iterator[Finding]:
    """Yield a QH201 for each group in which the children of a node under `marks` do not add up to it."""
    for dimension in settled.scheme.dimensions:
        if dimension.method.basis != "marks":
            continue
        for group, weight in dimension.weights.items():
            weights = _weights_below(dimension, group)
            total = fsum(weights)
            if weights and abs(total - weight) > _EXACT * max(1.0, abs(weight)):
                yield law_kinds.WEIGHTS_DO_NOT_ADD_UP.at(
                    dimension.where,
                    code=dimension.code,
                    group=group,
                    sum=f"{total:.12g}",
                    weight=f"{weight:.12g}",
                )


def check_weights_not_all_zero(settled: Settled) -> Iterator[Finding]:
    """Yield a QH209 for each group in which all stated weights below a node are 0."""
    for dimension in settled.scheme.dimensions:
        if not dimension.method.is_stated:
            continue
        for group in dimension.weights:
            weights = _weights_below(dimension, group)
            if weights and not any(weights):
                yield law_kinds.ALL_WEIGHTS_ZERO.at(dimension.where, code=dimension.code, group=group)


def check_weights_have_effect(settled: Settled) -> Iterator[Finding]:
    """Yield a QH210 for each weight that is written where the parent computes weights."""
    computed = {
        child.code
        for dimension in settled.scheme.dimensions
        if not dimension.method.is_stated
        for child in dimension.children
    }
    for path, code, form in nodes_of(settled.document):
        if code in computed and isinstance(form.weight, float):
            yield law_kinds.WEIGHT_HAS_NO_EFFECT.at(settled.at(*path, "weight"), code=code)


def check_groups_have_indicators(settled: Settled) -> Iterator[Finding]:
    """Yield a QH206 for each group that no indicator applies to."""
    applied = {group for indicator in settled.scheme.indicators for group in indicator.groups}
    for group in settled.scheme.groups:
        if group.code not in applied:
            yield law_kinds.GROUP_WITHOUT_INDICATOR.at(group.where, group=group.code)


def check_nodes_have_groups(settled: Settled) -> Iterator[Finding]:
    """Yield a QH207 for each node that applies to no group."""
    for node in settled.scheme.nodes:
        if not node.weights:
            yield law_kinds.NODE_WITHOUT_GROUP.at(node.where, code=node.code)


def check_branches_have_indicators(settled: Settled) -> Iterator[Finding]:
    """Yield a QH208 for each group a dimension has a weight for while nothing below applies to the group."""
    for dimension in settled.scheme.dimensions:
        if dimension.code == ROOT:
            continue
        for group in dimension.weights:
            if not _weights_below(dimension, group):
                yield law_kinds.BRANCH_WITHOUT_INDICATOR.at(dimension.where, code=dimension.code, group=group)


TREE_LAWS: Final[tuple[Callable[[Settled], Iterator[Finding]], ...]] = (
    check_weights_add_up,
    check_weights_not_all_zero,
    check_weights_have_effect,
    check_groups_have_indicators,
    check_nodes_have_groups,
    check_branches_have_indicators,
)


def _weights_below(dimension: Dimension, group: str) -> list[float]:
    return [child.weights[group] for child in dimension.children if group in child.weights]
