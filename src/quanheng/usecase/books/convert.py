"""Turn a folder into a workbook, or a workbook into a folder; both say the same."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from quanheng.data.conversion.bind_workbook import bind_workbook
from quanheng.data.conversion.lay_folder import lay_folder
from quanheng.data.conversion.leaves import leaves_of
from quanheng.data.files.bytes_of import bytes_of
from quanheng.data.files.contents import Contents
from quanheng.data.files.folder import open_folder
from quanheng.data.files.history.publication import PUBLICATION, read_publication
from quanheng.data.files.history.read import history_of, with_history_beside
from quanheng.data.files.history.sheet import cells_of_published
from quanheng.data.files.magic import SCHEME_FILES
from quanheng.data.files.spreadsheets import read_workbook
from quanheng.data.files.workbook import open_workbook
from quanheng.data.parts.published_sheets import check_published_sheets
from quanheng.data.parts.units import read_units
from quanheng.data.tables.register import register_of
from quanheng.data.tables.table import Sheet
from quanheng.data.telling import limits
from quanheng.data.telling.room import Room
from quanheng.data.writing.changing import preparing
from quanheng.data.writing.locks import holding
from quanheng.data.writing.writing import Writing
from quanheng.findings.collector import Collector
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import Finding, FindingsError, Location, require_no_errors
from quanheng.findings.text import Language
from quanheng.periods.period import parse_period
from quanheng.scheme.document.document import Document
from quanheng.scheme.files.read import read_file
from quanheng.scheme.files.sheet_writing import write_scheme_sheets
from quanheng.scheme.files.sheets import read_scheme_sheets
from quanheng.scheme.files.yaml_writing import write_scheme
from quanheng.scheme.tree.scheme import Scheme


def is_workbook(path: Path) -> bool:
    """Return whether a book at `path` is a workbook."""
    return path.suffix.lower() == ".xlsx"


def convert(source: Path, target: Path, *, language: Language = "zh", writing: Writing | None = None) -> None:
    """Write the book at `source` in the other form to `target`, which is not there yet.

    `language` is that of sheet names and headings. Nothing half-written is left behind. Comments in
    `scheme.yaml` have no place in a workbook and are lost. A workbook that is there is written over only if
    `writing` has force, a folder never: a book is a person's, whoever made it first.

    Raises:
        FindingsError: the book cannot be read.
        UsageError: `target` exists, is of the same form, or cannot hold the book.
        LockedError: somebody else writes there.
    """
    writing = writing or Writing(command="quanheng convert")
    if is_workbook(source) == is_workbook(target):
        raise UsageError(
            "one of the two has to be a workbook (.xlsx), the other a folder",
            "两者应一个是工作簿（.xlsx），另一个是文件夹",
        )
    with laying_book(target, writing) as partial:
        lay_converted(source, partial, language=language)


def lay_converted(source: Path, target: Path, *, language: Language) -> None:
    """Write the book at `source` in the form of `target` to it, as it comes: nobody looks there yet."""
    document, contents = _read(source)
    if is_workbook(target):
        _bind(document, _with_published(contents, source, language), target, language)
        _lay_beside(source, target)
    else:
        _lay(document, contents, target)
        _take_published_along(source, target)


@contextmanager
def laying_book(target: Path, writing: Writing) -> Iterator[Path]:
    """Yield where a book is to be written that appears at `target` when all went well.

    Raises:
        UsageError: there is something at `target` that is not to be written over.
        LockedError: somebody else writes there.
    """
    _require_free(target, writing)
    target.parent.mkdir(parents=True, exist_ok=True)
    with preparing(target.parent) as change:
        yield change.new / target.name
        with holding(target, writing) as lock:
            _require_free(target, writing)
            change.commit(lock, writing.command)


def _require_free(target: Path, writing: Writing) -> None:
    """Raise if something lies at `target`: a book is a person's, whoever made it first."""
    beside = history_of(target)
    if is_workbook(target) and os.path.lexists(beside):
        raise UsageError(
            f"there is something at {beside} already; name a new place",
            f"{beside} 已存在，请换一个位置",
        )
    if not os.path.lexists(target):
        return
    if is_workbook(target) and target.is_file() and not target.is_symlink():
        if not writing.force:
            raise UsageError(
                f"there is something at {target} already; name a new place, or write over it with --force",
                f"{target} 已存在；请换一个位置，或用 --force 覆盖",
            )
        return
    if is_workbook(target) or not target.is_dir() or target.is_symlink() or any(target.iterdir()):
        raise UsageError(
            f"there is something at {target} already; name a new place",
            f"{target} 已存在，请换一个位置",
        )


