"""The process apart started ahead: once a command names a book that needs it, while the program loads."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Final

from quanheng.data.files.magic import WORKBOOKS

_FOLDERS: Final = ("", "data", "targets", "ledgers", "history")
_RESULT: Final = "result.json"
"""What lies in the folder of a result, which is written and not read: no process is needed for it."""
_MOST: Final = 1_000
"""So many files of a folder are looked at: being late costs a fifth of a second, no more."""


def prepare_for(tokens: Iterable[str]) -> None:
    """Start the process apart, if one of `tokens` is a workbook, or a book with a file that it opens."""
    endings = {Path(name).suffix.lower() for token in tokens for name in _names(token)}
    if not endings & {*WORKBOOKS, ".parquet"}:
        return
    from quanheng.data.files.apart.process import prepare  # noqa: PLC0415  most books need no process

    prepare("polars" if ".parquet" in endings else "python_calamine")


def _names(token: str) -> Iterator[str]:
    """Yield the names of the files that are read where a command is given `token`."""
    yield token
    for folder in _FOLDERS:  # what is no folder, or no path at all, has none
        with suppress(OSError, ValueError), os.scandir(Path(token) / folder) as found:
            names = [entry.name for entry in islice(found, _MOST)]
            if _RESULT in names:
                return
            yield from names
