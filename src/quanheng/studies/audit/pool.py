"""The units of one group as columns of numbers: what every part of an audit looks at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, TypeAlias

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from quanheng.engine.frame import columns as c
from quanheng.engine.frame.tables import names_in as names_of
from quanheng.engine.results.result import Result
from quanheng.findings.text import Text
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.formulas.tree import names_in
from quanheng.scheme.tree.scheme import Dimension, Group, Indicator, Node, Scheme

Floats: TypeAlias = NDArray[np.float64]
"""A column; NaN is what is not there. It never leaves the study: tables say null."""

_DECIMALS: Final = 9
FEWEST: Final = 3
"""What compares units needs so many of them."""
TELLING: Final = 10
"""Of fewer units, correlations say little: a curve is not drawn through them, and nothing is conspicuous."""


@dataclass(frozen=True, kw_only=True)
class Pool:
    """One group of a result: its units, and the nodes that apply to it.

    `frame` holds the wide columns of the group's units; a column is taken from it when it is asked for.
    `shares` says what part of its parent a node is worth, before anything is redistributed.
    """

    group: Group
    scheme: Scheme
    frame: nw.DataFrame[Any]
    shares: Mapping[str, float]

    def __len__(self) -> int:
        """Return how many units there are."""
        return len(self.frame)

    @property
    def is_telling(self) -> bool:
        """Whether there are so many units that what they have in common is not just chance."""
        return len(self) >= TELLING

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """The nodes that apply to the group, the root first."""
        return tuple(node for node in self.scheme.nodes if self.group.code in node.groups)

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators that apply to the group."""
        return tuple(node for node in self.nodes if isinstance(node, Indicator))

    @cached_property
    def dimensions(self) -> tuple[Dimension, ...]:
        """The inner nodes that apply to the group, the root first."""
        return tuple(node for node in self.nodes if isinstance(node, Dimension))

    @cached_property
    def parents(self) -> Mapping[str, str]:
        """By node, its parent."""
        return {child.code: each.code for each in self.scheme.dimensions for child in each.children}

    def children(self, dimension: Dimension) -> tuple[Node, ...]:
        """Return the children of `dimension` that apply to the group."""
        return tuple(child for child in dimension.children if self.group.code in child.groups)

    def line(self, code: str) -> Iterator[str]:
        """Yield a node and all above it, without the root."""
        while code != ROOT:
            yield code
            code = self.parents[code]

    def level_of(self, code: str) -> int:
        """Return how far below the root a node stands; the root is 0."""
        return sum(1 for _ in self.line(code))

    def marks(self, code: str) -> float:
        """Return the marks a node is worth."""
        whole = {
            child.code
            for each in self.dimensions
            if not each.aggregate.shares_marks
            for child in each.children
        }
        parts = [self.shares[each] for each in self.line(code) if each not in whole]
        return self.group.marks * float(np.prod(parts))

    def adds_up(self, code: str) -> bool:
        """Return whether the marks of a node are a part of the total just as they are."""
        above = {*self.line(code), ROOT} - {code}
        return all(each.adds_up and not each.bounds for each in self.dimensions if each.code in above)

    def measure(self, code: str) -> Floats:
        """Return the measure of an indicator."""
        return self._column(c.measure(code))

    def treated(self, code: str) -> Floats:
        """Return the measure of an indicator after filling and treatment."""
        return self._column(c.treated(code))

    def points(self, code: str) -> Floats:
        """Return the points of a node, as they are compared: at nine decimals."""
        return np.round(self._column(c.points(code)), _DECIMALS) + 0.0

    def score(self, code: str) -> Floats:
        """Return the marks earned at a node, as they are compared."""
        return np.round(self._column(c.score(code)), _DECIMALS) + 0.0

    def absence(self, code: str) -> NDArray[np.int64]:
        """Return why a measure is absent, by unit."""
        return self.frame[c.absence(code)].to_numpy().astype(np.int64)

    def name_of_unit(self, row: int) -> str:
        """Return the name of the unit in a row."""
        return str(self.frame[c.NAME][row])

    def name_of(self, code: str) -> Text:
        """Return the name of a node, its code where it has none; the root is the total."""
        if code == ROOT:
            return Text(en="the total", zh="总分")
        name = self.scheme.node(code).name
        return name if name.in_language("en") else Text(en=code, zh=code)

    @property
    def name(self) -> Text:
        """The name of the group, its code where it has none."""
        name = self.group.name
        return name if name.in_language("en") else Text(en=self.group.code, zh=self.group.code)

    def _column(self, name: str) -> Floats:
        return self.frame[name].cast(nw.Float64()).to_numpy().astype(np.float64)


def pools_of(result: Result) -> tuple[Pool, ...]:
    """Return the groups of `result` that have units, in the order of the scheme."""
    scheme = result.scheme
    frame = _looked_at(result)
    stated: dict[str, dict[str, float]] = {}
    for group, node, _, _, _, share in result.weights.iter_rows():
        stated.setdefault(group, {})[node] = share
    pools = []
    for group in scheme.groups:
        rows = frame.filter(nw.col(c.GROUP) == group.code) if len(scheme.groups) > 1 else frame
        if len(rows):
            shares = stated[group.code] | _mean_shares(rows, scheme, group.code)
            pools.append(Pool(group=group, scheme=scheme, frame=rows, shares=shares))
    return tuple(pools)


def _looked_at(result: Result) -> nw.DataFrame[Any]:
    """Return the columns that an audit looks at, in the order of the units."""
    scheme = result.scheme
    codes = [each.code for each in scheme.indicators]
    items = [item for each in scheme.indicators for item in each.rule.items()]
    items += [
        name for each in scheme.indicators for rule in each.rule.formulas() for name in names_in(rule.tree)
    ]
    kinds = (c.measure, c.treated, c.absence, c.target, c.target_na, c.points, c.score, c.share)
    wanted = {
        *(c.UNIT, c.NAME, c.GROUP),
        *(kind(node.code) for node in scheme.nodes for kind in kinds),
        *(c.adjust(node.code, kind) for node in scheme.nodes for kind in ("bonus", "penalty")),
        *(column for item in items for column in (c.item(item), c.item_na(item))),
    }
    stats = tuple(c.stat(code, "") for code in codes)
    names = [name for name in names_of(result.plan) if name in wanted or name.startswith(stats)]
    frame = result.engine.collect(result.plan.select(*names))
    return frame if frame[c.UNIT].is_sorted() else frame.sort(c.UNIT)


def _mean_shares(rows: nw.DataFrame[Any], scheme: Scheme, group: str) -> dict[str, float]:
    """Return the mean part of each child where every unit has weights of its own."""
    return {
        child.code: float(rows[c.share(child.code)].mean() or 0.0)
        for dimension in scheme.dimensions
        if dimension.method.by_unit
        for child in dimension.children
        if group in child.groups
    }
