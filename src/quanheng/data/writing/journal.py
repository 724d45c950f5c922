"""Several files, one change: a journal says what is to be moved where, and one rename decides that it is.

Until `journal.json` stands in the workshop nothing has happened. Once it stands, the change is made: whoever
comes next finishes it, file by file. Each step may be done twice. What was there before is kept beside until
the end, so that a change that cannot be finished is taken back.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from typing import Final, TypeAlias

from quanheng.data.writing.disk import second_name, sync_file, sync_folder, sync_tree
from quanheng.data.writing.workshops import BACK, JOURNAL, NEW, OLD
from quanheng.findings.value import Value

_MOST_BYTES: Final = 10_000_000
_Look: TypeAlias = tuple[int, int] | None
"""Size and moment of writing of a file; None where there is none, or a folder."""


class Step(Value):
    """One file or new folder that is put in its place, or taken `away`; how it `was` and will be.

    Its `name` is the path to it from the root of the change, with `/`.
    """

    name: str
    away: bool
    was: _Look
    will_be: _Look


class Journal(Value):
    """The steps of a change in the folder `root`, made ready in `workshop` by `command`."""

    workshop: Path
    root: Path
    command: str
    steps: Sequence[Step]

    @property
    def is_back(self) -> bool:
        """Whether it is to be taken back."""
        return (self.workshop / BACK).is_file()

    @property
    def names(self) -> tuple[str, ...]:
        """What the change is about."""
        return tuple(step.name for step in self.steps)

    def decide(self) -> None:
        """Write the journal down, after a second name for all that will be replaced: then it is to be done.

        Raises:
            OSError: it cannot be written; then nothing has happened.
        """
        old = self.workshop / OLD
        old.mkdir()
        for step in self.steps:
            if step.was is not None:
                (old / step.name).parent.mkdir(parents=True, exist_ok=True)
                second_name(self.root / step.name, old / step.name)
        sync_tree(old)
        steps = [
            {"name": step.name, "away": step.away, "was": step.was, "will_be": step.will_be}
            for step in self.steps
        ]
        record = {"quanheng": "journal", "command": self.command, "steps": steps}
        draft = self.workshop / f"{JOURNAL}.draft"
        draft.write_text(json.dumps(record, indent=1), encoding="utf-8")
        sync_file(draft)
        sync_folder(self.workshop)
        draft.replace(self.workshop / JOURNAL)
        sync_folder(self.workshop)

    def finish(self) -> None:
        """Do what is still to be done, and strike the journal out.

        Raises:
            OSError: a file cannot be put in its place; the journal stands.
        """
        for step in self.steps:
            new = self.workshop / NEW / step.name
            if step.away:
                (self.root / step.name).unlink(missing_ok=True)
            elif os.path.lexists(new):
                new.replace(self.root / step.name)
        self._sync()
        (self.workshop / JOURNAL).unlink(missing_ok=True)

    def take_back(self) -> None:
        """Put what was there before in its place again, and strike the journal out.

        The journal gets another name first, so that whoever comes next takes back too.

        Raises:
            OSError: it cannot be put back; the journal stands.
        """
        if not self.is_back:
            (self.workshop / JOURNAL).replace(self.workshop / BACK)
            sync_folder(self.workshop)
        for step in reversed(self.steps):
            if self._is_to_do(step):
                continue
            target, old = self.root / step.name, self.workshop / OLD / step.name
            if os.path.lexists(old):
                old.replace(target)
            elif step.was is None and os.path.lexists(target):
                target.replace(self._new(step))
        self._sync()
        (self.workshop / BACK).unlink(missing_ok=True)

    def _sync(self) -> None:
        for folder in sorted({(self.root / step.name).parent for step in self.steps}):
            sync_folder(folder)

    def changed_since(self) -> Iterator[str]:
        """Yield what somebody has changed since, before this change came to it."""
        for step in self.steps:
            if self._is_to_do(step) and look_of(self.root / step.name) != step.was:
                yield step.name

    def changed_after(self) -> Iterator[str]:
        """Yield what somebody has changed since this change came to it."""
        for step in self.steps:
            if not self._is_to_do(step) and look_of(self.root / step.name) != step.will_be:
                yield step.name

    def _new(self, step: Step) -> Path:
        return self.workshop / NEW / step.name

    def _is_to_do(self, step: Step) -> bool:
        if step.away:
            return os.path.lexists(self.root / step.name)
        return os.path.lexists(self._new(step))


def journal_in(workshop: Path) -> Journal | None:
    """Return the journal of an unfinished change in `workshop`; None if nothing was decided."""
    file = next((workshop / name for name in (BACK, JOURNAL) if (workshop / name).is_file()), None)
    if file is None:
        return None
    try:
        if file.stat().st_size > _MOST_BYTES:
            return None
        record = json.loads(file.read_text(encoding="utf-8"))
        steps = [
            Step(
                name=_plain_name(step["name"]),
                away=bool(step["away"]),
                was=_look(step["was"]),
                will_be=_look(step["will_be"]),
            )
            for step in record["steps"]
        ]
        return Journal(
            workshop=workshop, root=workshop.parent, command=str(record["command"]), steps=tuple(steps)
        )
    except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None


def look_of(path: Path) -> _Look:
    """Return size and moment of writing of the file at `path`; None if there is none, or a folder."""
    try:
        stat = path.lstat()
    except OSError:
        return None
    return None if path.is_dir() and not path.is_symlink() else (stat.st_size, stat.st_mtime_ns)


def keep_mode(old: Path, new: Path) -> None:
    """Give `new` the rights that `old` has, if that is there."""
    if old.is_file() and new.is_file():
        shutil.copymode(old, new)


def _plain_name(name: object) -> str:
    """Return the name of a step; one that leads elsewhere is none of ours."""
    if not isinstance(name, str):
        raise TypeError(name)
    path = PurePath(name)
    if path.is_absolute() or path.drive or not path.parts or ".." in path.parts:
        raise ValueError(name)
    return name


def _look(said: object) -> _Look:
    match said:
        case None:
            return None
        case [int(size), int(written)]:
            return size, written
        case _:
            raise ValueError(said)
