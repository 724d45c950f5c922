"""Weighted sums of which the best has 100: universities. Figures are invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.published.books import by_unit, half_up, invented, places, rows_of, score_case, weighted

_WEIGHTS = {"alumni": 10, "award": 20, "hici": 20, "ns": 20, "pub": 20, "pcp": 10}


def test_the_best_university_has_100_and_schools_without_sciences_are_weighed_without_them(
    tmp_path: Path,
) -> None:
    figures = invented(8, list(_WEIGHTS), 0, 70, 1)
    for school in ("u03", "u08"):
        figures[school]["ns"] = None
    figures["u05"] = dict(figures["u10"])
    sums = {u: weighted([(w, own[item]) for item, w in _WEIGHTS.items()]) or 0 for u, own in figures.items()}
    expected = {unit: half_up(100 * made / max(sums.values()), 1) for unit, made in sums.items()}

    got = by_unit(score_case("arwu-2005-2015", tmp_path, {"data/figures.csv": rows_of(figures)}))

    assert max(expected.values()) == 100
    assert {unit: row["score"] for unit, row in got.items()} == pytest.approx(expected)
    assert {unit: row["place"] for unit, row in got.items()} == places(dict(expected))
