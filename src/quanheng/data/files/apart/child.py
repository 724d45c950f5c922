"""The process apart: it opens what strangers wrote, one file after the other, with little memory and time.

A request is a line of JSON: what to do with which file, and the memory and seconds there are; the content of
a workbook follows it. Answers are lines of JSON, the last of them `"done"`. What is imported is light: the
process starts while somebody waits.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any, Final

from quanheng.data.files.apart.parquet import tell_parquet
from quanheng.data.files.apart.workbook import tell_workbook

READY: Final = "ready"
DONE: Final = "done"
OUT_OF_MEMORY: Final = 77
"""The exit code where memory did not suffice."""
_MOST_WRITTEN: Final = 1024 * 1024


def main() -> int:
    """Answer requests until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    _tell(READY)
    sys.stdout.buffer.flush()
    try:
        while line := sys.stdin.buffer.readline():
            _answer(json.loads(line))
            gc.collect()
            _tell(DONE)
            sys.stdout.buffer.flush()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except BrokenPipeError:
        os._exit(0)  # nobody waits for the answer
    return 0


def _answer(request: dict[str, Any]) -> None:
    if "memory" in request:
        _restrict(request["memory"], request["seconds"])
    match request["what"]:
        case "workbook":
            content = sys.stdin.buffer.read(request["size"])
            tell_workbook(content, request["file"], request["room"], _tell)
        case "parquet":
            tell_parquet(Path(request["path"]), request["room"], _tell)
        case _:  # "prepare"
            with contextlib.suppress(ImportError):
                __import__(request["library"])


def _tell(answer: object) -> None:
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")


def _restrict(memory: int, seconds: float) -> None:
    """Let the system end this process where it takes more memory or time, or writes files.

    Where the system has no such limits, the program that waits for an answer ends it after a time.
    """
    try:
        import resource  # noqa: PLC0415  Windows has no such module
    except ImportError:
        return
    # Python keeps what a write cut short left of a compiled module, and every later start would fall over it.
    sys.dont_write_bytecode = True
    used = time.process_time()
    wanted = (
        (resource.RLIMIT_DATA, memory),
        (resource.RLIMIT_CPU, int(used + seconds) + 1),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, _MOST_WRITTEN),
    )
    for limit, most in wanted:
        _, hard = resource.getrlimit(limit)
        soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (soft, hard))
