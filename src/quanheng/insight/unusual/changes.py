"""How a series moves: the figure of each period alone, its change, and how far that is from what is usual."""

from __future__ import annotations

import warnings
from typing import Final

import numpy as np

from quanheng.findings.value import Value
from quanheng.insight.years.chain_ladder import Flags, Floats
from quanheng.insight.years.series import Series
from quanheng.periods.every import MONTHS_A_YEAR

FEW_UNITS: Final = 5
"""Fewer other units have no common movement that a change could be judged by."""
LEAST_SPREAD: Final = 0.02
"""A spread under 2 % (of the figure; of a rate's usual size) is taken to be 2 %: what hardly moves is not
unusual as soon as it does."""
_MAD_TO_SD: Final = 1.4826
"""The median absolute deviation of a normal distribution times this is its standard deviation."""


class Changes(Value):
    """The movement of a series, all of shape (K, T), NaN where there is none.

    `parts`: the figure of the period alone; January and February are one, at February. `change`: ln(part ÷
    part a year before) of amounts, ln(figure ÷ figure before) of stocks, the difference to the year before of
    rates. `back`: how many columns earlier it is compared. `least`: the least spread that counts.
    """

    parts: Floats
    change: Floats
    back: int
    least: float
    logarithmic: bool


def parts_of(series: Series) -> Floats:
    """Return the figure of each period alone (K, T).

    A cumulative figure less the one before in its year; the first of a year as it is. Of months, January and
    February are one figure, at February: what is reported as one cannot be parted, and the Spring Festival
    moves work between them.
    """
    values, place = series.values, series.of_year
    parts = values.copy()
    if series.item.kind == "cumulative":
        inside = place[1:] > series.step  # a figure of the same year stands before it
        parts[:, 1:][:, inside] -= values[:, :-1][:, inside]
    if series.step > 1 or series.item.kind not in ("cumulative", "flow"):
        return parts
    january, february = place == 1, place == 2  # noqa: PLR2004 - the second month
    if series.item.kind == "cumulative":
        parts[:, february] = values[:, february]
    else:
        after = np.flatnonzero(february[1:]) + 1
        parts[:, after] += np.nan_to_num(values[:, after - 1])
    parts[:, january] = np.nan
    return parts


def changes_of(series: Series) -> Changes:
    """Return the movement of `series`.

    A change of a cumulative item's part is one of the amount that came in during the period itself, so that
    a jump in one month is not hidden in the sum of eleven.
    """
    parts = parts_of(series)
    back = 1 if series.item.kind == "stock" else MONTHS_A_YEAR // series.step
    before = np.full_like(parts, np.nan)
    if back < parts.shape[1]:
        before[:, back:] = parts[:, :-back]
    if series.item.kind == "rate":
        sizes = np.abs(parts[~np.isnan(parts)])
        least = LEAST_SPREAD * float(np.median(sizes)) if sizes.size else LEAST_SPREAD
        return Changes(parts=parts, change=parts - before, back=back, least=least, logarithmic=False)
    above = (parts > 0) & (before > 0)
    change = np.log(np.where(above, parts, 1.0)) - np.log(np.where(above, before, 1.0))
    change = np.where(above, change, np.nan)
    return Changes(parts=parts, change=change, back=back, least=LEAST_SPREAD, logarithmic=True)


def common(change: Floats) -> Floats:
    """Return the middle change of all units in each period (T); 0 where there are too few to have one."""
    enough = (~np.isnan(change)).sum(axis=0) >= FEW_UNITS
    return np.where(enough, _median(change, axis=0), 0.0)


def strength_by_past(change: Floats, *, least: float, enough: int) -> Floats:
    """Return how unusual each change is by those before it in its own row (K, T), as a robust z.

    The distance from the median of the earlier ones in their standard deviation, estimated as 1.4826 times
    their median absolute deviation (B. Iglewicz, D. C. Hoaglin, "How to Detect and Handle Outliers", 1993),
    but at least `least`. NaN with fewer than `enough` earlier changes.
    """
    strength = np.full_like(change, np.nan)
    for column in range(enough, change.shape[1]):
        past = change[:, :column]
        judged = (~np.isnan(past)).sum(axis=1) >= enough
        strength[judged, column] = _robust(change[judged, column], past[judged], least)
    return strength


def strength_by_others(change: Floats, *, least: float, enough: int) -> Floats:
    """Return how unusual each change is among those of all units in its period (K, T), as a robust z."""
    strength = np.full_like(change, np.nan)
    judged = (~np.isnan(change)).sum(axis=0) >= enough
    together = change[:, judged].T
    middle = _median(together, axis=1)
    spread = np.maximum(_MAD_TO_SD * _median(np.abs(together - middle[:, None]), axis=1), least)
    strength[:, judged] = ((together - middle[:, None]) / spread[:, None]).T
    return strength


def share_moving_against(change: Floats) -> Floats:
    """Return which part of the other units moved the other way (K, T); NaN without a movement or others."""
    rising, falling = change > 0, change < 0
    others = (~np.isnan(change)).sum(axis=0) - 1
    opposite = np.where(rising, falling.sum(axis=0), rising.sum(axis=0)) / np.maximum(others, 1)
    moved: Flags = (rising | falling) & (others > 0)
    return np.where(moved, opposite, np.nan)


def _robust(values: Floats, past: Floats, least: float) -> Floats:
    middle = _median(past, axis=1)
    spread = np.maximum(_MAD_TO_SD * _median(np.abs(past - middle[:, None]), axis=1), least)
    return (values - middle) / spread


def _median(values: Floats, axis: int) -> Floats:
    with warnings.catch_warnings():  # a row without a value has no median: NaN, and numpy would warn
        warnings.simplefilter("ignore", RuntimeWarning)
        median: Floats = np.nanmedian(values, axis=axis)
    return median
