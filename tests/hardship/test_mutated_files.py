"""Mutated workbooks and Parquet files: read, or a finding; never a fault, never the end of the program.

`QUANHENG_MUTATED_FILES` says how many of each kind.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import pytest
from tests.data.books import findings_of, write_book
from tests.hardship.mutated_files import SUFFIXES, mutated

NUMBER: Final = int(os.environ.get("QUANHENG_MUTATED_FILES", "8"))


@pytest.mark.parametrize("seed", range(NUMBER))
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_mutated_file_is_read_or_told(suffix: str, seed: int, tmp_path: Path) -> None:
    book = write_book(tmp_path, {f"data/more{suffix}": mutated(suffix, seed)})

    for finding in findings_of(book):
        assert finding.text("en")
        assert finding.text("zh")
        assert finding.where.file
