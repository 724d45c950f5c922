"""The data of a group as every method sees them: units by criteria, weights, and which end is better."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final, TypeAlias

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from quanheng.engine.frame import columns as c
from quanheng.findings.value import Value
from quanheng.scheme.rules.anchors import Direction
from quanheng.scheme.tree.scheme import Group, Indicator, Scheme
from quanheng.studies.opinions.direction import Reading, Why, reading_of
from quanheng.studies.opinions.form import Basis

Column: TypeAlias = NDArray[np.float64]
Matrix: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]

_NOISE: Final = 1e-9
_DIGITS: Final = 12
"""Measures are compared at so many significant digits: two quotients that are equal on paper are equal."""


class Criterion(Value):
    """An indicator that weighs something in a group: what stands for it, and its mean weight."""

    indicator: Indicator
    direction: Direction | None
    """Of its measure; None where its points stand for it, of which more is always better."""
    why: Why
    weight: float
    gaps: int
    least: float
    greatest: float

    @property
    def is_benefit(self) -> bool:
        """Whether more is better."""
        return self.direction != "less"

    @property
    def is_constant(self) -> bool:
        """Whether it is the same for all units that have it."""
        return self.least == self.greatest


class Decision(Value):
    """What a method decides on: the units of one group.

    `values` and `weights` (units × criteria) are of `criteria`, those that tell units apart; where a value is
    absent it is NaN and its weight 0; the weights of a unit add up to 1 over those it has. `points` and
    `point_weights` are of all indicators that weigh something.
    """

    group: Group
    units: tuple[str, ...]
    names: tuple[str, ...]
    scheme_places: NDArray[np.int64]
    all_criteria: tuple[Criterion, ...]
    values: Matrix
    weights: Matrix
    points: Matrix
    point_weights: Matrix
    left_out: int = 0
    """Ranked units that have none of the criteria that tell units apart."""

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria that tell units apart, in the order of the columns of `values`."""
        return tuple(each for each in self.all_criteria if not each.is_constant)

    @property
    def benefit(self) -> Flags:
        """Whether more is better, by criterion."""
        return np.array([each.is_benefit for each in self.criteria], dtype=np.bool_)


def decisions(
    wide: nw.DataFrame[Any], ranked: nw.DataFrame[Any], scheme: Scheme, basis: Basis
) -> Iterator[Decision]:
    """Yield the data of each group that has ranked units, in the order of the scheme.

    `wide` is the wide frame of a result, `ranked` its ranking; units without a place take no part.
    """
    placed = ranked.filter(~nw.col(c.PLACE).is_null()).select(c.UNIT, nw.col(c.PLACE).alias("scheme place"))
    joined = placed.join(wide, on=c.UNIT, how="left")
    for group in scheme.groups:
        rows = joined.filter(nw.col(c.GROUP) == group.code)
        if len(rows):
            yield _decision(rows, group, scheme, basis)


def _decision(rows: nw.DataFrame[Any], group: Group, scheme: Scheme, basis: Basis) -> Decision:
    applying = [each for each in scheme.indicators if group.code in each.groups]
    weights = np.column_stack([_numbers(rows, c.marks(each.code)) for each in applying])
    weights = np.nan_to_num(weights, nan=0.0)
    counted = weights.max(axis=0) > 0.0
    indicators = [each for each, counts in zip(applying, counted, strict=True) if counts]
    weights = _shared_out(weights[:, counted])
    points = np.column_stack([_numbers(rows, c.points(each.code)) for each in indicators])
    criteria, columns = [], []
    for at, indicator in enumerate(indicators):
        reading, values = _standing_for(indicator, rows, points[:, at], weights[:, at], basis)
        columns.append(values)
        criteria.append(_criterion(indicator, reading, values, weights[:, at]))
    telling = np.array([not each.is_constant for each in criteria], dtype=np.bool_)
    values = np.column_stack(columns)[:, telling]
    own = _shared_out(np.where(np.isnan(values), 0.0, weights[:, telling]))
    has_some = own.sum(axis=1) > 0.0
    if telling.any() and not has_some.all():
        kept = rows.filter(has_some.tolist())
        return replace(_decision(kept, group, scheme, basis), left_out=int((~has_some).sum()))
    return Decision(
        group=group,
        units=tuple(rows[c.UNIT].to_list()),
        names=tuple(rows[c.NAME].to_list()),
        scheme_places=rows["scheme place"].to_numpy().astype(np.int64),
        all_criteria=tuple(criteria),
        values=values,
        weights=own,
        points=points,
        point_weights=_shared_out(np.where(np.isnan(points), 0.0, weights)),
    )


def _standing_for(
    indicator: Indicator, rows: nw.DataFrame[Any], points: Column, weights: Column, basis: Basis
) -> tuple[Reading, Column]:
    """Return how `indicator` is read and its values: measures where they say all, else points."""
    if basis == "points":
        return Reading(None, "settings"), points
    reading = reading_of(indicator)
    if reading.direction is None:
        return reading, points
    measures = _settled(_numbers(rows, c.treated(indicator.code)))
    if bool(np.any(np.isnan(measures) & ~np.isnan(points) & (weights > 0.0))):
        return Reading(None, "policy"), points
    if not _follow(points, measures, reading.direction):
        return Reading(None, "data"), points
    return reading, np.where(np.isnan(points), np.nan, measures)


def _follow(points: Column, measures: Column, direction: Direction) -> bool:
    """Return whether nobody with a better measure has fewer points."""
    there = ~np.isnan(points) & ~np.isnan(measures)
    order = np.argsort(measures[there], kind="stable")
    rise = np.diff(points[there][order])
    apart = np.diff(measures[there][order]) > 0.0
    return not bool(np.any(apart & ((rise < -_NOISE) if direction == "more" else (rise > _NOISE))))


def _criterion(indicator: Indicator, reading: Reading, values: Column, weights: Column) -> Criterion:
    there = values[~np.isnan(values)]
    least, greatest = (float(there.min()), float(there.max())) if there.size else (0.0, 0.0)
    if np.isclose(least, greatest, rtol=1e-12, atol=0.0):
        greatest = least
    return Criterion(
        indicator=indicator,
        direction=reading.direction,
        why=reading.why,
        weight=float(weights.mean()),
        gaps=int(np.isnan(values).sum()),
        least=least,
        greatest=greatest,
    )


def _shared_out(weights: Matrix) -> Matrix:
    """Return the weights of each unit as parts of their sum; all 0 stays so."""
    totals = weights.sum(axis=1, keepdims=True)
    parts: Matrix = np.divide(weights, totals, out=np.zeros_like(weights), where=totals > 0.0)
    return parts


def _numbers(rows: nw.DataFrame[Any], column: str) -> Column:
    numbers: Column = rows[column].cast(nw.Float64()).fill_null(float("nan")).to_numpy()
    return numbers


def _settled(values: Column) -> Column:
    """Return values at 12 significant digits."""
    sizes = np.where((values == 0.0) | np.isnan(values), 1.0, np.abs(values))
    scale = 10.0 ** (_DIGITS - 1 - np.floor(np.log10(sizes)))
    settled: Column = np.round(values * scale) / scale
    return settled
