"""The compound file in which an `.xls` keeps its streams: a small file system of sectors (MS-CFB)."""

from __future__ import annotations

import struct
from collections.abc import Collection, Mapping
from typing import Final

from quanheng.data.files.marks.marks import BrokenMarksError

_SIGNATURE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_SHIFTS: Final = (9, 12)
_MINI_SHIFT: Final = 6
_ENTRY_SIZE: Final = 128
_STREAM, _ROOT = 2, 5
_LAST: Final = 0xFFFFFFFA
"""Numbers of sectors from here on say that a chain ends."""
_IN_HEADER: Final = 109


def streams_of(content: bytes, wanted: Collection[str]) -> Mapping[str, bytes]:
    """Return those of the streams `wanted` that the compound file `content` has, by name.

    Raises:
        BrokenMarksError: it is none, or its chains run in circles or out of it.
    """
    try:
        return _Compound(content).streams(wanted)
    except (struct.error, IndexError) as error:
        raise BrokenMarksError from error


class _Compound:
    def __init__(self, content: bytes) -> None:
        if not content.startswith(_SIGNATURE):
            raise BrokenMarksError
        self._content = content
        _, _, _, shift = struct.unpack_from("<4H", content, 24)
        mini_shift = struct.unpack_from("<H", content, 32)[0]
        if shift not in _SHIFTS or mini_shift != _MINI_SHIFT:
            raise BrokenMarksError
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        directory, _, self._cutoff, mini_table, _, more, _ = struct.unpack_from("<7I", content, 48)
        self._table = self._read_table(more)
        self._directory = self._chain(directory)
        self._mini_table = _numbers(self._chain(mini_table))
        self._mini = b""

    def streams(self, wanted: Collection[str]) -> Mapping[str, bytes]:
        """Return the streams `wanted`, each once."""
        found: dict[str, bytes] = {}
        for at in range(0, len(self._directory) - _ENTRY_SIZE + 1, _ENTRY_SIZE):
            entry = self._directory[at : at + _ENTRY_SIZE]
            length, sort = struct.unpack_from("<HB", entry, 64)
            first, size = struct.unpack_from("<II", entry, 116)
            name = entry[: max(0, length - 2)].decode("utf-16-le", errors="replace")
            if sort == _ROOT:
                self._mini = self._chain(first)
            elif sort == _STREAM and name in wanted and name not in found:
                found[name] = self._stream(first, size)
        return found

    def _stream(self, first: int, size: int) -> bytes:
        if size >= self._cutoff:
            return self._chain(first)[:size]
        parts: list[bytes] = []
        sector = first
        while sector < _LAST and len(parts) * self._mini_size < size:
            parts.append(self._mini[sector * self._mini_size : (sector + 1) * self._mini_size])
            sector = self._mini_table[sector]
        return b"".join(parts)[:size]

    def _read_table(self, more: int) -> tuple[int, ...]:
        sectors = list(struct.unpack_from(f"<{_IN_HEADER}I", self._content, 76))
        seen = 0
        while more < _LAST and seen <= len(self._content) // self._size:
            further = _numbers(self._sector(more))
            sectors += further[:-1]
            more = further[-1]
            seen += 1
        return _numbers(b"".join(self._sector(number) for number in sectors if number < _LAST))

    def _chain(self, first: int) -> bytes:
        parts: list[bytes] = []
        sector = first
        while sector < _LAST:
            parts.append(self._sector(sector))
            if len(parts) > len(self._table):
                raise BrokenMarksError
            sector = self._table[sector]
        return b"".join(parts)

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._content[start : start + self._size]


def _numbers(part: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(part) // 4}I", part[: len(part) // 4 * 4])
