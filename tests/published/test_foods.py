"""Bad points less good ones, with a condition between them and grades by kind of food. Foods are invented."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.published.books import Cell, by_unit, places, score_case

_NAMES = (
    "energy_100g",
    "saturated-fat_100g",
    "sugars_100g",
    "sodium_100g",
    "fiber_100g",
    "proteins_100g",
    "fat_100g",
    "fruits-vegetables-nuts_100g",
)
# kind, then energy kJ, saturated g, sugars g, sodium g, fibre g, proteins g, fat g, fruit %
_FOODS: dict[str, tuple[str, tuple[float | None, ...]]] = {
    "yoghurt": ("food", (250, 0.1, 4.0, 0.04, 0, 9.5, 0.2, 0)),
    "at every limit": ("food", (335, 1, 4.5, 0.09, 0.9, 1.6, 3, 40)),
    "biscuit": ("food", (2050, 12, 30, 0.35, 2.5, 7.0, 24, 0)),  # over 11 bad points: no proteins
    "nut bar": ("food", (2200, 6, 23, 0.1, 6, 15, 40, 85)),  # over 11, but over 80 % of fruit and nuts
    "hard cheese": ("cheese", (1600, 19, 0.1, 0.7, 0, 26, 32, 0)),
    "fresh cheese": ("cheese", (400, 2.5, 3.0, 0.3, 0, 10, 4, None)),
    "olive oil": ("fat", (3700, 14, 0, 0, 0, 0, 100, 0)),
    "butter": ("fat", (3100, 52, 0.6, 0.01, 0, 0.7, 82, 0)),
    "lemonade": ("beverage", (150, 0, 9.0, 0.01, 0, 0, 0, 10)),
    "juice": ("beverage", (190, 0, 10, 0.002, 0.5, 0.6, 0, 100)),
}
_STEPS: dict[str, Sequence[float]] = {
    "energy": [335 * k for k in range(1, 11)],
    "energy of drinks": [30 * k for k in range(10)],
    "sugars": [4.5, 9, 13.5, 18, 22.5, 27, 31, 36, 40, 45],
    "sugars of drinks": [1.5 * k for k in range(10)],
    "sodium": [90 * k for k in range(1, 11)],
    "fibre": [0.9, 1.9, 2.8, 3.7, 4.7],
    "proteins": [1.6, 3.2, 4.8, 6.4, 8.0],
}
_GRADES = {
    "beverage": ((10, "e"), (6, "d"), (2, "c"), (-99, "b")),
    "": ((19, "e"), (11, "d"), (3, "c"), (0, "b"), (-99, "a")),
}


def _over(limits: Sequence[float], value: float) -> int:
    """Return how many of the limits are passed."""
    return sum(value > limit for limit in limits)


def _score(kind: str, figures: Sequence[float | None]) -> int:
    energy, saturated, sugars, sodium, fibre, proteins, fat, fruit = (value or 0 for value in figures)
    of = " of drinks" if kind == "beverage" else ""
    bad = _over(_STEPS[f"energy{of}"], energy) + _over(_STEPS[f"sugars{of}"], sugars)
    bad += _over(_STEPS["sodium"], round(sodium * 1000, 6))
    if kind == "fat":
        bad += sum(saturated / fat >= (10 + 6 * k) / 100 for k in range(10))
    else:
        bad += _over(range(1, 11), saturated)
    of_fruit = 5 if fruit > 80 else _over((40, 60), fruit)
    of_fruit *= 2 if kind == "beverage" else 1
    counts = kind == "cheese" or bad < 11 or fruit > 80
    good = of_fruit + _over(_STEPS["fibre"], fibre) + (_over(_STEPS["proteins"], proteins) if counts else 0)
    return bad - good


def test_foods_have_bad_points_less_good_ones_and_grades_of_their_kind(tmp_path: Path) -> None:
    expected = {food: _score(kind, figures) for food, (kind, figures) in _FOODS.items()}
    units: list[dict[str, Cell]] = [{"unit": food, "group": kind} for food, (kind, _) in _FOODS.items()]
    rows = [{"unit": food, **dict(zip(_NAMES, own, strict=True))} for food, (_, own) in _FOODS.items()]

    got = by_unit(score_case("nutri-score-2017", tmp_path, {"data/foods.csv": rows}, units))

    assert expected["at every limit"] == 0  # nothing is passed
    assert {food: row["score"] for food, row in got.items()} == pytest.approx(expected)
    for food, (kind, _) in _FOODS.items():
        limits = _GRADES.get(kind, _GRADES[""])
        assert got[food]["tier"] == next(grade for least, grade in limits if expected[food] >= least), food
    for kind in ("food", "cheese", "fat", "beverage"):
        own = {food: expected[food] for food, (other, _) in _FOODS.items() if other == kind}
        assert {food: got[food]["place"] for food in own} == places(dict(own), least_first=True)
