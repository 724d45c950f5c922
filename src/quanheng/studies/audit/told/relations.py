"""The tables of what goes with what: correlations, alpha, principal components."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from quanheng.findings.text import Text
from quanheng.studies.audit.audited import Audited, Belonging
from quanheng.studies.columns import DIMENSION, GROUP, NUMBER, TEXT, TRUTH, WHOLE, Columns, known, table
from quanheng.studies.study import Table

_CORRELATIONS: Final[Columns] = {
    "group": GROUP,
    "one": (TEXT, Text(en="A node.", zh="节点甲。")),
    "other": (TEXT, Text(en="Another node.", zh="节点乙。")),
    "level_one": (WHOLE, Text(en="How far below the root the one stands.", zh="甲的层级。")),
    "level_other": (WHOLE, Text(en="How far below the root the other stands.", zh="乙的层级。")),
    "same_parent": (TRUTH, Text(en="Whether they are siblings.", zh="同级：是否属于同一上级。")),
    "n": (WHOLE, Text(en="How many units have both.", zh="单位数：两者都有值的单位数。")),
    "pearson": (
        NUMBER,
        Text(
            en="Pearson's correlation; null where one does not vary.",
            zh="皮尔逊：皮尔逊相关系数；其一无差异时为空。",
        ),
    ),
    "spearman": (
        NUMBER,
        Text(en="Spearman's rank correlation.", zh="斯皮尔曼：斯皮尔曼等级相关系数。"),
    ),
    "kendall": (NUMBER, Text(en="Kendall's tau-b.", zh="肯德尔：肯德尔等级相关系数（tau-b）。")),
}
_DIMENSIONS: Final[Columns] = {
    "group": GROUP,
    "dimension": DIMENSION,
    "children": (WHOLE, Text(en="How many of its children vary.", zh="下级数：有差异的下级个数。")),
    "units": (
        WHOLE,
        Text(en="How many units have points for every child.", zh="单位数：各下级都有得分的单位数。"),
    ),
    "alpha": (NUMBER, Text(en="Cronbach's alpha of the points.", zh="信度：得分的克隆巴赫系数（α）。")),
    "alpha_standardised": (
        NUMBER,
        Text(
            en="Cronbach's alpha of points scaled to the same spread.",
            zh="标准化信度：得分标准化后的克隆巴赫系数。",
        ),
    ),
    "first_share": (
        NUMBER,
        Text(
            en="The part of the variance that the first principal component explains.",
            zh="首个主成分：第一主成分解释的方差比例。",
        ),
    ),
    "above_one": (
        WHOLE,
        Text(
            en="How many components have an eigenvalue above 1.",
            zh="特征值大于1：特征值大于1的主成分个数。",
        ),
    ),
}
_COMPONENTS: Final[Columns] = {
    "group": GROUP,
    "dimension": DIMENSION,
    "component": (WHOLE, Text(en="Its number, the greatest first.", zh="主成分：序号，从大到小。")),
    "eigenvalue": (
        NUMBER,
        Text(en="The eigenvalue of the correlations.", zh="特征值：相关矩阵的特征值。"),
    ),
    "share": (
        NUMBER,
        Text(en="The part of the variance it explains.", zh="解释比例：解释的方差比例。"),
    ),
    "cumulative": (
        NUMBER,
        Text(en="What it and those before explain.", zh="累计比例：累计解释的方差比例。"),
    ),
}
_LOADINGS: Final[Columns] = {
    "group": GROUP,
    "dimension": DIMENSION,
    "component": (WHOLE, Text(en="The number of the component.", zh="主成分：序号。")),
    "node": (TEXT, Text(en="A child of the dimension.", zh="下级：维度的下级节点。")),
    "loading": (
        NUMBER,
        Text(
            en="Its correlation with the component, whose sign makes the sum of its loadings positive.",
            zh="载荷：与主成分的相关系数；主成分的符号使其载荷之和为正。",
        ),
    ),
}


def relation_tables(groups: Sequence[Audited]) -> tuple[Table, ...]:
    """Return the tables of correlations, of dimensions and of their components."""
    return (
        table(
            "correlations",
            Text(en="Correlations", zh="相关系数"),
            _CORRELATIONS,
            known(row for each in groups for row in _correlations(each)),
        ),
        table(
            "dimensions",
            Text(en="Whether the children of a dimension belong together", zh="各维度内部的一致性"),
            _DIMENSIONS,
            known(_dimension(each, inner) for each in groups for inner in each.belongings),
        ),
        table(
            "components",
            Text(en="Principal components", zh="主成分"),
            _COMPONENTS,
            known(row for each in groups for row in _components(each)),
        ),
        table(
            "loadings",
            Text(en="Loadings on principal components", zh="主成分载荷"),
            _LOADINGS,
            known(row for each in groups for row in _loadings(each)),
        ),
    )


def _correlations(found: Audited) -> Iterator[tuple[object, ...]]:
    pool = found.pool
    levels = {node.code: pool.level_of(node.code) for node in pool.nodes}
    for pair in found.pairs.pairs:
        one, other = pair.one.code, pair.other.code
        yield (
            pool.group.code,
            one,
            other,
            levels[one],
            levels[other],
            pool.parents.get(one) == pool.parents.get(other),
            pair.n,
            pair.pearson,
            pair.spearman,
            pair.kendall,
        )


def _dimension(found: Audited, inner: Belonging) -> tuple[object, ...]:
    parts = inner.components
    return (
        found.pool.group.code,
        inner.dimension.code,
        len(inner.children),
        inner.units,
        inner.reliability.alpha,
        inner.reliability.standardised,
        None if parts is None else float(parts.shares[0]),
        None if parts is None else parts.above_one,
    )


def _components(found: Audited) -> Iterator[tuple[object, ...]]:
    for inner in found.belongings:
        if inner.components is None:
            continue
        together = 0.0
        for place, share in enumerate(inner.components.shares):
            together += float(share)
            value = float(inner.components.eigenvalues[place])
            yield found.pool.group.code, inner.dimension.code, place + 1, value, float(share), together


def _loadings(found: Audited) -> Iterator[tuple[object, ...]]:
    for inner in found.belongings:
        if inner.components is None:
            continue
        for place, column in enumerate(inner.components.loadings.T):
            for child, loading in zip(inner.children, column, strict=True):
                yield found.pool.group.code, inner.dimension.code, place + 1, child.code, float(loading)
