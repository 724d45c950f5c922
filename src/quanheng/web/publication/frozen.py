"""What everybody reads: folders of files that no longer change, one for each version of a round.

DIR/public/<round>/<version>/publication.json    what it is, when it was published, the hash of each file
DIR/public/<round>/<version>/page.html, …        the files

Nothing of it is read from the database: a page that everybody opens asks no table.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from quanheng.data.files.hashes import digest_of_file
from quanheng.findings.patterns import bounded
from quanheng.findings.value import Value
from quanheng.findings.visible import json_text

ABOUT: Final = "publication.json"
_ROUND: Final = bounded(r"[\w][\w.-]{0,63}")


class Frozen(Value):
    """A publication as everybody sees it; `later` is the version that put it right."""

    folder: Path
    about: Mapping[str, Any]
    later: int | None = None

    @property
    def published_at(self) -> dt.datetime:
        """When it was published."""
        return dt.datetime.fromisoformat(self.about["published_at"])

    @property
    def version(self) -> int:
        """Which version of the round it is of."""
        return int(self.about["version"])


def lay(made: Path, public: Path, about: Mapping[str, Any]) -> None:
    """Lay the files of the folder `made` open for everybody, whole or not at all; what lies there stays.

    Of two processes that do it at a time the first one counts. What was left by one that was killed is
    removed once they lie there.
    """
    target = public / about["round"] / str(about["version"])
    if (target / ABOUT).is_file():
        return
    partial = f".{about['round']}-{about['version']}-"
    try:
        _lay(made, public / f"{partial}{os.getpid()}", target, about)
    except OSError:
        if not (target / ABOUT).is_file():
            raise
    for left in public.iterdir():
        if left.name.startswith(partial) and left.name.removeprefix(partial).isdigit():
            shutil.rmtree(left, ignore_errors=True)


def _lay(made: Path, partial: Path, target: Path, about: Mapping[str, Any]) -> None:
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    for name in about["files"]:
        shutil.copyfile(made / name, partial / name)
    (partial / ABOUT).write_text(f"{json_text(about)}\n", encoding="utf-8", newline="")
    target.parent.mkdir(parents=True, exist_ok=True)
    partial.rename(target)


def all_frozen(public: Path) -> Iterator[tuple[Frozen, ...]]:
    """Yield of each round its publications, the newest first; rounds by the moment of their newest one."""
    rounds = [each for each in public.iterdir() if _ROUND.fullmatch(each.name)] if public.is_dir() else []
    found = [of_round(public, each.name) for each in rounds]
    yield from sorted(filter(None, found), key=lambda each: str(each[0].about["published_at"]), reverse=True)


def of_round(public: Path, round_code: str) -> tuple[Frozen, ...]:
    """Return the publications of a round, the newest first; none if there is no such round."""
    folder = public / round_code
    if not _ROUND.fullmatch(round_code) or not folder.is_dir():
        return ()
    told = [
        (each, json.loads((each / ABOUT).read_text("utf-8")))
        for each in folder.iterdir()
        if each.name.isascii() and each.name.isdigit() and (each / ABOUT).is_file()
    ]
    ordered = sorted(told, key=lambda each: int(each[1]["version"]), reverse=True)
    newest = int(ordered[0][1]["version"]) if ordered else 0
    return tuple(
        Frozen(folder=place, about=about, later=None if int(about["version"]) == newest else newest)
        for place, about in ordered
    )


def changed_in(folder: Path, files: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of files that are not there, or not as their hashes say."""
    return tuple(
        name
        for name, digest in files.items()
        if not (folder / name).is_file() or digest_of_file(folder / name) != digest
    )
