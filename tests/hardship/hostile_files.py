"""Files of a few bytes that once ended the program, filled its memory or held it for hours: what they are.

Each is made here, by its name in a book, with the codes of findings of which it must give one.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from tests.data.books import workbook
from tests.data.breaks import bomb, far_corner, repacked

_SHEET: Final = "xl/worksheets/sheet1.xml"
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PLAIN: Final = workbook({"Sheet1": [["unit", "gdp"], ["T1", 5]]})
REFUSED: Final = ("QH310", "QH311", "QH312", "QH621", "QH622", "QH623", "QH624")
"""The workbook stays closed, or ended the process apart."""
NO_PARQUET: Final = ("QH313", "QH621", "QH622", "QH623", "QH624")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hostile:
    """A file: how it is made, and the codes of which one is found at its place."""

    make: Callable[[], bytes]
    codes: tuple[str, ...]


def sheet(rows: str, more: str = "") -> bytes:
    """Return a workbook whose one sheet has these `rows` of XML."""
    text = f'<worksheet xmlns="{_MAIN}">{more}<sheetData>{rows}</sheetData></worksheet>'
    return repacked(_PLAIN, {_SHEET: text.encode()})


def _headings(text: str, number: int) -> bytes:
    cells = "".join(
        f'<c t="inlineStr"><is><t xml:space="preserve">{text}{n}</t></is></c>' for n in range(number)
    )
    unit = '<c t="inlineStr"><is><t>unit</t></is></c>'
    return sheet(f"<row>{unit}{cells}</row><row>{unit.replace('unit', 'T1')}</row>")


def _shared(length: int, cells: int) -> bytes:
    """Return a workbook with one long text that many cells show."""
    rows = "".join("<row>" + '<c t="s"><v>0</v></c>' * 100 + "</row>" for _ in range(cells // 100))
    text = f'<sst xmlns="{_MAIN}"><si><t>{"x" * length}</t></si></sst>'
    filled = workbook({"Sheet1": [["a text"]]})
    content = f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    return repacked(filled, {_SHEET: content.encode(), "xl/sharedStrings.xml": text.encode()})


def open_document(table: str) -> bytes:
    """Return an OpenDocument workbook with this `table` of XML."""
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    content = f"<office:document-content{spaces}>{body}</office:document-content>"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return made.getvalue()


def _repeated(across: int, down: int) -> bytes:
    cell = f'<table:table-cell table:number-columns-repeated="{across}" office:value-type="string">'
    row = (
        f'<table:table-row table:number-rows-repeated="{down}">{cell}<text:p>unit</text:p></table:table-cell>'
    )
    return open_document(f'<table:table table:name="S">{row}</table:table-row></table:table>')


def parquet(frame: pl.DataFrame) -> bytes:
    """Return `frame` as a Parquet file."""
    made = io.BytesIO()
    frame.write_parquet(made, compression="zstd")
    return made.getvalue()


def _rows_claimed() -> bytes:
    """Return a Parquet file whose footer says that it has 2³⁴ rows."""
    content = parquet(pl.DataFrame({"unit": ["T1", "T2"] * 37, "gdp": [5.0, 6.0] * 37}))
    footer = len(content) - 8 - struct.unpack("<I", content[-8:-4])[0]
    rows, vast = varint(74 * 2), varint(2**34 * 2)
    changed = content[footer:-8].replace(b"\x16" + rows, b"\x16" + vast)
    return content[:footer] + changed + struct.pack("<I", len(changed)) + b"PAR1"


def varint(number: int) -> bytes:
    """Return a number as Parquet's footers write it."""
    parts = bytearray()
    while True:
        number, part = number >> 7, number & 0x7F
        parts.append(part | (0x80 if number else 0))
        if not number:
            return bytes(parts)


def _many_constants() -> bytes:
    """Return 20 million rows in a few kilobytes: the same everywhere, so that nothing is stored."""
    return _dictionary("T1", 20_000_000)


def _long_texts() -> bytes:
    """Return a text of a million letters in each of a million rows, which is stored once."""
    return _dictionary("x" * 1_000_000, 1_000_000)


def _dictionary(text: str, rows: int) -> bytes:
    places = pa.array(np.zeros(rows, dtype=np.int32))
    column = pa.DictionaryArray.from_arrays(places, pa.array([text]))
    made = io.BytesIO()
    pq.write_table(pa.table({"unit": column}), made, compression="zstd", store_schema=False)
    return made.getvalue()


HOSTILE: Final[Mapping[str, Hostile]] = {
    "data/no-places.xlsx": Hostile(
        make=lambda: sheet('<row r="1048576"><c><v>1</v></c></row><row><c><v>1</v></c></row>'),
        codes=(*REFUSED, "QH320"),
    ),
    "data/row-beyond.xlsx": Hostile(
        make=lambda: sheet('<row r="4294967295"><c r="A4294967295"><v>1</v></c></row>'), codes=REFUSED
    ),
    "data/row-9-digits.xlsx": Hostile(
        make=lambda: sheet('<row r="999999999"><c><v>1</v></c></row><row r="1"><c><v>1</v></c></row>'),
        codes=REFUSED,
    ),
    "data/leading-zeros.xlsx": Hostile(
        make=lambda: sheet(
            '<row r="1"><c r="A01"><v>1</v></c><c r="A0000000000000000001"><v>1</v></c></row>'
        ),
        codes=REFUSED,
    ),
    "data/row-0.xlsx": Hostile(make=lambda: sheet('<row r="0"><c r="A0"><v>1</v></c></row>'), codes=REFUSED),
    "data/says-it-is-large.xlsx": Hostile(
        make=lambda: sheet("<row><c><v>1</v></c></row>", '<dimension ref="A1:XFD1048576"/>'),
        codes=(*REFUSED, "QH320", "QH336", "QH318"),
    ),
    "data/far-corner.xlsx": Hostile(make=far_corner, codes=("QH312",)),
    "data/far-cell.xlsx": Hostile(
        make=lambda: sheet(
            '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="AU1048576"><v>1</v></c></row>'
        ),
        codes=("QH312",),
    ),
    "data/bomb.xlsx": Hostile(make=bomb, codes=("QH311",)),
    "data/one-text.xlsx": Hostile(make=lambda: _shared(30_000, 40_000), codes=REFUSED),
    "data/long-heading.xlsx": Hostile(make=lambda: _headings("a" + " " * 120_000 + "b", 1), codes=("QH626",)),
    "data/long-cell.csv": Hostile(make=lambda: b"unit,a" + b" " * 120_000 + b"b\nT1,5\n", codes=("QH626",)),
    "data/blank-rows.csv": Hostile(
        make=lambda: b"unit" + b",x" * 4_000 + b"\n" + b"\n" * 900_000, codes=("QH621",)
    ),
    "data/cells-repeated.ods": Hostile(make=lambda: _repeated(16_384, 1_048_576), codes=REFUSED),
    "data/rows-repeated.ods": Hostile(make=lambda: _repeated(1, 999_999_999), codes=REFUSED),
    "data/rows-claimed.parquet": Hostile(make=_rows_claimed, codes=NO_PARQUET),
    "data/constants.parquet": Hostile(make=_many_constants, codes=NO_PARQUET),
    "data/long-texts.parquet": Hostile(make=_long_texts, codes=NO_PARQUET),
}
SLOW: Final[Mapping[str, Hostile]] = {
    "data/many-headings.xlsx": Hostile(make=lambda: _headings("a" + " " * 190 + "b", 4_900), codes=()),
    "data/brackets.xlsx": Hostile(make=lambda: _headings("(a" * 90, 4_900), codes=()),
}
