from __future__ import annotations

from pathlib import Path

import pytest

from quanheng.data.load import load, load_early
from quanheng.findings.finding import FindingsError

SCHEME = """quanheng: 1
id: early
title: early
round: 2024
items: {gdp: {kind: cumulative}}
indicators: {level: {measure: gdp, weight: 100, rule: target}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "scheme.yaml").write_text(SCHEME, encoding="utf-8")
    (tmp_path / "units.csv").write_text("unit\nA\n", encoding="utf-8")
    (tmp_path / "targets.csv").write_text("unit,indicator,period,target\nA,level,2024,10\n", encoding="utf-8")
    return tmp_path


def test_in_january_a_book_has_targets_and_no_figures(folder: Path) -> None:
    with pytest.raises(FindingsError) as error:
        load(folder)

    assert {one.code for one in error.value.findings if one.severity == "error"} == {"QH414"}
    assert load_early(folder).targets["target"].to_list() == [10]


def test_other_errors_are_errors_early_too(folder: Path) -> None:
    (folder / "targets.csv").write_text("unit,indicator,period,target\nB,level,2024,10\n", encoding="utf-8")

    with pytest.raises(FindingsError, match="QH401"):
        load_early(folder)
