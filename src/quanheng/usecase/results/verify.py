"""Recompute a result and compare it with what lies in its folder."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import math
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import narwhals as nw

from quanheng.data.files.magic import WORKBOOKS
from quanheng.documents.tables.result_folder import IDENTITY, REVIEWS_TABLE, TABLES, write_result_folder
from quanheng.engine.frame.engines import EngineName
from quanheng.engine.frame.keeping import read_table
from quanheng.engine.results.identity import identity_of
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import Finding, FindingsError, Kind, Location
from quanheng.findings.text import Language
from quanheng.usecase.results.assess import score_book
from quanheng.usecase.results.verify_published import check_frozen, computed_anew, is_published

TOLERANCE: Final = 1e-9
"""How far a number may differ between engines and versions (rounding §3)."""
_NAMED: Final = 20
"""How many differing cells of one table are named."""
_MOST_BYTES: Final = 1_000_000


def verify(folder: Path, *, book: Path | None = None) -> tuple[Finding, ...]:
    """Return what differs between the result in `folder` and one computed anew; nothing, if nothing does.

    `book` is where the book lies; by default the folder two above (`BOOK/results/2023`), or the workbook
    beside `…-results/2023`. Changed files are errors; so are numbers that differ by more than 1e-9. That the
    scheme, the data or the program are others than those of the result is an error, a warning, a note.

    Of a published round only changed files are errors: it stands, whatever the book gives today.

    Raises:
        UsageError: `folder` holds no result, or its book is not found.
    """
    record = identity_in(folder)
    path = book or _book_of(folder)
    language: Language = "en" if record.get("language") == "en" else "zh"
    engine: EngineName = "spark" if record.get("engine") == "spark" else "polars"
    as_of = _day(record, folder)
    if is_published(folder):
        frozen = tuple(check_frozen(folder))
        own = str(record["round"])
        return frozen or computed_anew(path, own, as_of=as_of, engine=engine)
    found = list(changed_files(folder, record))
    try:
        result = score_book(path, round=str(record["round"]), as_of=as_of, engine=engine)
    except FindingsError as error:
        return (*found, *error.findings)
    found.extend(_other_sources(identity_of(result), record))
    with tempfile.TemporaryDirectory() as partial:
        write_result_folder(result, Path(partial), language=language, workbook=False)
        for name in (*TABLES, REVIEWS_TABLE):
            if (folder / name).is_file() and (Path(partial) / name).is_file():
                found.extend(_differences(folder / name, Path(partial) / name))
    return tuple(found)


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
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict) or not {"round", "scheme", "data", "tables"} <= record.keys():
        raise UsageError(f"{file} is not the identity of a result", f"{file} 不是结果的标识文件")
    return record


def _day(record: Mapping[str, Any], folder: Path) -> dt.date | None:
    """Return the day as of which the result was computed."""
    if record.get("as_of") is None:
        return None
    try:
        return dt.date.fromisoformat(str(record["as_of"]))
    except ValueError:
        file = folder / IDENTITY
        raise UsageError(f"{file} is not the identity of a result", f"{file} 不是结果的标识文件") from None


def _book_of(folder: Path) -> Path:
    around = folder.resolve().parent
    for kind in ("results", "history"):
        if around.name == kind:
            return around.parent
        if around.name.endswith(f"-{kind}"):
            for suffix in sorted(WORKBOOKS):
                workbook = around.with_name(f"{around.name.removesuffix(f'-{kind}')}{suffix}")
                if workbook.is_file():
                    return workbook
    raise UsageError(
        f"the book of {folder} is not beside it: name it with --book",
        f"未在 {folder} 旁找到考核册：请用 --book 指明",
    )


TABLE_MISSING: Final = Kind(
    code="QH611",
    severity="error",
    en="this table of the result is missing",
    zh="结果缺少这张表",
    hint_en="score the book again",
    hint_zh="请重新计分",
)
TABLE_CHANGED: Final = Kind(
    code="QH612",
    severity="error",
    en="this table was changed after it was written",
    zh="这张表在生成后被改动",
    hint_en="find out who changed it, or score the book again",
    hint_zh="请查明改动原因，或重新计分",
)


def changed_files(folder: Path, record: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield the tables in `folder` that are missing or not those of its `record`."""
    tables = record["tables"] if isinstance(record["tables"], dict) else {}
    folded = (REVIEWS_TABLE,) if REVIEWS_TABLE in tables else ()
    for name in (*TABLES, *folded):
        file = folder / name
        if not file.is_file():
            yield TABLE_MISSING.at(Location(file=name))
        elif hashlib.sha256(file.read_bytes()).hexdigest() != tables.get(name):
            yield TABLE_CHANGED.at(Location(file=name))


