"""The five ledgers: enterprises, projects, hazards, requests and tasks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import numpy as np

from invention.units import SEED, Unit

Row = dict[str, str | float | int | dt.date | None]

_FIRST = dt.date(2022, 1, 1)
_TRADES = ("精密制造", "新材料", "电子信息", "生物医药", "物流服务", "现代农业", "软件服务")
_TOPICS = ("道路设施", "噪声扰民", "物业管理", "供水供电", "环境卫生", "社保医保", "教育招生", "市场消费")


def invent_ledgers(units: Sequence[Unit]) -> dict[str, list[Row]]:
    """Return the rows of each ledger, in order of date where there is one."""
    places = [unit for unit in units if unit.group != "departments"]
    offices = [unit for unit in units if unit.group == "departments"]
    return {
        "enterprises": _enterprises(places, np.random.default_rng([SEED, 41])),
        "projects": _projects(places, np.random.default_rng([SEED, 42])),
        "hazards": _hazards(places, np.random.default_rng([SEED, 43])),
        "requests": _requests(units, np.random.default_rng([SEED, 44])),
        "tasks": _tasks(offices, np.random.default_rng([SEED, 45])),
    }


def _enterprises(places: Iterable[Unit], rng: np.random.Generator) -> list[Row]:
    rows: list[Row] = []
    for unit in places:
        for number in range(1, int(rng.poisson(10 + unit.output / 12)) + 1):
            high_tech = rng.random() < 0.42 + 0.08 * unit.quality
            certified = dt.date(2019, 6, 1) + dt.timedelta(days=int(rng.integers(0, 1670)))
            rows.append(
                {
                    "unit": unit.code,
                    "enterprise": f"{unit.name[:2]}虚构企业{number:03}",
                    "trade": str(rng.choice(_TRADES)),
                    "employees": int(20 + rng.lognormal(4, 0.8)),
                    "turnover": round(float(rng.lognormal(9.2, 0.9)), 1),
                    "certified_on": certified if high_tech else None,
                }
            )
    return rows


def _projects(places: Iterable[Unit], rng: np.random.Generator) -> list[Row]:
    rows: list[Row] = []
    for unit in places:
        for year in (2022, 2023):
            for number in range(1, int(rng.poisson(5 + unit.output / 28)) + 1):
                signed = dt.date(year, 1, 5) + dt.timedelta(days=int(rng.integers(0, 270)))
                planned = signed + dt.timedelta(days=int(rng.integers(20, 90)))
                late = rng.random() > 0.84 + 0.07 * unit.quality
                days = int(rng.integers(5, 90) if late else rng.integers(-15, 1))
                started = planned + dt.timedelta(days=days)
                rows.append(
                    {
                        "unit": unit.code,
                        "project": f"{year}-{unit.code}-{number:02}",
                        "total": round(float(rng.lognormal(1.1, 0.8)), 2),
                        "signed_on": signed,
                        "planned_start": planned,
                        "started_on": started if started <= dt.date(2023, 12, 31) else None,
                    }
                )
    return rows


def _hazards(places: Iterable[Unit], rng: np.random.Generator) -> list[Row]:
    rows: list[Row] = []
    for unit in places:
        for _ in range(int(rng.poisson(16 + unit.output / 16))):
            found = _FIRST + dt.timedelta(days=int(rng.integers(0, 710)))
            major = rng.random() < 0.12
            from_above = rng.random() < (0.10 if major else 0.2)
            due = found + dt.timedelta(days=30 if major else 15)
            late = rng.random() > 0.955 + 0.02 * unit.quality
            closed = due + dt.timedelta(days=int(rng.integers(1, 40) if late else -rng.integers(0, 12)))
            rows.append(
                {
                    "unit": unit.code,
                    "found_on": found,
                    "level": "重大" if major else "一般",
                    "found_by": "上级检查" if from_above else "自查",
                    "due_on": due,
                    "closed_on": closed if closed <= dt.date(2023, 12, 31) else None,
                }
            )
    return sorted(rows, key=lambda row: (str(row["found_on"]), str(row["unit"])))


def _requests(units: Iterable[Unit], rng: np.random.Generator) -> list[Row]:
    rows: list[Row] = []
    for unit in units:
        usual = {"towns": 18 + 4 * unit.population, "parks": 20.0, "departments": 44.0}[unit.group]
        for _ in range(int(rng.poisson(usual)) if unit.code not in ("D07", "P04") else 0):
            received = _FIRST + dt.timedelta(days=int(rng.integers(0, 715)))
            due = received + dt.timedelta(days=int(rng.choice([3, 5, 10])))
            late = rng.random() > 0.955 + 0.02 * unit.quality
            closed = due + dt.timedelta(days=int(rng.integers(1, 9) if late else -rng.integers(0, 3)))
            answered = rng.random() < 0.62
            marks = np.clip(89 + 3.5 * unit.quality + rng.normal(0, 7), 20, 100)
            rows.append(
                {
                    "received_on": received,
                    "handled_by": unit.code,
                    "topic": str(rng.choice(_TOPICS)),
                    "due_on": due,
                    "closed_on": closed if closed <= dt.date(2023, 12, 31) else None,
                    "satisfaction": round(float(marks)) if answered else None,
                }
            )
    rows.sort(key=lambda row: (str(row["received_on"]), str(row["handled_by"])))
    return [{"ticket": f"R{number:05}", **row} for number, row in enumerate(rows, start=1)]


def _tasks(offices: Iterable[Unit], rng: np.random.Generator) -> list[Row]:
    rows: list[Row] = []
    for unit in offices:
        for year in (2022, 2023):
            for number in range(1, int(rng.integers(7, 13))):
                due = dt.date(year, 1, 31) + dt.timedelta(days=int(rng.integers(0, 330)))
                late = rng.random() > 0.90 + 0.05 * unit.quality
                done = due + dt.timedelta(days=int(rng.integers(1, 45) if late else -rng.integers(0, 25)))
                finished = done <= dt.date(2023, 12, 31)
                rating = np.clip(88 + 4 * unit.quality + rng.normal(0, 4), 50, 100)
                rows.append(
                    {
                        "unit": unit.code,
                        "task": f"{year}-{unit.code}-{number:02}",
                        "level": "重点" if rng.random() < 0.3 else "一般",
                        "due_on": due,
                        "done_on": done if finished else None,
                        "rating": round(float(rating), 1) if finished else None,
                    }
                )
    return rows
