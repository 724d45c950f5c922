"""From a Parquet file to ranked units, beside the bare scan and sum of the same file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from benchmarks.case import OURS, Case, Contender, register
from benchmarks.schemes import INDICATORS, min_max_scheme, random_table
from quanheng.engine.results.score import score_frame


def prepare(size: int, folder: Path) -> Mapping[str, Contender]:
    """Write the table once; score it, and scan and sum it."""
    file = folder / f"{size}.parquet"
    random_table(size).write_parquet(file)
    scheme = min_max_scheme()
    columns = [pl.col(f"x{index}") for index in range(INDICATORS)]
    return {
        OURS: lambda: score_frame(pl.scan_parquet(file), scheme).ranking,
        "bare scan and sum": lambda: pl.scan_parquet(file).select(pl.sum_horizontal(columns).sum()).collect(),
    }


register(Case(name="Parquet to ranked units x 20", size=1_000_000, tiny=50, prepare=prepare))
