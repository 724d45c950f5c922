"""The audit workbook of units x 20 indicators, beside the tables of the same result."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks.case import OURS, Case, Contender, register
from benchmarks.schemes import min_max_scheme, random_table
from quanheng.documents.tables.result_folder import write_result_folder
from quanheng.documents.workbook.workbook import write_results_xlsx
from quanheng.engine.results.score import score_frame


def prepare(size: int, folder: Path) -> Mapping[str, Contender]:
    """Score once; the workbook and the tables are then written again each time."""
    result = score_frame(random_table(size), min_max_scheme())

    def tables() -> object:
        with tempfile.TemporaryDirectory(dir=folder) as empty:
            return write_result_folder(result, Path(empty), language="en", workbook=False)

    return {
        OURS: lambda: write_results_xlsx(result, folder / "results.xlsx", language="en"),
        "tables and trace without it": tables,
    }


for _size in (1_000, 2_000, 4_000, 8_000):
    register(Case(name="audit workbook", size=_size, tiny=20, prepare=prepare, repeats=1))
