"""How big what a person hands in may be; beyond it there is a finding and nothing is opened."""

from __future__ import annotations

from typing import Final

_MEBI: Final = 1024 * 1024

CSV_BYTES: Final = 1024 * _MEBI
"""A csv file."""
WORKBOOK_BYTES: Final = 256 * _MEBI
"""A workbook as it lies on the disk."""
UNPACKED_BYTES: Final = 2048 * _MEBI
"""All parts of a workbook once unpacked."""
UNPACKED_RATIO: Final = 200
"""Unpacked to packed, looked at above `UNPACKED_HARMLESS` only: small parts compress well by nature."""
UNPACKED_HARMLESS: Final = 64 * _MEBI
PARTS: Final = 10_000
"""Parts of a workbook's archive."""
COLUMNS: Final = 5_000
ROWS: Final = 20_000_000
"""Rows of a table that is read into memory."""
SHEET_AREA: Final = 50_000_000
"""Rows times columns that a sheet spans: two cells in opposite corners take room for all between them."""
PANEL_CELLS: Final = 1_000_000
"""From so many figures on, a wide Parquet file stays lazy as a panel."""
NAME_LENGTH: Final = 200
"""Characters of a unit's code or a name."""
CELL_LENGTH: Final = 10_000
"""Characters of a cell of a record that is imported."""
FILES: Final = 10_000
"""Files of a book."""
