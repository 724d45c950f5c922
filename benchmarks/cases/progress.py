"""Scores to date for all months of a year: in one pass, month by month, and written out in pandas."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import narwhals as nw
import pandas as pd
import polars as pl

from benchmarks.case import OURS, Case, Contender, register
from benchmarks.townships import AMOUNTS, FLOWS, MONTHS, RATES, STOCKS, YEAR, write_book
from quanheng.data.book.book import Book
from quanheng.data.load import load
from quanheng.engine.results.rounds import score_rounds
from quanheng.periods.stretch import Stretch, stretch_of

ROUNDS = {
    f"{YEAR}-{month:02}": stretch_of(f"{YEAR}-{month:02}").from_january() for month in range(1, MONTHS + 1)
}


def prepare(size: int, folder: Path) -> Mapping[str, Contender]:
    """Invent the townships; all contenders start from tables in memory and end with totals and places."""
    townships = write_book(folder / f"townships-{size}", units=size)
    book = load(townships)
    figures = pl.read_parquet(townships / "data" / "figures.parquet").to_pandas()
    units = book.units.to_pandas()
    targets = book.targets.to_pandas()
    tasks = book.ledgers["tasks"].to_pandas()
    return {
        OURS: lambda: _totals(book, ROUNDS),
        "the same, month by month": lambda: [_totals(book, {name: of}) for name, of in ROUNDS.items()],
        "pandas, all months": lambda: in_pandas(figures, units, targets, tasks),
    }


def _totals(book: Book, rounds: Mapping[str, Stretch]) -> nw.DataFrame[pl.DataFrame]:
    return score_rounds(book, rounds).totals


def in_pandas(
    figures: pd.DataFrame, units: pd.DataFrame, targets: pd.DataFrame, tasks: pd.DataFrame
) -> pd.DataFrame:
    """Return the totals and places of all months as somebody would write them down for this scheme alone.

    Its forty indicators by name: no policies, no findings, no trace, no ledger but this one.
    """
    amounts = [f"amount_{n:02}" for n in range(1, AMOUNTS + 1)]
    flows = [f"flow_{n}" for n in range(1, FLOWS + 1)]
    rates = [f"rate_{n}" for n in range(1, RATES + 1)]
    stocks = [f"stock_{n}" for n in range(1, STOCKS + 1)]
    rows = figures.sort_values(["unit", "period"], ignore_index=True)
    rows["year"] = rows["period"].str[:4].astype(int)
    rows["month"] = rows["period"].str[5:].astype(int)
    by_year = rows.groupby(["unit", "year"], sort=False)
    rows[amounts + rates + stocks] = by_year[amounts + rates + stocks].ffill()
    # a month without a flow leaves the sum since January open
    summed = by_year[flows].cumsum()
    open_since = rows[flows].isna().groupby([rows["unit"], rows["year"]], sort=False).cummax()
    rows[flows] = summed.mask(open_since.astype(bool))
    before = rows.loc[rows["year"] == YEAR - 1, ["unit", "month", *amounts[:2], *stocks]]
    now = rows[rows["year"] == YEAR].merge(units[["unit", "group"]], on="unit")
    now = now.merge(before[["unit", "month", *amounts[:2]]], on=["unit", "month"], suffixes=("", "_before"))
    starts = before.loc[before["month"] == MONTHS, ["unit", *stocks]]
    now = now.merge(starts, on="unit", suffixes=("", "_start"))
    goals = targets.pivot_table(index="unit", columns="indicator", values="target").add_prefix("goal_")
    now = now.merge(_counted(tasks, now), on=["unit", "month"], how="left").merge(
        goals, on="unit", how="left"
    )
    return _ranked(now, _points(now, amounts, flows, rates, stocks))


def _counted(tasks: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Return how many tasks were due and done on time since January, by unit and month."""
    own = tasks.assign(due=1, done=(tasks["closed_on"] <= tasks["due_on"]).astype(int))
    own = own.assign(month=pd.to_datetime(own["due_on"]).dt.month)
    counts = own.groupby(["unit", "month"])[["due", "done"]].sum()
    every = pd.MultiIndex.from_product([now["unit"].unique(), range(1, MONTHS + 1)], names=["unit", "month"])
    return counts.reindex(every, fill_value=0).groupby("unit").cumsum().reset_index()


def _points(
    now: pd.DataFrame, amounts: list[str], flows: list[str], rates: list[str], stocks: list[str]
) -> pd.DataFrame:
    share, pools = now["month"] / MONTHS, [now["group"], now["month"]]
    points: dict[str, pd.Series[float]] = {}
    for names, letter in ((amounts, "a"), (flows, "f")):
        for number, item in enumerate(names, start=1):
            code = f"a{number:02}" if letter == "a" else f"f{number}"
            points[code] = (100 * now[item] / (now[f"goal_{code}"] * share)).clip(0, 110)
    for number, item in enumerate(stocks, start=1):
        start, goal = now[f"{item}_start"], now[f"goal_s{number}"]
        due = (start + share * (goal - start)).where(start.notna(), goal)
        points[f"s{number}"] = (100 * now[item] / due).clip(0, 110)
    for number, item in enumerate(rates, start=1):
        worst = now[item].groupby(pools).transform("quantile", 0.1)
        best = now[item].groupby(pools).transform("quantile", 0.9)
        points[f"r{number}"] = 60 + 40 * ((now[item] - worst) / (best - worst)).clip(0, 1)
    placed = {f"g{n}": now[item] / now[f"{item}_before"] - 1 for n, item in enumerate(amounts[:2], start=1)}
    for code, value in {**placed, "done": now["done"].astype(float)}.items():
        ranked = value.groupby(pools)
        others = (ranked.transform("count") - 1).clip(lower=1)
        points[code] = 100 - 40 * (ranked.rank("min", ascending=False) - 1) / others
    points["on_time"] = 100 * (now["done"] / now["due"].where(now["due"] > 0) - 0.5).clip(0, 0.5) / 0.5
    return pd.DataFrame(points)


def _ranked(now: pd.DataFrame, points: pd.DataFrame) -> pd.DataFrame:
    """Return the totals, absent points leaving their weight to the siblings in their part of eight."""
    codes = [str(code) for code in points]
    order = [
        code for letter in "afrsg" for code in sorted(c for c in codes if c[0] == letter and c[1:].isdigit())
    ]
    order += ["on_time", "done"]
    parts = [points[order[start : start + 8]].mean(axis=1) for start in range(0, len(order), 8)]
    table = now[["unit", "group", "month"]].assign(score=pd.concat(parts, axis=1).mean(axis=1))
    table["place"] = table.groupby(["group", "month"])["score"].rank("min", ascending=False)
    return table


register(Case(name="scores to date, all months of a year", size=20_000, tiny=30, prepare=prepare, repeats=3))
