"""What each replicate does otherwise: drawn by a design, or given as a table that somebody else drew.

Such a table has a row a replicate and columns: `weight|node` or `weight|node|group` with weights; `weights`
with the name of a set of the study file; and a cause's name with the choice it makes, as it is written or by
its number, 0 or `own` for what the scheme says. What it has no column for is as the scheme says.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, Final

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from quanheng.engine.replicates.base import Base, Edge
from quanheng.findings.errors import UsageError
from quanheng.findings.nearest import no_such
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.studies.robustness.causes.causes import TITLES, CauseName, Choices
from quanheng.studies.robustness.causes.ways import Ways
from quanheng.studies.robustness.drawing.design import Design
from quanheng.studies.robustness.drawing.replicates import Factor, chosen_in, keys_in
from quanheng.studies.robustness.drawing.sampler import Sampler, weights_of_sets

Array = NDArray[np.float64]
Whole = NDArray[np.int64]
WEIGHT: Final = "weight|"
"""A column of weights begins so; then come the node and, where there are several, the group."""
REPLICATE: Final = "replicate"


class Drawn(Value):
    """What replicates do otherwise; the first rows are a plain sample."""

    @property
    @abstractmethod
    def rows(self) -> int:
        """How many replicates there are."""

    @property
    @abstractmethod
    def sample(self) -> slice:
        """Those that are a plain sample."""

    @abstractmethod
    def chosen(self, ways: Ways) -> Whole:
        """Return which choice of each cause each replicate makes, `(rows, causes)`."""

    @abstractmethod
    def weights(self, rows: Whole, base: Base) -> Mapping[Edge, Array]:
        """Return the weights, `(rows, groups)`, of some replicates whose points are those of a scoring."""

    @abstractmethod
    def keys(self, rows: int) -> Whole:
        """Return the key of the errors of each of so many replicates; below 0: none."""


class Designed(Drawn):
    """Replicates of a design."""

    design: Design
    factors: tuple[Factor, ...]
    sampler: Sampler | None

    @property
    def rows(self) -> int:
        """How many replicates there are."""
        return len(self.design.numbers)

    @property
    def sample(self) -> slice:
        """Those that are a plain sample."""
        return self.design.sample

    @property
    def columns(self) -> Mapping[CauseName, slice]:
        """The columns of each cause."""
        # a design has a column at least, though nothing be drawn
        return {factor.cause: part for factor, part in zip(self.factors, self.design.factors, strict=False)}

    def chosen(self, ways: Ways) -> Whole:
        """Return which choice of each cause each replicate makes."""
        return chosen_in(self.design.numbers, ways, self.columns)

    def weights(self, rows: Whole, base: Base) -> Mapping[Edge, Array]:
        """Return the weights of some replicates."""
        part = self.columns.get("weights")
        if self.sampler is None or part is None:
            return {}
        return self.sampler.weights(self.design.numbers[rows][:, part], base)

    def keys(self, rows: int) -> Whole:
        """Return the key of the errors of each."""
        return keys_in(self.design.numbers, self.columns, rows)


class Given(Drawn):
    """Replicates that somebody else drew: a row each in `table`."""

    table: nw.DataFrame[Any]
    sets: Mapping[str, Mapping[str, float]]

    @property
    def rows(self) -> int:
        """How many replicates there are."""
        return len(self.table)

    @property
    def sample(self) -> slice:
        """All of them."""
        return slice(0, self.rows)

    def chosen(self, ways: Ways) -> Whole:
        """Return which choice of each cause each replicate makes."""
        chosen = np.zeros((self.rows, len(ways.choices)), dtype=np.int64)
        for index, choices in enumerate(ways.choices):
            if choices.cause in self.table.columns:
                chosen[:, index] = _numbers(self.table[choices.cause].to_list(), choices, ways)
        return chosen

    def weights(self, rows: Whole, base: Base) -> Mapping[Edge, Array]:
        """Return the weights of some replicates."""
        groups = [group.code for group in base.scheme.groups]
        parents = {child: (parent, child) for parent, child in base.weights}
        found: dict[Edge, Array] = {}
        if "weights" in self.table.columns:
            names = list(self.sets)
            of_row = np.array([names.index(str(name)) for name in self.table["weights"].to_list()])
            found.update(weights_of_sets(list(self.sets.values()), of_row[rows], base))
        for column in _weight_columns(self.table):
            node, group = _node_and_group(column)
            edge = parents[node]
            values = self.table[column].cast(nw.Float64()).to_numpy()[rows]
            of_edge = found.setdefault(edge, np.full((len(rows), len(groups)), np.nan))
            of_edge[:, slice(None) if group is None else groups.index(group)] = (
                values[:, None] if group is None else values
            )
        return found

    def keys(self, rows: int) -> Whole:
        """Return that figures have no errors: those of others were not drawn by us."""
        return np.full(rows, -1, dtype=np.int64)

    def require_known(self, ways: Ways) -> None:
        """Raise if a column is of nothing in the book or the study file, or a weight is none.

        Raises:
            UsageError: it says which column.
        """
        scheme = ways.nominal.base.scheme
        known = {REPLICATE, "weights", *(choices.cause for choices in ways.choices)}
        nodes = [node.code for node in scheme.nodes]
        groups = [group.code for group in scheme.groups]
        for column in self.table.columns:
            if column.startswith(WEIGHT):
                node, group = _node_and_group(column)
                if node not in nodes[1:]:
                    raise no_such(Text(en="node", zh="节点"), node, nodes[1:])
                if group is not None and group not in groups:
                    raise no_such(Text(en="group", zh="分组"), group, groups)
                _require_weights(self.table, column)
            elif column not in known:
                raise no_such(Text(en="column of draws", zh="抽取表的列"), column, [*known, WEIGHT])
        for name in set(self.table["weights"].to_list()) if "weights" in self.table.columns else ():
            if name not in self.sets:
                raise no_such(Text(en="set of weights", zh="权重组"), str(name), self.sets)


def _weight_columns(table: nw.DataFrame[Any]) -> Sequence[str]:
    return [column for column in table.columns if column.startswith(WEIGHT)]


def _node_and_group(column: str) -> tuple[str, str | None]:
    node, _, group = column.removeprefix(WEIGHT).partition("|")
    return node, group or None


def _require_weights(table: nw.DataFrame[Any], column: str) -> None:
    values = table[column]
    wrong = not values.dtype.is_numeric() or values.is_null().any() or bool((values < 0).any())
    if wrong or not np.isfinite(values.cast(nw.Float64()).to_numpy()).all():
        raise UsageError(
            f"the column {column!r} of the draws has to hold a weight of 0 or more in every row",
            f"抽取表的“{column}”列每行都应为不小于0的权重",
        )


def _numbers(labels: Sequence[object], choices: Choices, ways: Ways) -> list[int]:
    """Return the number of each choice that is written, by its text or its number."""
    texts = ways.labels(choices.cause)
    known = {"own": 0, "0": 0, **{text: number for number, text in enumerate(texts, start=1)}}
    known |= {str(number): number for number in range(1, len(texts) + 1)}
    allowed = {way.number for way in choices.ways} | {0}
    found = []
    for label in labels:
        number = known.get(str(label))
        if number is None:
            raise no_such(TITLES[choices.cause], str(label), known)
        if number not in allowed:
            raise UsageError(
                f"the draws take {label!r}, with which the book cannot be scored",
                f"抽取表取用“{label}”，而本考核册无法按其计分",
            )
        found.append(number)
    return found
