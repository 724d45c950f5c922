"""The outcome of a plan kept in memory or in files, and that no file stays behind."""

from __future__ import annotations

import gc
import tempfile
from pathlib import Path

import narwhals as nw
import polars as pl
import pytest

from quanheng.engine.frame.keeping import kept

ROWS = 600_000
"""They make several files."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which temporary folders are made."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def plan() -> nw.LazyFrame[pl.LazyFrame]:
    numbers = pl.LazyFrame({"number": pl.int_range(ROWS, eager=True)})
    return nw.from_native(numbers.with_columns(unit=pl.format("U{}", "number")))


def test_what_fits_is_kept_in_memory(folder: Path) -> None:
    memory = kept(plan(), memory=2**30)

    assert memory.collect().shape == (ROWS, 2)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("memory", [0, 2**22])
def test_what_does_not_fit_is_kept_in_files_until_it_is_let_go(folder: Path, memory: int) -> None:
    files = kept(plan(), memory=memory)

    assert files.collect().to_native().equals(plan().collect().to_native())
    late = files.filter(nw.col("number") >= ROWS - 2).select("unit")
    assert late.collect().rows() == [(f"U{ROWS - 2}",), (f"U{ROWS - 1}",)]
    assert files.head(3).collect()["number"].to_list() == [0, 1, 2]
    assert files.select(nw.len()).collect().item() == ROWS
    assert len(list(folder.glob(".partial-*/*.parquet"))) > 1

    del files, late
    gc.collect()
    assert list(folder.iterdir()) == []


def test_no_file_stays_behind_where_the_plan_fails(folder: Path) -> None:
    too_large = nw.col("number").cast(nw.Int32()) + 2**31 - ROWS
    late = nw.when(nw.col("number") < ROWS - 1).then(too_large).otherwise(nw.lit(2**40))

    with pytest.raises(pl.exceptions.PolarsError):
        kept(plan().with_columns(late.cast(nw.Int32()).alias("number")), memory=0)

    gc.collect()
    assert list(folder.iterdir()) == []


def test_nothing_is_kept_of_nothing(folder: Path) -> None:
    nothing = kept(plan().filter(nw.col("number") < 0), memory=0)

    assert nothing.collect().schema == plan().collect_schema()
    assert nothing.collect().shape == (0, 2)
    assert list(folder.iterdir()) == []
