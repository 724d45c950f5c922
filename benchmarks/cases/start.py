"""From the start of the process to the printed ranking of the HDI book, and to the help text."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from benchmarks.case import OURS, Case, Contender, register

_HDI = Path(__file__).parents[2] / "books" / "hdi-2022"


def prepare(size: int, folder: Path) -> Mapping[str, Contender]:
    """Return the processes, beside a Python that does nothing."""
    del size
    book = folder / "hdi"
    if not book.exists():
        shutil.copytree(_HDI, book, ignore=shutil.ignore_patterns("results"))
    # an installed package lies there compiled; a checkout is compiled in the run that is not counted
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [str(Path(sys.executable).with_name("quanheng"))]
    return {
        f"{OURS} score, to the ranking": lambda: _until_ranking([*command, "score", str(book)]),
        f"{OURS} --help": lambda: subprocess.run([*command, "--help"], check=True, capture_output=True),
        "python -c pass": lambda: subprocess.run([sys.executable, "-c", "pass"], check=True),
    }


def _until_ranking(command: list[str]) -> None:
    """Run until the first line of the ranking is printed; what is written after that is not waited for."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        if process.stdout is None:
            raise SystemExit("no output to read")
        for line in process.stdout:
            if "CHE" in line:
                break
        process.kill()


register(Case(name="HDI book: process start to ranking", size=193, tiny=193, prepare=prepare))
