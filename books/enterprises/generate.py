"""Invent any number of industrial enterprises for this book.

    python books/enterprises/generate.py --units 10000000 --seed 1 --out /tmp/big --parquet

Writes `units` and `data/figures` (csv, or with `--parquet` both as Parquet) and copies the scheme beside
them, so that the folder is a book. Enterprises are made in blocks that know nothing of each other: the
first thousand of ten million are the thousand of a smaller book, and memory holds one block at a time.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

HERE = Path(__file__).resolve().parent
SHIPPED_UNITS = 300
SHIPPED_SEED = 5
BLOCK = 65_536
PERIOD = "2022"

_ABOVE_THE_LINE = 0.4
_NO_EMISSION = 0.12
_BLANK_ENERGY = 0.04
_NO_RESEARCH = 0.2
_SERIOUS_VIOLATION = 0.01

Column: TypeAlias = NDArray[np.float64]


def main() -> None:
    """Write the enterprises asked for; without arguments, those this book ships with."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--units", type=int, default=SHIPPED_UNITS, help=f"how many ({SHIPPED_UNITS})")
    parser.add_argument("--seed", type=int, default=SHIPPED_SEED, help=f"from which seed ({SHIPPED_SEED})")
    parser.add_argument("--out", type=Path, default=HERE, help="the folder of the book (this one)")
    parser.add_argument("--parquet", action="store_true", help="write Parquet in place of csv")
    asked = parser.parse_args()
    if asked.units < 1:
        parser.error("--units must be at least 1")
    out: Path = asked.out
    (out / "data").mkdir(parents=True, exist_ok=True)
    if asked.parquet:
        write_as_parquet(out, units=asked.units, seed=asked.seed)
    else:
        write_as_csv(out, units=asked.units, seed=asked.seed)
    if out.resolve() != HERE:
        shutil.copyfile(HERE / "scheme.yaml", out / "scheme.yaml")
    print(f"wrote {asked.units} invented enterprises into {out}")


def write_as_csv(out: Path, *, units: int, seed: int) -> None:
    """Write `units.csv` and `data/figures.csv` into the folder `out`, block after block."""
    with (out / "units.csv").open("wb") as who, (out / "data" / "figures.csv").open("wb") as what:
        for number, (enterprises, figures) in enumerate(invent_blocks(units=units, seed=seed)):
            enterprises.write_csv(who, include_header=number == 0)
            figures.write_csv(what, include_header=number == 0)


def write_as_parquet(out: Path, *, units: int, seed: int) -> None:
    """Write `units.parquet` and `data/figures.parquet` into the folder `out`, block after block."""
    with tempfile.TemporaryDirectory(dir=out) as folder:
        parts = Path(folder)
        for number, (enterprises, figures) in enumerate(invent_blocks(units=units, seed=seed)):
            enterprises.write_parquet(parts / f"units-{number:06}.parquet")
            figures.write_parquet(parts / f"figures-{number:06}.parquet")
        pl.scan_parquet(parts / "units-*.parquet").sink_parquet(out / "units.parquet")
        pl.scan_parquet(parts / "figures-*.parquet").sink_parquet(out / "data" / "figures.parquet")


def invent_blocks(*, units: int, seed: int) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    """Yield who the enterprises are and their figures, at most `BLOCK` at a time."""
    for start in range(0, units, BLOCK):
        enterprises, figures = _invent_block(start, np.random.default_rng([seed, start // BLOCK]))
        count = min(BLOCK, units - start)
        yield enterprises.head(count), figures.head(count)


def _invent_block(start: int, rng: np.random.Generator) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return one full block; each enterprise's figures follow from its land and how well it uses it."""
    above = rng.random(BLOCK) < _ABOVE_THE_LINE
    land = np.where(above, _around(rng, 20, 0.8), _around(rng, 5, 0.5))
    skill = rng.normal(0, 1, BLOCK)
    value_added = land * 52 * np.exp(0.45 * skill) * _around(rng, 1, 0.35)
    tax = value_added * _around(rng, 0.16, 0.35) * np.exp(0.1 * skill)
    turnover = value_added * _around(rng, 4.4, 0.25)
    research = turnover * 0.019 * np.exp(0.25 * skill) * _around(rng, 1, 0.4)
    figures = {
        "land": land.round(2),
        "tax": tax.round(2),
        "value_added": _only(above, value_added.round(2)),
        "energy": _only(
            above & (rng.random(BLOCK) >= _BLANK_ENERGY),
            (value_added / (1.35 * np.exp(0.2 * skill) * _around(rng, 1, 0.5))).round(2),
        ),
        "emission": _only(
            above & (rng.random(BLOCK) >= _NO_EMISSION),
            (value_added / (2500 * np.exp(0.2 * skill) * _around(rng, 1, 0.6))).round(4),
        ),
        "employees": _only(above, np.ceil(value_added / (11 * np.exp(0.2 * skill) * _around(rng, 1, 0.3)))),
        "turnover": _only(above, turnover.round(2)),
        "research": _only(above, np.where(rng.random(BLOCK) < _NO_RESEARCH, 0, research).round(2)),
        "power": _only(~above, (tax / (0.12 * np.exp(0.2 * skill) * _around(rng, 1, 0.5))).round(2)),
        "violations": (rng.random(BLOCK) < _SERIOUS_VIOLATION).astype(np.float64),
    }
    class_at = rng.random(BLOCK)
    size_class = np.select(
        [above & (class_at < 0.05), above & (class_at < 0.25), above | (class_at < 0.3)],
        ["大型", "中型", "小型"],
        "微型",
    )
    group = np.where(above, "sized", "small")
    high_tech = (above & (rng.random(BLOCK) < 0.18 + 0.08 * skill)).astype(np.int8)
    numbers = pl.int_range(start + 1, start + BLOCK + 1, eager=True).cast(pl.String).str.zfill(8)
    unit = ("E" + numbers).alias("unit")
    enterprises = pl.DataFrame(
        {
            "unit": unit,
            "name": "虚构企业" + numbers,
            "group": group,
            "size_class": size_class,
            "high_tech": high_tech,
        }
    )
    columns = [pl.Series(item, column, nan_to_null=True) for item, column in figures.items()]
    return enterprises, pl.DataFrame([unit, *columns]).with_columns(
        pl.col("employees", "violations").cast(pl.Int64)
    ).select("unit", pl.lit(PERIOD).alias("period"), pl.exclude("unit"))


def _around(rng: np.random.Generator, middle: float, spread: float) -> Column:
    """Return lognormal factors around the median `middle`."""
    return middle * np.exp(spread * rng.normal(0, 1, BLOCK))


def _only(where: NDArray[np.bool_], column: Column) -> Column:
    """Return `column` where it is reported; elsewhere nothing was."""
    return np.where(where, column, np.nan)


if __name__ == "__main__":
    main()
