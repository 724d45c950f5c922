"""Mixtures that differ from one that was scored in stated weights alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from quanheng.engine.frame import columns as c
from quanheng.engine.frame.tables import table_of
from quanheng.engine.replicates.base import Base, base_of
from quanheng.engine.replicates.joined import Joined
from quanheng.engine.replicates.reweighed import Stated, found_with, reweighed, rows_of
from quanheng.engine.replicates.stacked import tiers_in
from quanheng.engine.stages.problems import findings_of
from quanheng.studies.variants.passes import MIXTURE, OUTCOME, Copy

if TYPE_CHECKING:
    from quanheng.data.book.frames import Frame
    from quanheng.engine.stages.condition import Condition
    from quanheng.findings.finding import Finding
    from quanheng.scheme.tree.scheme import Scheme


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """One of several mixtures that were joined together: the one with this `number`.

    `copy` is the mixture with the same figures that was scored, `scheme` the one with the `stated` weights.
    """

    copy: Copy
    scheme: Scheme
    stated: Stated
    joined: Joined
    number: int

    @cached_property
    def outcome(self) -> Frame:
        """mixture, unit, group, score, place, tier."""
        base, made = self.joined.trees.base, self.joined.outcome
        names = (*tiers_in(base.scheme), None)
        groups = [group.code for group in base.scheme.groups]
        table = table_of(
            {
                MIXTURE: np.full(base.units, self.copy.key, dtype=object),
                c.UNIT: np.array(base.codes, dtype=object),
                c.GROUP: np.array([groups[at] for at in base.group.tolist()], dtype=object),
                "score": self.joined.scores[self.number],
                c.PLACE: made.places[self.number].astype(np.int64),
                c.TIER: np.array([names[at] for at in made.tiers[self.number].tolist()], dtype=object),
            }
        )
        ranked = nw.when(nw.col(c.PLACE) > 0).then(nw.col(c.PLACE))
        return table.with_columns(ranked.alias(c.PLACE), nw.col(c.TIER).cast(nw.String())).select(*OUTCOME)

    @property
    def lacking(self) -> tuple[str, ...]:
        """The indicators whose weight was shared out for somebody, since a figure is missing."""
        return self.copy.lacking

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """All that may be wrong."""
        return (*self.copy.of.done.of_points, *self._above)

    @cached_property
    def counts(self) -> tuple[int, ...]:
        """How often each of the conditions holds."""
        names = [f"condition|{number}" for number in range(len(self._above))]
        sums = [
            each.holds.fill_null(value=False).cast(nw.Int64()).sum().alias(name)
            for each, name in zip(self._above, names, strict=True)
        ]
        above = self._rows.select(*sums).collect().row(0)
        return (*self.copy.counts[: len(self.copy.of.done.of_points)], *above)

    @property
    def notes(self) -> tuple[Finding, ...]:
        """What is told of outliers and of weights."""
        return self.copy.notes

    def findings(self) -> tuple[Finding, ...]:
        """Return what is wrong with it."""
        return findings_of(self._rows, self.conditions, self.copy.of.engine)

    @cached_property
    def _above(self) -> tuple[Condition, ...]:
        weights = self.copy.of.done.weighing.weights
        return found_with(self.scheme, weights, self.stated, self.copy.wide.columns)

    @cached_property
    def _rows(self) -> nw.LazyFrame[Any]:
        return rows_of(self.joined, self.number, self.copy.wide)


def weighed(mixtures: Sequence[tuple[Copy, Scheme, Stated]]) -> tuple[Weighed, ...]:
    """Return mixtures of one pass, or of passes of one scheme, each a scored one with other weights."""
    copies = [copy for copy, _, _ in mixtures]
    base = copies[0].base if all(copy is copies[0] for copy in copies) else _base_of(copies)
    joined = reweighed(base, [stated for _, _, stated in mixtures], copies[0].mixture.reviews)
    return tuple(
        Weighed(copy=copy, scheme=scheme, stated=stated, joined=joined, number=number)
        for number, (copy, scheme, stated) in enumerate(mixtures)
    )


def _base_of(copies: Sequence[Copy]) -> Base:
    """Return the base of copies below each other."""
    numbered = [copy.wide.with_columns(nw.lit(number).alias(c.ROUND)) for number, copy in enumerate(copies)]
    of = copies[0].of
    wide = nw.concat(numbered, how="vertical")
    return base_of(wide, of.done.weighing.table, of.scheme, copies=len(copies))
