"""Invent any number of townships with forty indicators a month: a book to watch a year with.

    python -m benchmarks.townships --units 20000 --seed 1 --out /tmp/townships
    quanheng progress /tmp/townships --at 2023-06

Writes a book: scheme, units, some years of monthly figures (wide Parquet), a target for every unit and
indicator that has one, and a ledger of tasks with a campaign; quarters are reviewed and folded into the year.
Every figure is invented.
"""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from typing import TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

UNITS = 20_000
YEAR = 2023
YEARS = 2
MONTHS = 12
AMOUNTS = 18
FLOWS = 6
RATES = 8
STOCKS = 4
WITHOUT_TARGET = 2
_GROUPS = {"plains": "平原", "hills": "丘陵", "cities": "城区", "islands": "海岛"}
_SHARES = (0.4, 0.3, 0.2, 0.1)
_NOT_REPORTED = 0.004
_TASKS_A_UNIT = 5

Column: TypeAlias = NDArray[np.float64]


def main() -> None:
    """Write the townships asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--units", type=int, default=UNITS, help=f"how many ({UNITS})")
    parser.add_argument("--years", type=int, default=YEARS, help=f"of figures ({YEARS}); forecasts need 4")
    parser.add_argument("--seed", type=int, default=1, help="from which seed (1)")
    parser.add_argument("--out", type=Path, required=True, help="the folder of the book")
    asked = parser.parse_args()
    if asked.units < 1 or asked.years < 1:
        parser.error("--units and --years must be at least 1")
    write_book(asked.out, units=asked.units, years=asked.years, seed=asked.seed)
    print(f"wrote {asked.units} invented townships into {asked.out}")


def write_book(out: Path, *, units: int, years: int = YEARS, seed: int = 1) -> Path:
    """Write a book of `units` townships with `years` of figures into the folder `out` and return it."""
    rng = np.random.default_rng(seed)
    for folder in (out, out / "data", out / "ledgers"):
        folder.mkdir(parents=True, exist_ok=True)
    codes = [f"U{number:06}" for number in range(units)]
    size = np.exp(rng.normal(0, 0.8, units))
    (out / "scheme.yaml").write_text(scheme(), encoding="utf-8")
    _units(codes, rng).write_csv(out / "units.csv")
    figures, ends = _figures(codes, size, years, rng)
    figures.write_parquet(out / "data" / "figures.parquet")
    _targets(codes, ends, rng).write_parquet(out / "targets.parquet")
    _tasks(codes, rng).write_csv(out / "ledgers" / "tasks.csv")
    return out


def scheme() -> str:
    """Return the scheme: forty indicators in five dimensions of eight."""
    items, indicators = _items(), _indicators()
    lines = [
        "quanheng: 1",
        "id: townships",
        "title: {zh: 乡镇序时进度（虚构）, en: Progress of invented townships}",
        f"round: {YEAR}",
        "groups: {" + ", ".join(f"{code}: {name}" for code, name in _GROUPS.items()) + "}",
        "items:",
        *(f"  {code}: {{{said}}}" for code, said in items.items()),
        "defaults: {gaps: {missing: redistribute}}",
        "pace: {curve: even, yellow: 95%, red: 85%, repeat: 2, due_soon: 14}",
        "ledgers:",
        "  tasks: {name: 重点任务, key: task, due: due_on, closed: closed_on}",
        "campaigns:",
        "  push:",
        "    name: 攻坚行动（虚构）",
        "    ledger: tasks",
        "    indicators: [on_time, done]",
        "    milestones: [{name: 过半, by: 2023-06-30, done: 50%}, {name: 收官, by: 2023-12-31, done: 100%}]",
        "reviews: {every: quarter, fold: {reviews: 40%, year: 60%}}",
        "indicators:",
    ]
    for number in range(0, len(indicators), 8):
        lines.append(f"  part_{number // 8 + 1}:\n    weight: 20\n    children:")
        lines += [f"      {said}" for said in indicators[number : number + 8]]
    return "\n".join(lines) + "\n"


def _items() -> dict[str, str]:
    items = {f"amount_{n:02}": "kind: cumulative, every: month" for n in range(1, AMOUNTS + 1)}
    items |= {f"flow_{n}": "kind: flow, every: month" for n in range(1, FLOWS + 1)}
    items |= {f"rate_{n}": "kind: rate, every: month" for n in range(1, RATES + 1)}
    items |= {f"stock_{n}": "kind: stock, every: month" for n in range(1, STOCKS + 1)}
    due = "due_on >= period_start and due_on <= period_end"
    items["tasks_due"] = f"count: tasks, where: {due}"
    items["tasks_on_time"] = f"count: tasks, where: {due} and closed_on <= due_on"
    return items


def _indicators() -> list[str]:
    """Return forty indicators as lines of YAML: 24 amounts, 10 rates, 4 stocks, 2 growths."""
    target = "rule: {target: {cap: 110}}"
    place = "rule: {place: {first: 100, last: 60}}"
    scale = "rule: {scale: {worst: q10, best: q90, base: 60}}"
    found = [f"a{n:02}: {{measure: amount_{n:02}, weight: 2.5, {target}}}" for n in range(1, AMOUNTS + 1)]
    found += [f"f{n}: {{measure: flow_{n}, weight: 2.5, {target}}}" for n in range(1, FLOWS + 1)]
    found += [f"r{n}: {{measure: rate_{n}, weight: 2.5, {scale}}}" for n in range(1, RATES + 1)]
    found += [f"s{n}: {{measure: stock_{n}, weight: 2.5, {target}}}" for n in range(1, STOCKS + 1)]
    found += [f"g{n}: {{measure: growth(amount_{n:02}), weight: 2.5, {place}}}" for n in (1, 2)]
    found += [
        "on_time: {measure: tasks_on_time / tasks_due, weight: 2.5, rule: {bands: [[0.5, 0], [1, 100]]}}",
        f"done: {{measure: tasks_on_time, weight: 2.5, {place}}}",
    ]
    return found


def _units(codes: list[str], rng: np.random.Generator) -> pl.DataFrame:
    group = rng.choice(list(_GROUPS), size=len(codes), p=_SHARES)
    names = [f"虚构镇{number}" for number in range(1, len(codes) + 1)]
    return pl.DataFrame({"unit": codes, "name": names, "group": group})


def _figures(
    codes: list[str], size: Column, years: int, rng: np.random.Generator
) -> tuple[pl.DataFrame, dict[str, Column]]:
    """Return the wide table of `years`, and what each item reached at the end of the last one."""
    count = len(codes)
    told = range(YEAR - years + 1, YEAR + 1)
    periods = [f"{year}-{month:02}" for year in told for month in range(1, MONTHS + 1)]
    columns: dict[str, Column] = {}
    ends: dict[str, Column] = {}
    for item, said in _items().items():
        if said.startswith("count"):
            continue
        table = _series(said, size, years, rng)
        # of a flow the year is the sum, of everything else the last figure
        ends[item] = table[-MONTHS:].sum(axis=0) if "flow" in said else table[-1]
        missing = rng.random(table.shape) < _NOT_REPORTED
        columns[item] = np.where(missing, np.nan, table.round(2)).reshape(-1)
    keys = {"unit": codes * len(periods), "period": [period for period in periods for _ in range(count)]}
    return pl.DataFrame(keys | columns).with_columns(pl.selectors.float().fill_nan(None)), ends


def _series(said: str, size: Column, years: int, rng: np.random.Generator) -> Column:
    """Return the figures of one item: (months of all years, units)."""
    count = len(size)
    monthly: Column = size * 10 * np.exp(rng.normal(0, 0.3, (years * MONTHS, count)))
    if "cumulative" in said:
        by_year = monthly.reshape(years, MONTHS, count).cumsum(axis=1)
        amounts: Column = by_year.reshape(-1, count)
        return amounts
    if "rate" in said:
        return 90 + rng.normal(0, 3, (years * MONTHS, count))
    if "stock" in said:
        moved: Column = rng.normal(3, 2, (years * MONTHS, count)).cumsum(axis=0)
        return 1000 * size + moved
    return monthly


def _targets(codes: list[str], ends: dict[str, Column], rng: np.random.Generator) -> pl.DataFrame:
    """Return a target for every amount, flow, rate and stock: about what is reached, give or take a tenth."""
    of_item = {f"amount_{n:02}": f"a{n:02}" for n in range(1, AMOUNTS + 1)}
    of_item |= {f"flow_{n}": f"f{n}" for n in range(1, FLOWS + 1)}
    of_item |= {f"rate_{n}": f"r{n}" for n in range(1, RATES + 1 - WITHOUT_TARGET)}
    of_item |= {f"stock_{n}": f"s{n}" for n in range(1, STOCKS + 1)}
    tables = [
        pl.DataFrame(
            {
                "unit": codes,
                "indicator": indicator,
                "period": str(YEAR),
                "target": (ends[item] * np.exp(rng.normal(0, 0.1, len(codes)))).round(2),
            }
        )
        for item, indicator in of_item.items()
    ]
    return pl.concat(tables)


def _tasks(codes: list[str], rng: np.random.Generator) -> pl.DataFrame:
    """Return the ledger: five tasks a unit, most of them closed in time, some late or open."""
    count = len(codes) * _TASKS_A_UNIT
    start = dt.date(YEAR, 1, 15).toordinal()
    due = start + rng.integers(0, 340, count)
    closed = due + rng.integers(-30, 12, count)
    is_open = rng.random(count) < 0.1
    day = [dt.date.fromordinal(int(each)) for each in due]
    done = [
        None if still else dt.date.fromordinal(int(each)) for each, still in zip(closed, is_open, strict=True)
    ]
    return pl.DataFrame(
        {
            "task": [f"R{number:07}" for number in range(count)],
            "unit": np.repeat(codes, _TASKS_A_UNIT),
            "due_on": day,
            "closed_on": done,
        },
        schema_overrides={"closed_on": pl.Date},
    )


if __name__ == "__main__":
    main()
