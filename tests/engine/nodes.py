"""Small trees for tests of the weight methods and aggregations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quanheng.findings.text import Text
from quanheng.scheme.formulas.tree import Formula, Name
from quanheng.scheme.gaps.treatment import Treatment
from quanheng.scheme.rules.scale import Scale
from quanheng.scheme.tree.scheme import Dimension, Group, Indicator, Scheme
from quanheng.scheme.weights.aggregation import Aggregation, Arithmetic
from quanheng.scheme.weights.methods import Marks, WeightMethod


def indicator(
    code: str,
    weights: Mapping[str, float],
    *,
    treat: Treatment | None = None,
    within_all: bool = False,
) -> Indicator:
    return Indicator(
        code=code,
        name=Text(en=code),
        weights=weights,
        measure=Formula(code, Name(code)),
        rule=Scale(),
        treat=treat,
        within="all" if within_all else "group",
    )


def dimension(
    code: str,
    children: Mapping[str, float | Mapping[str, float]],
    *,
    method: WeightMethod | None = None,
    aggregate: Aggregation | None = None,
    groups: Sequence[str] = ("all",),
) -> Dimension:
    """Return a dimension of leaves; a weight stands for every group or is given by group."""
    return Dimension(
        code=code,
        name=Text(en=code),
        weights=dict.fromkeys(groups, 100.0),
        children=tuple(
            indicator(child, weight if isinstance(weight, Mapping) else dict.fromkeys(groups, float(weight)))
            for child, weight in children.items()
        ),
        method=method or Marks(),
        aggregate=aggregate or Arithmetic(),
    )


def scheme(root: Dimension) -> Scheme:
    return Scheme(
        id="test",
        title=Text(en="test"),
        round="2023",
        groups=tuple(Group(code=group, name=Text(en=group), marks=100.0) for group in root.groups),
        items=(),
        root=root,
    )
