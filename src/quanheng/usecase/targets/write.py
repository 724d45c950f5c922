"""Write targets that were split into a table of targets: all other rows of it stay as they are."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import narwhals as nw

from quanheng.data.book.book import Book
from quanheng.data.book.frames import Frame
from quanheng.data.files.bytes_of import bytes_of
from quanheng.data.files.editing.changes import changed_cells
from quanheng.data.files.editing.workbook_cells import workbook_with
from quanheng.data.files.hashes import digest_of_file
from quanheng.data.files.spreadsheets import read_workbook
from quanheng.data.files.workbook import part_of
from quanheng.data.targets.table import as_rows, csv_of_targets, csv_with_targets, sheet_with_targets
from quanheng.data.telling import limits
from quanheng.data.telling.room import Room
from quanheng.data.writing.changing import preparing
from quanheng.data.writing.locks import Lock, holding
from quanheng.data.writing.output import require_folder_around
from quanheng.data.writing.writing import Writing
from quanheng.findings.collector import Collector
from quanheng.findings.errors import DataError, UsageError
from quanheng.findings.finding import Finding, FindingsError, Location, require_no_errors
from quanheng.usecase.targets.split import Asked, Targets, split

_OWN_STEM: Final = "targets"
_OWN: Final = f"{_OWN_STEM}.csv"


def split_into(path: Path, asked: Asked, out: Path, *, writing: Writing | None = None) -> Targets:
    """Return the targets of the book at `path` split as `asked`, and write them to `out`.

    What is written to is locked from the reading of the targets on: of two that split at once the second
    sees what the first has written.

    Raises:
        FindingsError: the book has errors, or a target cannot be split as asked.
        UsageError: what is asked makes no sense for this book, or `out` cannot be written to.
        LockedError: somebody else writes there.
    """
    writing = writing or Writing(command="quanheng targets split")
    _require_a_place(out)
    with holding(out, writing) as lock:
        targets = split(path, asked)
        write(targets, out, lock=lock, writing=writing)
    return targets


def write(targets: Targets, out: Path, *, lock: Lock, writing: Writing) -> None:
    """Write `targets` to the csv file `out`, complete, so that the book can read it as its targets.

    They go into what `out` holds already, or else into a copy of the book's own table of targets. Of equal
    unit, indicator, period and day the new row takes the place of the old one; every other row stays.

    Raises:
        UsageError: `out` is no csv file, or is no table of targets and `writing` has no force, or would be a
            second one.
        DataError: `out` was changed meanwhile.
    """
    book = targets.book
    stated = targets.rows.with_columns(
        nw.lit(targets.set_on, dtype=nw.Date()).alias("set_on"),
        nw.lit(targets.reason, dtype=nw.String()).alias("reason"),
    )
    before = digest_of_file(out) if out.exists() else None
    if out.suffix.lower() == ".xlsx":
        content = _in_workbook(out, stated, book)
    else:
        content = _as_csv(stated, book, out, force=writing.force).encode()
    _replace(out, content, before, lock, writing.command)


def _require_a_place(out: Path) -> None:
    """Raise unless `out` is a file, or can be one."""
    if out.suffix.lower() not in (".csv", ".xlsx"):
        raise UsageError(
            f"targets are written to a csv file or into the workbook of a book, not to {out.name}",
            f"目标写入 csv 文件或工作簿考核册，不能写入 {out.name}",
        )
    if out.exists() and not out.is_file():
        raise UsageError(f"{out} is no ordinary file", f"{out} 不是普通文件")
    require_folder_around(out)


def _as_csv(split: Frame, book: Book, out: Path, *, force: bool) -> str:
    """Return the text of the table with the targets: that of `out`, of the book, or a new one."""
    rows = as_rows(split, book.scheme)
    if out.exists():
        try:
            return csv_with_targets(out, rows, book.scheme, book.units)
        except UsageError as error:
            if not force:
                raise UsageError(
                    f"{error}; name another file, or write over it with --force",
                    f"{error.text('zh')}；请另指定文件，或用 --force 覆盖",
                ) from None
        except FindingsError:
            if not force:
                raise
    _require_no_second_table(out, book)
    base = _own_table(book)
    if base is None:
        return csv_of_targets(book.target_versions, rows, book.scheme)
    return csv_with_targets(base, rows, book.scheme, book.units)


def _in_workbook(out: Path, split: Frame, book: Book) -> bytes:
    """Return the workbook `out` with targets in its sheet of targets; all else in it stays as it is."""
    if not out.is_file():
        raise UsageError(f"there is no workbook {out}", f"没有工作簿 {out}")
    content = bytes_of(out, limits.WORKBOOK_BYTES, Location(file=out.name), Room())
    if isinstance(content, Finding):
        raise FindingsError((content,))
    collector = Collector()
    sheets = read_workbook(content, file=out.name, collector=collector)
    require_no_errors(collector.findings())
    own = [sheet for sheet in sheets if (part_of(sheet.sheet or "") or ("", ""))[0] == "targets"]
    if len(own) != 1 or own[0].sheet is None:
        raise UsageError(
            f"{out.name} has {len(own)} sheets of targets; targets are written into the only one",
            f"{out.name} 有{len(own)}张目标表；只能写入唯一的一张",
        )
    cells = sheet_with_targets(own[0], as_rows(split, book.scheme), book.scheme, book.units)
    return workbook_with(content, own[0].sheet, changed_cells(own[0].cells, cells))


def _replace(out: Path, content: bytes, before: str | None, lock: Lock, command: str) -> None:
    """Put the content in the place of `out`, unless somebody who takes no lock changed it meanwhile."""
    real = out.resolve()
    with preparing(real.parent) as change:
        (change.new / real.name).write_bytes(content)
        if before != (digest_of_file(real) if real.exists() else None):
            raise DataError(
                f"{out} was changed meanwhile; nothing was written, split again",
                f"{out} 在此期间已被修改；未写入任何内容，请重新分解",
            )
        change.commit(lock, command)


def _require_no_second_table(out: Path, book: Book) -> None:
    """Refuse a new file where the book looks for targets: all that it has would stand there twice."""
    if out.exists() or book.path is None or not book.path.is_dir():
        return
    root, place = book.path.resolve(), out.resolve().parent
    files = sorted(book.target_versions["file"].drop_nulls().unique().to_list())
    if files and (place == root / "targets" or (place == root and out.stem == _OWN_STEM)):
        raise UsageError(
            f"the targets of the book stand in {files[0]} already; give that file, if it is a csv, or one "
            "outside the book",
            f"考核册的目标已在 {files[0]} 中；请写入该文件（须为 csv），或写到考核册以外",
        )


def _own_table(book: Book) -> Path | None:
    if book.path is None or not book.path.is_dir():
        return None
    own = book.path / _OWN
    return own if own.is_file() else None
