"""What is written reaches the disk: files and folders are flushed before and after a rename decides."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

_HAS_FOLDERS_AS_FILES = os.name != "nt"
"""Windows opens no folder; its renames are written through by the file system's own journal."""


def sync_file(path: Path) -> None:
    """Let the content of the file at `path` reach the disk.

    Raises:
        OSError: it does not; a full disk may tell so only now.
    """
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(path: Path) -> None:
    """Let the names in the folder at `path` reach the disk, where a system can be asked for that."""
    if not _HAS_FOLDERS_AS_FILES:
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        pass  # some network drives cannot flush a folder; the rename is in order all the same
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """Let all that lies in `folder` reach the disk: files first, then the folders that name them."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink():
            sync_tree(path)
        elif path.is_file() and not path.is_symlink():
            sync_file(path)
    sync_folder(folder)


def second_name(path: Path, other: Path) -> None:
    """Give the file at `path` the name `other` too; where a drive has no second names, copy it."""
    try:
        os.link(path, other, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(path, other, follow_symlinks=False)
        if not other.is_symlink():
            sync_file(other)
