"""The move of every unit divided into its causes, exactly."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

import narwhals as nw
import numpy as np

from quanheng.data.book.frames import Frame
from quanheng.engine.frame import columns as c
from quanheng.findings.value import Value
from quanheng.scheme.formulas.numbers import DIGITS
from quanheng.studies.compare.causes import CAUSES, Cause
from quanheng.studies.compare.mixtures import Plan, outcome_of, rows_apart, values_of
from quanheng.studies.compare.shares import Steps, in_order, shapley
from quanheng.studies.compare.sides import Sides, differs, same_groups
from quanheng.studies.variants.passes import MIXTURE

_FURTHER: Final = 2
"""Parts of a rounded total have so many decimals more than the total."""
_UNROUNDED: Final = 6
"""The decimals of totals that the schemes do not round, and of their parts."""
PLACE_DECIMALS: Final = 4
"""A part of a place has four."""


class Divided(Value):
    """What each of `causes` brings to each of `units`, those with a total on both sides.

    Scores, and what causes bring, have `decimals`: two more than the totals, six where those are not rounded.
    `scores` and `places` are causes × units in steps of the last decimal, of `decimals` and of
    `PLACE_DECIMALS`; for places they count places gained. `undivided` are units of which some mixture has no
    score: their columns are 0. `same` are the causes that do not differ, `merged` says that the figures of a
    unit and those of the others are one cause, and why. `shared_out` are indicators whose weight was shared
    out in mixtures. `values` are the score and place of each unit in each set of causes.
    """

    causes: tuple[str, ...]
    units: tuple[str, ...]
    decimals: int
    scores: Steps
    places: Steps
    values: tuple[list[list[float | None]], list[list[float | None]]]
    undivided: frozenset[str]
    same: tuple[str, ...] = ()
    merged: str | None = None
    shared_out: tuple[str, ...] = ()


def divided(sides: Sides, *, most_rows: int, order: Sequence[Cause] | None = None) -> Divided:
    """Return the moves between `sides`, divided by the Shapley value, or in the `order` of the causes.

    Own figures and those of the others are told apart if that takes no more than `most_rows` rows a mixture.
    """
    plan, merged = _plan(sides, most_rows)
    outcome = outcome_of(plan)
    units = _with_totals(sides)
    scores = values_of(plan, outcome.rows, units, "score")
    places = values_of(plan, outcome.rows, units, c.PLACE)
    rounded = [side.result.scheme.rounding.total for side in (sides.before, sides.after)]
    found = _divided(plan.causes, units, (scores, places), rounded, order)
    same = tuple(cause for cause in CAUSES if cause not in plan.causes)
    return replace(found, same=same, merged=merged, shared_out=outcome.shared_out)


def divided_values(
    rows: Frame, units: tuple[str, ...], causes: tuple[str, ...], *, rounded: Sequence[int | None]
) -> Divided:
    """Return the moves of `units`, divided by the Shapley value: `rows` has mixture, unit, score, place.

    A mixture is the number of a set of `causes`; `rounded` are the decimals to which totals are rounded.
    """
    values: list[list[list[float | None]]] = []
    for column in ("score", c.PLACE):
        known: list[dict[str, float | None]] = [{} for _ in range(1 << len(causes))]
        for subset, unit, value in rows.select(MIXTURE, c.UNIT, column).iter_rows():
            known[int(subset)][str(unit)] = value
        values.append([[here.get(unit) for unit in units] for here in known])
    return _divided(causes, units, (values[0], values[1]), rounded, None)


def _divided(
    causes: tuple[str, ...],
    units: tuple[str, ...],
    values: tuple[list[list[float | None]], list[list[float | None]]],
    rounded: Sequence[int | None],
    order: Sequence[str] | None,
) -> Divided:
    scores, places = values
    decimals = _decimals(rounded, scores)
    known = [all(row[at] is not None for row in scores) for at in range(len(units))]
    ranked = [whole and all(row[at] is not None for row in places) for at, whole in enumerate(known)]
    return Divided(
        causes=causes,
        units=units,
        decimals=decimals,
        scores=_shares(causes, _steps(scores, decimals, known), order),
        places=-_shares(causes, _steps(places, PLACE_DECIMALS, ranked), order),
        values=values,
        undivided=frozenset(unit for unit, whole in zip(units, known, strict=True) if not whole),
    )


def _plan(sides: Sides, most_rows: int) -> tuple[Plan, str | None]:
    """Return what is to be scored; and why own figures and the others' are one cause, if they are."""
    own = _changed(sides, (c.GROUP, *sides.figures) if same_groups(sides) else sides.figures)
    moved = set(sides.before.units) ^ set(sides.after.units)
    causes: set[Cause] = set(sides.schemes.differing())
    if own:
        causes.add("data")
    if own or moved:
        causes.add("peers")
    if _changed(sides, sides.targets):
        causes.add("targets")
    if not _same_rows(sides):
        causes.add("adjustments")
    if not _same_reviews(sides):
        causes.add("reviews")
    alone = sorted(own) if moved or len(own) > 1 else []
    plan = Plan(
        sides=sides,
        causes=tuple(cause for cause in CAUSES if cause in causes),
        own=frozenset(own),
        alone=dict.fromkeys(alone),
    )
    if not own or "peers" not in causes:
        return plan, None
    if sides.schemes.depends_on_round:
        return _merged(plan), "own"
    if alone and rows_apart(plan) > most_rows:
        return _merged(plan), "rows"
    return plan, None


