"""Every benchmark runs, at a tiny size and untimed."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.__main__ import load_cases
from benchmarks.case import Case


@pytest.mark.parametrize("case", load_cases(), ids=lambda case: f"{case.name}, {case.size}")
def test_case_runs(case: Case, tmp_path: Path) -> None:
    contenders = case.prepare(case.tiny, tmp_path)

    assert len(contenders) > 1
    for contender in contenders.values():
        contender()
