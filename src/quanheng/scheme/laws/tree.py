"""Laws of the tree: weights that add up, groups that have indicators."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from math import fsum
from typing import Final

from quanheng.findings.finding import Finding, Kind
from quanheng.findings.text import Text
from quanheng.periods.period import parse_period
from quanheng.scheme.document.document import nodes_of
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.formulas.tree import OfNode, parts_of
from quanheng.scheme.tree.in_force import days_of_change, has_spans, scheme_on
from quanheng.scheme.tree.scheme import Dimension, Node, Scheme
from quanheng.scheme.tree.settle import Settled
from quanheng.scheme.tree.uses import uses_of
from quanheng.scheme.weights.methods import Ahp

_EXACT: Final = 1e-9


WEIGHTS_DO_NOT_ADD_UP: Final = Kind(
    code="QH201",
    severity="error",
    en="the weights under '{code}' add up to {sum} for '{group}', it is worth {weight}",
    zh="“{code}”下各项权重（{group}）合计{sum}，应为{weight}",
    hint_en="make them add up, or write 'weights: relative' where only proportions count",
    hint_zh="请调整使其相等；若只看比例，赋权方法请写“相对权重”（weights: relative）",
)


def check_weights_add_up(settled: Settled) -> Iterator[Finding]:
    """Yield a QH201 for each group in which the children of a node under `marks` do not add up to it."""
    if has_spans(settled.scheme):
        return  # they add up in each time
    for dimension in settled.scheme.dimensions:
        if dimension.method.basis != "marks":
            continue
        for group, weight in dimension.weights.items():
            weights = _weights_below(dimension, group)
            total = fsum(weights)
            if weights and abs(total - weight) > _EXACT * max(1.0, abs(weight)):
                yield WEIGHTS_DO_NOT_ADD_UP.at(
                    dimension.where,
                    code=dimension.code,
                    group=group,
                    sum=f"{total:.12g}",
                    weight=f"{weight:.12g}",
                )


NOT_AT_ALL_TIMES: Final = Kind(
    code="QH679",
    severity="error",
    en="'{code}', in a round that ends on {day}: {why}",
    zh="“{code}”在{day}结束的考核期：{why}",
    hint_en="let a node begin with 'from' where another one ends with 'to', with the same weight, or write"
    " 'weights: relative'",
    hint_zh="请使新节点的起始（from）与旧节点的截止（to）衔接、权重相同，"
    "或赋权方法写“相对权重”（weights: relative）",
)


def check_nodes_at_all_times(settled: Settled) -> Iterator[Finding]:
    """Yield a QH679 where nodes come and go, and the weights do not add up in some time, or it is none.

    Of the times in which nothing is assessed only the scheme's own round is one that matters.
    """
    scheme = settled.scheme
    if not has_spans(scheme):
        return
    for node in scheme.nodes:
        if node.since is not None and node.until is not None and node.since.start > node.until.end:
            why = Text(en="it ends before it begins", zh="截止早于起始")
            yield NOT_AT_ALL_TIMES.at(node.where, code=node.code, day=node.until.end, why=why)
        if (
            isinstance(node, Dimension)
            and isinstance(node.method, Ahp)
            and any(map(_is_dated, node.children))
        ):
            why = Text(en="a matrix of comparisons is of all its children", zh="判断矩阵须含全部下级")
            yield NOT_AT_ALL_TIMES.at(node.where, code=node.code, day=scheme.round, why=why)
    own = parse_period(scheme.round).end
    if not scheme_on(scheme, own).root.children:
        yield nothing_assessed(scheme, own)
    for day in (*days_of_change(scheme), own):
        yield from _sums_on(scheme, day)
        yield from _asked_in_vain(scheme, day)


def nothing_assessed(scheme: Scheme, day: dt.date) -> Finding:
    """Return that no indicator is in force on `day`."""
    why = Text(en="nothing is assessed", zh="没有任何指标")
    return NOT_AT_ALL_TIMES.at(scheme.where, code=ROOT, day=day, why=why)


def _is_dated(node: Node) -> bool:
    return node.since is not None or node.until is not None


def _asked_in_vain(scheme: Scheme, day: dt.date) -> Iterator[Finding]:
    """Yield each formula that asks for the points of a node which is not in force."""
    then = scheme_on(scheme, day)
    there, known = ({node.code for node in each.nodes} for each in (then, scheme))
    for use in uses_of(then):
        for part in parts_of(use.formula.tree):
            if isinstance(part, OfNode) and part.node not in there and part.node in known:
                why = Text(
                    en=f"a formula asks for {part.function}({part.node}), which is not in force then",
                    zh=f"公式用到 {part.function}({part.node})，而该节点此时不计入",
                )
                yield NOT_AT_ALL_TIMES.at(use.formula.where, code=part.node, day=day, why=why)


def _sums_on(scheme: Scheme, day: dt.date) -> Iterator[Finding]:
    stated = {dimension.code: dimension for dimension in scheme.dimensions}
    for dimension in scheme_on(scheme, day).dimensions:
        if dimension.method.basis != "marks" or not dimension.children:
            continue
        for group, weight in stated[dimension.code].weights.items():
            weights = _weights_below(dimension, group)
            total = fsum(weights)
            # a dimension without a weight of its own is worth what its children are at each time
            own = weight if dimension.code == ROOT else dimension.weights.get(group, total)
            if weights and abs(total - own) > _EXACT * max(1.0, abs(own)):
                why = Text(
                    en=f"its weights add up to {total:.12g} for '{group}', it is worth {own:.12g}",
                    zh=f"下级权重（{group}）合计{total:.12g}，应为{own:.12g}",
                )
                where = stated[dimension.code].where
                yield NOT_AT_ALL_TIMES.at(where, code=dimension.code, day=day, why=why)


ALL_WEIGHTS_ZERO: Final = Kind(
    code="QH209",
    severity="error",
    en="all weights under '{code}' are 0 for '{group}'",
    zh="“{code}”下各项权重（{group}）均为0",
    hint_en="write proportions and 'weights: relative', also where the node itself weighs 0",
    hint_zh="请写比例，赋权方法写“相对权重”（weights: relative），节点本身权重为0时也如此",
)


def check_weights_not_all_zero(settled: Settled) -> Iterator[Finding]:
    """Yield a QH209 for each group in which all stated weights below a node are 0."""
    for dimension in settled.scheme.dimensions:
        if not dimension.method.is_stated:
            continue
        for group in dimension.weights:
            weights = _weights_below(dimension, group)
            if weights and not any(weights):
                yield ALL_WEIGHTS_ZERO.at(dimension.where, code=dimension.code, group=group)


WEIGHT_HAS_NO_EFFECT: Final = Kind(
    code="QH210",
    severity="note",
    en="the weight of '{code}' has no effect: its parent computes weights",
    zh="“{code}”的权重不起作用：其上级的权重由计算得出",
    hint_en="remove it, or change 'weights' of the parent",
    hint_zh="请删去，或修改上级的赋权方法（weights）",
)


def check_weights_have_effect(settled: Settled) -> Iterator[Finding]:
    """Yield a QH210 for each weight that is written where the parent computes weights."""
    computed = {
        child.code
        for dimension in settled.scheme.dimensions
        if not dimension.method.is_stated and dimension.aggregate.shares_marks
        for child in dimension.children
    }
    for path, code, form in nodes_of(settled.document):
        if code in computed and isinstance(form.weight, float):
            yield WEIGHT_HAS_NO_EFFECT.at(settled.at(*path, "weight"), code=code)


GROUP_WITHOUT_INDICATOR: Final = Kind(
    code="QH206",
    severity="error",
    en="no indicator applies to the group '{group}'",
    zh="分组“{group}”没有任何指标",
    hint_en="give indicators a weight for it, or remove the group",
    hint_zh="请为其设置指标权重，或删去该分组",
)


def check_groups_have_indicators(settled: Settled) -> Iterator[Finding]:
    """Yield a QH206 for each group that no indicator applies to."""
    applied = {group for indicator in settled.scheme.indicators for group in indicator.groups}
    for group in settled.scheme.groups:
        if group.code not in applied:
            yield GROUP_WITHOUT_INDICATOR.at(group.where, group=group.code)


NODE_WITHOUT_GROUP: Final = Kind(
    code="QH207",
    severity="error",
    en="'{code}' applies to no group",
    zh="“{code}”不适用于任何分组",
    hint_en="name a group of its parent in 'weight' or 'groups', or remove the node",
    hint_zh="请在权重（weight）或适用分组（groups）中写明上级所含的分组，或删去该节点",
)


def check_nodes_have_groups(settled: Settled) -> Iterator[Finding]:
    """Yield a QH207 for each node that applies to no group."""
    for node in settled.scheme.nodes:
        if not node.weights:
            yield NODE_WITHOUT_GROUP.at(node.where, code=node.code)


BRANCH_WITHOUT_INDICATOR: Final = Kind(
    code="QH208",
    severity="error",
    en="'{code}' has a weight for '{group}', but nothing below it applies to that group",
    zh="“{code}”对“{group}”有权重，但其下没有适用的指标",
    hint_en="give the weight of '{code}' by group, without '{group}'",
    hint_zh="请按分组写“{code}”的权重，并去掉“{group}”",
)


def check_branches_have_indicators(settled: Settled) -> Iterator[Finding]:
    """Yield a QH208 for each group a dimension has a weight for while nothing below applies to the group."""
    for dimension in settled.scheme.dimensions:
        if dimension.code == ROOT:
            continue
        for group in dimension.weights:
            if not _weights_below(dimension, group):
                yield BRANCH_WITHOUT_INDICATOR.at(dimension.where, code=dimension.code, group=group)


TREE_LAWS: Final[tuple[Callable[[Settled], Iterator[Finding]], ...]] = (
    check_weights_add_up,
    check_nodes_at_all_times,
    check_weights_not_all_zero,
    check_weights_have_effect,
    check_groups_have_indicators,
    check_nodes_have_groups,
    check_branches_have_indicators,
)


def _weights_below(dimension: Dimension, group: str) -> list[float]:
    return [child.weights[group] for child in dimension.children if group in child.weights]
