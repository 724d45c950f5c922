"""Every mixture of two sides: for each set of causes, what is scored when these are as after and others not.

Where a unit's own figures are of one side and the others' of the other, the unit has a pool of its own: all
others of its group, and itself. So nothing is held fixed that is not: the best, the mean, the places and the
weights that are computed from the pool are those of just these figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

import narwhals as nw
import polars as pl

from quanheng.engine.frame import columns as c
from quanheng.engine.frame.holding import MANY
from quanheng.findings.value import Value
from quanheng.studies.compare.causes import Cause
from quanheng.studies.compare.schemes import looks_across_groups
from quanheng.studies.compare.sides import Sides, grouped_by, others_rows, same_groups, with_targets
from quanheng.studies.variants.mixtures import Outcome, scored
from quanheng.studies.variants.passes import MIXTURE, Mixture

if TYPE_CHECKING:
    from quanheng.data.book.frames import Frame
    from quanheng.scheme.tree.scheme import Scheme

_PART: Final = "#"
"""Between the number of a set of causes and that of some units of which it is scored."""
_BESIDE: Final[Mapping[Cause, Cause]] = {"data": "peers", "peers": "data"}
"""Figures that are no cause of their own are from the side from which the other figures are."""


class Plan(Value):
    """What is to be scored: the causes, and the units with a pool of their own.

    `own` are the units whose own figures differ; `alone` those of them for which other figures differ, too.
    """

    sides: Sides
    causes: tuple[Cause, ...]
    own: frozenset[str]
    alone: Mapping[str, None]

    @property
    def sets(self) -> range:
        """The numbers of all sets of causes; cause i is in a set if bit i of its number is set."""
        return range(1 << len(self.causes))

    def side_of(self, cause: Cause, subset: int) -> int:
        """Return from which side `cause` is in a set; one that does not differ is as after."""
        if cause not in self.causes:
            beside = _BESIDE.get(cause)
            return self.side_of(beside, subset) if beside is not None and beside in self.causes else 1
        return subset >> self.causes.index(cause) & 1

    def is_split(self, subset: int) -> bool:
        """Return whether the own figures and those of the others are from different sides."""
        return self.side_of("data", subset) != self.side_of("peers", subset)


def outcome_of(plan: Plan) -> Outcome:
    """Return what becomes of each set: mixture (its number), unit, group, score, place, tier.

    Of a set that `is_split` only the units `plan.alone` are told.
    """
    mixtures: dict[str, Mixture] = {}
    for subset in plan.sets:
        if not plan.is_split(subset):
            mixtures[str(subset)] = _whole(plan, subset)
        else:
            mixtures |= _apart(plan, subset)
    found = scored(mixtures)
    number = nw.from_native(found.rows.to_native().with_columns(_number()), eager_only=True)
    return Outcome(rows=number, shared_out=found.shared_out)


def _number() -> pl.Expr:
    return pl.col(MIXTURE).str.split(_PART).list.first().cast(pl.Int64)


def rows_apart(plan: Plan) -> int:
    """Return how many rows the pools of single units have in one set."""
    sizes = plan.sides.after.grid
    if _across(plan):
        return len(plan.alone) * len(sizes)
    count = sizes.group_by(c.GROUP).agg(nw.len().alias("units"))
    own = sizes.filter(nw.col(c.UNIT).is_in(list(plan.alone))).select(c.UNIT, c.GROUP)
    found = own.join(count, on=c.GROUP, how="left")["units"].sum()
    return int(found or 0)


def _across(plan: Plan) -> bool:
    return any(looks_across_groups(scheme) for scheme in plan.sides.schemes.pair)


def _whole(plan: Plan, subset: int) -> Mixture:
    side = plan.side_of("data", subset)
    return Mixture(
        scheme=_scheme(plan, subset),
        grid=_grid(plan, subset, figures=side),
        rows=_rows(plan, subset),
        reviews=plan.sides[plan.side_of("reviews", subset)].reviews,
    )


def _scheme(plan: Plan, subset: int) -> Scheme:
    return plan.sides.schemes.mixed(
        weights=plan.side_of("weights", subset),
        rules=plan.side_of("rules", subset),
        adjustments=plan.side_of("adjustments", subset),
        data=plan.side_of("data", subset),
    )


def _rows(plan: Plan, subset: int) -> Frame:
    side = plan.side_of("adjustments", subset)
    return others_rows(plan.sides[side], plan.sides[1 - side])


def _grid(plan: Plan, subset: int, *, figures: int) -> Frame:
    """Return the figures of one side with the targets, and where groups differ the groups, of the set."""
    sides = plan.sides
    grid = with_targets(sides[figures], sides[plan.side_of("targets", subset)], sides.targets)
    return grid if same_groups(sides) else grouped_by(grid, sides[plan.side_of("weights", subset)])


def _apart(plan: Plan, subset: int) -> dict[str, Mixture]:
    """Return the mixtures in which each unit stands among the figures that the others have on the other side.

    Some units after others, each with a pool of its own.
    """
    own = _grid(plan, subset, figures=plan.side_of("data", subset))
    others = _grid(plan, subset, figures=plan.side_of("peers", subset))
    first = _whole(plan, subset)
    found = {}
    for number, units in enumerate(_parts(tuple(plan.alone), len(others))):
        grid, pairs = _pools(own, others, units, across=_across(plan))
        rows = pairs.join(first.rows, on=c.UNIT, how="inner")
        found[f"{subset}{_PART}{number}"] = Mixture(
            scheme=first.scheme, grid=grid, rows=rows, reviews=first.reviews, pools=True
        )
    return found


def _parts(units: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    step = max(1, MANY // max(1, size))
    yield from (units[start : start + step] for start in range(0, len(units), step))


def _pools(own: Frame, others: Frame, units: Sequence[str], *, across: bool) -> tuple[Frame, Frame]:
    """Return for each of `units` its own row among those of the others; `round` is whose pool it is.

    Beside it all pairs of a pool and a unit in it.
    """
    alone = own.filter(nw.col(c.UNIT).is_in(list(units)))
    whose = alone.select(nw.col(c.UNIT).alias(c.ROUND), c.GROUP)
    if across:
        around = whose.select(c.ROUND).join(others, how="cross")
    else:
        around = whose.join(others, on=c.GROUP, how="inner")
    around = around.filter(nw.col(c.UNIT) != nw.col(c.ROUND))
    mine = alone.with_columns(nw.col(c.UNIT).alias(c.ROUND))
    names = [c.ROUND, *own.columns]
    grid = nw.concat([mine.select(*names), around.select(*names)], how="vertical")
    return grid, grid.select(c.ROUND, c.UNIT)


def values_of(plan: Plan, rows: Frame, units: Sequence[str], column: str) -> list[list[float | None]]:
    """Return `column` of each of `units` in each set, by its number.

    A unit without a pool of its own is, in a set that is split, as in one that is not: its own figures or
    those of all others are the same on both sides.
    """
    known: list[dict[str, float | None]] = [{} for _ in plan.sets]
    for subset, unit, value in rows.select(MIXTURE, c.UNIT, column).iter_rows():
        known[int(subset)][str(unit)] = value
    return [[known[_as_one(plan, subset, unit)].get(unit) for unit in units] for subset in plan.sets]


def _as_one(plan: Plan, subset: int, unit: str) -> int:
    """Return the set in which a unit is scored that is to be in `subset`."""
    if not plan.is_split(subset) or unit in plan.alone:
        return subset
    moved: Cause = "peers" if unit in plan.own else "data"
    return subset ^ (1 << plan.causes.index(moved))
