"""One measured process of the case `enterprises`: score the firms of a folder, or only scan and sum them."""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

import polars as pl

from quanheng.engine.results.score import score_frame
from quanheng.scheme.files.read import load_scheme


def main() -> None:
    """Do what the first argument says to the folder that the second names; print seconds and peak memory."""
    what, folder = sys.argv[1], Path(sys.argv[2])
    start = time.perf_counter()
    if what == "score":
        _score(folder)
    else:
        _scan(folder)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"{time.perf_counter() - start:.2f} s, peak {peak:.2f} GiB")


def _score(folder: Path) -> None:
    scheme, _ = load_scheme(Path(__file__).parents[1] / "books" / "enterprises" / "scheme.yaml")
    if scheme is None:
        raise SystemExit("the scheme of the enterprises book cannot be read")
    units = pl.scan_parquet(folder / "units.parquet")
    figures = pl.scan_parquet(folder / "data" / "*.parquet")
    score_frame(units.join(figures, on="unit"), scheme).ranking.write_parquet(str(folder / "ranked.parquet"))


def _scan(folder: Path) -> None:
    figures = pl.scan_parquet(folder / "data" / "*.parquet")
    numbers = pl.selectors.numeric()
    figures.select(pl.sum_horizontal(numbers).sum()).collect(engine="streaming")


if __name__ == "__main__":
    main()
