"""How reported figures of several periods make the figure of a round (time §1-§3).

Every kind of item answers with alternatives: groups of periods, the best first. The figure is the sum over
the first group of which every period is settled, that is, has a value or says that it does not apply.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, TypeAlias, assert_never

from quanheng.periods.every import MONTHS_IN
from quanheng.periods.period import Period
from quanheng.periods.stretch import Stretch
from quanheng.scheme.tree.scheme import Item

Alternative: TypeAlias = tuple[Period, ...]
"""Periods whose figures together are the figure of the round."""

_JANUARY: Final = 1
_FEBRUARY: Final = 2


def periods_for(item: Item, stretch: Stretch) -> tuple[Period, ...]:
    """Return the periods whose figures can make the item's figure for `stretch`, the latest first."""
    inside = (stretch.from_january() if item.kind == "cumulative" else stretch).periods()
    if item.kind != "stock":
        return inside
    last = _last_due(item, stretch)
    if not last or last[0] in inside:
        return inside
    if last[0].end < stretch.start:
        return (*inside, *last)
    # it ends inside, though it began before: the figure of the year is that of its last quarter's end
    return tuple(
        sorted((*inside, *last), key=lambda period: (period.end, period.length_months), reverse=True)
    )


def _last_due(item: Item, stretch: Stretch) -> tuple[Period, ...]:
    """Return the last period in which a stock was due by the end of `stretch` (time §2 e)."""
    length = MONTHS_IN[item.every]
    end = (stretch.last + 1) // length * length
    return Stretch(end - length, length).parts(length)


def alternatives(
    item: Item, stretch: Stretch, reported: Collection[Period], *, exact: bool = False
) -> tuple[Alternative, ...]:
    """Return the groups of periods that make the item's figure for `stretch`, the best first.

    `reported` are the periods for which at least one unit has reported the item. With `exact` the figure of
    another kind than `flow` has to end with `stretch` (`own`, time §1 e).

    - `cumulative`: the latest figure inside the year in which `stretch` ends, up to its end. January and
      February reported as one figure are the figure of February.
    - `flow`: the sum over the parts of `stretch`. A figure for the whole stretch comes first, then the
      parts in which the item is reported (`every`), then longer before shorter ones. All parts must be
      there; where nobody reports January, the figure of February stands for both months.
    - `stock`, `rate`, `date`: the latest figure inside `stretch`. Of a stock, the last period of its `every`
      that has ended by then counts too: a year is one of its fourth quarter, and of the three after it.

    Of two figures that end on the same day, the one for the longer period is taken.
    """
    match item.kind:
        case "cumulative" | "stock" | "rate" | "date":
            there = (period for period in periods_for(item, stretch) if period in reported)
            return tuple((period,) for period in there if not exact or period.end == stretch.end)
        case "flow":
            lengths = dict.fromkeys((stretch.length, MONTHS_IN[item.every], *MONTHS_IN.values()))
            groups = (_without_january(stretch.parts(length), reported) for length in lengths)
            return tuple(group for group in groups if group and all(part in reported for part in group))
        case _:
            assert_never(item.kind)


def _without_january(parts: Alternative, reported: Collection[Period]) -> Alternative:
    """Leave out a January that nobody reports where February follows it."""
    februaries = {part.year for part in parts if part.length_months == 1 and part.first_month == _FEBRUARY}
    return tuple(
        part
        for part in parts
        if part in reported
        or part.length_months != 1
        or part.first_month != _JANUARY
        or part.year not in februaries
    )