def _bind(document: Document, contents: Contents, target: Path, language: Language) -> None:
    sheets, scheme = write_scheme_sheets(document, language=language), contents.scheme
    if scheme is not None:  # `_read` has refused a book without one
        bind_workbook(scheme, sheets, leaves_of(contents), target, language=language)


def _lay(document: Document, contents: Contents, target: Path) -> None:
    target.mkdir()
    lay_folder(write_scheme(document), leaves_of(contents), target)


def _take_published_along(source: Path, folder: Path) -> None:
    """Copy the rounds that lie frozen beside a workbook into the folder, seals and all."""
    published = history_of(source)
    if published.is_dir():
        shutil.copytree(published, history_of(folder), dirs_exist_ok=True)


def _with_published(contents: Contents, source: Path, language: Language) -> Contents:
    """Return the contents of a folder with what was published as the sheets that `publish` writes."""
    names = {} if contents.scheme is None else {group.code: group.name for group in contents.scheme.groups}
    sheets = dict(contents.history)
    for name in contents.history:
        folder = history_of(source) / name
        publication = read_publication(folder / PUBLICATION)
        if publication is not None:
            cells = cells_of_published(folder, publication, groups=names, language=language)
            sheets[name] = (Sheet(file=folder.name, sheet=None, cells=cells),)
    return replace(contents, history=sheets)


def _lay_beside(source: Path, target: Path) -> None:
    """Put beside the workbook `target` the rounds of the folder that were published."""
    for folder in sorted(history_of(source).glob("*/")):
        if (folder / PUBLICATION).is_file():
            shutil.copytree(folder, history_of(target) / folder.name)


def _read(source: Path) -> tuple[Document, Contents]:
    """Return the document of the scheme and the tables of a book, whether or not it can be scored."""
    if not source.exists():
        raise UsageError(f"there is no book at {source}", f"{source} 没有考核册")
    collector = Collector()
    opened = open_workbook if is_workbook(source) else open_folder
    contents = opened(source, collector=collector)
    if is_workbook(source) and contents.scheme is not None:
        contents = _without_copies(contents, contents.scheme, source, collector)
    require_no_errors(collector.findings())
    if contents.scheme is None:
        raise FindingsError(collector.findings())
    return _document(source), contents


def _without_copies(contents: Contents, scheme: Scheme, source: Path, collector: Collector) -> Contents:
    """Return the contents of a workbook without the sheets that say again what lies frozen beside it.

    One that says otherwise is told: what is taken along are the frozen rounds.
    """
    both = with_history_beside(contents, source, collector, Room())
    units = read_units(both.units, scheme, collector=Collector())
    register = register_of(scheme, parse_period(scheme.round), units)
    check_published_sheets(both, register.unit_roster, collector)
    own = {name: raws for name, raws in both.history.items() if raws[0].file == source.name}
    return replace(contents, history=own)


def _document(source: Path) -> Document:
    """Return the document of a scheme that has been read once without errors."""
    if not is_workbook(source):
        return read_file(next(source / name for name in SCHEME_FILES if (source / name).is_file())).document
    content = bytes_of(source, limits.WORKBOOK_BYTES, Location(file=source.name), Room())
    if isinstance(content, Finding):
        raise FindingsError((content,))
    sheets = read_workbook(content, file=source.name, collector=Collector())
    rows = {sheet.sheet or "": sheet.cells.rows() for sheet in sheets}
    return read_scheme_sheets(rows, file=source.name).document
