"""Figures of environment, livelihood, safety and the work of departments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from invention.economy import MISSING, NOT_APPLICABLE, QUARTERS, YEARS, Figures
from invention.units import SEED, Unit

_PM25_SO_FAR = (1.34, 1.12, 0.95, 1.0)
"""Mean from January to the quarter's end, as a part of the year's mean: winters are worse."""
_NO_WATER_SECTION = ("T03", "T10")
_TEA_TOWNS = ("T04", "T06", "T08", "T09", "T10", "T12")
_ACCIDENT_TOWN = "T11"


def invent_welfare(units: Iterable[Unit]) -> Figures:
    """Return the figures of environment, livelihood, safety and departments for both years."""
    rng = np.random.default_rng([SEED, 3])
    figures: Figures = defaultdict(dict)
    for unit in units:
        if unit.group == "departments":
            _invent_office_work(figures, unit, rng)
        else:
            _invent_environment(figures, unit, rng)
            _invent_safety(figures, unit, rng)
        if unit.group == "towns":
            _invent_livelihood(figures, unit, rng)
            _invent_tea(figures, unit, rng)
    _leave_gaps(figures)
    return figures


def _invent_environment(figures: Figures, unit: Unit, rng: np.random.Generator) -> None:
    sections = int(rng.integers(4, 11))
    pm25 = rng.uniform(31.5, 36.5) - 0.8 * unit.quality
    good = 79.5 + 1.2 * unit.quality + rng.normal(0, 1)
    for year in YEARS:
        pm25 *= 1 - rng.uniform(0.0, 0.05)
        good += rng.uniform(0, 1.6)
        for quarter, name in enumerate(QUARTERS):
            key = unit.code, f"{year}-{name}"
            missed = int(rng.poisson(max(0.2, 0.9 - 0.4 * unit.quality)))
            figures["water"][key] = round(100 * max(0, sections - missed) / sections, 1)
            if unit.code in _NO_WATER_SECTION:
                figures["water"][key] = NOT_APPLICABLE
            if unit.group == "towns":
                figures["pm25"][key] = round(pm25 * _PM25_SO_FAR[quarter], 1)
                figures["good_air"][key] = round(good - (3.0, 1.5, 2.5, 0)[quarter], 1)
            else:
                figures["recycle"][key] = round(min(99.6, 93 + 2.5 * unit.quality + rng.normal(0, 1)), 1)


def _invent_livelihood(figures: Figures, unit: Unit, rng: np.random.Generator) -> None:
    beds = unit.population * 0.23 * (37 + 2.5 * unit.quality + rng.normal(0, 1.5)) * 10
    for year in YEARS:
        old = {2022: 0.226, 2023: 0.231}[year]
        figures["elderly"][unit.code, str(year)] = round(unit.population * old, 2)
        for name in QUARTERS:
            key = unit.code, f"{year}-{name}"
            beds += rng.poisson(2 + unit.population / 4)
            figures["elder_beds"][key] = round(beds)
            figures["jobs"][key] = int(rng.poisson(unit.population * (46 + 4 * unit.quality)))


def _invent_tea(figures: Figures, unit: Unit, rng: np.random.Generator) -> None:
    if unit.code not in _TEA_TOWNS:
        for year in YEARS:
            figures["tea_open"][unit.code, str(year)] = NOT_APPLICABLE
        return
    first = int(rng.integers(14, 27))
    earlier = round(1.5 * unit.quality + rng.normal(0, 2))
    figures["tea_open"][unit.code, "2022"] = f"2022-03-{first:02}"
    figures["tea_open"][unit.code, "2023"] = f"2023-03-{first - earlier:02}"


def _invent_safety(figures: Figures, unit: Unit, rng: np.random.Generator) -> None:
    for year in YEARS:
        for name in QUARTERS:
            key = unit.code, f"{year}-{name}"
            figures["deaths"][key] = int(rng.random() < max(0.02, 0.09 - 0.05 * unit.quality))
            if unit.group == "towns":
                figures["petitions"][key] = int(rng.poisson(unit.population * (1.9 - 0.45 * unit.quality)))
        figures["digital"][unit.code, str(year)] = _around(rng, 82 + 5 * unit.quality, 3, top=99)


def _invent_office_work(figures: Figures, unit: Unit, rng: np.random.Generator) -> None:
    quality = unit.quality
    goes_to_court = unit.part != "公共服务"
    for year in YEARS:
        of_year = unit.code, str(year)
        figures["budget_execution"][of_year] = _around(rng, 96.5 + 2 * quality, 3, top=106)
        figures["survey"][of_year] = _around(rng, 89 + 3 * quality, 2, top=99)
        figures["openness"][of_year] = int(_around(rng, 8 + 2 * quality, 1.5, top=12))
        for half in ("H1", "H2"):
            key = unit.code, f"{year}-{half}"
            figures["discipline"][key] = _around(rng, 93 + 3 * quality, 2, top=100)
            figures["learning"][key] = _around(rng, 88 + 4 * quality, 3, top=100)
        for name in QUARTERS:
            key = unit.code, f"{year}-{name}"
            figures["online_rate"][key] = _around(rng, 91 + 3 * quality, 1.5, top=99.8)
            figures["late_reports"][key] = int(rng.poisson(max(0.08, 0.5 - 0.35 * quality)))
            cases = int(rng.poisson(2.5)) if goes_to_court else 0
            lost = float(np.clip(0.12 - 0.05 * quality, 0.02, 0.4))
            figures["court_cases"][key] = cases
            figures["court_lost"][key] = int(rng.binomial(cases, lost))


def _around(rng: np.random.Generator, middle: float, spread: float, *, top: float) -> float:
    return round(min(top, middle + spread * float(rng.normal())), 1)


def _leave_gaps(figures: Figures) -> None:
    """Leave out what the policies for gaps are shown with, and let one accident happen."""
    figures["digital"]["T09", "2023"] = MISSING
    figures["openness"]["D13", "2023"] = MISSING
    figures["survey"]["D20", "2023"] = MISSING
    figures["petitions"]["T06", "2023-Q3"] = MISSING
    figures["deaths"][_ACCIDENT_TOWN, "2023-Q3"] = 3
