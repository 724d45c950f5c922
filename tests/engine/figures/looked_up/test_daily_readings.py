"""Readings of days as records of a ledger: shares, percentiles, months of them (ledgers §6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quanheng.data.load import load
from quanheng.engine.results.result import Result
from quanheng.engine.results.score import score

SCHEME = """\
quanheng: 1
id: air
title: An invented book
round: 2023
weights: equal
items:
  days: {count: air, where: period_start <= date <= period_end}
  good: {count: air, where: period_start <= date <= period_end and pm <= 75}
  p98: {percentile: air.pm, at: 98%, where: period_start <= date <= period_end}
  p0: {percentile: air.pm, at: 0%, where: period_start <= date <= period_end}
  p25: {percentile: air.pm, at: 25%}
  pm: {mean: air.pm, where: period_start <= date <= period_end}
defaults: {rule: percentile, gaps: {missing: zero}}
indicators:
  share: {measure: good / days}
  p98: {measure: p98}
  p0: {measure: p0}
  p25: {measure: p25}
  bad: {measure: months(pm > 75)}
  months: {measure: months(good / days >= 80%)}
"""


def scored(folder: Path, readings: Mapping[str, Sequence[float]]) -> Result:
    """Score a book with a reading a day from 1 January on."""
    (folder / "ledgers").mkdir(parents=True)
    (folder / "scheme.yaml").write_text(SCHEME, encoding="utf-8")
    (folder / "units.csv").write_text("unit\n" + "".join(f"{unit}\n" for unit in readings), encoding="utf-8")
    first = dt.date(2023, 1, 1)
    rows = [
        f"{unit},{first + dt.timedelta(days=day)},{value}\n"
        for unit, values in readings.items()
        for day, value in enumerate(values)
    ]
    (folder / "ledgers" / "air.csv").write_text("unit,date,pm\n" + "".join(rows), encoding="utf-8")
    return score(load(folder))


def test_readings_of_two_months(tmp_path: Path) -> None:
    # January: 31 days of 10; February: 28 days, 21 of 80 and 7 of 100
    result = scored(tmp_path / "b", {"A": [10] * 31 + [80] * 21 + [100] * 7})

    (row,) = result.wide.rows(named=True)
    assert row["measure|share"] == pytest.approx(31 / 59)
    # of 59 the place is 1 + 58 * 0.98 = 57.84: 100; 1 + 58 * 0.25 = 15.5: 10
    assert (row["measure|p98"], row["measure|p0"], row["measure|p25"]) == (100.0, 10.0, 10.0)
    # February, of which the mean is 85; January alone is good; of the other ten nothing is known
    assert (row["measure|bad"], row["measure|months"]) == (1.0, 1.0)
    told = [finding.message("en") for finding in result.findings if finding.code == "QH665"]
    assert len(told) == 2
    assert "A has 2 of 12, without 2023-03, 2023-04" in told[0]


@given(values=st.lists(st.integers(min_value=0, max_value=500), min_size=1, max_size=60))
def test_percentiles_are_those_of_numpy(values: list[int], tmp_path_factory: pytest.TempPathFactory) -> None:
    result = scored(tmp_path_factory.mktemp("air") / "b", {"A": [float(value) for value in values]})

    (row,) = result.wide.rows(named=True)
    assert row["measure|p98"] == pytest.approx(float(np.percentile(values, 98)), abs=1e-9)
    assert row["measure|p25"] == pytest.approx(float(np.percentile(values, 25)), abs=1e-9)
