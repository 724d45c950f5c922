"""Files are looked at before they are opened: only ordinary ones, and none beyond a size.

A pipe waits for ever, a device never ends. What it is, is asked of its path, and again of what was opened.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

_OPENING: Final = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
_CHUNK: Final = 16 * 1024 * 1024


class NotOrdinaryError(OSError):
    """It is no file that can be read from end to end: a folder, a pipe, a device, a socket."""


class TooLargeError(OSError):
    """The file has more bytes than are read: `size`, or more where it grows."""

    def __init__(self, size: int) -> None:
        """Keep the `size`."""
        super().__init__(size)
        self.size = size


def size_of_ordinary(path: Path) -> int:
    """Return the size of the ordinary file at `path`.

    Raises:
        NotOrdinaryError: it is something else.
        OSError: it cannot be looked at.
    """
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise NotOrdinaryError
    return status.st_size


def read_ordinary(path: Path, most: int) -> bytes:
    """Return the content of the ordinary file at `path`, which has at most so many bytes.

    Raises:
        NotOrdinaryError: it is something else.
        TooLargeError: it has more.
        OSError: it cannot be read.

    Examples:
        >>> read_ordinary(Path(), 10)
        Traceback (most recent call last):
        quanheng.scheme.files.ordinary.NotOrdinaryError
    """
    if (size := size_of_ordinary(path)) > most:
        raise TooLargeError(size)
    with os.fdopen(os.open(path, _OPENING), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise NotOrdinaryError
        parts: list[bytes] = []
        left = most + 1
        while left and (part := file.read(min(left, _CHUNK))):
            parts.append(part)
            left -= len(part)
    if not left:
        raise TooLargeError(most + 1)
    return parts[0] if len(parts) == 1 else b"".join(parts)
