"""A kind of work for tests that waits until it is told to end, and says how often it was begun."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from quanheng.findings.text import Text
from quanheng.web.jobs.work import Held, work

KIND: Final = "test.slow"


@work(KIND, Text(zh="慢", en="slow"))
def wait(held: Held, arguments: Mapping[str, object]) -> None:
    """Note the attempt, and wait for the file `go`."""
    folder = Path(str(arguments["folder"]))
    with (folder / "begun").open("a", encoding="utf-8") as file:
        file.write(f"{held.attempt}\n")
    while not (folder / "go").exists():
        threading.Event().wait(0.05)
