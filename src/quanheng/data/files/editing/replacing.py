"""A workbook replaced by what it is to be, and put back where something that belongs to it goes wrong."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quanheng.findings.errors import DataError


def require_unchanged(path: Path, before: bytes) -> None:
    """Raise `DataError` if the file at `path` is not what it was."""
    if path.read_bytes() != before:
        raise DataError(
            f"{path.name} was changed meanwhile; nothing was written, try again",
            f"{path.name} 在此期间已被修改；未写入任何内容，请重试",
        )


@contextmanager
def workbook_replaced(path: Path, before: bytes, after: bytes) -> Iterator[None]:
    """Put `after` in the place of `before`, the content of the file at `path`, while the rest is done.

    Where the rest fails `before` stands there again.

    Raises:
        DataError: somebody else changed the file meanwhile.
        OSError: it cannot be written; then nothing is changed.
    """
    require_unchanged(path, before)
    write_in_place(path, after)
    try:
        yield
    except BaseException:
        write_in_place(path, before)
        raise


def write_in_place(path: Path, content: bytes) -> None:
    """Write the file at `path` whole or not at all; it keeps its permissions."""
    handle, name = tempfile.mkstemp(prefix=".partial-", dir=path.parent)
    os.close(handle)
    partial = Path(name)
    try:
        partial.write_bytes(content)
        partial.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
