from __future__ import annotations

import math

import numpy as np
import pytest
from tests.engine.books import Written
from tests.engine.schemes import item
from tests.insight.histories import history_book, told

from quanheng.insight.forecast.backtest import BACKTEST, backtest

REVENUE = item("revenue", "cumulative", "month")
TO_JUNE = {2019: 40.0, 2020: 50.0, 2021: 50.0, 2022: 60.0}
ENDS = {2019: 100.0, 2020: 100.0, 2021: 125.0, 2022: 150.0}


def test_every_number_of_a_backtest() -> None:
    # Only 2022 has three complete years before it. Steps by June ln 2.5, ln 2, ln 2.5: middle m, so the
    # forecast is 60·e^m = 139.25; d = ln 1.25, spread 2/3·d, 80 % within ±1.8856·spread: 105.2 to 184.4.
    # The year ended at 150: inside. Naive: 60·125/50 = 150, no error. Seasonal: 125, an error of 25.
    years = {year: {6: TO_JUNE[year], 12: ENDS[year]} for year in ENDS}
    table = backtest(history_book([REVENUE], ["revenue"], figures=told("revenue", "A", years)), until="2022")
    made = 60 * math.exp((2 * math.log(2.5) + math.log(2)) / 3)
    expected = {
        "forecasts": 1,
        "inside_80": 1.0,
        "inside_95": 1.0,
        "mape": (150 - made) / 150,
        "mape_naive": 0.0,
        "mape_seasonal": 25 / 150,
        "mae": 150 - made,
        "mae_naive": 0.0,
        "mae_seasonal": 25.0,
        "rmse": 150 - made,
        "rmse_naive": 0.0,
        "rmse_seasonal": 25.0,
    }
    june, own, everything = table.iter_rows(named=True)

    assert table.columns == list(BACKTEST)
    assert june == pytest.approx({"indicator": "i1", "nature": "accumulates", "month": 6, **expected})
    assert own == pytest.approx({"indicator": "i1", "nature": "accumulates", "month": None, **expected})
    none = dict.fromkeys(
        ("mae", "mae_naive", "mae_seasonal", "rmse", "rmse_naive", "rmse_seasonal"),
    )
    assert everything == pytest.approx({"indicator": "", "nature": "", "month": None, **expected, **none})


def test_rates_have_errors_and_no_percentages() -> None:
    # growth rates by June 5, 6, 4, 5 and of the year 6, 6, 5, 8: changes 1, 0, 1 -> forecast 5 2/3; naive 5;
    # seasonal 5; actual 8
    rate = item("rate", "rate", "month")
    years = {
        2019: {6: 5.0, 12: 6.0},
        2020: {6: 6.0, 12: 6.0},
        2021: {6: 4.0, 12: 5.0},
        2022: {6: 5.0, 12: 8.0},
    }
    table = backtest(history_book([rate], ["rate"], figures=told("rate", "A", years)), until="2022")
    row = table.rows(named=True)[0]

    assert (row["mape"], row["mae_naive"], row["mae_seasonal"]) == (None, 3.0, 3.0)
    assert row["mae"] == pytest.approx(8 - 5 - 2 / 3)


def test_the_year_that_is_forecast_is_never_looked_at() -> None:
    years = {year: {6: TO_JUNE[year], 12: ENDS[year]} for year in ENDS}
    first = backtest(history_book([REVENUE], ["revenue"], figures=told("revenue", "A", years)), until="2022")
    years[2022] = {6: 60.0, 12: 300.0}
    second = backtest(history_book([REVENUE], ["revenue"], figures=told("revenue", "A", years)), until="2022")

    # the forecast is the same: the errors add up to the difference of the two ends
    assert second["mae"][0] - first["mae"][0] == pytest.approx(150.0)
    assert second["inside_80"][0] == 0.0


def test_without_history_the_table_is_empty() -> None:
    years = {year: {6: TO_JUNE[year], 12: ENDS[year]} for year in (2020, 2021, 2022)}

    assert len(backtest(history_book([REVENUE], ["revenue"], figures=told("revenue", "A", years)))) == 0


def test_coverage_on_a_made_up_district_is_near_what_is_claimed() -> None:
    # 60 units, ten years of months with a season and noise; 60 · 7 years · 11 months of forecasts. Origins of
    # a year are alike, so the share inside is only about as sure as 420 draws: ±2·2 points.
    generator = np.random.default_rng(7)
    season = np.array([0.5, 0.7, 1.1, 0.9, 1.0, 1.3, 0.9, 0.9, 1.1, 1.0, 1.1, 1.5])
    units = [f"U{number:02}" for number in range(60)]
    figures: list[tuple[str, str, str, Written]] = []
    for unit in units:
        level = generator.uniform(5, 50)
        for year in range(2014, 2024):
            level *= generator.uniform(1.0, 1.12)
            months = np.cumsum(level * season * np.exp(generator.normal(0, 0.1, 12)))
            figures.extend(told("revenue", unit, {year: {m + 1: float(v) for m, v in enumerate(months)}}))
    table = backtest(history_book([REVENUE], ["revenue"], units=units, figures=figures))
    own = table.rows(named=True)[-2]

    assert own["forecasts"] == 60 * 7 * 11
    assert own["inside_80"] == pytest.approx(0.8, abs=0.04)
    assert own["inside_95"] == pytest.approx(0.95, abs=0.025)
    assert own["mape"] < own["mape_naive"] < own["mape_seasonal"]
