"""Where a book is written to: the folders in which a command may have left something behind."""

from __future__ import annotations

import os.path
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from quanheng.data.files.magic import SCHEME_FILES, WORKBOOKS

_BESIDE: Final = ("-results", "-history")
"""What the names of the folders end with that lie beside a book that is a workbook."""
_DEEP: Final = frozenset({"results", "history"})
"""The folders of a book with a folder for each round."""


def book_around(place: Path) -> Path | None:
    """Return the book that `place`, an absolute path, is or lies in; None if it is no part of a book."""
    for path in (place, *place.parents):
        if any(os.path.isfile(path / name) for name in SCHEME_FILES):  # noqa: PTH113  never raises
            return path
        workbook = _workbook_of(path)
        if workbook is not None:
            return workbook
    return place if place.suffix.lower() in WORKBOOKS and place.is_file() else None


def folders_of(place: Path) -> Iterator[Path]:
    """Yield the folders in which something may have been left behind by who wrote at `place` or its book."""
    real = place.resolve()
    yield from dict.fromkeys(path for path in _folders(real, book_around(real)) if path.is_dir())


def _folders(place: Path, book: Path | None) -> Iterator[Path]:
    yield place.parent
    yield place
    if book is None:
        return
    if book.is_dir():
        yield book
        for folder in _below(book):
            yield folder
            if folder.name in _DEEP:
                yield from _below(folder)
        return
    yield book.parent
    for ending in _BESIDE:
        beside = book.with_name(f"{book.stem}{ending}")
        yield beside
        yield from _below(beside)


def _below(folder: Path) -> Iterator[Path]:
    try:
        yield from sorted(path for path in folder.iterdir() if path.is_dir() and not path.is_symlink())
    except OSError:
        return


def _workbook_of(path: Path) -> Path | None:
    """Return the workbook beside which the folder `path` holds results or published rounds."""
    for ending in _BESIDE:
        if path.name.endswith(ending):
            for suffix in sorted(WORKBOOKS):
                workbook = path.with_name(f"{path.name.removesuffix(ending)}{suffix}")
                if os.path.isfile(workbook):  # noqa: PTH113  the same
                    return workbook
    return None
