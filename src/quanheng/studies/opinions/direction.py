"""What stands for an indicator in another method: its measure and which end is better, or its points.

The measure can stand for it where the rule's points rise with the measure, or fall, for all units alike.
Where they do neither (a target of the unit's own, an interval, a condition, a coefficient), only the points
say what the scheme thinks good.
"""

from __future__ import annotations

import itertools
from typing import Literal, TypeAlias, assert_never

from quanheng.findings.value import Value
from quanheng.scheme.rules.anchors import Anchor, Constant, Direction, ItemAnchor, TargetAnchor, UnitAnchor
from quanheng.scheme.rules.bands import Bands
from quanheng.scheme.rules.deduct import Deduct
from quanheng.scheme.rules.given import Given
from quanheng.scheme.rules.ideal import Ideal
from quanheng.scheme.rules.marks import ByMarks
from quanheng.scheme.rules.met import Met
from quanheng.scheme.rules.percentile import Percentile
from quanheng.scheme.rules.place import PlaceByStep, PlaceEvenly, PlaceTable
from quanheng.scheme.rules.ratio import Ratio
from quanheng.scheme.rules.scale import Scale
from quanheng.scheme.rules.steps import Steps
from quanheng.scheme.rules.target import Target
from quanheng.scheme.rules.zscore import ZScore
from quanheng.scheme.tree.scheme import Indicator

Why: TypeAlias = Literal[
    "direction",
    "anchors",
    "table",
    "deduction",
    "points",
    "own",
    "not monotone",
    "condition",
    "coefficient",
    "settings",
    "policy",
    "data",
]
"""Why an indicator is read as it is.

A measure: its `direction` says which end is better, or the stated `anchors` or the `table` of the rule do;
each bit of it is a `deduction`; it is the `points` itself. Points: the rule compares with the unit's `own`
target or figures; is `not monotone`; is a `condition`; there is a `coefficient`; the `settings` ask for
points; a `policy` for gaps gave points without a measure; in these `data` points do not follow the measure.
"""


class Reading(Value, kw_only=False):
    """What stands for an indicator: `direction` of its measure, or None for its points; `why` says so."""

    direction: Direction | None
    why: Why


def reading_of(indicator: Indicator) -> Reading:
    """Return what stands for `indicator`, by its rule alone.

    Stated anchors carry their own direction, whatever the indicator says; so do tables and deductions.
    """
    if indicator.coefficient is not None:
        return Reading(None, "coefficient")
    match indicator.rule:
        case Scale(worst=worst, best=best):
            return _scale(worst, best, indicator)
        case Ratio(ref=ref):
            if isinstance(ref, ItemAnchor | TargetAnchor):
                return Reading(None, "own")
            return Reading(indicator.direction, "direction")
        case PlaceEvenly() | PlaceByStep() | PlaceTable() | Percentile() | ZScore():
            return Reading(indicator.direction, "direction")
        case Steps(steps=steps, otherwise=otherwise):
            below, above = ((otherwise,), ()) if indicator.direction == "more" else ((), (otherwise,))
            return _table((*below, *[points for _, points in steps], *above))
        case Bands(points=points):
            return _table([given for _, given in points])
        case Deduct():
            return Reading("less", "deduction")
        case Given():
            return Reading("more", "points")
        case Target() | ByMarks():
            return Reading(None, "own")
        case Ideal():
            return Reading(None, "not monotone")
        case Met():
            return Reading(None, "condition")
        case _:
            assert_never(indicator.rule)


def _scale(worst: Anchor, best: Anchor, indicator: Indicator) -> Reading:
    if isinstance(worst, Constant) and isinstance(best, Constant):
        return Reading("more" if best.value >= worst.value else "less", "anchors")
    if any(isinstance(anchor, ItemAnchor | TargetAnchor) for anchor in (worst, best)):
        return Reading(None, "own")
    stated = any(isinstance(anchor, Constant | UnitAnchor) for anchor in (worst, best))
    return Reading(indicator.direction, "anchors" if stated else "direction")


def _table(points: tuple[float, ...] | list[float]) -> Reading:
    """Return the way in which points go as the measure rises."""
    moves = {right > left for left, right in itertools.pairwise(points) if left != right}
    if len(moves) > 1:
        return Reading(None, "not monotone")
    return Reading("less" if moves == {False} else "more", "table")
