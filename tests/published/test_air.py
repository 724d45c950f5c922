"""Sub-indices along lines, the greatest, rounded up, grades: the air of an hour. Figures are invented."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from tests.published.books import UNITS, by_unit, of_nodes, places, rows_of, score_case

_INDEX = (0, 50, 100, 150, 200, 300, 400, 500)
# HJ 633, means of one hour: where the sub-index is 0, 50, 100, 150, 200, 300, 400, 500
_LIMITS = {
    "PM2.5": (0, 35, 75, 115, 150, 250, 350, 500),
    "PM10": (0, 50, 150, 250, 350, 420, 500, 600),
    "SO2": (0, 150, 500, 650, 800),
    "NO2": (0, 100, 200, 700, 1200, 2340, 3090, 3840),
    "CO": (0, 5, 10, 35, 60, 90, 120, 150),
}
_GRADES = ((300, "严重污染"), (200, "重度污染"), (150, "中度污染"), (100, "轻度污染"), (50, "良"), (-1, "优"))
_HOURS = {
    "u01": (12, 30, 8, 25, 0.6),  # 优
    "u02": (35, 50, 150, 100, 5),  # just 50 in all
    "u03": (36, 40, 10, 30, 1),  # 51.25, up to 52
    "u04": (80, 300, 20, 60, 1.5),
    "u05": (160, 200, 12, 40, 2),
    "u06": (510, 620, 20, 90, 3),  # over all limits: 500
    "u07": (None, 170, 12, 40, 1.2),  # the rest counts
    "u08": (12, 30, 8, 25, 0.6),  # as u01
    "u09": (75, 100, 16, 45, None),  # just 100
    "u10": (260, 300, 900, 50, 4),
}


def _sub_index(limits: tuple[int, ...], value: float | None) -> float:
    if value is None:
        return 0
    for k in range(1, len(limits)):
        if value <= limits[k]:
            low, high = _INDEX[k - 1], _INDEX[k]
            return low + (high - low) * (value - limits[k - 1]) / (limits[k] - limits[k - 1])
    return _INDEX[len(limits) - 1]


def test_index_of_the_air_is_the_greatest_sub_index_rounded_up(tmp_path: Path) -> None:
    figures = {unit: dict(zip(_LIMITS, _HOURS[unit], strict=True)) for unit in UNITS}
    expected = {
        unit: math.ceil(max(_sub_index(limits, own[name]) for name, limits in _LIMITS.items()) - 1e-9)
        for unit, own in figures.items()
    }

    result = score_case("china-aqi-hour", tmp_path, {"data/hour.csv": rows_of(figures)})

    got, standing = by_unit(result), of_nodes(result, "place")
    assert {unit: row["score"] for unit, row in got.items()} == pytest.approx(expected)
    assert {unit: standing[unit, "total"] for unit in UNITS} == places(dict(expected), least_first=True)
    grades = {
        unit: next(grade for over, grade in _GRADES if index > over) for unit, index in expected.items()
    }
    assert {unit: row["tier"] for unit, row in got.items()} == grades
    assert [grades[unit] for unit in ("u01", "u02", "u03", "u06", "u09")] == [
        "优",
        "优",
        "良",
        "严重污染",
        "良",
    ]
