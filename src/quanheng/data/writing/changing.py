"""One file or many are replaced together: made ready beside, flushed, then moved, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from quanheng.data.writing.disk import sync_folder, sync_tree
from quanheng.data.writing.journal import Journal, Step, keep_mode, look_of
from quanheng.data.writing.locks import Lock
from quanheng.data.writing.undisturbed import undisturbed
from quanheng.data.writing.workshops import NEW, closed, has_journal, opened


@dataclass(slots=True, kw_only=True)
class Change:
    """What is being made ready: whatever lies in `new` will lie in `root`, what is called in `gone` no more.

    A folder that is there keeps what else it holds. What is called in `last` is moved after all others. All
    are called by their path from the root, with `/`.
    """

    root: Path
    workshop: Path
    last: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    @property
    def new(self) -> Path:
        """The folder to write to."""
        return self.workshop / NEW

    def commit(self, lock: Lock, command: str) -> None:
        """Put all of it in its place: with one rename, or by a journal that one rename decides.

        Raises:
            DataError: somebody took the lock away.
            OSError: it cannot be done; then all is as it was.
        """
        steps = tuple(self._steps())
        sync_tree(self.new)
        sync_folder(self.workshop)
        lock.require_held()
        if not steps:
            return
        if len(steps) == 1 and not steps[0].away:
            place = self.root / steps[0].name
            (self.new / steps[0].name).replace(place)
            sync_folder(place.parent)
            return
        journal = Journal(workshop=self.workshop, root=self.root, command=command, steps=steps)
        with undisturbed():
            journal.decide()
            try:
                journal.finish()
            except OSError:
                journal.take_back()
                raise

    def _steps(self) -> Iterator[Step]:
        names = sorted(_names_in(self.new, self.root))
        last = [name for name in self.last if name in names]
        for name in (*(name for name in names if name not in last), *self.gone, *last):
            new, there = self.new / name, self.root / name
            if name in self.gone:
                if os.path.lexists(there):
                    yield Step(name=name, away=True, was=look_of(there), will_be=None)
            elif os.path.lexists(new):
                keep_mode(there, new)
                yield Step(name=name, away=False, was=look_of(there), will_be=look_of(new))


def _names_in(new: Path, root: Path, above: str = "") -> Iterator[str]:
    """Yield what lies in `new` by its path: files, and folders that the `root` does not have."""
    for path in new.iterdir():
        name = f"{above}{path.name}"
        if path.is_dir() and (root / name).is_dir():
            yield from _names_in(path, root, f"{name}/")
        else:
            yield name


@contextmanager
def preparing(root: Path) -> Iterator[Change]:
    """Yield a change in the folder `root`, which exists, to be filled and committed; else nothing happens.

    Raises:
        OSError: nothing can be written there.
    """
    workshop = None
    unfinished = False
    try:
        with undisturbed():
            workshop = opened(root)
        (workshop / NEW).mkdir()
        change = Change(root=root, workshop=workshop)
        yield change
    except BaseException:
        # what is decided is left to the next command
        unfinished = workshop is not None and has_journal(workshop)
        raise
    finally:
        if workshop is not None and not unfinished:
            closed(workshop)
