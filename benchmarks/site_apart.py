"""A site in a process of its own, which does what it is asked: so no case that measures one loads Django."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeAlias

from quanheng.cli.main import NEW_OBJECTS

Deeds: TypeAlias = Mapping[str, Callable[[], bool]]
"""What the site can be asked to do, by name; each tells whether it was done."""
DeedsOf: TypeAlias = Callable[[Path, int], Deeds]
"""Makes a site of some size in an empty folder; a function of a module, where the process looks it up."""


def site_apart(deeds_of: DeedsOf, folder: Path, size: int) -> Callable[[str], None]:
    """Let a process of its own make a site, wait until it is ready, and return what asks it."""
    ours, theirs = multiprocessing.Pipe()
    spawn = multiprocessing.get_context("spawn")
    told = (theirs, deeds_of, folder / "site", size)
    spawn.Process(target=_answer, args=told, daemon=True).start()
    if ours.recv() != "ready":
        raise SystemExit("the site could not be made")

    def asked(what: str) -> None:
        ours.send(what)
        if ours.recv() != "done":
            raise SystemExit(f"the site refused: {what}")

    return asked


def _answer(asked: Connection, deeds_of: DeedsOf, folder: Path, size: int) -> None:
    """Make the site, then do what is said."""
    gc.set_threshold(NEW_OBJECTS)  # as the command that serves a site does
    deeds = deeds_of(folder, size)
    asked.send("ready")
    while True:
        try:
            what = asked.recv()
        except EOFError:
            return
        asked.send("done" if deeds[what]() else "refused")
