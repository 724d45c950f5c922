"""Make a book: a starter to fill in, or a copy of an example."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Final

from quanheng.examples import path_of_example
from quanheng.findings.errors import UsageError
from quanheng.findings.text import Language
from quanheng.usecase.books.convert import convert, is_workbook

_STARTERS: Final = Path(__file__).resolve().parent / "starter"
_PARTS: Final = (
    "README.md",
    "README.zh.md",
    "scheme.yaml",
    "units.csv",
    "targets.csv",
    "adjustments.csv",
    "data",
    "ledgers",
    "history",
)
"""What of an example is the book; its generator and earlier results stay where they are."""


def new_book(target: Path, *, example: str | None = None, language: Language = "zh") -> None:
    """Lay a book at `target`, which is not there yet or an empty folder: a workbook if it ends in `.xlsx`.

    Without `example` it is a small scheme to change, with the headings of its data files. It appears whole or
    not at all.

    Raises:
        UsageError: there is something at `target`, or no such example.
    """
    _require_free(target)
    source = _STARTERS / language if example is None else path_of_example(example)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".partial-", dir=target.parent) as workshop:
        partial = Path(workshop, "book")
        partial.mkdir()
        for part in _PARTS:
            _copy(source / part, partial / part)
        if is_workbook(target):
            convert(partial, target, language=language)
        else:
            if target.exists():
                target.rmdir()
            partial.rename(target)


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target)
    elif source.is_file():
        shutil.copyfile(source, target)


def _require_free(target: Path) -> None:
    if target.is_dir() and not any(target.iterdir()) and not is_workbook(target):
        return
    if target.exists() or target.is_symlink():
        raise UsageError(
            f"there is something at {target} already; name a new place",
            f"{target} 已存在，请换一个位置",
        )
