"""Laws of weight methods and aggregations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations_with_replacement
from math import fsum
from typing import Final

from quanheng.findings.finding import Finding, Kind, Location
from quanheng.findings.text import Text
from quanheng.scheme.document.document import nodes_of
from quanheng.scheme.fields.findings import TOO_MANY
from quanheng.scheme.tree.scheme import Dimension
from quanheng.scheme.tree.settle import Settled
from quanheng.scheme.weights.aggregation import Best, Last, Power
from quanheng.scheme.weights.methods import Ahp, BenefitOfTheDoubt, ByAttribute

MAX_COMPARED: Final = 15
"""Children a comparison matrix may have: Saaty's random indices end there."""
MAX_RATIO: Final = 0.1
_RANDOM_INDEX: Final = (
    *(0.0, 0.0, 0.58, 0.90, 1.12),
    *(1.24, 1.32, 1.41, 1.45, 1.49),
    *(1.51, 1.48, 1.56, 1.57, 1.59),
)
_RECIPROCAL: Final = 0.025
"""So far a·b may be from 1: 0.33 and 0.14 stand for 1/3 and 1/7, but 0.3 is another opinion."""
_ROUNDS: Final = 200
_EXACT: Final = 1e-9


AHP_NOT_RECIPROCAL: Final = Kind(
    code="QH248",
    severity="error",
    en="row {row}, column {column} is {value}, the other way round stands {other}",
    zh="判断矩阵第{row}行第{column}列为{value}，对称位置为{other}",
    hint_en="the matrix holds numbers above 0, 1 on the diagonal, and a/b opposite to b/a",
    hint_zh="矩阵各值应大于0，对角线为1，对称位置互为倒数",
)
AHP_INCONSISTENT: Final = Kind(
    code="QH249",
    severity="error",
    en="the comparisons under '{code}' contradict each other: consistency ratio {ratio}",
    zh="“{code}”的判断矩阵不一致：一致性比例为{ratio}",
    hint_en="revise the comparisons until the ratio is under 0.1",
    hint_zh="请修改判断，使一致性比例小于0.1",
)


def check_comparisons(settled: Settled) -> Iterator[Finding]:
    """Yield a QH248 or QH249 where a matrix of comparisons is not reciprocal or contradicts itself."""
    for dimension, method in _methods(settled):
        if not isinstance(method, Ahp) or any(len(row) != len(method.matrix) for row in method.matrix):
            continue
        where = settled.node_at(dimension.code, "weights", "ahp", "matrix")
        if len(method.matrix) > MAX_COMPARED:
            yield TOO_MANY.at(
                where,
                count=len(method.matrix),
                limit=MAX_COMPARED,
                what=Text(en="children in the matrix", zh="判断矩阵的下级"),
            )
            continue
        contradictions = tuple(check_reciprocal(method.matrix, where))
        if contradictions:
            yield from contradictions
            continue
        ratio = consistency_ratio(method.matrix)
        if ratio >= MAX_RATIO:
            yield AHP_INCONSISTENT.at(where, code=dimension.code, ratio=f"{ratio:.3f}")


def check_reciprocal(matrix: Sequence[Sequence[float]], where: Location) -> Iterator[Finding]:
    """Yield a QH248 for the first cell of a square matrix opposite to which its reciprocal does not stand."""
    contradiction = _first_not_reciprocal(matrix)
    if contradiction is not None:
        row, column = contradiction
        yield AHP_NOT_RECIPROCAL.at(
            where,
            row=row + 1,
            column=column + 1,
            value=f"{matrix[row][column]:.6g}",
            other=f"{matrix[column][row]:.6g}",
        )


BOD_BOUNDS: Final = Kind(
    code="QH250",
    severity="error",
    en="the bounds {least} and {most} leave no weights for the {count} children of '{code}'",
    zh="“{code}”的{count}个下级无法满足{least}至{most}的权重范围",
    hint_en="let least × children be at most 100% and most × children at least 100%",
    hint_zh="最小占比（least）×个数应不超过100%，最大占比（most）×个数应不低于100%",
)


def check_bounds(settled: Settled) -> Iterator[Finding]:
    """Yield a QH250 where the bounds of benefit of the doubt leave no weights."""
    for dimension, method in _methods(settled):
        if not isinstance(method, BenefitOfTheDoubt):
            continue
        for count in sorted({_count(dimension, group) for group in dimension.weights} - {0}):
            if method.least * count > 1 + _EXACT or method.most * count < 1 - _EXACT:
                yield BOD_BOUNDS.at(
                    dimension.where,
                    code=dimension.code,
                    count=count,
                    least=f"{method.least:.6g}",
                    most=f"{method.most:.6g}",
                )


