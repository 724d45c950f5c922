"""Percentiles with zeros apart, means rounded, divided by the greatest, multiplied. Figures are invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.published.books import UNITS, by_unit, half_up, invented, places, rows_of, score_case, weighted

_POLLUTION = {
    **dict.fromkeys(("Ozone", "PM25", "DieselPM", "DrinkWat", "PestUse", "ToxRel", "Traffic"), 1.0),
    **dict.fromkeys(("Cleanup", "GndWat", "HazWaste", "ImpWat", "SolWaste"), 0.5),
}
_PEOPLE = dict.fromkeys(("Age", "Asthma", "LBW", "Edu", "LingIso", "Poverty", "Unemp"), 1.0)
_RANGES = [f"{96 - 5 * k}-{100 - 5 * k}%" for k in range(19)] + ["1-5%"]


def test_a_tract_is_the_product_of_its_pollution_and_its_people(tmp_path: Path) -> None:
    weights = _POLLUTION | _PEOPLE
    figures = invented(9, list(weights), 0, 12, 0)  # whole numbers: zeros and ties
    figures["u02"]["Asthma"] = figures["u02"]["Edu"] = None  # five of seven are enough
    figures["u06"].update(dict.fromkeys(("Age", "LBW", "Edu", "Poverty")))  # three of seven are not
    percentiles: dict[str, dict[str, float | None]] = {unit: {} for unit in UNITS}
    for column in weights:
        told = [own[column] for own in figures.values() if own[column]]
        for unit, own in figures.items():
            value = own[column]
            at_or_under = sum(other <= value for other in told) if value else 0
            percentiles[unit][column] = None if value is None else 100 * at_or_under / len(told)
    halves: list[dict[str, float]] = []
    for part in (_POLLUTION, _PEOPLE):
        means = {}
        for unit, own in percentiles.items():
            if unit == "u06" and part is _PEOPLE:
                continue
            made = weighted([(weight, own[column]) for column, weight in part.items()])
            means[unit] = half_up(made or 0, 3)
        halves.append({unit: made / max(means.values()) for unit, made in means.items()})
    pollution, people = halves
    expected = {unit: 100 * pollution[unit] * people[unit] for unit in people}

    got = by_unit(score_case("calenviroscreen-2", tmp_path, {"data/raw.csv": rows_of(figures)}))

    assert any(own[column] == 0 for own in figures.values() for column in weights)
    assert {unit: got[unit]["score"] for unit in expected} == pytest.approx(expected, abs=1e-9)
    assert {unit: row["place"] for unit, row in got.items()} == places(dict(expected) | {"u06": None})
    assert got["u06"]["tier"] is None
    assert [row["tier"] in _RANGES for unit, row in got.items() if unit != "u06"] == [True] * 9
