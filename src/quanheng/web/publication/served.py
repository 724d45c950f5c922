"""How the files of a publication are sent: what each is, and what a browser may do with it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from django.http import FileResponse, Http404

from quanheng.documents.page.assets import policy
from quanheng.findings.text import Text

_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".pdf": "application/pdf",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".parquet": "application/vnd.apache.parquet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_SHOWN: Final = (".html", ".pdf")
"""What a browser shows; all else it saves."""
_NAMES: Final = {
    "page.html": Text(zh="结果网页", en="Result page"),
    "bulletin.pdf": Text(zh="通报", en="Bulletin"),
    "awards.xlsx": Text(zh="表彰名单", en="Awards"),
    "workbook.xlsx": Text(zh="结果工作簿", en="Workbook of results"),
    "data.csv": Text(zh="开放数据（表格）", en="Open data, for spreadsheets"),
    "data.parquet": Text(zh="开放数据（列式）", en="Open data, in columns"),
    "data.json": Text(zh="开放数据（含字段说明）", en="Open data, with its meaning"),
}
_APART: Final = ("frame-ancestors 'none'", "sandbox allow-scripts allow-downloads")
"""A page is no part of the site: it gets at nothing of it, not even as the person who reads."""


def name_of(file: str) -> Text:
    """Return what people call a file of a publication."""
    return _NAMES.get(file, Text(zh=file, en=file))


def sent(folder: Path, name: str, digest: str) -> FileResponse:
    """Return a file of a publication. A page runs its own script and nothing else, apart from the site.

    Raises:
        Http404: it is not there.
    """
    path = folder / name
    kind = _TYPES.get(path.suffix)
    if kind is None or not path.is_file():
        raise Http404
    shown = path.suffix in _SHOWN
    response = FileResponse(path.open("rb"), content_type=kind, as_attachment=not shown, filename=name)
    response["ETag"] = f'"{digest}"'
    response["Cache-Control"] = "no-cache"
    if path.suffix == ".html":
        response["Content-Security-Policy"] = "; ".join((policy(), *_APART))
    return response
