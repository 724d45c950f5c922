"""Where the year will end, given the year to date: chain ladder, for all series at once.

What is learnt of an earlier year is one number, its *step* from the figure to date to the figure of the year:

- a figure that accumulates: ln(year's end ÷ to date), the logarithm of the development factor of the chain
  ladder (T. Mack, "Distribution-free calculation of the standard error of chain ladder reserve estimates",
  ASTIN Bulletin 23, 1993). Where a figure is not above 0, the rest of the year as an amount
- any other figure (a rate, a ratio, a stock): its change until December

The steps of n earlier years are taken as n draws from one normal distribution, the step of this year as one
more. So its prediction interval is mean ± t(n − 1)·s·√(1 + 1/n), s being the steps' standard deviation (the
interval of a new observation; e.g. G. J. Hahn, W. Q. Meeker, "Statistical Intervals", 1991, §4).

By the end of January, and a little in February, a step depends on how much of the slack around the Spring
Festival lies behind. Where earlier years differ in that, the steps are regressed on it: one slope for all
series of a pool, and for each series the interval of a regression,
t(n − 2)·s·√(1 + 1/n + (h − h̄)²/Σ(hᵢ − h̄)²).
"""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from quanheng.findings.value import Value

Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]
Whole: TypeAlias = NDArray[np.int64]

ENOUGH_YEARS: Final = 3
"""With fewer complete earlier years nothing is forecast: two say next to nothing about a spread."""
SHIFT_YEARS: Final = 4
"""With fewer there is no shift for the Spring Festival."""
_SHIFT_RANGE: Final = 0.25
"""Earlier years must differ by a quarter of the slack, else there is nothing to learn a shift from."""
_NOTHING: Final = 1e-12


class Earlier(Value):
    """K series over Y earlier years; NaN where a year is not complete.

    `to_date` and `ends` have the shape (K, Y). `accumulates` (K) tells amounts that grow through the year
    from rates and stocks. `pools` (K): series with the same number share the slope of the festival. `slack`
    (Y + 1): how much of the festival's slack lies behind in each earlier year and, last, in this one; None
    where it makes no difference.
    """

    to_date: Floats
    ends: Floats
    accumulates: Flags
    pools: Whole
    slack: Floats | None = None


class YearEnds(Value):
    """The distribution of K year's ends: `centre` + `spread` × Student's t with `freedom` degrees.

    `logarithmic` ones are those of the logarithm. `centre` is NaN without a figure or without enough years;
    `spread` is NaN where earlier years show none, so that nothing can be said about how sure the centre is.
    """

    centre: Floats
    spread: Floats
    freedom: Floats
    logarithmic: Flags
    shifted: Flags
    years: Whole

    @property
    def expected(self) -> Floats:
        """The middle of each distribution, in the unit of the series."""
        return self._back(self.centre)

    def bounds(self, level: float) -> tuple[Floats, Floats]:
        """Return the ends of the central interval that holds the year's end with the probability `level`."""
        from scipy.special import stdtrit

        away = stdtrit(self.freedom, (1 + level) / 2) * self.spread
        return self._back(self.centre - away), self._back(self.centre + away)

    def chance_above(self, targets: Floats) -> Floats:
        """Return the probability that each year ends at its target or above; NaN without either."""
        from scipy.special import stdtr

        known = ~np.isnan(targets)
        sure = self.logarithmic & known & (targets <= 0)
        safe = np.where(self.logarithmic & ~sure, targets, 1.0)
        aim = np.where(self.logarithmic, np.log(safe), targets)
        chance = stdtr(self.freedom, (self.centre - aim) / self.spread)
        return np.where(np.isnan(self.spread), np.nan, np.where(sure, 1.0, chance))

    def _back(self, values: Floats) -> Floats:
        with np.errstate(over="ignore"):
            return np.where(self.logarithmic, np.exp(np.where(self.logarithmic, values, 0.0)), values)