POWER_ZERO: Final = Kind(
    code="QH245",
    severity="error",
    en="the exponent of the power mean is 0",
    zh="幂平均的指数为0",
    hint_en="write 'aggregate: geometric', which is the mean with exponent 0",
    hint_zh="指数为0即几何平均，合成方法请写“加权几何平均”（aggregate: geometric）",
)


def check_exponents(settled: Settled) -> Iterator[Finding]:
    """Yield a QH245 for each power mean with the exponent 0."""
    for dimension in settled.scheme.dimensions:
        if isinstance(dimension.aggregate, Power) and dimension.aggregate.exponent == 0:
            yield POWER_ZERO.at(settled.node_at(dimension.code, "aggregate"))


WEIGHT_IN_SUM: Final = Kind(
    code="QH290",
    severity="error",
    en="'{code}' states {key} where children are added up, and weights play no part",
    zh="“{code}”在求和的节点下写了{key}，而求和不用权重",
    hint_en="remove it; 'groups' says which groups a child is for, and 'arithmetic' adds up weighted points",
    hint_zh="请删去；适用分组请写“适用分组”（groups），按权重相加请用“加权算术平均”（arithmetic）",
)


MOST_CHOSEN_FROM: Final = 40
"""Children from which some are chosen: each is compared with each."""

ALL_ARE_CHOSEN: Final = Kind(
    code="QH291",
    severity="warning",
    en="under '{code}' {count} children are to count, and '{group}' has {children} in all",
    zh="“{code}”取{count}项计分，而“{group}”总共只有{children}项",
    hint_en="take fewer, or write 'arithmetic' if all are meant to count",
    hint_zh="请减少项数；若本意是全部计分，请用“加权算术平均”（arithmetic）",
)
CHOSEN_BY_WEIGHT: Final = Kind(
    code="QH292",
    severity="warning",
    en="under '{code}' some of the children count, and their weights differ for '{group}': who has more "
    "points in one may then have fewer in all",
    zh="“{code}”只取几项计分，而各项权重（{group}）不同：某项得分提高，合成得分可能反而降低",
    hint_en="give the children the same weight, or none and 'weights: equal'",
    hint_zh="请让各项权重相同，或不写权重而用“等权”（weights: equal）",
)


def check_choices(settled: Settled) -> Iterator[Finding]:
    """Yield a QH291 where nothing is left to choose, a QH292 where weights make the choice perverse."""
    for dimension in settled.scheme.dimensions:
        method = dimension.aggregate
        if not isinstance(method, Best | Last):
            continue
        where = settled.node_at(dimension.code, "aggregate")
        if len(dimension.children) > MOST_CHOSEN_FROM:
            what = Text(en="children to choose from", zh="可取的下级")
            yield TOO_MANY.at(where, count=len(dimension.children), limit=MOST_CHOSEN_FROM, what=what)
        for group in dimension.weights:
            weights = [child.weights[group] for child in dimension.children if group in child.weights]
            if len(weights) <= method.count:
                yield ALL_ARE_CHOSEN.at(
                    where, code=dimension.code, group=group, count=method.count, children=len(weights)
                )
            elif dimension.method.is_stated and len({weight for weight in weights if weight}) > 1:
                yield CHOSEN_BY_WEIGHT.at(where, code=dimension.code, group=group)


BY_VALUE_DO_NOT_ADD_UP: Final = Kind(
    code="QH294",
    severity="error",
    en="under '{code}' the weights of '{value}' add up to {sum}, it is worth {weight}",
    zh="“{code}”下“{value}”的权重合计{sum}，应为{weight}",
    hint_en="make them add up for each value of the attribute",
    hint_zh="请使属性每个值下的权重合计都等于该节点的分值",
)
NOTHING_BY_VALUE: Final = Kind(
    code="QH295",
    severity="error",
    en="under '{code}' nothing weighs anything for '{value}'",
    zh="“{code}”下“{value}”的权重均为0",
    hint_en="give at least one child a weight above 0",
    hint_zh="请至少给一个下级大于0的权重",
)


ATTRIBUTE_AND_LEAST: Final = Kind(
    code="QH297",
    severity="error",
    en="'gaps.at_least' asks for a share of weights, and those under '{code}' go by an attribute of units",
    zh="“{code}”的权重按单位属性而定，不能同时规定最低可计权重（gaps.at_least）",
    hint_en="remove 'at_least', or state weights by group",
    hint_zh="请删去最低可计权重（at_least），或改为按分组写权重",
)


