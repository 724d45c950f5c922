"""The changes that can be asked about, each with what it is called; a closed union."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.scheme.rules.catalogue import AnyRule
from quanheng.studies.variants.figures import Cell

Kind: TypeAlias = Literal["scheme", "rules", "without", "weights", "targets", "data"]


class NewFigure(Value):
    """The figure of a round, whatever it is made of, or what is reported for a `period`."""

    item: str
    unit: str
    period: str | None
    cell: Cell
    called: Text
    key: str
    kind: Kind = "data"


class NewTarget(Value):
    """The target of the round of an indicator for a unit."""

    indicator: str
    unit: str
    cell: Cell
    called: Text
    key: str
    kind: Kind = "targets"


class NewWeights(Value):
    """Weights of nodes in groups; their siblings keep their own."""

    weights: Mapping[str, Mapping[str, float]]
    called: Text
    key: str
    kind: Kind = "weights"


class Without(Value):
    """A node is left out, and what is below it."""

    node: str
    called: Text
    key: str
    kind: Kind = "without"


class NewRule(Value):
    """An indicator is rated by another rule."""

    node: str
    rule: AnyRule
    called: Text
    key: str
    kind: Kind = "rules"


class NewScheme(Value):
    """The whole scheme is another one; the other changes come on top of it."""

    called: Text
    key: str = "scheme"
    kind: Kind = "scheme"


Change: TypeAlias = NewFigure | NewTarget | NewWeights | Without | NewRule | NewScheme

KINDS: Mapping[Kind, Text] = {
    "scheme": Text(en="the other scheme", zh="另一方案"),
    "rules": Text(en="rules", zh="计分规则"),
    "without": Text(en="what is left out", zh="去掉的节点"),
    "weights": Text(en="weights", zh="权重"),
    "targets": Text(en="targets", zh="目标"),
    "data": Text(en="figures", zh="数据"),
}
"""What the changes of a kind are called together."""
