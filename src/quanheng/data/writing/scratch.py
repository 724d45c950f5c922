"""Temporary folders of this process, outside of any book; those of processes that were killed are removed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quanheng.data.writing.workshops import abandoned, closed, has_journal, opened


def scratch_folder() -> Path:
    """Return a new folder, which its maker removes; one whose maker was killed goes when the next is made."""
    here = Path(tempfile.gettempdir())
    for workshop in abandoned(here, only=_is_scratch):
        closed(workshop)
    return opened(here)


def _is_scratch(path: Path) -> bool:
    """Return whether a folder holds no change that was decided: a book may lie among temporary files."""
    return path.is_dir() and not has_journal(path)


@contextmanager
def scratch() -> Iterator[Path]:
    """Yield a folder that goes when all is done."""
    folder = scratch_folder()
    try:
        yield folder
    finally:
        closed(folder)
