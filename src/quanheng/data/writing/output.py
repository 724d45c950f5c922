"""A file that a person asked for: written beside and moved, and never over what a person made."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

from quanheng.data.writing.changing import preparing
from quanheng.data.writing.locks import holding
from quanheng.data.writing.writing import Writing
from quanheng.findings.errors import UsageError


def write_output(
    target: Path, fill: Callable[[Path], None], writing: Writing, *, is_own: Callable[[Path], bool]
) -> None:
    """Let `fill` write the file `target`, whole or not at all.

    A file that is there is replaced if it `is_own`, one of this program's, or if `writing` has force. A
    device or a pipe is written to as it comes: there is nothing to lose.

    Raises:
        UsageError: what lies there is a person's, or no file.
        OSError: it cannot be written; then all is as it was.
    """
    if _is_stream(target):
        fill(target)
        return
    real = target.resolve()
    require_replaceable(target, writing, is_own=is_own)
    with preparing(real.parent) as change:
        fill(change.new / real.name)
        with holding(real, writing) as lock:
            require_replaceable(target, writing, is_own=is_own)
            change.commit(lock, writing.command)


def write_new(target: Path, fill: Callable[[Path], object]) -> None:
    """Let `fill` write the file `target`, which is not there yet, whole or not at all.

    Raises:
        FileExistsError: something is there already.
        OSError: it cannot be written; then nothing is there.
    """
    writing = Writing()
    _require_absent(target)
    real = target.resolve()
    with preparing(real.parent) as change:
        fill(change.new / real.name)
        with holding(real, writing) as lock:
            _require_absent(target)
            change.commit(lock, writing.command)


def _require_absent(target: Path) -> None:
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))


def require_replaceable(target: Path, writing: Writing, *, is_own: Callable[[Path], bool]) -> None:
    """Raise if `target` cannot be written to, or is a person's: that is never thrown away unless by force.

    Raises:
        UsageError: it says what is there, and what to do; or there is no folder to write it into.
    """
    real = target.resolve()
    if real.is_dir():
        raise UsageError(f"{target} is a folder; name a file", f"{target} 是文件夹；请指定文件")
    require_folder_around(target)
    if os.path.lexists(real) and not writing.force and not is_own(real):
        raise UsageError(
            f"{target} was not written by quanheng, or was changed since: name another file, or write over "
            "it with --force",
            f"{target} 不是权衡生成的文件，或生成后被改动：请另指定文件，或用 --force 覆盖",
        )


def require_folder_around(target: Path) -> None:
    """Raise a `UsageError` unless there is a folder for the file or folder `target` to be written into."""
    require_no_file_above(target)
    folder = target.resolve().parent
    if not folder.is_dir():
        raise UsageError(
            f"{target} cannot be written: there is no folder {folder}",
            f"无法写入 {target}：没有文件夹 {folder}",
        )


def require_no_file_above(target: Path) -> None:
    """Raise a `UsageError` if what would have to be a folder above `target` is a file."""
    file = next((path for path in target.resolve().parents if path.is_file()), None)
    if file is not None:
        raise UsageError(
            f"{target} cannot be written: {file} is a file, not a folder",
            f"无法写入 {target}：{file} 是文件，不是文件夹",
        )


def _is_stream(target: Path) -> bool:
    """Return whether `target` is a device or a pipe, such as /dev/stdout."""
    try:
        mode = target.stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)
