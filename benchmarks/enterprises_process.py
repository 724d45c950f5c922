"""One measured process of the case `enterprises`: score firms on Polars or on Spark, or scan and sum them."""

from __future__ import annotations

import os
import resource
import shutil
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import polars as pl

from quanheng.engine.frame.engines import spark_engine
from quanheng.engine.results.score import score_frame
from quanheng.scheme.files.read import load_scheme
from quanheng.scheme.tree.scheme import Scheme


def main() -> None:
    """Do what the first argument says to the folder that the second names; print seconds and peak memory."""
    what, folder = sys.argv[1], Path(sys.argv[2])
    start = time.perf_counter()
    _DONE[what](folder)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"{time.perf_counter() - start:.2f} s, peak {peak:.2f} GiB")


def _score(folder: Path) -> None:
    # both files are sorted by unit, as docs/reference/python.md has it: they are merged, and no unit is lost
    units = pl.scan_parquet(folder / "units.parquet").set_sorted("unit")
    figures = pl.scan_parquet(folder / "data" / "*.parquet").set_sorted("unit")
    ranking = score_frame(units.join(figures, on="unit"), _scheme()).ranking.to_native()
    if ranking.height != units.select(pl.len()).collect(engine="streaming").item():
        raise SystemExit("the files are not sorted by unit")
    ranking.write_parquet(folder / "ranked.parquet", compression="lz4")


def _spark(folder: Path) -> None:
    """Score on two threads of Spark, which reads and writes; the peak leaves out Java, where it lives."""
    target = folder / "ranked-by-spark"
    shutil.rmtree(target, ignore_errors=True)
    os.environ["PYSPARK_SUBMIT_ARGS"] = "--driver-memory 8g pyspark-shell"
    session = spark_engine("local[2]").session
    units = session.read.parquet(str(folder / "units.parquet"))
    figures = session.read.parquet(str(folder / "data"))
    score_frame(units.join(figures, "unit"), _scheme()).write("ranking", target)
    session.stop()


def _scan(folder: Path) -> None:
    figures = pl.scan_parquet(folder / "data" / "*.parquet")
    numbers = pl.selectors.numeric()
    figures.select(pl.sum_horizontal(numbers).sum()).collect(engine="streaming")


def _scheme() -> Scheme:
    scheme, _ = load_scheme(Path(__file__).parents[1] / "books" / "enterprises" / "scheme.yaml")
    if scheme is None:
        raise SystemExit("the scheme of the enterprises book cannot be read")
    return scheme


_DONE: Final[Mapping[str, Callable[[Path], None]]] = {"score": _score, "spark": _spark, "scan": _scan}

if __name__ == "__main__":
    main()
