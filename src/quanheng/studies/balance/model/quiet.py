"""Keep what a library written in C prints from the output of this program."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_STDOUT: Final = 1


@contextmanager
def quietly() -> Iterator[None]:
    """Send what is printed beside Python to nowhere while the block runs.

    HiGHS prints a line of its own workings now and then, whatever it is told (seen in the one that scipy
    1.17 brings); in the midst of a JSON answer it would be read as part of it. Where there is no such output
    to turn aside, as under a web server without one, the block just runs.
    """
    try:
        kept = os.dup(_STDOUT)
        nowhere = os.open(os.devnull, os.O_WRONLY)
    except OSError:
        yield
        return
    try:
        sys.stdout.flush()
        _flush()
        os.dup2(nowhere, _STDOUT)
        yield
    finally:
        _flush()
        os.dup2(kept, _STDOUT)
        os.close(nowhere)
        os.close(kept)


def _flush() -> None:
    """Let C write out what it holds; on Windows its library is another one and writes at once."""
    if os.name == "posix":
        ctypes.CDLL(None).fflush(None)
