"""Weight methods and aggregations: from their forms to their values."""

from __future__ import annotations

from typing import Final

from quanheng.findings.finding import Kind
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.fields.margin import Margin
from quanheng.scheme.weights.aggregation import AGGREGATIONS, Aggregation, Arithmetic, Best, Last, Power
from quanheng.scheme.weights.form import AggregateForm, AhpForm, WeightMethodForm
from quanheng.scheme.weights.methods import METHODS, Ahp, BenefitOfTheDoubt, ByAttribute, Marks, WeightMethod


def method_of(
    form: WeightMethodForm | None,
    children: tuple[str, ...],
    path: Path,
    margin: Margin,
    *,
    as_marks: bool = True,
) -> WeightMethod:
    """Return the method `form` means for a node with these `children`; none given means marks.

    `as_marks` says that what the node is worth is stated in marks.
    """
    if form is None:
        return Marks()
    if isinstance(form, str):
        return METHODS[form]
    if form.ahp is not None:
        return _ahp(form.ahp, children, (*path, "ahp"), margin)
    if form.by is not None and form.of is not None:
        for value, weights in form.of.items():
            for child in weights:
                if child not in children:
                    margin.note(
                        NO_SUCH_CHILD, (*path, "of", value), child=child, children=", ".join(children)
                    )
        of = tuple((value, tuple(weights.items())) for value, weights in form.of.items())
        return ByAttribute(attribute=form.by, of=of, as_marks=as_marks)
    if form.bod is not None:
        return BenefitOfTheDoubt(least=form.bod.least, most=form.bod.most)
    return Marks()


def inherited_method(form: WeightMethodForm | None) -> WeightMethod:
    """Return the method the top of a scheme gives to nodes that state none; some hold for the root alone."""
    method = METHODS[form] if isinstance(form, str) else Marks()
    return method if method.is_inherited else Marks()


def aggregation_of(form: AggregateForm | None) -> Aggregation:
    """Return the aggregation `form` means; none given means the arithmetic mean."""
    if form is None:
        return Arithmetic()
    if isinstance(form, str):
        return AGGREGATIONS[form]
    if form.best is not None:
        return Best(form.best)
    if form.last is not None:
        return Last(form.last)
    return Power(0.0 if form.power is None else form.power)


NO_SUCH_CHILD: Final = Kind(
    code="QH296",
    severity="error",
    en="weights by an attribute name '{child}', which is no child of the node",
    zh="按属性写的权重中有“{child}”，而它不是该节点的下级",
    hint_en="name these: {children}",
    hint_zh="可写：{children}",
)
AHP_ORDER: Final = Kind(
    code="QH246",
    severity="error",
    en="'order' does not name each child once",
    zh="次序（order）没有恰好列出每个下级一次",
    hint_en="name these: {children}",
    hint_zh="应列出：{children}",
)
AHP_SHAPE: Final = Kind(
    code="QH247",
    severity="error",
    en="the matrix does not have {size} rows of {size} numbers",
    zh="判断矩阵应为{size}行{size}列",
    hint_en="give it one row and one column for each child",
    hint_zh="每个下级对应一行一列",
)


def _ahp(form: AhpForm, children: tuple[str, ...], path: Path, margin: Margin) -> WeightMethod:
    order = children if form.order is None else form.order
    if sorted(order) != sorted(children):
        margin.note(AHP_ORDER, (*path, "order"), children=", ".join(children))
    rows = tuple(
        tuple(
            margin.constant(cell, (*path, "matrix", row)) if isinstance(cell, str) else cell for cell in cells
        )
        for row, cells in enumerate(form.matrix)
    )
    if len(rows) != len(order) or any(len(cells) != len(order) for cells in rows):
        margin.note(AHP_SHAPE, (*path, "matrix"), size=len(order))
    return Ahp(order=order, matrix=rows)