def _merged(plan: Plan) -> Plan:
    """Return a plan in which the figures of a unit and those of the others are one cause."""
    causes = tuple(cause for cause in plan.causes if cause != "peers")
    return Plan(sides=plan.sides, causes=causes, own=plan.own, alone={})


def _changed(sides: Sides, columns: Sequence[str]) -> list[str]:
    """Return the units that are on both sides and differ in one of `columns`."""
    found = differs(sides.before.grid, sides.after.grid, columns)
    return [str(unit) for unit in found.filter(nw.col("differs"))[c.UNIT].to_list()]


def _same_rows(sides: Sides) -> bool:
    both = [side.rows.to_native() for side in (sides.before, sides.after)]
    first, second = (rows.sort(rows.columns) for rows in both)
    return bool(first.equals(second))


def _same_reviews(sides: Sides) -> bool:
    first, second = (side.reviews for side in (sides.before, sides.after))
    if first is None or second is None:
        return first is second
    tables = [held.table.select(c.UNIT, "round", "score").to_native() for held in (first, second)]
    same = tables[0].sort(c.UNIT, "round").equals(tables[1].sort(c.UNIT, "round"))
    return bool(same) and (first.fold, first.rounds, first.steps) == (
        second.fold,
        second.rounds,
        second.steps,
    )


def _with_totals(sides: Sides) -> tuple[str, ...]:
    """Return the units with a total on both sides, in the order of the later ranking."""
    tables = [side.result.ranking for side in (sides.before, sides.after)]
    known = [table.filter(~nw.col("score").is_null())[c.UNIT].to_list() for table in tables]
    earlier = set(known[0])
    return tuple(str(unit) for unit in known[1] if unit in earlier)


def _decimals(rounded: Sequence[int | None], scores: Iterable[Sequence[float | None]]) -> int:
    """Return the decimals of what is divided, so many fewer where that would be more than 15 digits."""
    known = [decimals for decimals in rounded if decimals is not None]
    wanted = max(0, *known) + _FURTHER if len(known) == len(rounded) else _UNROUNDED
    most = max((abs(value) for row in scores for value in row if value is not None), default=0.0)
    digits = 1 + math.floor(math.log10(most)) if most >= 1.0 else 1
    return min(wanted, DIGITS - digits)


def _steps(values: Sequence[Sequence[float | None]], decimals: int, known: Sequence[bool]) -> Steps:
    """Return whole numbers of steps of the last decimal, sets × units; 0 for a unit that is not `known`."""
    rows = [
        [
            round(value * 10**decimals) if value is not None and there else 0
            for value, there in zip(row, known, strict=True)
        ]
        for row in values
    ]
    return np.array(rows, dtype=object).reshape(len(rows), len(known))


def _shares(causes: tuple[str, ...], values: Steps, order: Sequence[str] | None) -> Steps:
    if order is None:
        return shapley(values, len(causes))
    first = [cause for cause in order if cause in causes]
    rest = [cause for cause in causes if cause not in first]
    return in_order(values, [causes.index(cause) for cause in (*first, *rest)])
