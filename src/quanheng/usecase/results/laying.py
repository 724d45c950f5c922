"""A result is laid into its folder: whole or not at all; what else lies there stays."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from quanheng.data.files.hashes import digest_of_file
from quanheng.data.telling.names import shown
from quanheng.data.writing.changing import Change, preparing
from quanheng.data.writing.locks import LOCK, Lock
from quanheng.data.writing.workshops import is_workshop
from quanheng.documents.tables.record import COMPANIONS, HASH, IDENTITY, SIGNATURE
from quanheng.findings.finding import Finding, Kind, Location
from quanheng.usecase.results.earlier import KEPT, hashes_of, record_in, require_replaceable

_NAMED: Final = 5

STAYS: Final = Kind(
    code="QH601",
    severity="note",
    en="beside the result lies what is no part of it, and stays: {names}",
    zh="结果文件夹中有不属于结果的内容，予以保留：{names}",
    hint_en="nothing, if it is meant to lie there; 'quanheng verify' looks at the files of the result",
    hint_zh="如有意存放于此可忽略；quanheng verify 只核对结果文件",
)
WAS_CHANGED: Final = Kind(
    code="QH602",
    severity="warning",
    en="this file of the earlier result had been changed since it was written; it is kept as {kept}",
    zh="原结果中的该文件在生成后被改动过；改动后的文件保留为 {kept}",
    hint_en="take over what is needed of it, then remove it; keep notes in files of their own",
    hint_zh="请取用所需内容后删除；批注请另存文件",
)


@dataclass(slots=True, kw_only=True)
class Laying:
    """A result on its way into `folder`: written to `partial`, then put in its place.

    `members` are the names that files of such a result can have; the `last` of them is the one that tells
    what it is a result of. `keeper` is what the names of folders begin with in which the caller keeps the
    earlier one; without it only files that somebody had changed are kept. `told` is what was found about the
    folder when it was.
    """

    folder: Path
    change: Change
    above: str
    members: Sequence[str]
    last: str
    keeper: str | None = None
    told: list[Finding] = field(default_factory=list)

    @property
    def partial(self) -> Path:
        """The folder to write to."""
        return self.change.new / self.above

    def put(self, lock: Lock, command: str) -> None:
        """Put it in its place, under the `lock`."""
        if self.folder.exists():
            there = [name for name in self.members if (self.folder / name).is_file()]
            if self.keeper is None:
                self._keep_changed(there)
            gone = [name for name in there if not (self.partial / name).exists()]
            self.change.gone.extend(f"{self.above}{name}" for name in gone)
            self._tell_others()
        self.change.last.append(f"{self.above}{self.last}")
        self.change.commit(lock, command)

    def _keep_changed(self, there: Sequence[str]) -> None:
        """Keep those files of the earlier result that are not as they were written, and a signature."""
        record = record_in(self.folder)
        new = record_in(self.partial) or {}
        if record is not None and SIGNATURE in record and record.get(HASH) == new.get(HASH):
            shutil.copy2(self.folder / IDENTITY, self.partial / IDENTITY)  # what was signed is the same
        hashes = {} if record is None else hashes_of(record)
        changed = [
            name
            for name in there
            if record is None
            or (name in hashes and digest_of_file(self.folder / name) != hashes[name])
            or (name == IDENTITY and SIGNATURE in record and record.get(HASH) != new.get(HASH))
        ]
        if not changed:
            return
        number = 1
        while os.path.lexists(self.folder / f"{KEPT}{number}"):
            number += 1
        kept = self.partial / f"{KEPT}{number}"
        kept.mkdir()
        for name in changed:
            shutil.copy2(self.folder / name, kept / name)
            self.told.append(WAS_CHANGED.at(Location(file=name), kept=f"{kept.name}/{name}"))

    def _tell_others(self) -> None:
        ours = (self.keeper or KEPT, LOCK)
        known = {*self.members, *COMPANIONS, *(path.name for path in self.partial.iterdir())}
        others = sorted(
            path.name
            for path in self.folder.iterdir()
            if path.name not in known and not is_workshop(path) and not path.name.startswith(ours)
        )
        if others:
            more = f", … ({len(others)})" if len(others) > _NAMED else ""
            names = f"{', '.join(map(shown, others[:_NAMED]))}{more}"
            self.told.append(STAYS.at(Location(file=self.folder.name), names=names))


@contextmanager
def laying(
    folder: Path,
    *,
    members: Sequence[str],
    last: str,
    force: bool = False,
    keeper: str | None = None,
    root: Path | None = None,
) -> Iterator[Laying]:
    """Yield a result to be written and put in its place; without that nothing happens.

    A new folder appears with one rename. In one that is there, files are replaced by a journal. `root` is the
    folder in which something else is changed together with it.

    Raises:
        UsageError: what lies there is something other than an earlier result or an empty folder.
    """
    require_replaceable(folder, force=force)
    folder.parent.mkdir(parents=True, exist_ok=True)
    base = root or (folder if folder.exists() else folder.parent)
    above = "" if base == folder else f"{folder.relative_to(base).as_posix()}/"
    with preparing(base) as change:
        laid = Laying(folder=folder, change=change, above=above, members=members, last=last, keeper=keeper)
        laid.partial.mkdir(parents=True, exist_ok=True)
        yield laid
