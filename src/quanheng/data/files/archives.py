"""The archive a workbook or a paper of Word is, unpacked within bounds before a library opens it.

It is a zip archive of parts. A small one can unpack to more than any memory holds. What an archive
says of its own sizes is not trusted: each part is unpacked here, and never beyond what it was said to be.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Final

from quanheng.data.telling import limits
from quanheng.data.telling.findings import NOT_A_WORKBOOK
from quanheng.findings.finding import Finding, Kind, Location

_MEBI: Final = 1024 * 1024
_LOCAL_HEADER: Final = struct.Struct("<26x2H")
_END_RECORD: Final = b"PK\x05\x06"
_END_RECORD_SIZE: Final = 22
_ENCRYPTED: Final = 0x1
_OF_OFFICE_OPEN: Final = frozenset({"[Content_Types].xml", "_rels/.rels"})
OFFICE_OPEN: Final = "xl/workbook.xml"
OFFICE_OPEN_BINARY: Final = "xl/workbook.bin"
OPEN_DOCUMENT: Final = "content.xml"
WORD: Final = "word/document.xml"
FORMATS: Final[Mapping[str, frozenset[str]]] = {
    OFFICE_OPEN: _OF_OFFICE_OPEN,
    OFFICE_OPEN_BINARY: _OF_OFFICE_OPEN,
    OPEN_DOCUMENT: frozenset(),
}
"""By the part that tells a format from others, what else it must have; of two, readers take either."""


class _BrokenError(Exception):
    """The archive is none, or not one of a workbook."""


def unpack_workbook(content: bytes, where: Location) -> Mapping[str, bytes] | Finding:
    """Return the parts of the workbook `content` by name, or the finding that says why it is not opened."""
    parts = _unpacked(content, where)
    if isinstance(parts, Finding):
        return parts
    formats = [name for name in FORMATS if name in parts]
    if len(formats) != 1 or not parts.keys() >= FORMATS[formats[0]]:
        return NOT_A_WORKBOOK.at(where)
    return parts


def is_word(content: bytes, where: Location) -> bool | Finding:
    """Return whether `content` is a paper of Word, or the finding that it would grow beyond all bounds."""
    parts = _unpacked(content, where)
    if isinstance(parts, Finding):
        return parts if parts.kind == ZIP_BOMB else False
    return WORD in parts and parts.keys() >= _OF_OFFICE_OPEN


def listed(content: bytes, where: Location) -> tuple[zipfile.ZipInfo, ...] | Finding:
    """Return what a zip archive lists, or the finding that says why it is not opened.

    It is no sound archive, or it would grow beyond all bounds; nothing is unpacked to tell.
    """
    try:
        entries = _entries(content)
        oversize = _oversize(entries, len(content), where)
    except (_BrokenError, zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return NOT_A_WORKBOOK.at(where)
    return tuple(entries) if oversize is None else oversize


def _unpacked(content: bytes, where: Location) -> Mapping[str, bytes] | Finding:
    try:
        entries = _entries(content)
        oversize = _oversize(entries, len(content), where)
        if oversize is not None:
            return oversize
        return {entry.filename: _unpack(entry, content) for entry in entries}
    except (
        _BrokenError,
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        ValueError,
        NotImplementedError,
        OSError,
    ):
        return NOT_A_WORKBOOK.at(where)


def _entries(content: bytes) -> list[zipfile.ZipInfo]:
    """Return what the archive lists; one that two readers could list differently is refused."""
    if content[-_END_RECORD_SIZE:][: len(_END_RECORD)] != _END_RECORD:
        raise _BrokenError
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
    if len({entry.filename for entry in entries}) != len(entries):
        raise _BrokenError
    return entries


ZIP_BOMB: Final = Kind(
    code="QH311",
    severity="error",
    en="unpacked, the file would grow to {size} MiB in {parts} parts, far beyond what such a file needs",
    zh="解压后达 {size} MiB、{parts} 个部件，远超正常文件",
    hint_en="hand in the file as the office program saves it; big tables as parquet",
    hint_zh="请提交办公软件直接保存的文件；大表请用 parquet",
)


def _oversize(entries: list[zipfile.ZipInfo], packed: int, where: Location) -> Finding | None:
    """Return a finding if the archive, by its own account, unpacks to too much or uses bytes twice."""
    unpacked = sum(entry.file_size for entry in entries)
    overlapping = sum(entry.compress_size for entry in entries) > packed
    swelling = unpacked > limits.UNPACKED_HARMLESS and unpacked > limits.UNPACKED_RATIO * packed
    if unpacked > limits.UNPACKED_BYTES or len(entries) > limits.PARTS or overlapping or swelling:
        return ZIP_BOMB.at(where, size=unpacked // _MEBI, parts=len(entries))
    return None


def _unpack(entry: zipfile.ZipInfo, content: bytes) -> bytes:
    """Return the part `entry`, unpacked from `content` itself: the library stops at the stated size."""
    names, extra = _LOCAL_HEADER.unpack_from(content, entry.header_offset)
    start = entry.header_offset + _LOCAL_HEADER.size + names + extra
    packed = content[start : start + entry.compress_size]
    if entry.flag_bits & _ENCRYPTED:
        raise _BrokenError
    match entry.compress_type:
        case zipfile.ZIP_STORED:
            part = packed
        case zipfile.ZIP_DEFLATED:
            part = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, entry.file_size + 1)
        case _:
            raise _BrokenError
    if len(part) != entry.file_size:
        raise _BrokenError
    return part
