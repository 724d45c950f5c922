"""The books' generators write the same bytes every time; blocks of enterprises do not know each other."""

from __future__ import annotations

import runpy
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from quanheng.examples import path_of_example


@pytest.mark.parametrize("name", ["district-2023", "enterprises", "index-51"])
def test_generator_reproduces_the_files_of_the_book_byte_for_byte(name: str, tmp_path: Path) -> None:
    book = path_of_example(name)

    _run(book / "generate.py", "--out", str(tmp_path))

    assert _contents(tmp_path) == _contents(book)


def test_a_smaller_set_of_enterprises_is_the_beginning_of_a_larger_one() -> None:
    module = runpy.run_path(str(path_of_example("enterprises") / "generate.py"))
    block = module["BLOCK"]

    few = _figures(module, units=10, seed=7)
    many = _figures(module, units=block + 5, seed=7)

    assert many.height == block + 5
    assert many["unit"].n_unique() == block + 5
    assert_frame_equal(many.head(10), few)


def test_another_seed_invents_other_enterprises() -> None:
    module = runpy.run_path(str(path_of_example("enterprises") / "generate.py"))

    assert not _figures(module, units=10, seed=7).equals(_figures(module, units=10, seed=8))


def test_parquet_holds_what_csv_holds(tmp_path: Path) -> None:
    generator = path_of_example("enterprises") / "generate.py"
    for form in ("--parquet", "--units=40"):
        _run(generator, "--units=40", "--out", str(tmp_path / form), form)

    parquet = tmp_path / "--parquet"
    csv = tmp_path / "--units=40"

    assert (parquet / "scheme.yaml").read_bytes() == (generator.parent / "scheme.yaml").read_bytes()
    for table in ("units", "data/figures"):
        typed = pl.read_parquet(parquet / f"{table}.parquet")
        assert_frame_equal(pl.read_csv(csv / f"{table}.csv", schema=typed.schema), typed)


def _run(generator: Path, *arguments: str) -> None:
    subprocess.run([sys.executable, "-B", str(generator), *arguments], check=True, capture_output=True)


def _figures(module: Mapping[str, Any], *, units: int, seed: int) -> pl.DataFrame:
    blocks: Iterator[tuple[pl.DataFrame, pl.DataFrame]] = module["invent_blocks"](units=units, seed=seed)
    return pl.concat(figures for _, figures in blocks)


def _contents(book: Path) -> dict[str, bytes]:
    """Return the bytes of every generated file of `book` by its path."""
    files = (path for path in book.rglob("*.*") if path.suffix in {".csv", ".xlsx", ".parquet"})
    return {
        str(name): (book / name).read_bytes()
        for name in (path.relative_to(book) for path in files)
        if name.parts[0] != "results"
    }
