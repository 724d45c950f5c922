"""The invented townships are a valid book, the same each time, and can be watched through the year."""

from __future__ import annotations

from pathlib import Path

import narwhals as nw
import pytest
from benchmarks.townships import write_book

from quanheng.data.load import load
from quanheng.insight.progress.progress import progress_of
from quanheng.periods.period import parse_period


def test_book_is_valid_and_has_forty_indicators(tmp_path: Path) -> None:
    book = load(write_book(tmp_path / "towns", units=12))
    assert book.findings == ()
    assert len(book.scheme.indicators) == 40
    assert len(book.targets) == 34 * 12


def test_same_seed_gives_the_same_figures(tmp_path: Path) -> None:
    first, second = (write_book(tmp_path / name, units=5, seed=3) for name in ("one", "two"))
    assert load(first).hash == load(second).hash


@pytest.mark.parametrize("at", ["2023-02", "2023-09"])
def test_every_unit_has_a_light_or_a_word_for_each_indicator(tmp_path: Path, at: str) -> None:
    progress = progress_of(load(write_book(tmp_path / "towns", units=8)), parse_period(at))
    assert len(progress.rows) == 8 * 40
    assert progress.rows.filter(nw.col("light").is_null()).is_empty()
    with_target = progress.rows.filter(nw.col("light").is_in(["green", "yellow", "red"]))
    assert len(with_target) > 8 * 30
    assert with_target.filter(nw.col("times") < 1).is_empty()
