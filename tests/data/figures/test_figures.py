from __future__ import annotations

import polars as pl
from tests.data.books import GDP, OPENED
from tests.data.registers import csv, register

from quanheng.data.book import frames
from quanheng.data.figures.coverage import coverage_of, united
from quanheng.data.figures.figures import KEY, Figures, observations_of, repeated
from quanheng.data.figures.observations import read_observations
from quanheng.data.figures.versions import each_version
from quanheng.findings.collector import Collector
from quanheng.periods.period import parse_period


def figures(*texts: str) -> Figures:
    raws = [raw for number, text in enumerate(texts) for raw in csv(text, file=f"{number}.csv")]
    return read_observations(raws, register(), collector=Collector())


def test_figures_lie_in_the_order_of_items_units_and_periods() -> None:
    own = figures(GDP, OPENED)

    assert own.frame[KEY].is_sorted()
    assert own.names(0, 1, parse_period("2023-Q4").number) == {
        "item": "gdp",
        "unit": "T2",
        "period": "2023-Q4",
    }
    assert str(own.location(1, 2, 3)) == "1.csv!2:数值"


def test_of_several_rows_for_a_key_a_value_stays_before_not_applicable_before_missing() -> None:
    text = "unit,gdp,gdp_growth\nT1,,\nT1,/,/\nT1,5,\nT1,6,\n"

    one = each_version(figures(text))

    assert not repeated(one.frame).any()
    assert one.frame.select("value", "state", "row").rows() == [(5.0, 0, 4), (None, 2, 3)]


def test_no_figures_are_no_observations() -> None:
    empty = figures()

    assert observations_of(empty).schema == frames.OBSERVATIONS
    assert observations_of(empty).height == 0


def test_a_table_of_which_nothing_is_left_does_no_harm() -> None:
    observations = observations_of(figures("unit,gdp\nT9,5\n", "unit,gdp\nT1,5\n"))

    assert observations.rows() == [("gdp", "T1", "2023", 5.0, "value", "1.csv", None, "2:gdp")]


def test_coverage_is_of_values_only() -> None:
    coverage = coverage_of(figures("unit,gdp,gdp_growth,opened\nT1,5,/,\nP1,,,\n"))

    assert coverage.items == {0}
    assert coverage.not_applicable == {1}
    assert coverage.periods == {parse_period("2023").number}
    assert coverage.units.to_list() == [0]


def test_coverages_are_united() -> None:
    one, other = coverage_of(figures("unit,gdp\nT1,5\n")), coverage_of(figures("unit,gdp_growth\nP1,5\n"))

    whole = united([one, other])

    assert whole.items == {0, 1}
    assert sorted(whole.units) == [0, 2]
    assert united([]).units.dtype == pl.UInt32
