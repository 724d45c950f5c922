"""Enterprises by output per mu: two of them by hand, the fill of missing emissions, the grades."""

from __future__ import annotations

import polars as pl
import pytest

import quanheng as qh
from quanheng.examples import path_of_example


@pytest.fixture(scope="module")
def result() -> qh.Result:
    return qh.score(qh.load(path_of_example("enterprises")))


def _scores(result: qh.Result, unit: str) -> dict[str, tuple[float, float]]:
    rows = result.scores.to_native().filter(pl.col("unit") == unit)
    return {node: (points, score) for node, points, score in rows.select("node", "points", "score").rows()}


def test_an_enterprise_above_the_line_by_hand(result: qh.Result) -> None:
    """Land 14.77, tax 84.49, value 679.9, no energy, emissions 1.0664, 34 people, research 36.75 of 2922.21.

    It is a high-tech firm: 30.3645 marks, 3 off for the blank energy, 2 for high tech, 29.3645 in all.
    """
    assert _scores(result, "E00000032") == {
        "tax_per_mu": (23.739, 7.1217),  # 84.49/14.77 = 5.720379 over 24.097, of 30
        "value_per_mu": (33.8077, 6.7615),  # 679.9/14.77 = 46.032498 over 136.16, of 20
        "value_per_energy": (0, 0),
        "value_per_emission": (12.9329, 1.2933),  # 679.9/1.0664 = 637.565641 over 4929.81, of 10
        "productivity": (110.2374, 11.0237),  # 679.9/34 = 19.997059 over 18.14, of 10
        "research_ratio": (41.6427, 4.1643),  # 36.75/2922.21 = 0.012576 over 0.0302, of 10
        "total": (pytest.approx(29.3645), 29.36),
    }


def test_an_enterprise_below_the_line_by_hand(result: qh.Result) -> None:
    """Land 2.68, tax 27.35, electricity 152.08: two indicators of 50 each."""
    assert _scores(result, "E00000003") == {
        "small_tax_per_mu": (88.0277, 44.0139),  # 27.35/2.68 = 10.205224 over 11.5932
        "tax_per_power": (76.4624, 38.2312),  # 27.35/152.08 = 0.179840 over 0.2352
        "total": (pytest.approx(82.2451), 82.25),
    }


def test_missing_emissions_get_the_mean_points_of_the_size_class(result: qh.Result) -> None:
    units = pl.read_csv(path_of_example("enterprises") / "units.csv").filter(pl.col("group") == "sized")
    figures = pl.read_csv(path_of_example("enterprises") / "data" / "figures.csv", infer_schema_length=None)
    points = result.scores.to_native().filter(pl.col("node") == "value_per_emission").select("unit", "points")
    sized = units.join(figures, on="unit").join(points, on="unit")

    missing = sized.filter(pl.col("emission").is_null())
    means = sized.drop_nulls("emission").group_by("size_class").agg(pl.col("points").mean().alias("mean"))

    compared = missing.join(means, on="size_class")
    assert compared.height == missing.height >= 5
    assert compared["points"].to_list() == pytest.approx(compared["mean"].to_list(), abs=1e-4)


def test_grades_follow_the_shares_and_a_serious_violation_is_d(result: qh.Result) -> None:
    tiers = result.tiers.to_native()

    for group in ("sized", "small"):
        ranked = tiers.filter(pl.col("group") == group)
        quotas = [int(share * ranked.height + 0.5) for share in (0.2, 0.65, 0.95)]
        graded = ranked.filter(~pl.col("vetoed"))
        expected = [
            "A" if place <= quotas[0] else "B" if place <= quotas[1] else "C" if place <= quotas[2] else "D"
            for place in graded["place"]
        ]
        assert graded["tier"].to_list() == expected
    assert set(tiers.filter("vetoed")["tier"]) == {"D"}
