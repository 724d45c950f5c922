"""A book of wide csv, to the written result, beside the same figures in Parquet: a process each."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import polars as pl

from benchmarks.case import OURS, Case, Contender, register
from benchmarks.schemes import random_table

_ITEMS: Final = 50
_GIBI: Final = 1024**2


def prepare(size: int, folder: Path) -> Mapping[str, Contender]:
    """Write both books; the peak of each process is its own."""
    table = random_table(size, _ITEMS)
    books = {name: _book(table, folder / name) for name in ("csv", "parquet")}
    table.write_csv(books["csv"] / "data" / "figures.csv")
    table.write_parquet(books["parquet"] / "data" / "figures.parquet")
    return {
        f"{OURS} from csv": lambda: _score(books["csv"]),
        f"{OURS} from Parquet": lambda: _score(books["parquet"]),
    }


def _book(table: pl.DataFrame, folder: Path) -> Path:
    (folder / "data").mkdir(parents=True)
    table.select("unit").write_csv(folder / "units.csv")
    rule = "{scale: {worst: observed, best: observed}}"
    indicators = [f"  i{item}: {{measure: x{item}, rule: {rule}}}" for item in range(_ITEMS)]
    head = ["quanheng: 1", "id: csv", "title: csv", "round: 2023", "weights: equal"]
    items = ["items:", *(f"  x{item}: {{}}" for item in range(_ITEMS))]
    lines = [*head, *items, "indicators:", *indicators]
    (folder / "scheme.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def _score(book: Path) -> None:
    out = str(book / "results" / "2023")
    command = [str(Path(sys.executable).with_name("quanheng")), "score", str(book), "--out", out]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)  # the child's own peak, not the greatest of all children
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"score of {book} ended with {process.returncode}")
    seconds, peak = used.ru_utime + used.ru_stime, used.ru_maxrss / _GIBI
    print(f"    {book.name}: {seconds:.2f} s of CPU, peak {peak:.2f} GiB", flush=True)


register(Case(name="csv book to written result", size=100_000, tiny=100, prepare=prepare, repeats=1))
