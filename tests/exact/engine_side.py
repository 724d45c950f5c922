"""The same book through the program: as a folder that is read, or as a wide frame."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import polars as pl
from tests.exact.naive.books import Book

import quanheng as qh

ROUND = 2023


def fits_a_frame(book: Book) -> bool:
    """Whether a frame can say it: not applicable and marks by hand need a book."""
    cells = [*book.figures.values(), *book.targets.values()]
    return "/" not in cells and not book.adjustments and not book.monthly


def score_book(book: Book, folder: Path) -> qh.Result:
    """Score the book as a frame where that can say it, else from a folder written for it."""
    return score_frame(book) if fits_a_frame(book) else score_folder(book, folder)


def score_frame(book: Book) -> qh.Result:
    """Score the book as a frame of one row a unit."""
    columns: dict[str, list[str | float | None]] = {"unit": list(book.units)}
    for attribute in next(iter(book.units.values())):
        columns[attribute] = [form[attribute] or None for form in book.units.values()]
    for item in _reported(book):
        for months in (0, 12):
            name = f"{item}@{months}" if months else item
            columns[name] = [_number(book.figures.get((unit, item, months), "")) for unit in book.units]
    for indicator in sorted({indicator for _, indicator in book.targets}):
        columns[f"{indicator}_target"] = [
            _number(book.targets.get((unit, indicator), book.targets.get(("*", indicator), "")))
            for unit in book.units
        ]
    numbers = {name: pl.Float64 for name in columns if name not in {"unit", *next(iter(book.units.values()))}}
    return qh.score(pl.DataFrame(columns, schema_overrides=numbers), dict(book.scheme))


def score_folder(book: Book, folder: Path) -> qh.Result:
    """Write the book to a folder and score it from there."""
    return qh.score(qh.load(written(book, folder)))


def written(book: Book, folder: Path) -> Path:
    """Write the book to a new folder, and return it."""
    (folder / "data").mkdir(parents=True)
    scheme = {"quanheng": 1, "id": "random", "title": "Random", "round": ROUND, **book.scheme}
    (folder / "scheme.yaml").write_text(json.dumps(scheme), encoding="utf-8")
    attributes = list(next(iter(book.units.values())))
    _write(
        folder / "units.csv",
        ["unit", *attributes],
        ([unit, *form.values()] for unit, form in book.units.items()),
    )
    items = _reported(book)
    rows = (
        [unit, str(ROUND - months // 12), *(book.figures.get((unit, item, months), "") for item in items)]
        for months in (0, 12)
        for unit in book.units
    )
    _write(folder / "data" / "figures.csv", ["unit", "period", *items], rows)
    if book.monthly:
        months = list(dict.fromkeys(item for _, item, _ in book.monthly))
        by_month = (
            [unit, f"{ROUND}-{month:02}", *(book.monthly[unit, item, month] for item in months)]
            for month in range(1, 13)
            for unit in book.units
        )
        _write(folder / "data" / "months.csv", ["unit", "period", *months], by_month)
    if book.targets:
        targets = (
            [unit, indicator, str(ROUND), target] for (unit, indicator), target in book.targets.items()
        )
        _write(folder / "targets.csv", ["unit", "indicator", "period", "target"], targets)
    if book.adjustments:
        heading = ["unit", "kind", "marks", "reason", "node", "category"]
        _write(
            folder / "adjustments.csv",
            heading,
            ([row.get(key, "") for key in heading] for row in book.adjustments),
        )
    return folder


def _reported(book: Book) -> list[str]:
    return [item for item, form in book.scheme["items"].items() if form == {}]


def _number(written: str) -> float | None:
    return float(written) if written else None


def _write(path: Path, heading: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heading)
        writer.writerows(rows)
