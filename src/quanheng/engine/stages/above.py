"""What may be wrong above the points of indicators: means and rules of dimensions, adjustments, totals."""

from __future__ import annotations

import functools
import operator
from collections.abc import Collection, Iterator
from typing import Final

import narwhals as nw

from quanheng.engine.formulas.expressions import Scope
from quanheng.engine.frame import columns as c
from quanheng.engine.stages.adjustments.categories import KINDS, AdjustmentKind
from quanheng.engine.stages.aggregation.means import negative_child, zero_child
from quanheng.engine.stages.aggregation.scores import Weights
from quanheng.engine.stages.condition import Condition
from quanheng.engine.stages.points.anchored import separates_nobody
from quanheng.engine.stages.points.points import is_bounded
from quanheng.engine.stages.points.undefined import undefined_points
from quanheng.engine.stages.problems import (
    BEYOND_RANGE,
    NO_COEFFICIENT,
    NO_POINTS,
    SEPARATES_NOBODY,
    is_beyond,
)
from quanheng.engine.stages.weights.by_attribute import attribute_conditions
from quanheng.findings.finding import Kind
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.tree.scheme import Dimension, Indicator, Scheme
from quanheng.scheme.tree.worth import with_worth


def conditions_above(scheme: Scheme, weights: Weights) -> tuple[Condition, ...]:
    """Return all that may be wrong in the dimensions, over the final `points|…` columns."""
    return tuple(
        condition for dimension in scheme.dimensions for condition in _of_dimension(dimension, weights)
    )


def found_above(scheme: Scheme, weights: Weights, names: Collection[str]) -> tuple[Condition, ...]:
    """Return all that may be wrong above the points of the indicators; `names` are the columns by then."""
    scope = Scope(columns=frozenset(names), items=frozenset())
    rules = (found for node in scheme.rated_nodes for found in _of_rule(with_worth(node, scheme), scope))
    return (*rules, *conditions_above(scheme, weights), *lost_adjustments(scheme, names), *vast_totals())


ADJUSTMENT_LOST: Final = Kind(
    code="QH574",
    severity="warning",
    en="the bonus or penalty of {unit!r} at {node!r} is lost: the node has no score for this unit, or is"
    " worth no marks",
    zh="{unit!r}在{node!r}上的加减分未计入：该单位在此节点没有得分，或此节点不占分值",
    hint_en="give the marks at a node above, or report what is missing",
    hint_zh="请改在上级节点加减分，或补报缺失数据",
)


def lost_adjustments(scheme: Scheme, names: Collection[str]) -> Iterator[Condition]:
    """Yield where marks count at a node without a score, or worth no marks; `names` are the columns."""
    for node in scheme.nodes:
        given = [_asked(node.code, kind, names) for kind in KINDS if c.adjust(node.code, kind) in names]
        if given:
            dead = nw.col(c.score(node.code)).is_null() | (nw.col(c.marks(node.code)) == 0.0)
            holds = functools.reduce(operator.or_, given) & dead
            yield Condition(kind=ADJUSTMENT_LOST, node=node.code, holds=holds)


def _asked(node: str, kind: AdjustmentKind, names: Collection[str]) -> nw.Expr:
    """Return whether marks of `kind` are asked for at a node and their gate does not void them."""
    asked = nw.col(c.claim(node, kind)) > 0.0
    return asked & nw.col(c.gate(kind)).fill_null(value=False) if c.gate(kind) in names else asked


def vast_totals() -> tuple[Condition, ...]:
    """Return where a total is beyond the range of numbers, over the column of the root's score."""
    return (Condition(kind=BEYOND_RANGE, node=ROOT, holds=is_beyond(nw.col(c.score(ROOT)))),)


ZERO_IN_MEAN: Final = Kind(
    code="QH548",
    severity="warning",
    en="{unit!r} has 0 points under {node!r}, so its geometric or harmonic mean is 0",
    zh="{unit!r}在{node!r}下有指标得0分，几何（调和）平均因此为0",
    hint_en="give the rules a base above 0, or choose another mean, if this is not meant",
    hint_zh="若非本意，请为计分规则设基础分，或改用其他平均方法",
)
NEGATIVE_IN_MEAN: Final = Kind(
    code="QH549",
    severity="error",
    en="{unit!r} has negative points under {node!r}, which no geometric or harmonic mean or product takes",
    zh="{unit!r}在{node!r}下有负分，几何（调和）平均或连乘无法计算",
    hint_en="give the rules a floor of 0, or choose the arithmetic mean",
    hint_zh="请为计分规则设0分下限，或改用算术平均",
)


def _of_rule(node: Indicator, scope: Scope) -> Iterator[Condition]:
    """Yield what may be wrong with the points that the rule of a dimension gives (points §9)."""
    yield from undefined_points(node, scope)
    rated = nw.col(c.rated(node.code))
    present = nw.col(c.absence(node.code)) == c.PRESENT
    yield Condition(kind=NO_POINTS, node=node.code, holds=present & rated.is_null())
    if not is_bounded(node.rule):
        yield Condition(kind=BEYOND_RANGE, node=node.code, holds=is_beyond(rated))
    alike = separates_nobody(node, scope)
    if alike is not None:
        yield Condition(kind=SEPARATES_NOBODY, node=node.code, holds=alike)


def _of_dimension(dimension: Dimension, weights: Weights) -> Iterator[Condition]:
    children = [
        (nw.col(c.points(child.code)), weights[dimension.code, child.code]) for child in dimension.children
    ]
    yield from attribute_conditions(dimension)
    if dimension.aggregate.zero_makes_zero:
        zero = zero_child(dimension.aggregate, children)
        yield Condition(kind=ZERO_IN_MEAN, node=dimension.code, holds=zero)
    if dimension.aggregate.refuses_negative:
        negative = negative_child(dimension.aggregate, children)
        yield Condition(kind=NEGATIVE_IN_MEAN, node=dimension.code, holds=negative)
    if dimension.coefficient is not None:
        stands = ~nw.col(c.share(dimension.code)).is_null()
        if dimension.aggregate.refuses_negative:  # without a mean there is nothing to multiply
            stands = stands & ~negative.fill_null(value=False)
        if dimension.rule is not None:  # the same of a rule that gives nothing
            stands = stands & ~nw.col(c.rated(dimension.code)).is_null()
        lacks = stands & nw.col(c.points(dimension.code)).is_null()
        yield Condition(kind=NO_COEFFICIENT, node=dimension.code, holds=lacks)
