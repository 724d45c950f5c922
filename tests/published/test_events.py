"""Points cut to whole ones and added up: decathlon and heptathlon. All marks are invented."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from tests.published.books import by_unit, places, score_case

# The tables of the federation: A, B, C; on the track B less the time, else the mark (of jumps in cm) less B.
_MEN = {
    "100m": (25.4347, 18, 1.81, "track"),
    "Long.jump": (0.14354, 220, 1.4, "jump"),
    "Shot.put": (51.39, 1.5, 1.05, "throw"),
    "High.jump": (0.8465, 75, 1.42, "jump"),
    "400m": (1.53775, 82, 1.81, "track"),
    "110m.hurdle": (5.74352, 28.5, 1.92, "track"),
    "Discus": (12.91, 4, 1.1, "throw"),
    "Pole.vault": (0.2797, 100, 1.35, "jump"),
    "Javeline": (10.14, 7, 1.08, "throw"),
    "1500m": (0.03768, 480, 1.85, "track"),
}
_WOMEN = {
    "hurdles": (9.23076, 26.7, 1.835, "track"),
    "highjump": (1.84523, 75, 1.348, "jump"),
    "shot": (56.0211, 1.5, 1.05, "throw"),
    "run200m": (4.99087, 42.5, 1.81, "track"),
    "longjump": (0.188807, 210, 1.41, "jump"),
    "javelin": (15.9803, 3.8, 1.04, "throw"),
    "run800m": (0.11193, 254, 1.88, "track"),
}
_DECATHLON = {
    "a": (10.9, 7.30, 14.50, 2.03, 48.7, 14.4, 44.0, 4.70, 61.0, 272.0),
    "b": (11.2, 7.05, 15.10, 1.97, 50.1, 14.9, 46.2, 4.90, 58.3, 280.4),
    "c": (10.7, 7.61, 13.92, 2.10, 47.9, 14.1, 41.5, 5.00, 55.7, 268.1),
    "d": (11.5, 6.80, 13.00, 1.88, 51.3, 15.6, 38.9, None, 49.9, 301.0),  # no height in the vault
    "e": (18.5, 6.80, 13.00, 1.88, 51.3, 15.6, 38.9, 4.40, 49.9, 481.0),  # too slow for points, twice
    "f": (10.9, 7.30, 14.50, 2.03, 48.7, 14.4, 44.0, 4.70, 61.0, 272.0),  # as a
}
_HEPTATHLON = {
    "w": (13.2, 1.80, 14.10, 23.9, 6.40, 44.0, 131.2),
    "x": (12.9, 1.86, 15.80, 23.1, 6.90, 45.6, 128.5),
    "y": (13.9, 1.71, 12.30, 25.0, 5.90, 39.1, 139.9),
    "z": (13.4, 1.77, 13.60, 24.4, 6.20, 36.2, 134.0),
}


def _points(a: float, b: float, c: float, kind: str, mark: float | None) -> int:
    if mark is None:
        return 0
    better = b - mark if kind == "track" else (mark * 100 if kind == "jump" else mark) - b
    return math.floor(a * math.pow(max(better, 0), c))


def test_combined_events_add_up_points_that_are_cut_to_whole_ones(tmp_path: Path) -> None:
    totals: dict[str, dict[str, float | None]] = {"decastar": {}, "olympics": {}, "seoul": {}}
    for athlete, marks in (_DECATHLON | _HEPTATHLON).items():
        group = "seoul" if athlete in _HEPTATHLON else "olympics" if athlete in "de" else "decastar"
        events = zip((_WOMEN if group == "seoul" else _MEN).values(), marks, strict=True)
        totals[group][athlete] = sum(_points(*table, mark) for table, mark in events)
    units = [{"unit": unit, "group": group} for group, own in totals.items() for unit in own]
    files = {
        f"data/{name}.csv": [
            {"unit": unit, **dict(zip(events, own, strict=True))} for unit, own in marks.items()
        ]
        for name, events, marks in (("men", _MEN, _DECATHLON), ("women", _WOMEN, _HEPTATHLON))
    }

    got = by_unit(score_case("combined-events", tmp_path, files, units))

    for own in totals.values():
        assert {unit: got[unit]["score"] for unit in own} == pytest.approx(own)
        assert {unit: got[unit]["place"] for unit in own} == places(own)
