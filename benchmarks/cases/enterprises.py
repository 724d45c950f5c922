"""The enterprises book's scheme over many firms, from Parquet to ranked Parquet, on Polars and on Spark."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from benchmarks.case import OURS, Case, Contender, register

_GENERATOR = Path(__file__).parents[2] / "books" / "enterprises" / "generate.py"
_TOLD = 40
"""So many of the last lines a failing process wrote are told."""


def prepare(size: int, folder: Path) -> Mapping[str, Contender]:
    """Generate the firms; each contender is a process of its own, so that its peak memory is its own."""
    target = _firms(size, folder)
    return {
        OURS: lambda: _run("score", target),
        "bare scan and sum": lambda: _run("scan", target),
    }


def prepare_spark(size: int, folder: Path) -> Mapping[str, Contender]:
    """Generate the firms, for Spark to read, score and write, and for Polars beside it."""
    target = _firms(size, folder)
    return {
        f"{OURS} on Spark": lambda: _run("spark", target),
        f"{OURS} on Polars": lambda: _run("score", target),
    }


def _firms(size: int, folder: Path) -> Path:
    target = folder / f"firms-{size}"
    sizes = ["--units", str(size), "--seed", "1", "--out", str(target), "--parquet"]
    subprocess.run([sys.executable, str(_GENERATOR), *sizes], check=True, capture_output=True)
    return target


def _run(what: str, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.enterprises_process", what, str(folder)],
        check=False,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    if done.returncode:
        lines = done.stderr.splitlines()
        # a trace of Java says why far above its end
        why = [line for line in lines if "Error" in line or line.startswith("Caused by")]
        told = "\n".join([*why[:_TOLD], *lines[-_TOLD:]])
        raise SystemExit(f"{what} of {folder} ended with {done.returncode}:\n{told}")
    print(f"    {what}: {done.stdout.strip()}", flush=True)


for _size in (1_000_000, 10_000_000):
    register(
        Case(name="enterprises, Parquet to ranked Parquet", size=_size, tiny=200, prepare=prepare, repeats=1)
    )
for _size in (250_000, 1_000_000):
    register(
        Case(
            name="enterprises on Spark local[2], Parquet to ranked Parquet",
            size=_size,
            tiny=200,
            prepare=prepare_spark,
            repeats=1,
        )
    )
