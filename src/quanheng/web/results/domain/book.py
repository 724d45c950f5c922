"""A round as a book: a folder that the core scores, and that anybody can score again without the site."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from quanheng.web.results.domain.figures import Figure
from quanheng.web.rounds.models import AskedUnit

BOOK: Final = "book"
"""The folder of the book in that of a run."""
_HEAD: Final = ("item", "unit", "period", "value")


def write_book(
    folder: Path, *, scheme: str, units: Iterable[AskedUnit], figures: Sequence[Figure]
) -> Mapping[int, str]:
    """Write a book into `folder`, which exists, and return in which cell each change stands, by its key."""
    (folder / "scheme.yaml").write_text(scheme, encoding="utf-8", newline="\n")
    rows = [(str(unit.unit_id), unit.unit.name, unit.group) for unit in units]
    _write(folder / "units.csv", ("unit", "name", "group"), rows)
    (folder / "data").mkdir()
    files: dict[str, list[Figure]] = {}
    for figure in figures:
        files.setdefault(figure.file, []).append(figure)
    cells: dict[int, str] = {}
    for name, own in files.items():
        told = [(figure.item, figure.unit, figure.period, figure.written) for figure in own]
        _write(folder / "data" / name, _HEAD, told)
        cells |= {figure.change: f"data/{name}!{line}:value" for line, figure in enumerate(own, start=2)}
    return cells


def _write(file: Path, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([head, *rows])
