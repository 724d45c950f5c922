"""A workshop: the folder beside what is written, in which it is made ready; its name says whose it is."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from quanheng.data.writing.owners import is_token_alive, this_process
from quanheng.data.writing.undisturbed import undisturbed
from quanheng.findings.patterns import bounded

PARTIAL: Final = ".partial-"
NEW: Final = "new"
"""The folder in a workshop with what is to appear."""
OLD: Final = "old"
"""The folder in a workshop with what was there before."""
JOURNAL: Final = "journal.json"
"""The file in a workshop that says what is moved where."""
BACK: Final = "taken-back.json"
"""What it is called once the change is to be taken back."""
_NAME: Final = bounded(re.escape(PARTIAL) + r"([0-9a-f]{8}-[0-9]{1,10}-[0-9a-f]{8})-\w+")
_DAY: Final = 24 * 60 * 60


def opened(folder: Path) -> Path:
    """Make a workshop of this process in `folder`, which exists.

    Raises:
        OSError: nothing can be written there.
    """
    return Path(tempfile.mkdtemp(prefix=f"{PARTIAL}{this_process().token}-", dir=folder))


def closed(workshop: Path) -> None:
    """Remove a workshop with all that is left in it."""
    with undisturbed():
        shutil.rmtree(workshop, ignore_errors=True)


def has_journal(workshop: Path) -> bool:
    """Return whether a change was decided in `workshop` and may not be finished."""
    return (workshop / JOURNAL).is_file() or (workshop / BACK).is_file()


def abandoned(folder: Path, *, only: Callable[[Path], bool] = Path.is_dir) -> Iterator[Path]:
    """Yield the workshops in `folder` that no living process owns, now those of this process.

    Whether a process of another computer lives cannot be told: its workshop counts as abandoned a day after
    it was last written to, by the clock of the drive that both write to.
    """
    try:
        found = [path for path in folder.iterdir() if path.name.startswith(PARTIAL)]
    except OSError:
        return
    for path in sorted(found):
        name = _NAME.fullmatch(path.name)
        if name is None or path.is_symlink() or not only(path):
            continue
        alive = is_token_alive(name[1])
        if alive is False or (alive is None and _is_old(path)):
            mine = _claimed(path)
            if mine is not None:
                yield mine


def is_workshop(path: Path) -> bool:
    """Return whether the folder at `path` is a workshop of this program."""
    return _NAME.fullmatch(path.name) is not None


def _claimed(path: Path) -> Path | None:
    """Make the workshop one of this process; None if another process was quicker."""
    mine = path.with_name(f"{PARTIAL}{this_process().token}-{path.name.rpartition('-')[2]}")
    try:
        return path.rename(mine)
    except OSError:
        return None


def _is_old(path: Path) -> bool:
    """Return whether the workshop was last written to more than a day before one that is made now."""
    probe = None
    try:
        probe = opened(path.parent)
        return probe.stat().st_mtime - path.stat().st_mtime > _DAY
    except OSError:
        return False
    finally:
        if probe is not None:
            closed(probe)
