"""Make a book: a starter to fill in, or a copy of an example."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from quanheng.data.writing.scratch import scratch
from quanheng.data.writing.writing import Writing
from quanheng.examples import path_of_example
from quanheng.findings.text import Language
from quanheng.usecase.books.convert import is_workbook, lay_converted, laying_book

_STARTERS: Final = Path(__file__).resolve().parent / "starter"
_PARTS: Final = (
    "README.md",
    "README.zh.md",
    "scheme.yaml",
    "words.yaml",
    "units.csv",
    "targets.csv",
    "adjustments.csv",
    "data",
    "ledgers",
    "history",
)
"""What of an example is the book; its generator and earlier results stay where they are."""


def new_book(
    target: Path,
    *,
    example: str | None = None,
    language: Language = "zh",
    writing: Writing | None = None,
) -> None:
    """Lay a book at `target`, which is not there yet or an empty folder: a workbook if it ends in `.xlsx`.

    Without `example` it is a small scheme to change, with the headings of its data files. It appears whole or
    not at all. A workbook that is there is written over only if `writing` has force.

    Raises:
        UsageError: there is something at `target`, or no such example.
        LockedError: somebody else writes there.
    """
    source = _STARTERS / language if example is None else path_of_example(example)
    with laying_book(target, writing or Writing(command="quanheng new")) as partial:
        if not is_workbook(target):
            _copy_parts(source, partial)
            return
        with scratch() as folder:
            _copy_parts(source, folder / "book")
            lay_converted(folder / "book", partial, language=language)


def _copy_parts(source: Path, target: Path) -> None:
    target.mkdir()
    for part in _PARTS:
        _copy(source / part, target / part)


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target)
    elif source.is_file():
        shutil.copyfile(source, target)