def check_weights_by_attribute(settled: Settled) -> Iterator[Finding]:
    """Yield a QH294 or QH295 for each value of an attribute whose weights do not add up or are all 0."""
    for dimension, method in _methods(settled):
        if not isinstance(method, ByAttribute):
            continue
        where = settled.node_at(dimension.code, "weights", "of")
        if settled.scheme.at_least > 0.0:
            yield ATTRIBUTE_AND_LEAST.at(where, code=dimension.code)
        for value, weights in method.weights().items():
            sums = {
                group: fsum(
                    weights.get(child.code, 0.0) for child in dimension.children if group in child.groups
                )
                for group in dimension.groups
            }
            worth = _worth(settled, dimension, method, value)
            if not any(sums.values()):
                yield NOTHING_BY_VALUE.at(where, code=dimension.code, value=value)
            elif worth and not any(
                abs(sums[group] - worth[group]) <= _EXACT * max(1.0, worth[group]) for group in sums
            ):
                group = next(iter(sums))
                yield BY_VALUE_DO_NOT_ADD_UP.at(
                    where,
                    code=dimension.code,
                    value=value,
                    sum=f"{sums[group]:.12g}",
                    weight=f"{worth[group]:.12g}",
                )


def _worth(settled: Settled, dimension: Dimension, method: ByAttribute, value: str) -> Mapping[str, float]:
    """Return what a dimension is worth in each group where its marks are stated; for units with `value`."""
    parent = settled.scheme.parent_of(dimension.code)
    if not method.as_marks:
        return {}
    if parent is None or not isinstance(parent.method, ByAttribute):
        return dimension.weights
    if parent.method.attribute != method.attribute:
        return {}
    own = parent.method.weights().get(value, {}).get(dimension.code, 0.0)
    return dict.fromkeys(dimension.groups, own)


_WEIGHT: Final = Text(en="'weight'", zh="权重（weight）")
_WEIGHTS: Final = Text(en="'weights'", zh="赋权方法（weights）")


def check_sums_without_weights(settled: Settled) -> Iterator[Finding]:
    """Yield a QH290 for each weight below a node whose children are added up, and each method there."""
    sums = {each.code: each for each in settled.scheme.dimensions if not each.aggregate.shares_marks}
    below = {child.code for dimension in sums.values() for child in dimension.children}
    for path, code, form in nodes_of(settled.document):
        if code in below and form.weight is not None:
            yield WEIGHT_IN_SUM.at(settled.at(*path, "weight"), code=code, key=_WEIGHT)
        if code in sums and form.weights not in (None, "equal"):
            yield WEIGHT_IN_SUM.at(settled.at(*path, "weights"), code=code, key=_WEIGHTS)


def consistency_ratio(matrix: Sequence[Sequence[float]]) -> float:
    """Return the consistency ratio of a reciprocal matrix: (λmax - n)/(n - 1) over the random index.

    Source: T. L. Saaty, The Analytic Hierarchy Process (1980), chapter 3; a ratio under 0.1 is acceptable.
    λmax is found by power iteration.

    Examples:
        >>> round(consistency_ratio([[1, 2, 4], [1 / 2, 1, 2], [1 / 4, 1 / 2, 1]]), 6)
        0.0
    """
    size = len(matrix)
    index = _RANDOM_INDEX[min(size, MAX_COMPARED) - 1] if size else 0.0
    if index == 0:
        return 0.0
    weights = [1.0 / size] * size
    greatest = float(size)
    for _ in range(_ROUNDS):
        product = [sum(a * w for a, w in zip(row, weights, strict=True)) for row in matrix]
        greatest = sum(product)
        weights = [value / greatest for value in product]
    return (greatest - size) / (size - 1) / index


WEIGHT_LAWS: Final[tuple[Callable[[Settled], Iterator[Finding]], ...]] = (
    check_comparisons,
    check_bounds,
    check_exponents,
    check_sums_without_weights,
    check_choices,
    check_weights_by_attribute,
)


def _methods(settled: Settled) -> Iterator[tuple[Dimension, object]]:
    return ((dimension, dimension.method) for dimension in settled.scheme.dimensions)


def _count(dimension: Dimension, group: str) -> int:
    return sum(group in child.weights for child in dimension.children)


def _first_not_reciprocal(matrix: Sequence[Sequence[float]]) -> tuple[int, int] | None:
    for row, column in combinations_with_replacement(range(len(matrix)), 2):
        one, other = matrix[row][column], matrix[column][row]
        if one <= 0 or other <= 0 or abs(one * other - 1) > _RECIPROCAL:
            return row, column
    return None