def year_ends(now: Floats, earlier: Earlier) -> YearEnds:
    """Return the distribution of the year's end for K series whose figures to date are `now` (K).

    Examples:
        An amount of 30 to date, after years in which half, half and 48 % had come in by then:

        >>> earlier = Earlier(
        ...     to_date=np.array([[10.0, 12.0, 12.0]]),
        ...     ends=np.array([[20.0, 24.0, 25.0]]),
        ...     accumulates=np.array([True]),
        ...     pools=np.array([0]),
        ... )
        >>> year_ends(np.array([30.0]), earlier).expected.round(2).tolist()
        [60.82]
    """
    complete = ~(np.isnan(earlier.to_date) | np.isnan(earlier.ends))
    years = complete.sum(axis=1)
    logarithmic = _logarithmic(now, earlier, complete)
    steps = _steps(earlier, complete, logarithmic)
    mean = _mean(steps, complete, years)
    rests = np.where(complete, steps - mean[:, None], 0.0)
    factor, freedom = 1 + 1 / np.maximum(years, 1), years - 1.0
    shifted = np.zeros(len(now), dtype=bool)
    if earlier.slack is not None:
        shift = _shift(rests, complete, years, earlier, logarithmic)
        shifted, rests = shift.holds, shift.rests
        mean, factor, freedom = mean + shift.by, factor + shift.more, freedom - shift.holds
    enough = (years >= ENOUGH_YEARS) & ~np.isnan(now)
    spread = np.sqrt((rests**2).sum(axis=1) / np.maximum(freedom, 1) * factor)
    size = np.where(logarithmic, 1.0, np.abs(np.where(complete, earlier.ends, 0.0)).max(axis=1, initial=0.0))
    told = enough & (spread > _NOTHING * np.maximum(size, _NOTHING))
    start = np.where(logarithmic, np.log(np.where(logarithmic, now, 1.0)), now)
    return YearEnds(
        centre=np.where(enough, start + mean, np.nan),
        spread=np.where(told, spread, np.nan),
        freedom=np.maximum(freedom, 1),
        logarithmic=logarithmic,
        shifted=shifted & enough,
        years=years,
    )


class _Shift(Value):
    """What the festival does to K means: by how much, the rests that remain, the factor's third part."""

    holds: Flags
    by: Floats
    rests: Floats
    more: Floats


def _logarithmic(now: Floats, earlier: Earlier, complete: Flags) -> Flags:
    """Return which series are amounts above 0 in every year."""
    above = ~complete | ((earlier.to_date > 0) & (earlier.ends > 0))
    return earlier.accumulates & above.all(axis=1) & (now > 0)


def _steps(earlier: Earlier, complete: Flags, logarithmic: Flags) -> Floats:
    """Return the step of each series in each year (K, Y), NaN where the year is not complete."""
    ratio = complete & logarithmic[:, None]
    logs = np.log(np.where(ratio, earlier.ends, 1.0)) - np.log(np.where(ratio, earlier.to_date, 1.0))
    return np.where(complete, np.where(ratio, logs, earlier.ends - earlier.to_date), np.nan)


def _mean(values: Floats, complete: Flags, years: Whole) -> Floats:
    total: Floats = np.where(complete, values, 0.0).sum(axis=1)
    return total / np.maximum(years, 1)


def _shift(rests: Floats, complete: Flags, years: Whole, earlier: Earlier, logarithmic: Flags) -> _Shift:
    """Return what regressing the steps on the festival's slack changes; steps are given as rests of means."""
    slack = np.zeros(rests.shape[1] + 1) if earlier.slack is None else earlier.slack
    before = np.broadcast_to(slack[:-1], rests.shape)
    least = np.where(complete, before, np.inf).min(axis=1, initial=np.inf)
    most = np.where(complete, before, -np.inf).max(axis=1, initial=-np.inf)
    # amounts that are not logarithms have sizes of their own: no slope is common to them
    alike = logarithmic | ~earlier.accumulates
    holds = (years >= SHIFT_YEARS) & (most - least >= _SHIFT_RANGE) & alike
    middle = _mean(before, complete, years)
    apart = np.where(complete & holds[:, None], before - middle[:, None], 0.0)
    squares = (apart**2).sum(axis=1)
    pools = 2 * earlier.pools + logarithmic
    together = np.bincount(pools, weights=(apart * rests).sum(axis=1))
    slope = together / np.maximum(np.bincount(pools, weights=squares), _NOTHING)
    # never beyond what earlier years have shown
    away = np.where(holds, np.clip(slack[-1], least, most) - middle, 0.0)
    return _Shift(
        holds=holds,
        by=slope[pools] * away,
        rests=rests - slope[pools][:, None] * apart,
        more=away**2 / np.where(holds, squares, 1.0),
    )
