"""Means of what is there: the rule of law, the environment. All figures are invented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.published.books import UNITS, by_unit, half_up, invented, places, rows_of, score_case, weighted
from tools.try_published import SCHEMES

# How many sub-factors each of the eight factors has, as the index lists them.
_SUB_FACTORS = (6, 4, 4, 8, 3, 5, 7, 7)

# The Environmental Performance Index 2020: per cent of each issue, and of the indicators in it.
_HEALTH = (
    (20, {"PMD": 55, "HAD": 40, "OZD": 5}),
    (16, {"USD": 40, "UWD": 60}),
    (2, {"PBD": 100}),
    (2, {"MSW": 100}),
)
_ECOSYSTEMS = (
    (15, {"TBN": 20, "TBG": 20, "MPA": 20, "PAR": 10, "SHI": 10, "SPI": 10, "BHV": 10}),
    (6, {"TCL": 90, "GRL": 5, "WTL": 5}),
    (6, {"FSS": 35, "RMS": 35, "FGT": 30}),
    (24, {"CDA": 55, "CHA": 15, "FGA": 10, "NDA": 5, "BCA": 5, "LCB": 2.5, "GIB": 5, "GHP": 2.5}),
    (3, {"SDA": 50, "NXA": 50}),
    (3, {"SNM": 100}),
    (3, {"WWT": 100}),
)


def test_rule_of_law_is_a_mean_of_means(tmp_path: Path) -> None:
    text = (SCHEMES / "wjp-rule-of-law" / "scheme.yaml").read_text(encoding="utf-8")
    codes = re.findall(r"^  (s\d_\d_?):", text, re.MULTILINE)
    figures = invented(1, codes, 0, 1, 4)
    figures["u07"] = dict(figures["u02"])  # as good in everything: they share a place
    of_factors = [codes[sum(_SUB_FACTORS[:k]) : sum(_SUB_FACTORS[: k + 1])] for k in range(8)]
    expected: dict[str, float | None] = {}
    for unit, own in figures.items():
        factors = [sum(own[code] for code in part) / len(part) for part in of_factors]
        expected[unit] = sum(factors) / 8

    got = by_unit(score_case("wjp-rule-of-law", tmp_path, {"data/wjp.csv": rows_of(figures)}))

    assert len(codes) == sum(_SUB_FACTORS)
    assert {unit: row["score"] for unit, row in got.items()} == pytest.approx(expected, abs=1e-12)
    assert {unit: row["place"] for unit, row in got.items()} == places(expected)


def test_environmental_performance_leaves_out_at_its_level_what_does_not_apply(tmp_path: Path) -> None:
    codes = [code for _, part in (*_HEALTH, *_ECOSYSTEMS) for code in part]
    figures = invented(2, codes, 0, 100, 1)
    for unit in UNITS[:4]:  # no coast: no fish, no sea
        figures[unit].update(dict.fromkeys(("FSS", "RMS", "FGT", "MPA")))
    figures["u05"]["TCL"] = None
    expected: dict[str, float | None] = {}
    for unit, own in figures.items():
        objectives = [
            weighted([(w, weighted([(v, own[code]) for code, v in part.items()])) for w, part in issues])
            for issues in (_HEALTH, _ECOSYSTEMS)
        ]
        total = weighted(list(zip((40, 60), objectives, strict=True)))
        expected[unit] = None if total is None else half_up(total, 1)

    got = by_unit(score_case("epi-2020", tmp_path, {"data/epi.csv": rows_of(figures)}))

    assert {unit: row["score"] for unit, row in got.items()} == pytest.approx(expected)
    assert {unit: row["place"] for unit, row in got.items()} == places(expected)
