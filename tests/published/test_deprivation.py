"""Ranks made into an exponential score, and tenths of areas: deprivation. All ranks are invented."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from tests.published.books import by_unit, invented, places, rows_of, score_case

_WEIGHTS = {
    "Income_rank": 22.5,
    "Employment_rank": 22.5,
    "Education_rank": 13.5,
    "Health_rank": 13.5,
    "Crime_rank": 9.3,
    "Housing_and_Services_rank": 9.3,
    "Environment_rank": 9.3,
}
_AREAS = 10


def test_deprivation_is_a_sum_of_exponential_ranks_and_a_tenth_is_a_tier(tmp_path: Path) -> None:
    chosen = invented(3, list(_WEIGHTS), 0, 1, 6)
    chosen["u04"] = dict.fromkeys(_WEIGHTS, 2)  # the most deprived in everything
    chosen["u09"] = dict.fromkeys(_WEIGHTS, -1)
    figures = {
        unit: {
            domain: 1 + sum(other[domain] > own[domain] for other in chosen.values()) for domain in _WEIGHTS
        }
        for unit, own in chosen.items()
    }
    expected: dict[str, float | None] = {}
    for unit, own in figures.items():
        total = 0.0
        for domain, weight in _WEIGHTS.items():
            part = (_AREAS - own[domain] + 1) / _AREAS
            total += weight / 100 * -23 * math.log(1 - part * (1 - math.exp(-100 / 23)))
        expected[unit] = total

    got = by_unit(score_case("imd-england-2025", tmp_path, {"data/ranks.csv": rows_of(figures)}))

    assert {unit: row["score"] for unit, row in got.items()} == pytest.approx(expected, abs=1e-9)
    assert {unit: row["place"] for unit, row in got.items()} == places(expected)
    assert got["u04"]["score"] == pytest.approx(99.9)
    # ten areas, and 10 % of ten is one: each place is a tenth of its own
    assert all(row["tier"] == str(row["place"]) for row in got.values())
