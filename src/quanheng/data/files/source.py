"""The files of a book: found in their places, kept inside the book, read within limits."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import polars as pl

from quanheng.data.files.bytes_of import bytes_of
from quanheng.data.files.delimited import read_csv
from quanheng.data.files.hashes import digest_of, digest_of_file
from quanheng.data.files.magic import WORKBOOKS
from quanheng.data.tables.table import ParquetFile, Raw
from quanheng.data.telling import limits
from quanheng.data.telling.changes import Stamp, stamp_of
from quanheng.data.telling.findings import (
    EMPTY_FILE,
    NOT_ORDINARY,
    NOT_PARQUET,
    NOT_READ,
    OTHER_FORMAT,
    OUTSIDE_BOOK,
    TOO_MANY_COLUMNS,
    UNREADABLE_FILE,
)
from quanheng.data.telling.room import Room
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Finding, Kind, Location
from quanheng.findings.refusals import reason_of
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.findings.visible import printable
from quanheng.scheme.files.ordinary import NotOrdinaryError, size_of_ordinary

_TEXTS: Final = frozenset({".csv", ".tsv", ".txt"})
TABLES: Final = _TEXTS | WORKBOOKS | {".parquet"}
"""Endings of the files with tables that are read; `.txt` only where tables lie, and if it has tabs."""
_OTHER_TABLES: Final = frozenset({".json", ".numbers", ".dbf", ".xml", ".html"})
"""Endings of files in which people keep figures too: they are not passed over in silence."""
_OFTABLES: Final = frozenset({"data", "ledgers", "targets"})
_OF_SYSTEMS: Final = frozenset({"thumbs.db", "desktop.ini"})
"""What a system lays into folders of its own accord."""
_NO_TABLES: Final = frozenset(
    {".md", ".rst", ".pdf", ".doc", ".docx", ".wps", ".ofd", ".png", ".jpg", ".jpeg", ".svg", ".py", ".r"}
)
"""Endings of texts, pictures and programs, which nobody takes for figures."""
NAMED: Final = ("units", "targets", "adjustments", "calendar")
"""The tables that lie beside the scheme."""


class Source(Value):
    """A file of the book: its name as findings give it (`data/gdp.csv`), and where it really lies."""

    name: str
    path: Path

    @property
    def location(self) -> Location:
        """The file as a whole."""
        return Location(file=self.name)

    @property
    def stem(self) -> str:
        """The last part of its name without the ending."""
        return Path(self.name).stem

    @property
    def suffix(self) -> str:
        """Its ending in lower case, with the dot."""
        return Path(self.name).suffix.lower()


TOO_MANY_FILES: Final = Kind(
    code="QH317",
    severity="error",
    en="the book has more than {most} files",
    zh="考核册文件数超过 {most} 个",
    hint_en="keep only what belongs to this round",
    hint_zh="请只保留本考核期的文件",
)


class Folder:
    """The folder of a book, opened for reading; `digests` has the digest of each file read, by name."""

    def __init__(self, root: Path, collector: Collector, room: Room | None = None) -> None:
        """Read below `root`; what is wrong goes to `collector`.

        `room` is what other files of the book have left of its limits.
        """
        self._root = root.resolve()
        self._collector = collector
        self._room = room or Room()
        self.digests: dict[str, str] = {}
        self.stamps: dict[str, Stamp] = {}

    def tables(self, folder: str = "") -> tuple[Source, ...]:
        """Return the files with tables in `folder` of the book (`data`, `history/2022`), sorted by name."""
        return tuple(self._tables(folder))

    def folders(self, folder: str) -> tuple[str, ...]:
        """Return the names of the folders in `folder` of the book, sorted."""
        return tuple(path.name for path in self._entries(folder) if self.confined(path) and path.is_dir())

    def file(self, *names: str, below: str = "") -> Source | None:
        """Return the first of the files `names` that the book has, or its folder `below`."""
        for path in self._entries(below):
            if path.name in names:
                source = self.confined(path)
                if source is not None and self._is_file(source):
                    return source
        return None

    def prepare(self, *folders: str) -> None:
        """Let the process apart start, if one of the `folders` has a file that it opens."""
        found = {path.suffix.lower() for folder in folders for path in (self._root / folder).glob("*")}
        if not found & {".parquet", *WORKBOOKS}:
            return
        from quanheng.data.files.apart.process import prepare  # noqa: PLC0415  a book of texts needs no process

        prepare("polars" if ".parquet" in found else "python_calamine")

    def read(self, source: Source) -> tuple[Raw, ...]:
        """Return what `source` holds: a table, or the sheets of a workbook; else none and a finding."""
        where = source.location
        if not self._room.has_one_more_file():
            self._collector.add(TOO_MANY_FILES.at(where, most=limits.FILES))
            return ()
        try:
            self.stamps[source.name] = stamp_of(source.path)
            if source.suffix == ".parquet":
                return self._read_parquet(source, size_of_ordinary(source.path))
            most = limits.CSV_BYTES if source.suffix in _TEXTS else limits.WORKBOOK_BYTES
            content = bytes_of(source.path, most, where, self._room)
        except NotOrdinaryError:
            self._collector.add(NOT_ORDINARY.at(where))
            return ()
        except OSError as error:
            self._unreadable(where, error)
            return ()
        if isinstance(content, Finding):
            self._collector.add(content)
            return ()
        if source.suffix == ".txt" and not _has_tabs(content):
            meant = source.name.removesuffix(".txt") in NAMED
            found = OTHER_FORMAT.at(where, suffix=".txt") if meant else None
            self._collector.add(found or NOT_READ.at(where, what=source.name))
            return ()
        self.digests[source.name] = digest_of(content)
        if source.suffix not in _TEXTS:
            from quanheng.data.files.spreadsheets import read_workbook  # noqa: PLC0415  the same

            return read_workbook(content, file=source.name, collector=self._collector, room=self._room)
        sheet = read_csv(content, file=source.name, collector=self._collector, room=self._room)
        return () if sheet is None else (sheet,)

    def confined(self, path: Path) -> Source | None:
        """Return the file or folder at `path` below the root if it really lies there, else add a finding."""
        name = printable(os.fsencode(path.relative_to(self._root).as_posix()).decode(errors="replace"))
        try:
            real = path.resolve(strict=True)
        except (OSError, RuntimeError) as error:
            self._unreadable(Location(file=name), error)
            return None
        if not real.is_relative_to(self._root):
            self._collector.add(OUTSIDE_BOOK.at(Location(file=name)))
            return None
        return Source(name=name, path=real)

    def _tables(self, folder: str) -> Iterator[Source]:
        entries = self._entries(folder)
        sure = TABLES - {".txt"}
        absent = (
            set(NAMED) - {path.stem for path in entries if path.suffix.lower() in sure} if not folder else ()
        )
        for path in entries:
            suffix = path.suffix.lower()
            named = path.name.partition(".")[0].strip().lower() in absent
            if suffix == ".txt" and not (folder in _OFTABLES or named):
                continue
            if suffix not in TABLES | _OTHER_TABLES:
                self._tell_passed_over(path, folder, named=named)
                continue
            source = self.confined(path)
            if source is None or not self._is_file(source):
                continue
            if suffix in TABLES:
                yield source
            elif folder in _OFTABLES or named:
                self._collector.add(OTHER_FORMAT.at(source.location, suffix=suffix))

    def _tell_passed_over(self, path: Path, folder: str, *, named: bool) -> None:
        """Tell of what is not opened where tables lie, or where it is called as one that is not there."""
        if not named and folder not in _OFTABLES:
            return
        source = self.confined(path)
        if source is None or (named and path.is_dir()):  # `targets` is a folder of tables
            return
        if named:
            self._collector.add(OTHER_FORMAT.at(source.location, suffix=path.suffix.lower()))
        elif path.name.lower() not in _OF_SYSTEMS and path.suffix.lower() not in _NO_TABLES:
            self._collector.add(NOT_READ.at(source.location, what=source.name))

    def _entries(self, folder: str) -> tuple[Path, ...]:
        """Return what lies in `folder`, sorted, without hidden files and the locks of spreadsheets."""
        path = self._root / folder
        if not path.exists() or (folder and self.confined(path) is None):
            return ()
        try:
            found = sorted(entry for entry in path.iterdir() if not entry.name.startswith((".", "~$")))
        except OSError as error:
            self._unreadable(Location(file=folder), error)
            return ()
        if len(found) > limits.FILES:
            self._collector.add(TOO_MANY_FILES.at(Location(file=folder), most=limits.FILES))
            return ()
        return tuple(found)

    def _is_file(self, source: Source) -> bool:
        if not source.path.is_file():
            self._collector.add(NOT_ORDINARY.at(source.location))
            return False
        return True

    def _read_parquet(self, source: Source, size: int) -> tuple[Raw, ...]:
        """Return the Parquet file, which the process apart has read once from end to end."""
        from quanheng.data.files.apart.read import RefusedError, sizes_of_parquet  # noqa: PLC0415  the same

        where = source.location
        if not _is_utf8(source.path):
            self._collector.add(UNREADABLE_FILE.at(where, reason=_NO_UTF8))
            return ()
        try:
            held = sizes_of_parquet(source.path, size, where, self._room)
        except RefusedError as refused:
            self._collector.add(refused.finding)
            return ()
        if not held.columns or not held.rows:
            self._collector.add(EMPTY_FILE.at(where))
            return ()
        if held.columns > limits.COLUMNS:
            self._collector.add(TOO_MANY_COLUMNS.at(where, columns=held.columns, most=limits.COLUMNS))
            return ()
        try:
            schema = dict(pl.scan_parquet(source.path, glob=False, hive_partitioning=False).collect_schema())
        except (pl.exceptions.PolarsError, pl.exceptions.PanicException):
            self._collector.add(NOT_PARQUET.at(where))
            return ()
        self.digests[source.name] = digest_of_file(source.path)
        most = self._room.memory + limits.ROOM_OF_PARQUET * size
        return (ParquetFile(file=source.name, path=source.path, schema=schema, rows=held.rows, most=most),)

    def _unreadable(self, where: Location, error: OSError | RuntimeError) -> None:
        # RuntimeError is what Python raises for links that lead to each other
        refused = error if isinstance(error, OSError) else OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        self._collector.add(UNREADABLE_FILE.at(where, reason=reason_of(refused)))


_NO_UTF8: Final = Text(
    en="its name and those of its folders must be UTF-8 if it is a Parquet file",
    zh="Parquet 文件的路径须为 UTF-8 编码",
)


def _is_utf8(path: Path) -> bool:
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def _has_tabs(content: bytes) -> bool:
    """Return whether tabs separate the lines of a text, as in what spreadsheets call Unicode text."""
    return 2 * content.count(b"\t") >= max(2, content.count(b"\n"))
