"""Recompute a result and compare it with what lies in its folder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from quanheng.data.book.book import Book
from quanheng.data.files.hashes import digest_of_file
from quanheng.data.files.magic import WORKBOOKS
from quanheng.data.load import load
from quanheng.data.telling.names import shown
from quanheng.data.writing.scratch import scratch
from quanheng.documents.tables.record import FILES, HASH, IDENTITY, SIGNATURE
from quanheng.documents.tables.result_folder import REVIEWS_TABLE, TABLES, WORKBOOK, write_result_folder
from quanheng.engine.frame.engines import EngineName
from quanheng.engine.results.identity import identity_of
from quanheng.engine.results.result import Result
from quanheng.engine.results.score import score
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import Finding, FindingsError, Kind, Location, has_errors
from quanheng.findings.text import Language
from quanheng.findings.value import Value
from quanheng.usecase.results.assess import engine_called
from quanheng.usecase.results.papers import outdated_papers
from quanheng.usecase.results.same_workbook import same_workbook
from quanheng.usecase.results.signing import check_signature
from quanheng.usecase.results.table_differences import differences
from quanheng.usecase.results.unchanged import FILE_MISSING, changed_files, identity_in, is_changed
from quanheng.usecase.results.verify_published import check_frozen, computed_anew, is_published

TOLERANCE: Final = 1e-9
"""How far a number may differ between engines and versions (rounding §3)."""


def verify(folder: Path, *, book: Path | None = None, key: Path | None = None) -> tuple[Finding, ...]:
    """Return what differs between the result in `folder` and one computed anew; nothing, if nothing does.

    `book` is where the book lies; by default the folder two above (`BOOK/results/2023`), or the workbook
    beside `…-results/2023`. Changed files are errors; so are numbers that differ by more than 1e-9, and a
    scheme, data or anything else that the result says it is the result of and the book does not give. That
    another program made it is a note.

    Of a published round only changed files are errors: it stands, whatever the book gives today.

    With the public `key` of who signed the result, its signature is checked too.

    Raises:
        UsageError: `folder` holds no result, its book is not found, or `key` is no public key.
    """
    record = identity_in(folder)
    signature = tuple(check_signature(record, key))
    if is_published(folder):
        frozen = (*check_frozen(folder), *signature)
        return frozen if has_errors(frozen) else (*frozen, *_published_anew(folder, record, book))
    compared = _compared(folder, record, book, workbook=WORKBOOK in record[FILES])
    papers = outdated_papers(folder, record)
    return (*changed_files(folder, record), *signature, *compared.findings, *papers)


class Compared(Value):
    """A result computed anew, None where that cannot be done, and where it differs from its folder.

    `book` is the one it was computed of, as it was loaded.
    """

    result: Result | None
    findings: tuple[Finding, ...]
    book: Book | None = None


def compared(folder: Path, *, book: Path | None = None) -> Compared:
    """Return the result in `folder` computed anew, with all that differs in its tables; nothing is drawn.

    Of a published round what was changed since it was frozen is an error, and so is what the book gives
    otherwise today. The workbook is checked by its hash only.

    Raises:
        UsageError: `folder` holds no result, or its book is not found.
    """
    record = identity_in(folder)
    changed = tuple(check_frozen(folder) if is_published(folder) else changed_files(folder, record))
    found = _compared(folder, record, book, workbook=False)
    return Compared(result=found.result, findings=(*changed, *found.findings), book=found.book)


def _compared(folder: Path, record: Mapping[str, Any], book: Path | None, *, workbook: bool) -> Compared:
    if is_changed(folder, record):  # nothing can be computed anew from what somebody else says
        return Compared(result=None, findings=())
    try:
        loaded = load(book or book_of(folder), as_of=day_of(record, folder))
        result = score(loaded, round=str(record["round"]), engine=engine_called(_engine(record)))
    except FindingsError as error:
        return Compared(result=None, findings=error.findings)
    other = tuple(_other_sources(identity_of(result), record))
    language: Language = "en" if record.get("language") == "en" else "zh"
    with scratch() as anew:
        # another program, scheme or book writes another workbook: its hash is all that is left to check
        write_result_folder(result, anew, language=language, workbook=workbook and not other)
        files = tuple(_other_files(folder, anew, record, same_program=not other))
    return Compared(result=result, findings=(*other, *files), book=loaded)


def _published_anew(folder: Path, record: Mapping[str, Any], book: Path | None) -> tuple[Finding, ...]:
    return computed_anew(
        book or book_of(folder), str(record["round"]), as_of=day_of(record, folder), engine=_engine(record)
    )


def _engine(record: Mapping[str, Any]) -> EngineName:
    return "spark" if record.get("engine") == "spark" else "polars"


def day_of(record: Mapping[str, Any], folder: Path) -> dt.date | None:
    """Return the day as of which the result was computed."""
    if record.get("as_of") is None:
        return None
    try:
        return dt.date.fromisoformat(str(record["as_of"]))
    except ValueError:
        file = folder / IDENTITY
        raise UsageError(f"{file} is not the identity of a result", f"{file} 不是结果的标识文件") from None


def book_of(folder: Path) -> Path:
    """Return where the book of the result in `folder` lies: two above, or the workbook beside it.

    Raises:
        UsageError: it is not there.
    """
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


OTHER_FACT: Final = Kind(
    code="QH633",
    severity="error",
    en="what this says under {what!r} is not what the book gives",
    zh="{what}一项与考核册给出的不符",
    hint_en="find out who changed it, or score the book again",
    hint_zh="请查明改动原因，或重新计分",
)
_PROGRAM: Final = ("quanheng", "program", "python", "libraries")
_COMPARED_BY_ITSELF: Final = frozenset({"scheme", "data", *_PROGRAM})
_OF_THE_FOLDER: Final = frozenset({"language", FILES, HASH, SIGNATURE})
"""What a record says of its folder, beside what the result is the result of."""


def _other_sources(now: Mapping[str, object], then: Mapping[str, Any]) -> Iterator[Finding]:
    if now["scheme"] != then.get("scheme"):
        yield OTHER_SCHEME.at(Location(file=IDENTITY))
    if now["data"] != then.get("data"):
        yield OTHER_DATA.at(Location(file=IDENTITY))
    for key in _PROGRAM:
        if now[key] != then.get(key):
            yield OTHER_PROGRAM.at(Location(file=IDENTITY), what=key)
    for key in now.keys() - _COMPARED_BY_ITSELF:
        if now[key] != then.get(key):
            yield OTHER_FACT.at(Location(file=IDENTITY), what=key)
    for key in then.keys() - now.keys() - _OF_THE_FOLDER:
        yield OTHER_FACT.at(Location(file=IDENTITY), what=shown(key))


OTHER_WORKBOOK: Final = Kind(
    code="QH634",
    severity="error",
    en="the workbook is not the one that is written anew from the book",
    zh="该工作簿与由考核册重新生成的不同",
    hint_en="score the book again; the tables beside it are compared cell by cell",
    hint_zh="请重新计分；其余各表已逐格比对",
)


def _other_files(
    folder: Path, anew: Path, record: Mapping[str, Any], *, same_program: bool
) -> Iterator[Finding]:
    """Yield what differs between the files in `folder` and those written `anew`."""
    for name in (*TABLES, REVIEWS_TABLE, WORKBOOK):
        was, now = folder / name, anew / name
        if now.is_file() and name not in record[FILES]:
            if name not in TABLES:  # that one of these is missing is told already
                yield FILE_MISSING.at(Location(file=name))
        elif not (was.is_file() and now.is_file()):
            continue
        elif name != WORKBOOK:
            yield from _differences(was, now, same_program=same_program)
        elif digest_of_file(was) == record[FILES][name] and not same_workbook(was, now, tolerance=TOLERANCE):
            yield OTHER_WORKBOOK.at(Location(file=name))


OTHER_BYTES: Final = Kind(
    code="QH635",
    severity="note",
    en="its cells are those computed anew, but the file is not written as this program writes it",
    zh="各单元格与重新计算的一致，但文件的写法与本程序写出的不同",
    hint_en="nothing, if sums differ in their last digits only; else find out who wrote it",
    hint_zh="若只是合计数末位差异则无需处理；否则请查明由谁写入",
)


def _differences(was: Path, now: Path, *, same_program: bool) -> Iterator[Finding]:
    found = tuple(differences(was, now, tolerance=TOLERANCE))
    yield from found
    if same_program and not found and digest_of_file(was) != digest_of_file(now):
        yield OTHER_BYTES.at(Location(file=was.name))
