"""Run every case and print one table of medians and ratios."""

from __future__ import annotations

import importlib
import pkgutil
import sys
import tempfile
from pathlib import Path

from benchmarks import cases
from benchmarks.case import CASES, Case, seconds


def load_cases() -> list[Case]:
    """Import every file of `cases`, in the order of their names, and return what they registered."""
    if not CASES:
        for module in pkgutil.iter_modules(cases.__path__):
            importlib.import_module(f"benchmarks.cases.{module.name}")
    return CASES


def main() -> None:
    """Run the cases whose name contains the first argument, or all."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    for case in load_cases():
        if wanted in case.name:
            _report(case)


def _report(case: Case) -> None:
    print(f"\n{case.name}, {case.size:,}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        times = seconds(case.prepare(case.size, Path(folder)), case.repeats)
    ours = next(iter(times.values()))
    for name, value in times.items():
        print(f"  {name:32} {value:9.3f} s   x{value / ours:8.2f} of ours", flush=True)


if __name__ == "__main__":
    main()
