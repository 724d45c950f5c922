"""Run one case and print what each contender took, as medians and ratios."""

from __future__ import annotations

import importlib
import pkgutil
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


def run_case(number: int) -> None:
    """Run the case with this number and print its lines."""
    case = load_cases()[number]
    print(f"\n{case.name}, {case.size:,}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        times = seconds(case.prepare(case.size, Path(folder)), case.repeats)
    ours = next(iter(times.values()))
    for name, value in times.items():
        print(f"  {name:32} {value:9.3f} s   x{value / ours:8.2f} of ours", flush=True)
