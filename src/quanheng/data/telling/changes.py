"""Files that change while a book is read: what was read of one is then half the old and half the new."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind, Location
from quanheng.findings.value import Value


class Stamp(Value, kw_only=False):
    """How a file lies on the disk: its path, its size, and when it was written."""

    path: Path
    size: int
    written: int


def stamp_of(path: Path) -> Stamp:
    """Return how the file at `path` lies there now.

    Raises:
        OSError: it cannot be looked at.
    """
    stat = path.stat()
    return Stamp(path, stat.st_size, stat.st_mtime_ns)


CHANGED: Final = Kind(
    code="QH450",
    severity="error",
    en="the file changed while the book was read",
    zh="读取考核册期间，该文件有改动",
    hint_en="let whoever writes it finish, then try again",
    hint_zh="请等写入完成后重试",
)


def tell_changed(stamps: Mapping[str, Stamp], collector: Collector) -> None:
    """Add an error for each file that no longer lies there as it did before it was read."""
    for name, stamp in stamps.items():
        try:
            is_same = stamp_of(stamp.path) == stamp
        except OSError:
            is_same = False
        if not is_same:
            collector.add(CHANGED.at(Location(file=name)))
