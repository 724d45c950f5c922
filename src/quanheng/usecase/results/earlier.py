"""The earlier result in a folder: whether there is one, what it says of itself, whether it may give way."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from quanheng.documents.tables.record import FILES, IDENTITY
from quanheng.findings.errors import UsageError

KEPT: Final = "changed-"
"""What the name of a folder begins with that keeps files of a result which somebody had changed."""
_NEEDED: Final = frozenset({"round", "scheme", "data"})
_MOST_BYTES: Final = 1_000_000


def require_replaceable(folder: Path, *, force: bool) -> None:
    """Raise if there is something at `folder` that is neither a result nor empty, unless by `force`."""
    if not os.path.lexists(folder):
        if any(path.is_file() for path in folder.resolve().parents):
            from quanheng.data.writing.output import require_no_file_above  # noqa: PLC0415  to say what is wrong

            require_no_file_above(folder)
        return
    if not folder.is_dir() or folder.is_symlink():
        raise UsageError(
            f"{folder} is not a folder; name another place for the result",
            f"{folder} 不是文件夹；请为结果另指定位置",
        )
    if not force and any(folder.iterdir()) and record_in(folder) is None:
        raise UsageError(
            f"{folder} holds something else than a result; name an empty or a new folder, or write the "
            "result beside it with --force",
            f"{folder} 中有结果以外的内容；请指定空文件夹或新文件夹，或用 --force 将结果写入其中",
        )


def is_kept(path: Path) -> bool:
    """Return whether `path` is a folder in which changed files of an earlier result were kept."""
    return path.is_dir() and path.name.startswith(KEPT) and path.name.removeprefix(KEPT).isdecimal()


def record_in(folder: Path) -> Mapping[str, object] | None:
    """Return what the result in `folder` says of itself; None if there is none."""
    file = folder / IDENTITY
    try:
        if file.stat().st_size > _MOST_BYTES:
            return None
        record = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) and record.keys() >= _NEEDED else None


def hashes_of(record: Mapping[str, object]) -> Mapping[str, str]:
    """Return the hash of each file of the result, as far as its record says them."""
    files = record.get(FILES, record.get("tables"))  # earlier versions hashed the tables only
    return files if isinstance(files, dict) else {}
