"""Which alerts a unit gets, over a small book by hand."""

from __future__ import annotations

import narwhals as nw
import polars as pl
import pytest
from tests.engine.books import book_of

from quanheng.insight.progress.alerts import ALERTS, LEVELS, Tally, alerts_of
from quanheng.insight.progress.progress import Progress, progress_of
from quanheng.periods.period import parse_period
from quanheng.scheme.files.read import scheme_from_mapping

SCHEME = scheme_from_mapping(
    {
        "round": 2023,
        "items": {
            "tax": {"name": "税收", "kind": "cumulative", "every": "quarter"},
            "jobs": {"name": "就业", "kind": "cumulative", "every": "quarter"},
        },
        "defaults": {"rule": "given"},
        "pace": {"curve": "even", "yellow": "95%", "red": "85%", "repeat": 2},
        "indicators": {
            "revenue": {"name": "财政收入", "measure": "tax", "weight": 50},
            "work": {"name": "新增就业", "measure": "jobs", "weight": 50, "pace": {"repeat": 3}},
        },
    }
)
UNITS = pl.DataFrame({"unit": ["B", "A", "C"], "name": ["乙", "甲", "丙"], "group": ["all"] * 3})


@pytest.fixture(scope="module")
def june() -> Progress:
    # 25 are due by March, 50 by June
    figures: list[tuple[str, str, str, float | None]] = [
        ("tax", "A", "2023-Q1", 20.0),  # 0.8: red
        ("tax", "A", "2023-H1", 40.0),  # 0.8: red again
        ("jobs", "A", "2023-Q1", 23.0),  # 0.92: yellow
        ("jobs", "A", "2023-H1", 46.0),  # 0.92: yellow again, but raised only at the third time
        ("tax", "B", "2023-Q1", 25.0),  # 1.0
        ("tax", "B", "2023-H1", 45.0),  # 0.9: yellow for the first time
        ("jobs", "B", "2023-Q1", 30.0),
        ("jobs", "B", "2023-H1", 50.0),
        ("tax", "C", "2023-Q1", 60.0),  # no second quarter: the figure of the first is enough for 1.2
    ]
    targets = [(code, unit, "2023", 100.0) for code in ("revenue", "work") for unit in "ABC"]
    return progress_of(
        book_of(SCHEME, units=UNITS, figures=figures, targets=targets), parse_period("2023-H1")
    )


def test_alerts_stand_by_unit_the_gravest_first(june: Progress) -> None:
    alerts = alerts_of(june, "zh")
    assert tuple(alerts.columns) == ALERTS
    assert alerts.select("unit", "level", "kind", "subject_name", "times", "text").rows() == [
        ("B", "yellow", "light", "财政收入", 1, "应达进度完成率90.0%，低于95%"),
        ("A", "raised", "light", "财政收入", 2, "应达进度完成率80.0%，低于85%（连续2次）"),
        ("A", "yellow", "light", "新增就业", 2, "应达进度完成率92.0%，低于95%（连续2次）"),
        ("C", "raised", "report", "就业", 2, "2023-Q2未报送（连续2次）"),
        ("C", "missing", "report", "税收", 1, "2023-Q2未报送"),
    ]


def test_records_are_told_of_by_ledger(june: Progress) -> None:
    rows = pl.DataFrame({"unit": ["A", "B"], "records": [9, 9], "overdue": [2, 0], "due_soon": [1, 0]})
    alerts = alerts_of(june, "en", (Tally(ledger="tasks", name="Tasks", rows=nw.from_native(rows)),))
    assert alerts.filter(nw.col("kind") == "records").rows() == [
        (
            "A",
            "甲",
            "all",
            "overdue",
            "overdue",
            "records",
            "tasks",
            "Tasks",
            "2023-06-30",
            2,
            "records overdue: 2",
        ),
        (
            "A",
            "甲",
            "all",
            "due_soon",
            "due soon",
            "records",
            "tasks",
            "Tasks",
            "2023-06-30",
            1,
            "records due soon: 1",
        ),
    ]
    levels = alerts.filter(nw.col("unit") == "A")["level"].to_list()
    assert levels == ["raised", "overdue", "yellow", "due_soon"]


def test_nobody_is_told_of_anything_where_all_is_well() -> None:
    figures = [(item, unit, "2023-Q1", 25.0) for item in ("tax", "jobs") for unit in "ABC"]
    targets = [(code, unit, "2023", 100.0) for code in ("revenue", "work") for unit in "ABC"]
    book = book_of(SCHEME, units=UNITS, figures=figures, targets=targets)
    assert len(alerts_of(progress_of(book, parse_period("2023-03")), "en")) == 0


def test_no_two_levels_look_alike() -> None:
    assert len({level.mark for level in LEVELS.values()}) == len(LEVELS)
