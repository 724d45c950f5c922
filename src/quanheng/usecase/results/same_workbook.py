"""Whether two `results.xlsx` of one program say the same, but for the last digits of numbers."""

from __future__ import annotations

import math
import zipfile
import zlib
from itertools import zip_longest
from pathlib import Path
from typing import Final

from quanheng.findings.patterns import linear

_ROOM: Final = 4096
"""So many bytes more than the other one a part may have: the last digits of numbers, written longer."""
_NUMBER: Final = linear(rb"<v>(-?[0-9][0-9.eE+-]{0,30})</v>", why="at most 30 characters each")


def same_workbook(old: Path, new: Path, *, tolerance: float) -> bool:
    """Return whether `old`, which anybody may have written, says what `new` says, which we have written.

    Numbers may differ by `tolerance`: sums over a pool differ in their last bits from run to run.
    """
    try:
        with zipfile.ZipFile(old) as theirs, zipfile.ZipFile(new) as ours:
            if [part.filename for part in theirs.infolist()] != [part.filename for part in ours.infolist()]:
                return False
            pairs = zip(theirs.infolist(), ours.infolist(), strict=True)
            return all(
                part.file_size <= own.file_size + _ROOM + own.file_size // 10
                and _same(_start_of(theirs, part, own.file_size), ours.read(own), tolerance)
                for part, own in pairs
            )
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, ValueError, EOFError):
        return False


def _start_of(book: zipfile.ZipFile, part: zipfile.ZipInfo, size: int) -> bytes:
    """Return the part as far as it may be as long as ours: what it says of its own size need not be true."""
    with book.open(part) as stream:
        return stream.read(size + _ROOM + size // 10 + 1)


def _same(theirs: bytes, ours: bytes, tolerance: float) -> bool:
    if theirs == ours:
        return True
    # every second piece is a number, the others are what stands between
    pieces = zip_longest(_NUMBER.split(theirs), _NUMBER.split(ours))
    return all(
        was == now or (place % 2 == 1 and _close(was, now, tolerance))
        for place, (was, now) in enumerate(pieces)
    )


def _close(was: bytes | None, now: bytes | None, tolerance: float) -> bool:
    try:
        return math.isclose(float(was or b"nan"), float(now or b"nan"), rel_tol=1e-12, abs_tol=tolerance)
    except ValueError:
        return False
