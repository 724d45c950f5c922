"""The enterprises book's scheme over millions of firms, from Parquet to ranked Parquet, with peak memory."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from benchmarks.case import OURS, Case, Contender, register

_GENERATOR = Path(__file__).parents[2] / "books" / "enterprises" / "generate.py"


def prepare(size: int, folder: Path) -> Mapping[str, Contender]:
    """Generate the firms; each contender is a process of its own, so that its peak memory is its own."""
    target = folder / f"firms-{size}"
    subprocess.run(
        [
            sys.executable,
            str(_GENERATOR),
            "--units",
            str(size),
            "--seed",
            "1",
            "--out",
            str(target),
            "--parquet",
        ],
        check=True,
        capture_output=True,
    )
    return {
        OURS: lambda: _run("score", target),
        "bare scan and sum": lambda: _run("scan", target),
    }


def _run(what: str, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.enterprises_process", what, str(folder)],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    print(f"    {what}: {done.stdout.strip()}", flush=True)


for _size in (1_000_000, 10_000_000):
    register(
        Case(name="enterprises, Parquet to ranked Parquet", size=_size, tiny=200, prepare=prepare, repeats=1)
    )
