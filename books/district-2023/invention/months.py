"""Six years of months: revenue and investment from January on, the use of power month by month.

The years before the first that `economy` invents are reckoned back from it. Investment has one figure for
January and February, and less of it where the Spring Festival is late, for work resumes after it. Power is
reported for January too; the days of the festival use less, in whichever month they fall.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

import numpy as np

from invention.economy import QUARTERS, Figures
from invention.units import SEED, Unit

_EARLIER: Final = (2018, 2019, 2020, 2021)
_ALL: Final = (*_EARLIER, 2022, 2023)
FESTIVALS: Final = {
    2018: dt.date(2018, 2, 16),
    2019: dt.date(2019, 2, 5),
    2020: dt.date(2020, 1, 25),
    2021: dt.date(2021, 2, 12),
    2022: dt.date(2022, 2, 1),
    2023: dt.date(2023, 1, 22),
}
"""The first day of the lunar year."""

_REVENUE_PASSED: Final = (0.21, 0.30, 0.38, 0.455, 0.535, 0.61, 0.68, 0.76, 0.845, 0.915, 1.0)
_INVESTED: Final = (0.10, 0.228, 0.305, 0.386, 0.472, 0.555, 0.641, 0.724, 0.803, 0.893, 1.0)
"""Parts of the year that have passed by the end of February … December."""
_REVENUE_GROWTH: Final = {2019: 0.046, 2020: -0.012, 2021: 0.078, 2022: -0.022}
_INVESTMENT_GROWTH: Final = {2019: 0.058, 2020: 0.012, 2021: 0.064, 2022: 0.049}
_POWER_GROWTH: Final = {2019: 0.041, 2020: 0.019, 2021: 0.083, 2022: 0.031, 2023: 0.052}
_POWER_OF_MONTH: Final = (1.02, 0.93, 0.96, 0.91, 0.94, 1.03, 1.19, 1.21, 1.02, 0.93, 0.96, 1.09)
_FEWER: Final = 0.35
"""By so much less power is used on a day of the festival."""
_DAYS_OFF: Final = range(-4, 11)
"""The days around the first of the lunar year on which less power is used."""
_USUAL_REST: Final = 25
"""Working days left in January and February after the festival in a middling year."""
_EPIDEMIC: Final = {2: 0.80, 3: 0.88, 4: 0.95, 5: 0.98}
"""What of the usual was invested by the end of these months of 2020."""


def invent_months(units: Iterable[Unit], figures: Figures) -> Figures:
    """Return the monthly series of towns and parks; `figures` has those of `economy`, which they fit."""
    rng = np.random.default_rng([SEED, 6])
    months: Figures = defaultdict(dict)
    for unit in units:
        if unit.group != "departments":
            _revenue_before(months, unit, figures, rng)
            _investment(months, unit, figures, rng)
            _power(months, unit, rng)
    return months


def _revenue_before(months: Figures, unit: Unit, figures: Figures, rng: np.random.Generator) -> None:
    total = float(figures["revenue"][unit.code, "2022-12"])
    for year in reversed(_EARLIER):
        total /= 1 + _REVENUE_GROWTH[year + 1] + 0.011 * unit.quality + rng.normal(0, 0.008)
        passed = _with_noise(_REVENUE_PASSED, rng, spread=0.006)
        for month, share in enumerate(passed, start=2):
            months["revenue_before"][unit.code, f"{year}-{month:02}"] = round(total * share, 4)


def _investment(months: Figures, unit: Unit, figures: Figures, rng: np.random.Generator) -> None:
    """Invent whole years before, and between the quarters of the two that are known."""
    total = float(figures["investment"][unit.code, "2022-Q4"])
    for year in reversed(_EARLIER):
        total /= 1 + _INVESTMENT_GROWTH[year + 1] + 0.012 * unit.quality + rng.normal(0, 0.012)
        passed = _with_noise(_shares_invested(year), rng, spread=0.008)
        for month, share in enumerate(passed, start=2):
            months["investment"][unit.code, f"{year}-{month:02}"] = round(total * share, 2)
    for year in (2022, 2023):
        quarters = [float(figures["investment"][unit.code, f"{year}-{name}"]) for name in QUARTERS]
        by_quarter = [0.0, *quarters]
        usual = [0.0, *_shares_invested(year)]
        for quarter, (before, after) in enumerate(pairwise(by_quarter)):
            first, last = 3 * quarter, 3 * quarter + 3
            start = usual[max(0, first - 1)]
            whole = usual[last - 1] - start
            for month in range(first + 1, last):
                if month == 1:
                    continue
                passed = (usual[month - 1] - start) / whole * (1 + rng.normal(0, 0.02))
                value = before + (after - before) * passed
                months["investment"][unit.code, f"{year}-{month:02}"] = round(value, 2)


def _shares_invested(year: int) -> list[float]:
    """Return the shares of the year passed by the end of February … December."""
    rest = (dt.date(year, 3, 1) - FESTIVALS[year]).days - _USUAL_REST
    shifts = {2: 0.010, 3: 0.004}
    shares = []
    for month, share in enumerate(_INVESTED, start=2):
        kept = _EPIDEMIC.get(month, 1.0) if year == 2020 else 1.0
        shares.append(share * (1 + shifts.get(month, 0.0) * rest) * kept)
    return shares


def _with_noise(shares: Iterable[float], rng: np.random.Generator, *, spread: float) -> list[float]:
    """Return rising shares that end at 1, each step a little more or less than usual."""
    steps = [after - before for before, after in pairwise([0.0, *shares])]
    noisy = np.cumsum([step * np.exp(rng.normal(0, spread * 6)) for step in steps])
    return [float(share) for share in noisy / noisy[-1]]


def _power(months: Figures, unit: Unit, rng: np.random.Generator) -> None:
    level = unit.output * (0.062 if unit.group == "parks" else 0.041) * rng.uniform(0.9, 1.1) / 12
    for year in _ALL:
        if year > _ALL[0]:
            level *= 1 + _POWER_GROWTH[year] + 0.01 * unit.quality + rng.normal(0, 0.01)
        off = [FESTIVALS[year] + dt.timedelta(days=day) for day in _DAYS_OFF]
        for month, usual in enumerate(_POWER_OF_MONTH, start=1):
            days = (
                (dt.date(year, month + 1, 1) if month < 12 else dt.date(year + 1, 1, 1))
                - dt.date(year, month, 1)
            ).days
            fewer = _FEWER * sum(day.month == month for day in off) / days
            epidemic = {2: 0.82, 3: 0.93}.get(month, 1.0) if year == 2020 else 1.0
            value = level * usual * (1 - fewer) * epidemic * np.exp(rng.normal(0, 0.018))
            months["power"][unit.code, f"{year}-{month:02}"] = round(float(value), 4)
