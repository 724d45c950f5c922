"""The year's end of many monthly series, with intervals: as a matrix, and from a book of observations."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
from numpy.typing import NDArray
from scipy.stats import t

from benchmarks.case import OURS, Case, Contender, register
from quanheng.data.book import frames
from quanheng.data.book.book import Book
from quanheng.insight.forecast.forecast import forecast
from quanheng.insight.years.chain_ladder import Earlier, year_ends
from quanheng.scheme.files.read import scheme_from_mapping

_SEASON = np.array([0.5, 0.7, 1.1, 0.9, 1.0, 1.3, 0.9, 0.9, 1.1, 1.0, 1.1, 1.5])
_FIRST = 2017
_YEARS = 7
_MONTH = 6


def prepare(size: int, folder: Path) -> Mapping[str, Contender]:
    """Invent seven years of `size` cumulative series; forecast the last year's end from its June."""
    del folder
    to_date = _histories(size)
    june, december = to_date[:, :, _MONTH - 1], to_date[:, :, -1]

    def at_once(rows: slice = slice(None)) -> None:
        count = len(june[rows])
        earlier = Earlier(
            to_date=june[rows, :-1],
            ends=december[rows, :-1],
            accumulates=np.ones(count, dtype=bool),
            pools=np.zeros(count, dtype=np.int64),
        )
        made = year_ends(june[rows, -1], earlier)
        made.bounds(0.8)
        made.bounds(0.95)
        made.chance_above(december[rows, -2] * 1.05)

    def one_by_one() -> None:
        for row in range(size):
            at_once(slice(row, row + 1))

    return {
        OURS: at_once,
        "the same, series by series": one_by_one,
        "naive: last year's share": lambda: june[:, -1] * december[:, -2] / june[:, -2],
    }


def _histories(size: int) -> NDArray[np.float64]:
    """Return (series, years, months) of invented figures to date."""
    generator = np.random.default_rng(20231231)
    growth = generator.uniform(1.0, 1.12, (size, _YEARS)).cumprod(axis=1)
    level = generator.uniform(5, 50, (size, 1)) * growth
    months = level[:, :, None] * _SEASON * np.exp(generator.normal(0, 0.1, (size, _YEARS, 12)))
    total: NDArray[np.float64] = months.cumsum(axis=2)
    return total


def prepare_book(size: int, folder: Path) -> Mapping[str, Contender]:
    """Invent a book of `size` units with seven years of months; pandas does the sums without any check."""
    del folder
    to_date = _histories(size)
    units = [f"U{number:08d}" for number in range(size)]
    months = [f"{_FIRST + year}-{month:02}" for year in range(_YEARS) for month in range(1, 13)]
    long = pl.DataFrame(
        {"unit": np.repeat(units, len(months)), "period": months * size, "value": to_date.reshape(-1)}
    )
    book = _book(long, units)
    table = long.to_pandas()
    return {
        OURS: lambda: forecast(book, f"{_FIRST + _YEARS - 1}-{_MONTH:02}"),
        "pandas, pivoted, no checks": lambda: _with_pandas(table),
    }


def _book(long: pl.DataFrame, units: list[str]) -> Book:
    scheme = scheme_from_mapping(
        {
            "round": _FIRST + _YEARS - 1,
            "items": {"revenue": {"kind": "cumulative", "every": "month"}},
            "indicators": {"income": {"measure": "revenue", "weight": 100, "rule": "percentile"}},
        }
    )
    observations = long.select(
        pl.lit("revenue").alias("item"),
        "unit",
        "period",
        "value",
        pl.lit("value").alias("state"),
        *(pl.lit(None, dtype=pl.String).alias(name) for name in frames.SOURCE),
    )
    everybody = pl.DataFrame({"unit": units, "name": units, "group": ["all"] * len(units)})
    return Book(
        scheme=scheme,
        units=nw.from_native(everybody, eager_only=True),
        observations=nw.from_native(observations, eager_only=True),
        targets=nw.from_native(frames.empty(frames.TARGETS), eager_only=True),
        adjustments=nw.from_native(frames.empty(frames.ADJUSTMENTS), eager_only=True),
        history=nw.from_native(frames.empty(frames.HISTORY), eager_only=True),
    )


def _with_pandas(table: pd.DataFrame) -> pd.DataFrame:
    wide = table.pivot_table(index="unit", columns="period", values="value")
    years = [_FIRST + year for year in range(_YEARS - 1)]
    steps = pd.DataFrame({year: np.log(wide[f"{year}-12"] / wide[f"{year}-{_MONTH:02}"]) for year in years})
    count = len(years)
    middle = np.log(wide[f"{_FIRST + _YEARS - 1}-{_MONTH:02}"]) + steps.mean(axis=1)
    spread = steps.std(axis=1) * np.sqrt(1 + 1 / count)
    ends = {"expected": np.exp(middle)}
    for level in (0.8, 0.95):
        away = t.ppf((1 + level) / 2, count - 1) * spread
        ends |= {f"low_{level}": np.exp(middle - away), f"high_{level}": np.exp(middle + away)}
    return pd.DataFrame(ends)


register(Case(name="forecasts of a year's end, as a matrix", size=10_000, tiny=20, prepare=prepare))
register(Case(name="forecasts of a year's end, of a book", size=10_000, tiny=20, prepare=prepare_book))
