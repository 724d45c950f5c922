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
LINE_BYTES: Final = 16 * _MEBI
"""A line of a text file."""
CELL_CHARACTERS: Final = 32_767
"""A cell, as spreadsheets have it."""
BOOK_BYTES: Final = 4096 * _MEBI
"""All text files and workbooks of a book as they lie on the disk."""
ROOM: Final = 128 * _MEBI
"""Memory that the tables of a book may take beyond what the size of their files lets expect."""
ROOM_OF_TEXT: Final = 16
"""Times a text file's size that its table may take; a cell takes 16 bytes and its text."""
ROOM_OF_WORKBOOK: Final = 4
"""Times a workbook's size, unpacked, that its tables may take …"""
PACKING: Final = 50
"""… unpacked counting as no more than so many times as it lies on the disk."""
ROOM_OF_PARQUET: Final = 64
"""Times a Parquet file's size that its table may take."""
CELL_BYTES: Final = 16
"""What a cell takes in memory without its text."""
APART_MEMORY: Final = 768 * _MEBI
"""Memory of the process apart that opens a workbook or a Parquet file …"""
APART_MEMORY_TIMES: Final = 80
"""… and so many times the size of a workbook beside it."""
APART_SECONDS: Final = 10
"""Seconds of computing time that it has for a file …"""
APART_SECONDS_PER_MEBI: Final = 6
"""… and beside them for each MiB of it."""
PANEL_CELLS: Final = 1_000_000
"""From so many figures on, a wide Parquet file stays lazy as a panel."""
NAME_LENGTH: Final = 200
"""Characters of a unit's code or a name."""
CELL_LENGTH: Final = 10_000
"""Characters of a cell of a record that is imported."""
FILES: Final = 10_000
"""Files of a book."""
