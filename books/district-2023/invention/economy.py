"""The quarterly figures of towns and parks: levels that fit together, and growth that fits the levels.

A cumulative figure of a quarter is the year's figure times the part of the year that has passed; next
year's is this year's times real growth and a little inflation, which is why published growth (real) and
what the levels show (nominal) differ, as they do in life.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from invention.units import SEED, Unit

YEARS = (2022, 2023)
QUARTERS = ("Q1", "Q2", "Q3", "Q4")
NOT_APPLICABLE = "/"
MISSING = ""

Cell = float | int | str
Figures = dict[str, dict[tuple[str, str], Cell]]
"""Item -> (unit, period) -> cell."""

_PASSED = (0.228, 0.472, 0.724, 1.0)
_MONTHS_PASSED = (0.0, 0.21, 0.30, 0.38, 0.455, 0.535, 0.61, 0.68, 0.76, 0.845, 0.915, 1.0)
_WITH_PUBLISHED_GROWTH = ("gdp", "industry", "retail")
_WITHOUT_DECIMALS = ("fdi", "income", "rural_income")
_LEAST_POPULATION_WITH_FOREIGN_CAPITAL = 7
_INFLATION = {2022: 0.018, 2023: 0.006}


def invent_economy(units: Iterable[Unit]) -> Figures:
    """Return the economic figures of the towns and parks among `units`, for both years."""
    rng = np.random.default_rng([SEED, 2])
    figures: Figures = defaultdict(dict)
    for unit in units:
        if unit.group != "departments":
            _invent_output(figures, unit, rng)
            _invent_revenue(figures, unit, rng)
            _invent_spending(figures, unit, rng)
            _invent_energy(figures, unit, rng)
            _invent_innovation(figures, unit, rng)
    _leave_gaps(figures)
    return figures


def _invent_output(figures: Figures, unit: Unit, rng: np.random.Generator) -> None:
    park = unit.group == "parks"
    _set_level(figures, unit, rng, "gdp", level=unit.output, swing=0.9)
    industry = unit.output * rng.uniform(*((0.66, 0.82) if park else (0.38, 0.52)))
    _set_level(figures, unit, rng, "industry", level=industry, swing=1.6)
    if not park:
        _set_level(figures, unit, rng, "retail", level=unit.output * rng.uniform(0.30, 0.42), swing=1.2)


def _invent_revenue(figures: Figures, unit: Unit, rng: np.random.Generator) -> None:
    """Fiscal revenue comes monthly, January and February as one figure; its growth is at the same scope."""
    year_before = unit.output * rng.uniform(0.066, 0.084)
    for year in YEARS:
        same_scope = {2022: 1.8, 2023: 6.2}[year] + 1.1 * unit.quality + rng.normal(0, 0.7)
        refunds = {2022: -4.0, 2023: 1.5}[year]
        total = year_before * (1 + (same_scope + refunds) / 100)
        for month in range(2, 13):
            passed = min(1.0, _MONTHS_PASSED[month - 1] + (rng.normal(0, 0.004) if month < 12 else 0))
            figures["revenue"][unit.code, f"{year}-{month:02}"] = round(total * passed, 4)
        for quarter, name in enumerate(QUARTERS):
            growth = same_scope + (3 - quarter) * rng.normal(0, 0.5)
            figures["revenue_growth"][unit.code, f"{year}-{name}"] = round(growth, 1)
        year_before = total


def _invent_spending(figures: Figures, unit: Unit, rng: np.random.Generator) -> None:
    park = unit.group == "parks"
    level = unit.output * rng.uniform(*((0.34, 0.46) if park else (0.24, 0.34)))
    _set_level(figures, unit, rng, "investment", level=level, swing=2.4)
    _set_level(figures, unit, rng, "project_invest", level=level * rng.uniform(0.30, 0.45), swing=4)
    if park or unit.population > _LEAST_POPULATION_WITH_FOREIGN_CAPITAL:
        _set_level(figures, unit, rng, "fdi", level=unit.output * rng.uniform(14, 40), swing=6)
    else:
        _fill_quarters(figures, "fdi", unit, NOT_APPLICABLE)
    if not park:
        _set_level(figures, unit, rng, "income", level=rng.uniform(56000, 71000), swing=0.6)
        if unit.is_subdistrict:
            _fill_quarters(figures, "rural_income", unit, NOT_APPLICABLE)
        else:
            _set_level(figures, unit, rng, "rural_income", level=rng.uniform(36500, 44500), swing=0.7)


def _invent_energy(figures: Figures, unit: Unit, rng: np.random.Generator) -> None:
    intensity = rng.uniform(0.24, 0.46)
    for year in YEARS:
        intensity *= 1 - (0.022 + 0.008 * unit.quality + rng.normal(0, 0.006))
        for quarter, name in enumerate(QUARTERS):
            gdp = figures["gdp"][unit.code, f"{year}-{name}"]
            season = 1 + (0.03, 0.015, 0.01, 0)[quarter]
            figures["energy"][unit.code, f"{year}-{name}"] = round(float(gdp) * intensity * season, 3)


def _invent_innovation(figures: Figures, unit: Unit, rng: np.random.Generator) -> None:
    park = unit.group == "parks"
    density = rng.uniform(90, 160) if park else rng.uniform(22, 58)
    patents = unit.population * density
    rate = rng.uniform(0.022, 0.034) + 0.003 * unit.quality
    for year in YEARS:
        industry = float(figures["industry"][unit.code, f"{year}-Q4"])
        turnover = industry * rng.uniform(4.0, 4.5)
        rate += 0.0008 + 0.0005 * unit.quality
        figures["turnover"][unit.code, str(year)] = round(turnover, 2)
        figures["rd_spend"][unit.code, str(year)] = round(turnover * rate, 3)
        figures["population"][unit.code, str(year)] = round(
            unit.population * (1.004 if year == 2023 else 1), 2
        )
        for name in QUARTERS:
            patents *= 1 + max(0.0, 0.03 + 0.008 * unit.quality + rng.normal(0, 0.006))
            figures["patents"][unit.code, f"{year}-{name}"] = round(patents)
            if park:
                expected = unit.population * (70 + 14 * unit.quality)
                figures["talents"][unit.code, f"{year}-{name}"] = int(rng.poisson(expected))


def _set_level(
    figures: Figures, unit: Unit, rng: np.random.Generator, item: str, *, level: float, swing: float
) -> None:
    """Set a cumulative item, and `<item>_growth` where real growth is published.

    `level` is the figure of the year before the first; `swing` widens the differences of growth.
    """
    decimals = 0 if item in _WITHOUT_DECIMALS else 2
    before = [level * passed * (1 + rng.normal(0, 0.004)) for passed in _PASSED[:3]] + [level]
    for year in YEARS:
        real = {2022: 3.1, 2023: 6.0}[year] + swing * (0.8 * unit.quality + rng.normal(0, 0.5))
        growth = [round(real + (3 - quarter) * rng.normal(0, 0.15 * swing), 1) for quarter in range(4)]
        before = [b * (1 + g / 100) * (1 + _INFLATION[year]) for b, g in zip(before, growth, strict=True)]
        for name, value, rate in zip(QUARTERS, before, growth, strict=True):
            figures[item][unit.code, f"{year}-{name}"] = round(value, decimals) if decimals else round(value)
            if item in _WITH_PUBLISHED_GROWTH:
                figures[f"{item}_growth"][unit.code, f"{year}-{name}"] = rate


def _fill_quarters(figures: Figures, item: str, unit: Unit, cell: Cell) -> None:
    for year in YEARS:
        for name in QUARTERS:
            figures[item][unit.code, f"{year}-{name}"] = cell


def _leave_gaps(figures: Figures) -> None:
    """Leave out what the scheme's policies for gaps are shown with."""
    figures["retail_growth"]["T05", "2023-Q4"] = MISSING
    figures["talents"]["P04", "2023-Q2"] = MISSING
    for name in QUARTERS:
        figures["energy"]["T07", f"2023-{name}"] = MISSING
        figures["rural_income"]["T09", f"2023-{name}"] = MISSING
