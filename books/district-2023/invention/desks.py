"""What offices write beside a record: the person in charge, its state, its proof; and a campaign's tasks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np

from invention.registers import Row
from invention.units import SEED, Unit, placeholder_people

CAMPAIGN: Final = "治本攻坚"
_TODAY: Final = dt.date(2023, 12, 31)
_MEASURES: Final = (
    "动员部署和责任清单",
    "企业主要负责人培训",
    "消防通道清理",
    "危化品储存点排查",
    "老旧燃气管更换",
    "有限空间作业整治",
    "高层建筑消防设施检测",
    "建筑施工临边防护",
    "应急预案演练",
    "重大隐患动态清零",
)
_FIRST_DUE: Final = dt.date(2022, 3, 15)
_DAYS_BETWEEN: Final = 105
"""The ten tasks of a place fall due so far apart: from March 2022 to October 2024."""


def with_desks(ledgers: Mapping[str, Sequence[Row]], units: Sequence[Unit]) -> dict[str, list[Row]]:
    """Return the ledgers with the columns offices keep, and the tasks of the campaign among the tasks."""
    rng = np.random.default_rng([SEED, 46])
    people = placeholder_people()
    places = [unit for unit in units if unit.group != "departments"]

    def somebody() -> str:
        return str(people[int(rng.integers(0, len(people)))])

    return {
        "enterprises": list(ledgers["enterprises"]),
        "projects": [
            {
                **row,
                "owner": somebody(),
                "state": "开工" if row["started_on"] else "签约",
                "permit": f"虚构施证{number:04}号" if row["started_on"] else None,
            }
            for number, row in enumerate(ledgers["projects"], start=1)
        ],
        "hazards": [
            {
                **row,
                "hazard": f"H{number:04}",
                "owner": somebody(),
                "state": _hazard_state(row),
                "proof": f"虚构复查单{number:04}" if row["closed_on"] else None,
            }
            for number, row in enumerate(ledgers["hazards"], start=1)
        ],
        "requests": [
            {
                **row,
                "officer": somebody(),
                "state": _request_state(row),
                "reply": f"虚构复函{number:05}" if row["closed_on"] else None,
            }
            for number, row in enumerate(ledgers["requests"], start=1)
        ],
        "tasks": [
            *(
                {
                    **row,
                    "campaign": None,
                    "owner": somebody(),
                    "state": _task_state(row),
                    "report": f"虚构报告{number:04}" if row["done_on"] else None,
                }
                for number, row in enumerate(ledgers["tasks"], start=1)
            ),
            *_campaign_tasks(places, people, np.random.default_rng([SEED, 47])),
        ],
    }


def _hazard_state(row: Row) -> str:
    if row["closed_on"] is not None:
        return "已销号"
    found = row["found_on"]
    return "待复查" if isinstance(found, dt.date) and found.day % 3 == 0 else "整改中"


def _request_state(row: Row) -> str:
    if row["closed_on"] is not None:
        return "办结"
    received = row["received_on"]
    return "受理" if isinstance(received, dt.date) and (_TODAY - received).days < 2 else "办理"


def _task_state(row: Row) -> str:
    return "完成" if row["done_on"] is not None else "推进"


def _campaign_tasks(places: Iterable[Unit], people: Sequence[str], rng: np.random.Generator) -> list[Row]:
    """Return ten tasks a place over three years; those of 2024 are still open but for some begun early."""
    rows: list[Row] = []
    for unit in places:
        for number, measure in enumerate(_MEASURES, start=1):
            due = _FIRST_DUE + dt.timedelta(days=_DAYS_BETWEEN * (number - 1) + int(rng.integers(0, 20)))
            late = rng.random() > 0.80 + 0.10 * unit.quality
            done = due + dt.timedelta(days=int(rng.integers(4, 70) if late else -rng.integers(0, 40)))
            finished = done <= _TODAY
            rating = np.clip(86 + 4 * unit.quality + rng.normal(0, 4), 50, 100)
            rows.append(
                {
                    "unit": unit.code,
                    "task": f"治本-{unit.code}-{number:02}",
                    "level": "重点" if "重大" in measure or number == 1 else "一般",
                    "due_on": due,
                    "done_on": done if finished else None,
                    "rating": round(float(rating), 1) if finished else None,
                    "campaign": CAMPAIGN,
                    "owner": str(people[int(rng.integers(0, len(people)))]),
                    "state": "完成" if finished else "推进",
                    "report": f"虚构专报{unit.code}{number:02} {measure}" if finished else None,
                }
            )
    return rows
