"""An audit of a result in memory, beside a bare pass of the same statistics in Polars."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from benchmarks.case import OURS, Case, Contender, register
from benchmarks.schemes import min_max_scheme, random_table
from quanheng.engine.results.score import score_frame
from quanheng.studies.audit.study import FORM, audit_of


def prepare_audit(size: int, folder: Path) -> Mapping[str, Contender]:
    """Return the audit of a result of 20 indicators, and the bare statistics of their figures."""
    del folder
    frame = random_table(size)
    result = score_frame(frame, min_max_scheme())
    settings = FORM()
    return {OURS: lambda: audit_of(result, settings), "Polars": lambda: _bare(frame.drop("unit"))}


def _bare(frame: pl.DataFrame) -> object:
    """Return what describes each column, and Pearson's and Spearman's correlations of every two."""
    column = pl.all()
    described = {
        "n": column.count(),
        "missing": column.null_count(),
        "zeros": (column == 0).sum(),
        "unique": column.n_unique(),
        "most_frequent": column.mode().first(),
        "min": column.min(),
        "max": column.max(),
        "mean": column.mean(),
        "median": column.median(),
        "sd": column.std(),
        "skewness": column.skew(bias=False),
        "kurtosis": column.kurtosis(bias=False),
        "low": column.quantile(0.25, interpolation="linear"),
        "high": column.quantile(0.75, interpolation="linear"),
    }
    pairs = list(itertools.combinations(frame.columns, 2))
    correlations = [pl.corr(one, other).alias(f"{one} {other}") for one, other in pairs]
    return (
        frame.select(*[each.name.suffix(f" {name}") for name, each in described.items()]),
        frame.select(*correlations),
        frame.select(column.rank()).select(*correlations),
    )


for _size in (10_000, 100_000, 1_000_000):
    register(Case(name="audit of 20 indicators", size=_size, tiny=60, prepare=prepare_audit, repeats=3))