OTHER_SCHEME: Final = Kind(
    code="QH613",
    severity="error",
    en="the book's scheme is not the one of this result",
    zh="考核册现在的方案与生成该结果时不同",
    hint_en="score the book again, or restore the scheme",
    hint_zh="请重新计分，或恢复原方案",
)
OTHER_DATA: Final = Kind(
    code="QH614",
    severity="error",
    en="the book's data are not those of this result",
    zh="考核册现在的数据与生成该结果时不同",
    hint_en="score the book again, or restore the data",
    hint_zh="请重新计分，或恢复原数据",
)
OTHER_PROGRAM: Final = Kind(
    code="QH615",
    severity="note",
    en="the result was made by another program: '{what}' differs",
    zh="该结果由另一版本的程序生成：{what} 不同",
    hint_en="numbers are compared all the same",
    hint_zh="数值仍已逐一比对",
)


def _other_sources(now: Mapping[str, object], then: Mapping[str, Any]) -> Iterator[Finding]:
    if now["scheme"] != then.get("scheme"):
        yield OTHER_SCHEME.at(Location(file=IDENTITY))
    if now["data"] != then.get("data"):
        yield OTHER_DATA.at(Location(file=IDENTITY))
    for key in ("quanheng", "program", "python", "libraries"):
        if now[key] != then.get(key):
            yield OTHER_PROGRAM.at(Location(file=IDENTITY), what=key)


OTHER_SHAPE: Final = Kind(
    code="QH616",
    severity="error",
    en="this table has other columns or another number of rows than one computed anew",
    zh="这张表的列或行数与重新计算的不同",
    hint_en="score the book again",
    hint_zh="请重新计分",
)
OTHER_CELL: Final = Kind(
    code="QH617",
    severity="error",
    en="the column {column!r} says {was}, computed anew it is {now}",
    zh="{column!r}列为{was}，重新计算为{now}",
    hint_en="find out why it differs; the figure computed anew follows from the book",
    hint_zh="请查明差异原因；重新计算的数值由考核册得出",
)
MORE_CELLS: Final = Kind(
    code="QH618",
    severity="error",
    en="{count} more cells of this table differ",
    zh="这张表另有{count}个单元格不同",
    hint_en="score the book again",
    hint_zh="请重新计分",
)


def _differences(old: Path, new: Path) -> Iterator[Finding]:
    """Yield the cells in which two tables differ; identical bytes need no reading."""
    if old.read_bytes() == new.read_bytes():
        return
    before, after = read_table(old), read_table(new)
    if before is None or after is None or before.columns != after.columns or len(before) != len(after):
        yield OTHER_SHAPE.at(Location(file=old.name))
        return
    differing = list(_cells(before, after))
    for row, column, was, now in differing[:_NAMED]:
        yield OTHER_CELL.at(Location(file=old.name, line=row + 2), column=column, was=was, now=now)
    if len(differing) > _NAMED:
        yield MORE_CELLS.at(Location(file=old.name), count=len(differing) - _NAMED)


def _cells(before: nw.DataFrame[Any], after: nw.DataFrame[Any]) -> Iterator[tuple[int, str, object, object]]:
    for column in after.columns:
        pairs = zip(before[column].to_list(), after[column].to_list(), strict=True)
        for row, (was, now) in enumerate(pairs):
            if not _same(was, now):
                yield row, column, was, now


def _same(was: object, now: object) -> bool:
    if isinstance(was, float | int) and isinstance(now, float | int):
        return math.isclose(was, now, rel_tol=0.0, abs_tol=TOLERANCE)
    return was == now
