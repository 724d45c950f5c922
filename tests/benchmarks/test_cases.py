"""Every benchmark runs, at a tiny size and untimed."""

from __future__ import annotations

from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from benchmarks.case import Case
from benchmarks.run import load_cases


def _parameter(case: Case) -> ParameterSet:
    marks = [pytest.mark.spark] if "Spark" in case.name else []
    return pytest.param(case, id=f"{case.name}, {case.size}", marks=marks)


@pytest.mark.parametrize("case", [_parameter(case) for case in load_cases()])
def test_case_runs(case: Case, tmp_path: Path) -> None:
    contenders = case.prepare(case.tiny, tmp_path)

    assert len(contenders) > 1
    for contender in contenders.values():
        contender()
