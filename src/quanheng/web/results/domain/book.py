"""A round as a book: a folder that the core scores, and that anybody can score again without the site."""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Final

from quanheng.data.files.folder import open_folder
from quanheng.data.load import load
from quanheng.data.parts.units import read_units
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Finding, FindingsError, require_no_errors
from quanheng.findings.value import Value
from quanheng.web.library.reading import scheme_of
from quanheng.web.results.domain.figures import Figure
from quanheng.web.results.domain.parts import UNITS
from quanheng.web.results.findings import ASKED_HERE
from quanheng.web.rounds.models import AskedItem, AskedUnit

BOOK: Final = "book"
"""The folder of the book in that of a run."""
_HEAD: Final = ("item", "unit", "period", "value")
_UNIT_HEAD: Final = ("unit", "name", "group")
_NOT_YET: Final = "QH414"
"""What the core says of a book in which nothing is reported yet."""


class Draft(Value):
    """What a book is made of: the text of the scheme, units, figures, and the other parts by their place."""

    scheme: str
    units: Sequence[AskedUnit]
    figures: Sequence[Figure]
    parts: Mapping[str, bytes]


def write_book(folder: Path, draft: Draft) -> Mapping[int, str]:
    """Write a book into `folder`, which exists, and return in which cell each change stands, by its key.

    Raises:
        FindingsError: the table of units that was handed in cannot be read.
    """
    (folder / "scheme.yaml").write_text(draft.scheme, encoding="utf-8", newline="\n")
    head, further = _attributes(draft)
    empty = [""] * len(head)
    rows = [
        (str(unit.unit_id), unit.unit.name, unit.group, *further.get(str(unit.unit_id), empty))
        for unit in draft.units
    ]
    _write(folder / "units.csv", (*_UNIT_HEAD, *head), rows)
    (folder / "data").mkdir()
    for path, content in draft.parts.items():
        if PurePosixPath(path).stem != UNITS:
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_bytes(content)
    files: dict[str, list[Figure]] = {}
    for figure in draft.figures:
        files.setdefault(figure.file, []).append(figure)
    cells: dict[int, str] = {}
    for name, own in files.items():
        told = [(figure.item, figure.unit, figure.period, figure.written) for figure in own]
        _write(folder / "data" / name, _HEAD, told)
        cells |= {figure.change: f"data/{name}!{line}:value" for line, figure in enumerate(own, start=2)}
    return cells


def check_book(draft: Draft, items: Iterable[AskedItem]) -> tuple[Finding, ...]:
    """Return what the core has to say of a book, as far as its figures are in; of errors, raise.

    Raises:
        FindingsError: a part cannot be read, or has figures that the round itself asks for (`items`).
    """
    with tempfile.TemporaryDirectory(prefix="quanheng-") as place:
        folder = Path(place)
        write_book(folder, draft)
        try:
            book = load(folder)
        except FindingsError as refusal:
            left = tuple(finding for finding in refusal.findings if finding.code != _NOT_YET)
            require_no_errors(left)
            return left
    own = {f"data/{figure.file}" for figure in draft.figures}
    asked = {(item.code, item.period): item.name for item in items}
    seen = book.observations.select("item", "period", "file").unique().rows()
    require_no_errors(
        ASKED_HERE.at(item=asked[item, period], period=period, file=file)
        for item, period, file in seen
        if (item, period) in asked and file not in own
    )
    return book.findings


def _attributes(draft: Draft) -> tuple[tuple[str, ...], Mapping[str, Sequence[str]]]:
    """Return the further columns of the units' table that was handed in, and what each unit has there."""
    handed = next((path for path in draft.parts if PurePosixPath(path).stem == UNITS), None)
    if handed is None:
        return (), {}
    collector = Collector()
    with tempfile.TemporaryDirectory(prefix="quanheng-") as place:
        folder = Path(place)
        (folder / "scheme.yaml").write_text(draft.scheme, encoding="utf-8", newline="\n")
        (folder / handed).write_bytes(draft.parts[handed])
        contents = open_folder(folder, collector=collector)
        frame = read_units(contents.units, scheme_of(draft.scheme), collector=collector)
    require_no_errors(collector.findings())
    head = tuple(column for column in frame.columns if column not in _UNIT_HEAD)
    rows = frame.select("unit", *head).rows()
    return head, {str(unit): [_said(value) for value in values] for unit, *values in rows}


def _said(value: object) -> str:
    """Return how an attribute stands in a table."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}"
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _write(file: Path, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([head, *rows])
