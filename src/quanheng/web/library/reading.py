"""A scheme as it is handed in: text of YAML, a workbook, or a book folder packed as zip; read by the core."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Final

import polars as pl

from quanheng.data.files.folder import open_folder
from quanheng.data.files.magic import SCHEME_FILES, sort_of
from quanheng.data.files.spreadsheets import read_workbook
from quanheng.data.files.workbook import open_workbook
from quanheng.data.parts.units import read_units
from quanheng.data.tables.table import Raw, Sheet
from quanheng.data.telling.findings import NO_UNITS
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Finding, FindingsError, Location, has_errors
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.scheme.document.document import Document
from quanheng.scheme.files.read import Written, read_file, read_scheme, settled_from
from quanheng.scheme.files.sheets import read_scheme_sheets
from quanheng.scheme.files.yaml_writing import write_scheme
from quanheng.scheme.tree.scheme import Scheme
from quanheng.web.library.findings import UPLOAD_OF_NO_USE
from quanheng.web.library.typed import check_length
from quanheng.web.library.uploads import Upload, require_taken, unpack

WANTED: Final = Text(
    zh="方案工作簿（.xlsx）、YAML 文本或打包为 .zip 的考核册文件夹",
    en="workbook of a scheme (.xlsx), text of YAML, or folder of a book packed as .zip",
)
_KEPT: Final = 32
_UNITS: Final = "units"
_LONGEST: Final = {"unit": 80, "name": 200, "group": 200}
"""Letters that a unit's code, name and group may have."""


class ListedUnit(Value):
    """A unit that stands beside a scheme: its code, its name, the group it is compared in."""

    code: str
    name: str
    group: str


class HandedIn(Value):
    """What somebody handed in: the scheme as YAML, the units beside it if there are any, and the findings.

    `document` and `scheme` are None where it cannot be read.
    """

    text: str = ""
    document: Document | None = None
    scheme: Scheme | None = None
    units: tuple[ListedUnit, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether it can be kept."""
        return self.document is not None and self.scheme is not None and not has_errors(self.findings)


@lru_cache(maxsize=_KEPT)
def read_text(text: str) -> HandedIn:
    """Return what a text of YAML says; it is kept in memory, since it is asked for again when it is kept.

    Examples:
        >>> read_text("quanheng: 1").is_sound
        False
    """
    text = text.replace("\r\n", "\n")
    try:
        written = read_scheme(text)
    except FindingsError as error:
        return HandedIn(text=text, findings=error.findings)
    return _settled(text, written)


def read_upload(upload: Upload) -> HandedIn:
    """Return what a file says; what cannot be taken at all has findings and nothing else."""
    try:
        require_taken(upload, wanted=WANTED)
        with tempfile.TemporaryDirectory(prefix="quanheng-") as place:
            if upload.is_workbook:
                return _of_workbook(upload, Path(place))
            if sort_of(upload.content) == "zip":
                return _of_folder(upload, Path(place))
            return _of_text(upload, Path(place))
    except FindingsError as error:
        return HandedIn(findings=error.findings)


def scheme_of(text: str) -> Scheme:
    """Return the scheme of a text that was found sound before.

    Raises:
        FindingsError: it is not sound after all.
    """
    handed = read_text(text)
    if handed.scheme is None:
        raise FindingsError(handed.findings)
    return handed.scheme


def check_listed(units: Sequence[ListedUnit], scheme: Scheme) -> tuple[Finding, ...]:
    """Return what is wrong with the units beside a scheme, as the core finds it in a table of them."""
    if not units:
        return ()
    columns = {
        "unit": [unit.code for unit in units],
        "name": [unit.name for unit in units],
        "group": [unit.group for unit in units],
    }
    cells = {
        str(place): pl.Series([heading, *(text or None for text in texts)], dtype=pl.String)
        for place, (heading, texts) in enumerate(columns.items())
    }
    collector = Collector()
    read_units([Sheet(file=_UNITS, sheet=None, cells=pl.DataFrame(cells))], scheme, collector=collector)
    for heading, texts in columns.items():
        for row, text in enumerate(texts, start=2):
            long = check_length(text, _LONGEST[heading])
            collector.add_all(replace(each, where=Location(file=_UNITS, line=row)) for each in long)
    return collector.findings()


def _of_text(upload: Upload, place: Path) -> HandedIn:
    file = place / SCHEME_FILES[0]
    file.write_bytes(upload.content)
    written = read_file(file)  # tells what is no text of UTF-8
    return _settled(upload.content.decode("utf-8-sig").replace("\r\n", "\n"), written)


def _of_workbook(upload: Upload, place: Path) -> HandedIn:
    file = place / upload.plain_name
    file.write_bytes(upload.content)
    collector = Collector()
    contents = open_workbook(file, collector=collector)
    findings = _but_units(collector)
    if contents.scheme is None:
        return HandedIn(findings=findings)
    sheets = read_workbook(upload.content, file=file.name, collector=Collector())
    rows = {sheet.sheet or "": sheet.cells.rows() for sheet in sheets}
    written = read_scheme_sheets(rows, file=file.name)
    units = _units(contents.units, contents.scheme, collector)
    return HandedIn(
        text=write_scheme(written.document),
        document=written.document,
        scheme=contents.scheme,
        units=units,
        findings=_but_units(collector),
    )


def _of_folder(upload: Upload, place: Path) -> HandedIn:
    unpack(upload, place, only=("scheme", "units"))
    source = next((place / name for name in SCHEME_FILES if (place / name).is_file()), None)
    if source is None:
        raise FindingsError((UPLOAD_OF_NO_USE.at(name=upload.plain_name, wanted=WANTED),))
    collector = Collector()
    contents = open_folder(place, collector=collector)
    if contents.scheme is None:
        return HandedIn(
            text=source.read_text(encoding="utf-8-sig", errors="replace"), findings=_but_units(collector)
        )
    units = _units(contents.units, contents.scheme, collector)
    return HandedIn(
        text=source.read_text(encoding="utf-8-sig"),
        document=read_file(source).document,
        scheme=contents.scheme,
        units=units,
        findings=_but_units(collector),
    )


def _settled(text: str, written: Written) -> HandedIn:
    settled, findings = settled_from(written)
    scheme = None if settled is None else settled.scheme
    return HandedIn(text=text, document=written.document, scheme=scheme, findings=findings)


def _units(raws: Sequence[Raw], scheme: Scheme, collector: Collector) -> tuple[ListedUnit, ...]:
    if not raws:
        return ()
    frame = read_units(raws, scheme, collector=collector)
    rows = frame.select("unit", "name", "group").rows()
    return tuple(
        ListedUnit(code=str(unit), name=str(name), group=str(group or "")) for unit, name, group in rows
    )


def _but_units(collector: Collector) -> tuple[Finding, ...]:
    """Return the findings, but for that there are no units: the office may bring them in otherwise."""
    return tuple(finding for finding in collector.findings() if finding.kind is not NO_UNITS)
