"""Write the documents of a result into a folder, whole or not at all, and never over a person's files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from quanheng.data.files.hashes import digest_of_file
from quanheng.data.writing.changing import preparing
from quanheng.data.writing.locks import holding
from quanheng.data.writing.output import require_replaceable
from quanheng.data.writing.writing import Writing
from quanheng.documents.subject import Subject
from quanheng.documents.tables.record import HASH
from quanheng.findings.collector import each_once
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import Finding
from quanheng.findings.value import Value
from quanheng.findings.visible import json_text
from quanheng.usecase.documents.making import File
from quanheng.usecase.results.papers import FIGURES, RECORD, RESULT, figures_of, known_papers
from quanheng.version import VERSION


class Reported(Value):
    """The files that were written, and what was found on the way."""

    files: tuple[Path, ...]
    findings: tuple[Finding, ...]


def write_documents(subject: Subject, files: Iterable[File], folder: Path, writing: Writing) -> Reported:
    """Write `files` into `folder`, whole or not at all.

    A file that is there is replaced if it is as it was written; one that somebody changed is not.

    Raises:
        FindingsError: a document cannot be made; nothing is written.
        UsageError: a file of this name is a person's, or was changed, and `writing` has no force.
        LockedError: somebody else writes there.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is not a folder; name another", f"{folder} 不是文件夹；请另行指定")
    with _made(folder), preparing(folder) as change:
        findings: list[Finding] = []
        names = []
        for file in files:
            with _named(folder / file.name):
                findings += file.fill(change.new / file.name)
            names.append(file.name)
        made = {name: {"hash": digest_of_file(change.new / name), **_origin(subject)} for name in names}
        before = known_papers(folder)
        kept = {name: told for name, told in before.items() if (folder / name).is_file()}
        text = json_text({"documents": {**kept, **made}}, sort_keys=True)
        (change.new / RECORD).write_text(f"{text}\n", encoding="utf-8", newline="")
        change.last.append(RECORD)
        with holding(folder, writing) as lock:
            for name in names:
                own = before.get(name, {}).get("hash")
                require_replaceable(folder / name, writing, is_own=partial(_is, own))
            change.commit(lock, writing.command)
    return Reported(files=tuple(folder / name for name in names), findings=tuple(each_once(findings)))


@contextmanager
def _named(file: Path) -> Iterator[None]:
    """Say of which file it was that the computer refused to write more: it does not know by then."""
    try:
        yield
    except OSError as error:
        if error.errno is not None and not error.filename:
            raise OSError(error.errno, error.strerror, str(file)) from error
        raise


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """Make the folder, and remove it again if nothing comes to lie in it."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    finally:
        with suppress(OSError):
            folder.rmdir()


def _is(digest: str | None, file: Path) -> bool:
    return digest == digest_of_file(file)


def _origin(subject: Subject) -> dict[str, str]:
    return {
        "program": VERSION,
        "round": subject.result.round,
        RESULT: str(subject.record[HASH]),
        FIGURES: figures_of(subject.record),
        "audience": subject.audience,
    }
