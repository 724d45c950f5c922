"""Workbooks as other programs write them: the same cells in another dress."""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Iterable, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_OFFICE: Final = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TABLE: Final = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_TEXT: Final = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_DECLARED: Final = "<?xml version='1.0' encoding='UTF-8'?>\n"


def sparse_workbook(sheet: str, rows: Iterable[Sequence[str]]) -> bytes:
    """Return an .xlsx of inline texts, with single quotes, no addresses and namespaces with a prefix."""
    lines = []
    for cells in rows:
        written = "".join(
            f"<x:c t='inlineStr'><x:is><x:r><x:t xml:space='preserve'>{escape(cell)}</x:t></x:r></x:is></x:c>"
            if not is_plain(cell)
            else f"<x:c><x:v>{cell}</x:v></x:c>"
            for cell in cells
        )
        lines.append(f"<x:row>{written}</x:row>")
    parts = {
        "[Content_Types].xml": f"<Types xmlns='{_PACKAGE}/content-types'>"
        "<Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/>"
        "<Default Extension='xml' ContentType='application/xml'/>"
        "<Override PartName='/book.xml' ContentType="
        "'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'/>"
        "<Override PartName='/one.xml' ContentType="
        "'application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml'/></Types>",
        "_rels/.rels": f"<Relationships xmlns='{_PACKAGE}/relationships'>"
        f"<Relationship Target='book.xml' Type='{_RELATIONS}/officeDocument' Id='a'/></Relationships>",
        "book.xml": f"<x:workbook xmlns:x='{_MAIN}' xmlns:r='{_RELATIONS}'><x:sheets>"
        f"<x:sheet r:id='b' sheetId='7' name={quoteattr(sheet)}/></x:sheets></x:workbook>",
        "_rels/book.xml.rels": f"<Relationships xmlns='{_PACKAGE}/relationships'>"
        f"<Relationship Target='one.xml' Type='{_RELATIONS}/worksheet' Id='b'/></Relationships>",
        "one.xml": f"<x:worksheet xmlns:x='{_MAIN}'><x:sheetData>{''.join(lines)}</x:sheetData>"
        "</x:worksheet>",
    }
    return _archive({name: _DECLARED + text for name, text in parts.items()})


def open_document(sheet: str, rows: Iterable[Sequence[str]]) -> bytes:
    """Return an .ods in which cells that repeat are written once."""
    lines = "".join(f"<table:table-row>{_ods_cells(cells)}</table:table-row>" for cells in rows)
    content = (
        f"<office:document-content xmlns:office='{_OFFICE}' xmlns:table='{_TABLE}' xmlns:text='{_TEXT}' "
        f"office:version='1.3'><office:body><office:spreadsheet><table:table table:name={quoteattr(sheet)}>"
        f"{lines}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        "<manifest:manifest xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0' "
        "manifest:version='1.3'><manifest:file-entry manifest:full-path='/' "
        "manifest:media-type='application/vnd.oasis.opendocument.spreadsheet'/></manifest:manifest>"
    )
    parts = {"content.xml": content, "META-INF/manifest.xml": manifest}
    return _archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            **{name: _DECLARED + text for name, text in parts.items()},
        }
    )


def _ods_cells(cells: Sequence[str]) -> str:
    written = ""
    at = 0
    while at < len(cells):
        again = 1
        while at + again < len(cells) and cells[at + again] == cells[at]:
            again += 1
        repeated = f" table:number-columns-repeated='{again}'" if again > 1 else ""
        written += _ods_cell(cells[at], repeated)
        at += again
    return written


def _ods_cell(cell: str, repeated: str) -> str:
    if not cell:
        return f"<table:table-cell{repeated}/>"
    text = "".join(f"<text:p>{escape(line)}</text:p>" for line in cell.split("\n"))
    sort = f"float' office:value='{cell}" if is_plain(cell) else "string"
    return f"<table:table-cell{repeated} office:value-type='{sort}'>{text}</table:table-cell>"


def _archive(parts: dict[str, str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), text.encode())
    return content.getvalue()


def is_plain(text: str) -> bool:
    """Return whether a program would store `text` as a number without a change."""
    try:
        number = float(text)
    except ValueError:
        return False
    return math.isfinite(number) and repr(number) in (text, f"{text}.0")
