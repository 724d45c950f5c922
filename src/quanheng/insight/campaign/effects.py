"""What became of the indicators that a campaign should move: their means over the units, round by round."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

import narwhals as nw

from quanheng.data.book.book import Book
from quanheng.engine.figures.values import values_of
from quanheng.engine.formulas.measures import value_measures
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.comparing import alike
from quanheng.findings.value import Value
from quanheng.periods.every import MONTHS_A_YEAR
from quanheng.periods.period import parse_period
from quanheng.periods.stretch import Stretch
from quanheng.scheme.ledgers.ledger import Campaign
from quanheng.scheme.tree.scheme import Indicator

_EARLIEST: Final = 10
"""More years than a campaign is looked at over."""


class Change(Value):
    """How a mean moved; None if there are no two of it.

    `better` is whether it went the way that the indicator should go, None where it did not move.
    """

    moved: float | None = None
    better: bool | None = None


class Rounds(Value):
    """The rounds over which a campaign's indicators are looked at, by their names, in order.

    `years` are over; `lately` are the months of the year that runs, after the same ones a year earlier, so
    that like is compared with like; empty at a year's end.
    """

    years: Mapping[str, Stretch]
    lately: Mapping[str, Stretch]


class Movement(Value):
    """An indicator that the campaign should move, across rounds.

    `means` has by round the mean over the units that have a value, None where none has: first the years that
    are over, then the months of the year that runs and, before them, the same months a year earlier. `years`
    is how the mean moved over the former, from the first that has one to the last, `lately` over the latter.
    `units` has unit, round, measure.
    """

    indicator: Indicator
    means: Mapping[str, float | None]
    years: Change
    lately: Change
    units: nw.DataFrame[Any]


def rounds_over(campaign: Campaign, on: dt.date, *, year: int) -> Rounds:
    """Return the rounds over which the campaign's indicators are looked at.

    The year before it begins, then each year of it up to the day `on`; a year that is not over by then, or
    in which the campaign ends, to the end of the last whole month. Without its first day it is taken to begin
    in `year`. Not more than ten years back.

    Examples:
        >>> from quanheng.findings.text import Text
        >>> campaign = Campaign(code="a", name=Text(), ledger="tasks", starts=dt.date(2022, 4, 1))
        >>> rounds = rounds_over(campaign, dt.date(2023, 8, 15), year=2023)
        >>> list(rounds.years), list(rounds.lately)
        (['2021', '2022'], ['2022-01/2022-07', '2023-01/2023-07'])
    """
    last = on if campaign.ends is None else min(on, campaign.ends)
    first = year if campaign.starts is None else campaign.starts.year
    whole = (last + dt.timedelta(days=1)).replace(day=1) - dt.timedelta(days=1)
    first = max(first - 1, last.year - _EARLIEST, 1)
    over = whole.year if whole.month == MONTHS_A_YEAR else whole.year - 1
    years = [Stretch.to_date(each) for each in range(first, over + 1)]
    runs = over < whole.year and whole.year >= first
    now = Stretch.to_date(whole.year, whole.month)
    return Rounds(
        years={str(each): each for each in years},
        lately={str(each): each for each in (now.before(MONTHS_A_YEAR), now)} if runs else {},
    )


def movements_of(book: Book, campaign: Campaign, on: dt.date) -> tuple[Movement, ...]:
    """Return what became of the campaign's indicators by the day `on`.

    Raises:
        FindingsError: a figure of them cannot be had from the book.
    """
    indicators = [each for each in book.scheme.indicators if each.code in campaign.indicators]
    over = rounds_over(campaign, on, year=parse_period(book.scheme.round).year)
    rounds = {**over.years, **over.lately}
    if not indicators or not rounds:
        return ()
    wide = values_of(book, value_measures(indicators), rounds)
    return tuple(_movement(each, over, wide) for each in indicators)


def _movement(indicator: Indicator, over: Rounds, wide: nw.DataFrame[Any]) -> Movement:
    units = wide.filter(nw.col(c.GROUP).is_in(list(indicator.groups))).select(
        c.UNIT, c.ROUND, nw.col(c.measure(indicator.code)).alias("measure")
    )
    known = units.filter(~nw.col("measure").is_null())
    means = {name: _mean(known, name) for name in (*over.years, *over.lately)}
    return Movement(
        indicator=indicator,
        means=means,
        years=_change([means[name] for name in over.years], indicator),
        lately=_change([means[name] for name in over.lately], indicator),
        units=units,
    )


def _change(means: list[float | None], indicator: Indicator) -> Change:
    told = [mean for mean in means if mean is not None]
    if len(told) < 2:  # noqa: PLR2004 - a first and a last
        return Change()
    moved = 0.0 if alike(told[-1], told[0]) else told[-1] - told[0]
    better = None if not moved else (moved > 0) == (indicator.direction == "more")
    return Change(moved=moved, better=better)


def _mean(known: nw.DataFrame[Any], name: str) -> float | None:
    values = known.filter(nw.col(c.ROUND) == name)["measure"]
    return float(values.mean()) if len(values) else None
