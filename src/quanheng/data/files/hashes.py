"""The content hash of a book's data: the same files, in a fixed order, give the same hash anywhere."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import polars as pl

_CHUNK: Final = 1024 * 1024


def digest_of(content: bytes) -> str:
    """Return the SHA-256 of `content` in hexadecimal."""
    return hashlib.sha256(content, usedforsecurity=False).hexdigest()


def digest_of_file(path: Path) -> str:
    """Return the SHA-256 of the file at `path` in hexadecimal, without holding it in memory.

    Raises:
        OSError: the file cannot be read.
    """
    digest = hashlib.sha256(usedforsecurity=False)
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def digest_of_cells(cells: pl.DataFrame, merged: Iterable[object]) -> str:
    """Return the digest of what a sheet says: the texts of its cells, and which of them are merged."""
    return digest_of("\n".join((cells.write_csv(include_header=False), *sorted(map(str, merged)))).encode())


def hash_of(digests: Mapping[str, str]) -> str:
    """Return the hash of a book from the digest of each of its files by name, whatever their order.

    Examples:
        >>> hash_of({"a.csv": "1", "b.csv": "2"}) == hash_of({"b.csv": "2", "a.csv": "1"})
        True
    """
    lines = "".join(f"{digests[name]}  {name}\n" for name in sorted(digests))
    return digest_of(lines.encode())
