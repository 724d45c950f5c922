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
from quanheng.scheme.items.item import Item

Alternative: TypeAlias = tuple[Period, ...]
"""Periods whose figures together are the figure of the round."""

_JANUARY: Final = 1
_FEBRUARY: Final = 2
_TWO: Final = 2
"""So many months January and February are together."""


def periods_for(item: Item, stretch: Stretch) -> tuple[Period, ...]:
    """Return the periods whose figures can make the item's figure for `stretch`, the latest first."""
    inside = (stretch.from_january() if item.kind == "cumulative" else stretch).periods()
    if item.kind == "flow":
        return (*inside, *(period for period in _together(_months(stretch)) if period.length_months == _TWO))
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


def periods_beside(item: Item, stretch: Stretch) -> tuple[Period, ...]:
    """Return the periods that tell whether a February of `item` stands for January too; none else."""
    if item.kind != "flow" or not _is_february(stretch):
        return ()
    both = Stretch(stretch.first - 1, _TWO)
    return (*_months(both), *_together(_months(both)))


def compared(item: Item, stretch: Stretch, reported: Collection[Period], *, of: Stretch) -> Stretch | None:
    """Return the months whose figure is compared with that of the round `of`; None if none is (time §1 f).

    Where nobody reports January, the figure of February is of two months. In a round of such a February
    that of another year is the sum of the two; no other month is compared with it, nor it with any other.

    Examples:
        >>> from quanheng.findings.text import Text
        >>> sales = Item(code="sales", name=Text(), kind="flow", every="month")
        >>> months = [(2022, 1), (2022, 2), (2023, 2), (2023, 3)]
        >>> reported = [Period(year=year, first_month=month, length_months=1) for year, month in months]
        >>> february, march = (Stretch(2023 * 12 + month, 1) for month in (1, 2))
        >>> str(compared(sales, february.before(12), reported, of=february))
        '2022-01/2022-02'
        >>> compared(sales, february, reported, of=march)
    """
    is_alone = item.kind != "flow" or stretch == of or stretch.length != 1 or of.length != 1
    if is_alone or not set(of.parts(1)) & set(reported):
        return stretch
    own, asked = (stands_for_both(months, reported) for months in (stretch, of))
    if own == asked:
        return stretch
    return Stretch(stretch.first - 1, _TWO) if asked and _is_february(stretch) else None


def alternatives(
    item: Item,
    stretch: Stretch,
    reported: Collection[Period],
    *,
    exact: bool = False,
    of: Stretch | None = None,
) -> tuple[Alternative, ...]:
    """Return the groups of periods that make the item's figure for `stretch`, the best first.

    `reported` are the periods for which at least one unit has reported the item. With `exact` the figure of
    another kind than `flow` has to end with `stretch` (`own`, time §1 e).

    - `cumulative`: the latest figure inside the year in which `stretch` ends, up to its end. January and
      February reported as one figure are the figure of February.
    - `flow`: the sum over the parts of `stretch`. A figure for the whole stretch comes first, then the
      parts in which the item is reported (`every`), then longer before shorter ones. All parts must be
      there; where nobody reports January, the figure of February stands for both months. What is of
      another length than in the round `of` is not there.
    - `stock`, `rate`, `date`: the latest figure inside `stretch`. Of a stock, the last period of its `every`
      that has ended by then counts too: a year is one of its fourth quarter, and of the three after it.

    Of two figures that end on the same day, the one for the longer period is taken.
    """
    match item.kind:
        case "cumulative" | "stock" | "rate" | "date":
            there = (period for period in periods_for(item, stretch) if period in reported)
            return tuple((period,) for period in there if not exact or period.end == stretch.end)
        case "flow":
            months = stretch if of is None else compared(item, stretch, reported, of=of)
            if months is None:
                return ()
            lengths = dict.fromkeys((months.length, MONTHS_IN[item.every], *MONTHS_IN.values()))
            groups = [_without_january(months.parts(length), reported) for length in lengths]
            groups.append(_together(_months(months)))
            found = (group for group in groups if group and all(part in reported for part in group))
            return tuple(dict.fromkeys(found))
        case _:
            assert_never(item.kind)


def _months(stretch: Stretch) -> Alternative:
    return stretch.parts(1)


def _together(months: Alternative) -> Alternative:
    """Return `months` with January and February as one; none where the two do not stand in them."""
    years = {month.year for month in months if month.first_month == _JANUARY}
    years &= {month.year for month in months if month.first_month == _FEBRUARY}
    rest = [month for month in months if month.year not in years or month.first_month > _FEBRUARY]
    both = [Period(year=year, length_months=_TWO) for year in sorted(years)]
    return (*both, *rest) if both else ()


def _is_february(stretch: Stretch) -> bool:
    return stretch.length == 1 and _months(stretch)[0].first_month == _FEBRUARY


def stands_for_both(month: Stretch, reported: Collection[Period]) -> bool:
    """Return whether `month` is a February with a figure in a year of which nobody reports January."""
    if not _is_february(month):
        return False
    january, february = _months(Stretch(month.first - 1, _TWO))
    return february in reported and january not in reported


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
