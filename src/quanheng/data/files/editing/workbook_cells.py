"""Cells written into one sheet of a workbook; styles, other sheets and formulas stay as they are.

Only the part of the sheet is changed, and the workbook's word that formulas are to be computed anew when it
is opened.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from quanheng.data.files.editing.parts import WORKBOOK, archive_of, part_of_sheet, to_be_computed
from quanheng.data.files.editing.sheet_xml import Place, Value, with_cells


def workbook_with(content: bytes, sheet: str, cells: Mapping[Place, Value]) -> bytes:
    """Return the workbook `content` with `cells` (row and column from 1) on the sheet of that name.

    Raises:
        DataError: there is no such sheet, or what stands there cannot be changed.
    """
    out = io.BytesIO()
    with archive_of(content) as old, zipfile.ZipFile(out, "w") as new:
        part = part_of_sheet(old, sheet)
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == part:
                data = with_cells(data, cells)
            elif entry.filename == WORKBOOK:
                data = to_be_computed(data)
            new.writestr(entry, data, compress_type=entry.compress_type)
    return out.getvalue()
