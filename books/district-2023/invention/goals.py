"""Targets of the year and its quarters, marks given by hand, and the results of three earlier years."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from invention.economy import NOT_APPLICABLE, Cell, Figures
from invention.registers import Row
from invention.units import SEED, Unit

_FOR_ALL = (
    # indicator, target of the year, and of the periods inside it (none: the indicator is a year's matter)
    ("gdp_reach", 5.5, (5.0, 5.0, 5.0, 5.5, 5.5)),
    ("revenue_rate", 5.5, (5.0, 5.0, 5.0, 5.5, 5.5)),
    ("rd_ratio", 3.2, ()),
    ("clean_air", 81.0, (77.0, 79.0, 79.0, 78.0, 81.0)),
    ("satisfaction", 88.0, (86.0, 87.0, 87.0, 88.0, 88.0)),
)
_PARK_RESEARCH = 3.6
_INSIDE = ("2023-Q1", "2023-Q2", "2023-H1", "2023-Q3", "2023-Q4")
_DUE = (0.22, 0.47, 0.47, 0.72, 1.0)
"""Parts of a year's cumulative amount due by the end of the periods inside it."""
_QUARTERS_IN = (1, 1, 2, 1, 1)
_GROUP_MARKS = {"towns": (84.0, 2.6), "parks": (101.0, 4.0), "departments": (89.0, 2.2)}


def invent_targets(units: Sequence[Unit], figures: Figures) -> list[Row]:
    """Return the rows of targets.csv: for all units, then unit by unit from last year's figures."""
    rows: list[Row] = []
    for indicator, year, goals in _FOR_ALL:
        rows += [
            target_row("*", indicator, period, goal) for period, goal in zip(_INSIDE, goals, strict=False)
        ]
        rows.append(target_row("*", indicator, "2023", year))
    for unit in units:
        if unit.group == "parks":
            rows.append(target_row(unit.code, "rd_ratio", "2023", _PARK_RESEARCH))
        for indicator, item, growth, decimals in (
            ("invest", "investment", 1.055, 1),
            ("key_invest", "project_invest", 1.06, 1),
            ("foreign", "fdi", 1.03, 0),
        ):
            last_year = figures[item].get((unit.code, "2022-Q4"))
            rows += _amounts(unit, indicator, last_year, growth, decimals)
    for unit in units:
        rows += _head_counts(unit)
    return rows


def _amounts(unit: Unit, indicator: str, last_year: Cell | None, growth: float, decimals: int) -> list[Row]:
    if last_year is None:
        return []
    if isinstance(last_year, str):
        return [target_row(unit.code, indicator, "2023", NOT_APPLICABLE)]
    goal = round(last_year * growth, decimals)
    return [
        {
            **target_row(unit.code, indicator, period, round(goal * due, decimals)),
            "floor": round(goal * 0.9, decimals) if period == "2023" else None,
            "stretch": round(goal * 1.1, decimals) if period == "2023" else None,
        }
        for period, due in zip((*_INSIDE, "2023"), (*_DUE, 1.0), strict=True)
    ]


def _head_counts(unit: Unit) -> list[Row]:
    indicator, usual = {"towns": ("employment", 46), "parks": ("talent", 70)}.get(unit.group, ("", 0))
    if not indicator:
        return []
    a_quarter = round(unit.population * usual)
    inside = [
        target_row(unit.code, indicator, period, a_quarter * quarters)
        for period, quarters in zip(_INSIDE, _QUARTERS_IN, strict=True)
    ]
    return [*inside, target_row(unit.code, indicator, "2023", 4 * a_quarter)]


def target_row(unit: str, indicator: str, period: str, target: Cell) -> Row:
    """Return a row of targets.csv without floor and stretch goal."""
    return {
        "unit": unit,
        "indicator": indicator,
        "period": period,
        "target": target,
        "floor": None,
        "stretch": None,
    }


def invent_adjustments() -> list[Row]:
    """Return the rows of adjustments.csv: bonus, penalty and one veto; the documents named do not exist."""
    headings = ("unit", "kind", "marks", "reason", "node", "date", "evidence")
    rows: tuple[tuple[str | float | None, ...], ...] = (
        ("T05", "bonus", 1.5, "河道管护做法获上级推广", "ecology", "2023-05-18", "虚构文件〔2023〕12号"),
        ("T07", "bonus", 1, "承办上级现场会", None, "2023-09-22", "虚构文件〔2023〕31号"),
        ("T08", "penalty", 0.5, "数据报送出现差错", "governance", "2023-07-10", "虚构通报〔2023〕4号"),
        ("T11", "veto", None, "发生一次死亡三人的生产安全事故", None, "2023-08-06", "虚构事故调查报告"),
        ("P03", "bonus", 2, "获评上级特色园区", "innovation", "2023-11-03", "虚构文件〔2023〕45号"),
        ("P02", "penalty", 1, "环境问题整改不到位", "ecology", "2023-06-15", "虚构通报〔2023〕3号"),
        ("D15", "bonus", 3, "招商活动成效突出", None, "2023-10-20", "虚构文件〔2023〕40号"),
        ("D15", "bonus", 2.5, "外贸稳增长获上级表扬", None, "2023-12-08", "虚构文件〔2023〕52号"),
        ("D03", "penalty", 1, "督查事项逾期", "projects", "2023-04-27", "虚构督查〔2023〕2号"),
    )
    return [dict(zip(headings, row, strict=True)) for row in rows]


def invent_history(units: Sequence[Unit]) -> dict[str, list[Row]]:
    """Return the rows of history/<year>.csv for 2020, 2021 and 2022."""
    rng = np.random.default_rng([SEED, 5])
    return {str(year): _results_of_a_year(units, rng) for year in (2020, 2021, 2022)}


def _results_of_a_year(units: Sequence[Unit], rng: np.random.Generator) -> list[Row]:
    rows: list[Row] = []
    for group, (middle, spread) in _GROUP_MARKS.items():
        members = [unit for unit in units if unit.group == group]
        scores = {
            unit.code: round(middle + spread * (unit.quality + rng.normal(0, 0.5)), 2) for unit in members
        }
        first, second = (int(part * len(members) + 0.5) for part in (0.3, 0.8))
        for unit in members:
            place = 1 + sum(other > scores[unit.code] for other in scores.values())
            tier = "第一等次" if place <= first else "第二等次" if place <= second else "第三等次"
            rows.append({"unit": unit.code, "score": scores[unit.code], "place": place, "tier": tier})
    return rows
