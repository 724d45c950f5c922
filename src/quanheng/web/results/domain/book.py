"""A round as a book: a folder that the core scores, and that anybody can score again without the site."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Final

from quanheng.data.load import load
from quanheng.findings.finding import Finding, FindingsError, require_no_errors
from quanheng.findings.value import Value
from quanheng.web.results.domain.figures import Figure
from quanheng.web.results.domain.units import UNITS, Asked, Handed
from quanheng.web.results.findings import ASKED_HERE
from quanheng.web.rounds.models import AskedItem, AskedUnit

BOOK: Final = "book"
"""The folder of the book in that of a run."""
_HEAD: Final = ("item", "unit", "period", "value")
_NOT_YET: Final = "QH414"
"""What the core says of a book in which nothing is reported yet."""


class Draft(Value):
    """What a book is made of: the text of the scheme, units, figures, and the other parts by their place.

    `handed` is what the table of units among the parts says.
    """

    scheme: str
    units: Sequence[AskedUnit]
    handed: Handed
    figures: Sequence[Figure]
    parts: Mapping[str, bytes]


def write_book(folder: Path, draft: Draft) -> Mapping[int, str]:
    """Write a book into `folder`, which exists, and return in which cell each change stands, by its key."""
    (folder / "scheme.yaml").write_text(draft.scheme, encoding="utf-8", newline="\n")
    asked = [Asked(code=str(unit.unit_id), name=unit.unit.name, group=unit.group) for unit in draft.units]
    head, *rows = draft.handed.table(asked)
    _write(folder / "units.csv", head, rows)
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


def _write(file: Path, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([head, *rows])
