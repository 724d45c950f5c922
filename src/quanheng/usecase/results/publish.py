"""Publish a round: freeze its verified result in the history of the book, with its hash, day and author."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Final

from quanheng.data.book.book import Book
from quanheng.data.files.editing.parts import can_be_edited
from quanheng.data.files.hashes import digest_of_file
from quanheng.data.files.history.publication import PUBLICATION, Publication, read_publication, text_of
from quanheng.data.files.history.read import history_of
from quanheng.data.files.history.write import SHEET_NOT_WRITTEN, workbook_with_published
from quanheng.data.load import load
from quanheng.data.writing.locks import Lock, holding
from quanheng.data.writing.writing import Writing
from quanheng.documents.tables.record import IDENTITY
from quanheng.documents.tables.result_folder import MEMBERS
from quanheng.engine.results.published import published_in
from quanheng.findings.errors import DataError, UsageError
from quanheng.findings.finding import Finding, Location, require_no_errors
from quanheng.findings.value import Value
from quanheng.scheme.tree.rounds import round_named
from quanheng.usecase.results.assess import folder_name, results_of
from quanheng.usecase.results.laying import laying
from quanheng.usecase.results.unchanged import changed_files, identity_in
from quanheng.usecase.results.verify import verify

_REPLACED: Final = "replaced-"
"""What the name of a folder begins with that keeps an earlier publication of the round."""


class Published(Value):
    """A publication, the folder it lies in, and what was found when the result was verified."""

    publication: Publication
    folder: Path
    findings: tuple[Finding, ...]


def publish(  # noqa: PLR0913  what a person says of it, most with a default
    path: Path,
    *,
    on: dt.date,
    by: str,
    round: str | None = None,  # noqa: A002 - the word of the language
    as_of: dt.date | None = None,
    reason: str | None = None,
    writing: Writing | None = None,
) -> Published:
    """Freeze the result of `round`, else of the scheme's round, in the history of the book at `path`.

    Of a book that is one workbook the result also goes onto a sheet of it, with day, author and seal; all
    else in the workbook stays as it is.

    The result is the one that `score` wrote (with `as_of`, the one as of that day); it is verified before. A
    round that was published stands: it is replaced only for a `reason`, and then kept beside the new one.
    The frozen round appears whole or not at all, together with the sheet. The book is locked meanwhile.

    Raises:
        FindingsError: the result is not what the book gives.
        UsageError: there is no result, or the round was published and no reason is given.
        DataError: somebody who takes no lock, such as a spreadsheet program, changed the workbook meanwhile.
        LockedError: somebody else writes to the book.
    """
    writing = writing or Writing(command="quanheng publish")
    if not path.exists():
        load(path)  # says so; there is nothing to lock
    with holding(path, writing) as lock:
        return _publish(path, lock, writing.command, on=on, by=by, round=round, as_of=as_of, reason=reason)


def _publish(  # noqa: PLR0913  the same as of `publish`
    path: Path,
    lock: Lock,
    command: str,
    *,
    on: dt.date,
    by: str,
    round: str | None,  # noqa: A002 - the word of the language
    as_of: dt.date | None,
    reason: str | None,
) -> Published:
    book = load(path)
    period = round_named(book.scheme, round)
    result = results_of(path) / folder_name(period, as_of)
    if not (result / IDENTITY).is_file():
        raise UsageError(
            f"{result} holds no result: score the round first (quanheng score --round {period})",
            f"{result} 中没有结果：请先计分（quanheng score --round {period}）",
        )
    before = path.read_bytes() if path.is_file() else None
    target = history_of(path) / period
    earlier = _earlier(book, target, period, reason)
    findings = verify(result, book=path)
    require_no_errors(findings)
    number = 1 if earlier is None else earlier.number + 1
    replaces = None if earlier is None else earlier.seal
    with laying(
        target,
        members=(*MEMBERS, PUBLICATION),
        last=PUBLICATION,
        keeper=_REPLACED,
        root=None if before is None else path.parent,
    ) as laid:
        _freeze(result, laid.partial)
        files = {
            name: digest_of_file(laid.partial / name) for name in MEMBERS if (laid.partial / name).is_file()
        }
        if target.exists():
            _keep(target, laid.partial, number - 1 if earlier is not None else 0)
        publication = Publication(
            round=period, on=on, by=by, files=files, number=number, reason=reason, replaces=replaces
        )
        (laid.partial / PUBLICATION).write_text(text_of(publication), encoding="utf-8")
        if before is not None and can_be_edited(before):
            groups = {group.code: group.name for group in book.scheme.groups}
            after = workbook_with_published(before, laid.partial, publication, groups=groups, file=path.name)
            (laid.change.new / path.name).write_bytes(after)
            _require_unchanged(path, before)
        elif before is not None:
            findings = (*findings, SHEET_NOT_WRITTEN.at(Location(file=path.name), folder=target))
        laid.put(lock, command)
    return Published(publication=publication, folder=target, findings=(*findings, *laid.told))


def _require_unchanged(path: Path, before: bytes) -> None:
    if path.read_bytes() != before:
        raise DataError(
            f"{path.name} was changed meanwhile; nothing was written, try again",
            f"{path.name} 在此期间已被修改；未写入任何内容，请重试",
        )


def _earlier(book: Book, target: Path, period: str, reason: str | None) -> Publication | None:
    """Return the publication that is to be replaced, if there is one and it may be."""
    if target.parent.is_symlink():
        raise UsageError(
            f"{target.parent} leads elsewhere: what is published lies in or beside its book",
            f"{target.parent} 指向别处：公布的结果应在考核册中或其旁边",
        )
    if not target.exists():
        if published_in(book, period) is None:
            return None
        raise UsageError(
            f"a table in the history says what was published of {period}; take it out to publish it anew",
            f"历史结果中已有 {period} 的公布结果（表格）；如需重新公布，请先将其移出考核册",
        )
    earlier = read_publication(target / PUBLICATION)
    if reason is None or not reason.strip():
        when = "" if earlier is None else f" on {earlier.on}, seal {earlier.seal}"
        zh = "" if earlier is None else f"（{earlier.on}，封存码 {earlier.seal}）"
        raise UsageError(
            f"{period} was published{when}, and what was published stands; to correct it give a --reason",
            f"{period} 已公布{zh}，以已公布的为准；确需更正的，请用 --reason 注明原因",
        )
    return earlier


def _freeze(result: Path, partial: Path) -> None:
    for name in MEMBERS:
        if (result / name).is_file():
            shutil.copyfile(result / name, partial / name)
    require_no_errors(changed_files(partial, identity_in(partial)))


def _keep(target: Path, partial: Path, number: int) -> None:
    """Keep the files of what was published before beside the new ones, in a folder of their own."""
    kept = partial / f"{_REPLACED}{number}"
    kept.mkdir()
    for name in (*MEMBERS, PUBLICATION):
        if (target / name).is_file():
            shutil.copyfile(target / name, kept / name)
