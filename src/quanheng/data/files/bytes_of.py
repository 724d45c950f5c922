"""The bytes of a file that somebody handed in: looked at first, and counted among those of its book."""

from __future__ import annotations

from pathlib import Path

from quanheng.data.telling.changes import CHANGED
from quanheng.data.telling.findings import NOT_ORDINARY
from quanheng.data.telling.room import Room
from quanheng.findings.finding import Finding, Location
from quanheng.scheme.files.ordinary import NotOrdinaryError, TooLargeError, read_ordinary, size_of_ordinary


def bytes_of(path: Path, most: int, where: Location, room: Room) -> bytes | Finding:
    """Return the content of the file at `path` of at most so many bytes, or why it is not read.

    Raises:
        OSError: it cannot be read.

    Examples:
        >>> refused = bytes_of(Path(), 10, Location(file="figures.csv"), Room())
        >>> refused.code
        'QH335'
    """
    try:
        size = size_of_ordinary(path)
        refusal = room.refuse_size(size, most, where)
        return refusal or read_ordinary(path, size)
    except NotOrdinaryError:
        return NOT_ORDINARY.at(where)
    except TooLargeError:
        return CHANGED.at(where)
