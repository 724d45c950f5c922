"""What was published of a round, written onto the sheet of its workbook: the round's own, or a new one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import polars as pl

from quanheng.data.files.editing.changes import changed_cells, placed
from quanheng.data.files.editing.new_sheet import workbook_with_sheet
from quanheng.data.files.editing.parts import sheet_names_in
from quanheng.data.files.editing.workbook_cells import workbook_with
from quanheng.data.files.history.publication import Publication
from quanheng.data.files.history.read import round_of
from quanheng.data.files.history.sheet import cells_of_published
from quanheng.data.files.spreadsheets import read_workbook
from quanheng.data.files.workbook import language_of, name_of_table, part_of
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind
from quanheng.findings.text import Text

SHEET_NOT_WRITTEN: Final = Kind(
    code="QH496",
    severity="note",
    en="the result is frozen in {folder}, but not written onto a sheet of this workbook, which is no .xlsx",
    zh="结果已封存于 {folder}，但未写入工作簿：它不是 .xlsx 格式",
    hint_en="nothing, or save the book as .xlsx if you want the sheet",
    hint_zh="无需处理；如需在工作簿中保留该表，请另存为 .xlsx",
)


def workbook_with_published(
    content: bytes, folder: Path, publication: Publication, *, groups: Mapping[str, Text], file: str
) -> bytes:
    """Return the workbook `content` with the sheet of the round that lies frozen in `folder`.

    `groups` gives the names of the groups; `file` is what the workbook is called.

    Raises:
        DataError: the workbook cannot be changed.
    """
    names = sheet_names_in(content)
    language = language_of(names)
    cells = cells_of_published(folder, publication, groups=groups, language=language)
    own = next((name for name in names if _is_of(name, publication.round)), None)
    if own is None:
        return workbook_with_sheet(
            content, name_of_table("history", publication.round, language), placed(cells)
        )
    sheets = read_workbook(content, file=file, collector=Collector())
    before = next((sheet.cells for sheet in sheets if sheet.sheet == own), pl.DataFrame())
    return workbook_with(content, own, changed_cells(before, _as_large(cells, before)))


def _is_of(sheet: str, round: str) -> bool:  # noqa: A002 - the word of the language
    found = part_of(sheet)
    return found is not None and found[0] == "history" and round_of(found[1]) == round


def _as_large(cells: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    """Return `cells` with empty rows and columns up to the size of `other`."""
    wider = cells.with_columns(
        pl.lit(None, dtype=pl.String).alias(name) for name in other.columns if name not in cells.columns
    )
    missing = max(0, other.height - wider.height)
    return pl.concat([wider, wider.clear(missing)])
