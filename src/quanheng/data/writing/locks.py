"""One writer at a time: the lock of a book, a small file that says who writes, since when, on which computer.

It is a file that only one can make (`O_CREAT | O_EXCL`), so it serves on any system and on a shared drive,
and a person can read it. A lock whose process has ended is recognised and taken away; one of another computer
is not: there it cannot be told.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Final

from quanheng.data.writing.owners import Owner, is_alive, this_process
from quanheng.data.writing.places import book_around, folders_of
from quanheng.data.writing.tidying import tidy
from quanheng.data.writing.undisturbed import undisturbed
from quanheng.data.writing.writing import Writing
from quanheng.findings.errors import DataError
from quanheng.findings.text import Text
from quanheng.findings.value import Value

LOCK: Final = ".quanheng-lock"
_TRIES: Final = 100
_PAUSE: Final = 0.1
"""Seconds between two tries: after ten of them the second writer is refused and told who writes."""
_MOST_BYTES: Final = 10_000


class LockedError(DataError):
    """Somebody else writes there."""


class Lock(Value):
    """A lock that this process holds: its file, and what it says."""

    file: Path
    said: str

    def require_held(self) -> None:
        """Raise if somebody took the lock away meanwhile: then nothing is written."""
        if _text_of(self.file) != self.said:
            raise DataError(
                f"the lock {self.file} was taken away meanwhile; nothing was written, try again",
                f"锁文件 {self.file} 在此期间被移除；未写入任何内容，请重试",
            )


@contextmanager
def holding(place: Path, writing: Writing) -> Iterator[Lock]:
    """Hold the lock of the book that `place` belongs to, or of `place` itself if it belongs to none.

    What earlier commands left behind there is tidied up first.

    Raises:
        LockedError: somebody else writes there, for longer than a moment.
        OSError: nothing can be written there.
    """
    lock = _taken(lock_of(place), writing)
    try:
        tidy(place, writing)
        _take_stale_away(place, lock, writing)
        yield lock
    finally:
        _released(lock)


def lock_of(place: Path) -> Path:
    """Return the file that locks what is written at `place`.

    Examples:
        >>> lock_of(Path("/nowhere/table.csv")).name
        '.quanheng-lock-table.csv'
    """
    real = place.resolve()
    book = book_around(real)
    if book is not None and book.is_dir():
        return book / LOCK
    return (book or real).with_name(f"{LOCK}-{(book or real).name}")


def _take_stale_away(place: Path, own: Lock, writing: Writing) -> None:
    """Take away the locks of processes that have ended, where `place` and its book are."""
    for folder in folders_of(place):
        try:
            locks = [path for path in folder.iterdir() if path.name.startswith(LOCK) and path != own.file]
        except OSError:
            continue
        for file in sorted(locks):
            said = _text_of(file)
            if said is not None and _is_stale(said):
                _take_away(file, said, writing)


def _taken(file: Path, writing: Writing) -> Lock:
    """Return the lock, as soon as nobody else holds it."""
    said: str | None = None
    for _ in range(_TRIES):
        lock = _made(file, writing)
        if lock is not None:
            return lock
        said = _text_of(file)
        if said is not None and _is_stale(said):
            _take_away(file, said, writing)
        else:
            time.sleep(_PAUSE)  # noqa: TID251  another process holds it; what it does takes a moment
    if said is not None and _owner_in(said) is None:
        # nobody writes a few letters for ten seconds: the process or the computer broke down at that
        _take_away(file, said, writing)
        lock = _made(file, writing)
        if lock is not None:
            return lock
    raise _locked(file, said or "")


def _made(file: Path, writing: Writing) -> Lock | None:
    """Return the lock if nobody holds it."""
    lock = None
    try:
        with undisturbed():
            lock = _written(file, writing)
    except BaseException:
        if lock is not None:
            _released(lock)
        raise
    return lock


def _released(lock: Lock) -> None:
    with undisturbed():
        if _text_of(lock.file) == lock.said:
            lock.file.unlink(missing_ok=True)


def _written(file: Path, writing: Writing) -> Lock | None:
    said = json.dumps({"quanheng": "lock", "command": writing.command, **asdict(this_process())})
    try:
        handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
    except FileExistsError:
        return None
    except PermissionError:
        if not file.exists():  # Windows says so of a file that is just being removed
            raise
        return None
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(said)
    except OSError:  # a full disk
        file.unlink(missing_ok=True)
        raise
    return Lock(file=file, said=said)


def _text_of(file: Path) -> str | None:
    """Return what the lock says; None if there is none."""
    try:
        with file.open(encoding="utf-8", errors="replace") as stream:
            return stream.read(_MOST_BYTES)
    except OSError:
        return None


def _owner_in(said: str) -> Owner | None:
    """Return whose lock it is; None if it does not say so."""
    try:
        told = json.loads(said)
        return Owner(
            host=str(told["host"]),
            among=str(told["among"]),
            pid=int(told["pid"]),
            started=str(told["started"]),
        )
    except (ValueError, TypeError, LookupError, RecursionError):
        return None


def _is_stale(said: str) -> bool:
    owner = _owner_in(said)
    return owner is not None and is_alive(owner) is False


def _take_away(file: Path, said: str, writing: Writing) -> None:
    """Take away the lock that says `said`, and no other: somebody may have taken it away and made one."""
    aside = file.with_name(f"{file.name}-{this_process().token}")
    try:
        file.rename(aside)
    except OSError:
        return
    if _text_of(aside) != said:
        if not file.exists():
            aside.rename(file)
        return
    aside.unlink(missing_ok=True)
    command = _command_in(said)
    writing.tell(
        Text(
            en=f"took away the lock of {command}, which is not running any more",
            zh=f"已移除 {command} 的锁：该命令早已结束",
        )
    )


def _command_in(said: str) -> str:
    try:
        return f"'{json.loads(said)['command']}'"
    except (ValueError, TypeError, LookupError, RecursionError):
        return "?"


def _locked(file: Path, said: str) -> LockedError:
    owner = _owner_in(said)
    since = _since(file)
    if owner is None:
        return LockedError(
            f"the lock {file} cannot be had; if nothing writes there, remove the file",
            f"无法取得锁文件 {file}；确认没有命令在写入后，请删除该文件",
        )
    command = _command_in(said)
    if is_alive(owner) is None:
        return LockedError(
            f"{command} writes there{since.en}, on the computer {owner.host} (process {owner.pid}); "
            f"if it does not run there any more, remove {file}",
            f"{command} 正在写入{since.zh}：计算机 {owner.host}，进程 {owner.pid}；"
            f"如该命令已不在运行，请删除 {file}",
        )
    return LockedError(
        f"{command} writes there{since.en} (process {owner.pid}); try again when it is done",
        f"{command} 正在写入{since.zh}（进程 {owner.pid}）；请等其结束后重试",
    )


def _since(file: Path) -> Text:
    try:
        moment = dt.datetime.fromtimestamp(file.stat().st_mtime, tz=dt.UTC).astimezone()
    except OSError:
        return Text()
    return Text(en=f" since {moment:%Y-%m-%d %H:%M:%S}", zh=f"（始于 {moment:%Y-%m-%d %H:%M:%S}）")
