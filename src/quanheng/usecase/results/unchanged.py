"""Whether the files of a result are those that were written: none changed, none taken out, none put in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from quanheng.data.files.hashes import digest_of_file
from quanheng.documents.tables.record import COMPANIONS, FILES, HASH, IDENTITY, own_hash, said, text_of
from quanheng.documents.tables.result_folder import TABLES
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import Finding, Kind, Location
from quanheng.usecase.results.earlier import is_kept

_MOST_BYTES: Final = 1_000_000
_NEEDED: Final = frozenset({"round", "scheme", "data", FILES, HASH})
_BEFORE: Final = "tables"
"""The key of a record that has the hashes of the tables only, as earlier versions wrote it."""


def identity_in(folder: Path) -> Mapping[str, Any]:
    """Return the record of what the result in `folder` is the result of.

    Raises:
        UsageError: there is none.
    """
    file = folder / IDENTITY
    if not file.is_file() or file.stat().st_size > _MOST_BYTES:
        raise UsageError(
            f"{folder} holds no {IDENTITY}: it is not a result of 'quanheng score'",
            f"{folder} 中没有 {IDENTITY}，不是 quanheng score 生成的结果",
        )
    try:
        record = json.loads(file.read_text(encoding="utf-8"))
        said(record), text_of(record)  # neither a number that is none nor half a character
    except (ValueError, RecursionError):
        record = None
    if isinstance(record, dict) and _BEFORE in record and FILES not in record:
        raise UsageError(
            f"{file} was written by an earlier version and has no hash of every file: score the book again",
            f"{file} 由较早版本生成，没有记录全部文件的哈希值：请重新计分",
        )
    if not isinstance(record, dict) or not record.keys() >= _NEEDED or not isinstance(record[FILES], dict):
        raise UsageError(f"{file} is not the identity of a result", f"{file} 不是结果的标识文件")
    return record


FILE_MISSING: Final = Kind(
    code="QH611",
    severity="error",
    en="this file of the result is missing",
    zh="结果缺少该文件",
    hint_en="score the book again",
    hint_zh="请重新计分",
)
FILE_CHANGED: Final = Kind(
    code="QH612",
    severity="error",
    en="this file was changed after it was written",
    zh="该文件在生成后被改动",
    hint_en="find out who changed it, or score the book again",
    hint_zh="请查明改动原因，或重新计分",
)
NO_FILE_OF_IT: Final = Kind(
    code="QH619",
    severity="warning",
    en="this is no file of the result: nothing here says who wrote it",
    zh="该文件不属于结果：无从查证由谁写入",
    hint_en="nothing, if it is your own; do not hand it out as a part of the result",
    hint_zh="如为自行存放则无需处理；请勿作为结果的一部分对外提供",
)


KEPT_OF_EARLIER: Final = Kind(
    code="QH636",
    severity="warning",
    en="here lie files of an earlier result that somebody had changed before the book was scored again; "
    "nothing vouches for them, and they are no part of this result",
    zh="此处保存的是重新计分前被人改动过的旧结果文件；其内容无从查证，也不属于本次结果",
    hint_en="find out who changed them and why; take over what is needed, then remove the folder",
    hint_zh="请查明由谁改动、为何改动；取用所需内容后删除该文件夹",
)


def changed_files(folder: Path, record: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what in `folder` is missing, is not as `record` says it was written, or is not of the result."""
    if is_changed(folder, record):
        yield FILE_CHANGED.at(Location(file=IDENTITY))
    files = record[FILES]
    for name in dict.fromkeys((*TABLES, *files)):
        file = folder / name
        if Path(name).name != name or not file.is_file():
            yield FILE_MISSING.at(Location(file=name))
        elif digest_of_file(file) != files.get(name):
            yield FILE_CHANGED.at(Location(file=name))
    for path in sorted(folder.iterdir()):
        if path.name in COMPANIONS and path.is_dir():
            continue
        if path.name not in files and path.name not in (IDENTITY, *TABLES):
            kind = KEPT_OF_EARLIER if is_kept(path) else NO_FILE_OF_IT
            yield kind.at(Location(file=path.name))


def is_changed(folder: Path, record: Mapping[str, Any]) -> bool:
    """Return whether the file of `record` was changed after it was written.

    It is compared with what this program writes, letter by letter: of a key that stands twice one is read.
    """
    return record[HASH] != own_hash(record) or (folder / IDENTITY).read_bytes() != text_of(record).encode()
