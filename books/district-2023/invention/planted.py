"""What was put into the book on purpose: figures revised later, a target changed, and reports that look odd.

Each is told in the readme. What is revised ends at the figure it would have had anyway.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from invention.economy import Cell, Figures
from invention.goals import target_row
from invention.registers import Row

_FIRST_SAID: Final = (
    # item, unit, period, first said (as a part of the later figure), known since
    ("gdp", "T06", "2023-Q2", 1.012, "2023-10-25"),
    ("gdp", "P03", "2023-Q2", 0.991, "2023-10-25"),
    ("gdp", "T02", "2022-Q4", 1.006, "2023-12-20"),
    ("gdp", "T09", "2022-Q4", 0.994, "2023-12-20"),
    ("retail", "T08", "2023-Q3", 0.987, "2024-01-18"),
)
_REVISED_TARGET: Final = ("T09", "invest", "2023-07-15", "汛期受灾，经区政府同意调减")
_REVISED_PERIODS: Final = ("2023-Q3", "2023-Q4", "2023")
_TARGET_BEFORE: Final = 1.04
"""The target before it was lowered, as a part of the one that holds."""

COPIED: Final = ("investment", "T10", "2023-08", "2023-07")
"""The figure of July handed in again for August."""
MISTYPED: Final = ("power", "P04", "2023-10", 2.6)
AGAINST_ALL: Final = ("power", "T05", "2023-08", 0.62)
ON_TARGET: Final = "T12"
"""Its revenue is what was aimed at, to the last digit, in each quarter."""


def invent_revisions(figures: Figures) -> list[Row]:
    """Return the rows of data/revisions.csv, and put what was said before in place of the later figures."""
    rows: list[Row] = []
    for item, unit, period, part, known_on in _FIRST_SAID:
        later = float(figures[item][unit, period])
        figures[item][unit, period] = round(later * part, 2)
        rows.append({"item": item, "unit": unit, "period": period, "value": later, "known_on": known_on})
    return rows


def plant_odd_reports(months: Figures) -> None:
    """Put a figure copied forward, a mistyped one and one against all others into the monthly series."""
    item, unit, period, before = COPIED
    months[item][unit, period] = months[item][unit, before]
    for item, unit, period, part in (MISTYPED, AGAINST_ALL):
        months[item][unit, period] = round(float(months[item][unit, period]) * part, 4)


def revenue_targets(units: Mapping[str, str], figures: Figures) -> list[Row]:
    """Return the targets of revenue: of the year, and of what is due by the end of each quarter.

    `units` are those that have revenue, with their group.
    """
    rows: list[Row] = []
    for unit, group in units.items():
        goal = round(float(figures["revenue"][unit, "2022-12"]) * (1.06 if group == "parks" else 1.05), 2)
        for period, month, due in (
            ("2023-Q1", "2023-03", 0.30),
            ("2023-H1", "2023-06", 0.54),
            ("2023-Q3", "2023-09", 0.76),
            ("2023", "2023-12", 1.0),
        ):
            target: Cell = round(goal * due, 2)
            if unit == ON_TARGET:
                target = figures["revenue"][unit, month]
            rows.append(target_row(unit, "revenue_done", period, target))
    return rows


def with_revisions(rows: list[Row]) -> list[Row]:
    """Return the rows of targets.csv with the days they were set and the changes in the year."""
    unit, indicator, set_on, reason = _REVISED_TARGET
    told: list[Row] = []
    later: list[Row] = []
    for row in rows:
        here = (row["unit"], row["indicator"]) == (unit, indicator) and row["period"] in _REVISED_PERIODS
        if here:
            later.append({**row, "set_on": set_on, "reason": reason})
            numbers = {key: _before(row[key]) for key in ("target", "floor", "stretch")}
            told.append({**row, **numbers, "set_on": None, "reason": None})
        else:
            told.append({**row, "set_on": None, "reason": None})
    return [*told, *later]


def _before(value: object) -> float | None:
    return round(value * _TARGET_BEFORE, 1) if isinstance(value, int | float) else None
