"""What a result is the result of: the hashes of scheme, data and program, and the versions it ran on."""

from __future__ import annotations

import hashlib
import platform
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from quanheng.version import VERSION

if TYPE_CHECKING:
    from quanheng.engine.results.result import Result

_LIBRARIES: Final = {"polars": ("narwhals", "polars"), "spark": ("narwhals", "polars", "pyspark")}


def identity_of(result: Result) -> dict[str, object]:
    """Return the record that says which scheme, data and program gave this result, ready for JSON."""
    scheme = result.scheme
    return {
        "quanheng": VERSION,
        "program": program_hash(),
        "scheme": {"id": scheme.id, "hash": scheme.hash},
        "data": "" if result.book is None else result.book.hash_for(result.round),
        "round": result.round,
        "as_of": None if result.book is None or result.book.as_of is None else str(result.book.as_of),
        "engine": result.engine.name,
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in _LIBRARIES[result.engine.name]},
        "units": len(result.ranking),
        "missing": result.missing.as_record(),
    }


@lru_cache(maxsize=1)
def program_hash() -> str:
    """Return the SHA-256 over the program's own source files, in the order of their names."""
    root = Path(__file__).parents[2]
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.py"), key=lambda path: path.relative_to(root).as_posix()):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(b"\0")
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()
