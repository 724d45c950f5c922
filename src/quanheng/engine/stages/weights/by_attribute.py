"""Weights by an attribute of the unit (一镇一策): looked up by its value, a column a child (weights §3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import narwhals as nw

from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import Engine
from quanheng.engine.frame.pools import with_facts
from quanheng.engine.stages.condition import Condition
from quanheng.findings.finding import Kind
from quanheng.scheme.tree.scheme import Dimension
from quanheng.scheme.weights.methods import ByAttribute


def with_attribute_weights(
    frame: nw.LazyFrame[Any], dimension: Dimension, method: ByAttribute, engine: Engine
) -> nw.LazyFrame[Any]:
    """Add the weights of the children; null where the unit's value of the attribute has none."""
    names = {child.code: c.unit_weight(dimension.code, child.code) for child in dimension.children}
    attribute = c.attribute(method.attribute)
    schema = frame.collect_schema()
    value = nw.col(attribute).cast(nw.String()) if attribute in schema else nw.lit(None, dtype=nw.String())
    facts: dict[tuple[object, ...], Mapping[str, float | None]] = {
        (value_,): {name: weights.get(child, 0.0) for child, name in names.items()}
        for value_, weights in method.weights().items()
    }
    frame = frame.with_columns(value.alias(_VALUE))
    return with_facts(frame, facts, list(names.values()), keys=(_VALUE,), engine=engine).drop(_VALUE)


_VALUE = "value of the attribute"


NO_WEIGHTS_FOR_VALUE: Final = Kind(
    code="QH685",
    severity="error",
    en="{unit!r} has a value of the attribute for which {node!r} states no weights, or none",
    zh="“{node}”没有为{unit!r}的该属性值写明权重，或该单位没有属性值",
    hint_en="give the value weights under 'of', or correct the unit's attribute",
    hint_zh="请在各值权重（of）中补充该值，或更正单位的属性",
)


def attribute_conditions(dimension: Dimension) -> Iterator[Condition]:
    """Yield where a unit stands below `dimension` and its value of the attribute has no weights."""
    if isinstance(dimension.method, ByAttribute):
        first = nw.col(c.unit_weight(dimension.code, dimension.children[0].code))
        holds = first.is_null() & nw.col(c.GROUP).is_in(list(dimension.groups))
        yield Condition(kind=NO_WEIGHTS_FOR_VALUE, node=dimension.code, holds=holds)
