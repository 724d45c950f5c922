"""The process apart as the program sees it: started when it is first needed, asked, watched, ended.

One process serves all files of a command. A file that ends it is told, and the next one gets a new process.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import signal
import subprocess
import tempfile
import threading
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import IO, Any, Final, Literal, TypeAlias

from quanheng.data.files.apart.child import DONE, OUT_OF_MEMORY, READY
from quanheng.data.files.apart.command import command_of
from quanheng.data.telling import limits
from quanheng.findings.value import Value

Why: TypeAlias = Literal["memory", "time", "end", "start"]
"""Memory or time did not suffice; it ended otherwise; it could not be started."""
_MEBI: Final = 1024 * 1024
_THREADS: Final = "2"
_WAIT_TIMES: Final = 4
"""On a busy machine a second of computing takes longer."""
_LAST_WORDS: Final = 4096
_NO_MEMORY: Final = (b"memory allocation", b"MemoryError", b"capacity overflow", b"out of memory")
_GRACE: Final = 5.0
"""Seconds that a process has to end once it has said its last word."""


class FellError(Exception):
    """The process ended over a file, or could not be started: `why`."""

    def __init__(self, why: Why) -> None:
        """Keep the reason."""
        super().__init__(why)
        self.why: Why = why


class Means(Value):
    """What the process may take for a file: bytes of memory, seconds of computing time."""

    memory: int
    seconds: float


def means_for(size: int) -> Means:
    """Return what a file of `size` bytes may take.

    Examples:
        >>> means_for(1024 * 1024).seconds
        16.0
    """
    return Means(
        memory=limits.APART_MEMORY + limits.APART_MEMORY_TIMES * size,
        seconds=limits.APART_SECONDS + limits.APART_SECONDS_PER_MEBI * size / _MEBI,
    )


def prepare(library: str) -> None:
    """Start the process, and let it import `library`, while the program has something else to do."""
    with _LOCK, contextlib.suppress(FellError, OSError):
        _send(_there(), {"what": "prepare", "library": library})


def ask(request: dict[str, Any], means: Means, content: bytes = b"") -> Generator[Any, None, None]:
    """Yield the answers to `request`, which `content` follows.

    Raises:
        FellError: the process ended over it.
    """
    with _LOCK:
        child = _there()
        watch = threading.Timer(_WAIT_TIMES * means.seconds, child.end_late)
        watch.daemon = True
        watch.start()
        is_done = False
        try:
            told = {**request, "memory": means.memory, "seconds": means.seconds}
            with contextlib.suppress(BrokenPipeError):
                _send(child, told, content)
            for answer in child.answers():
                if answer == DONE and child.asked == 0:
                    is_done = True
                    return
                if answer != DONE:
                    yield answer
            raise FellError(child.why())
        finally:
            watch.cancel()
            if not is_done:
                child.end()


@dataclass(slots=True, kw_only=True)
class _Child:
    process: subprocess.Popen[bytes]
    said: IO[bytes]
    owner: int = field(default_factory=os.getpid)
    asked: int = 0
    """Requests whose answer has not come to its end."""
    is_ready: bool = False
    is_late: bool = False
    last_words: bytes = b""

    def answers(self) -> Iterator[Any]:
        """Yield what the process tells, until it has told everything or ends."""
        answers = self.process.stdout
        while answers is not None and (line := answers.readline()).endswith(b"\n"):
            answer = json.loads(line)
            if answer == READY:
                self.is_ready = True
                continue
            if answer == DONE:
                self.asked -= 1
            yield answer

    def why(self) -> Why:
        """Return why the process ended, or does not answer as it should."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(_GRACE)
        self.end()
        code, words = self.process.returncode, self.last_words
        if not self.is_ready:
            return "start"
        if self.is_late or code == _ended_by("SIGXCPU"):
            return "time"
        if code in (OUT_OF_MEMORY, _ended_by("SIGKILL")) or any(word in words for word in _NO_MEMORY):
            return "memory"
        return "end"

    def end_late(self) -> None:
        """End the process since its time is over."""
        self.is_late = True
        self.process.kill()

    def end(self) -> None:
        """End the process, whatever it does, and keep its last words."""
        if (
            self.owner != os.getpid() or self.said.closed
        ):  # of a copy of the program the parent has the process
            return
        self.process.kill()
        self.process.wait()
        self.said.seek(0)
        self.last_words = self.said.read(_LAST_WORDS)
        for pipe in (self.process.stdin, self.process.stdout, self.said):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


def _ended_by(name: str) -> int:
    """Return the exit code of a process that the signal of that name ended; one that none has, without it."""
    return -int(getattr(signal, name, 1000))


def _there() -> _Child:
    """Return the process, started if there is none."""
    global _child  # noqa: PLW0603  one process for all files is what this module is for
    if _child is None or _child.owner != os.getpid() or _child.process.poll() is not None:
        _child = _started()
    return _child


def _started() -> _Child:
    said = tempfile.TemporaryFile()  # noqa: SIM115  it lives as long as the process
    try:
        process = subprocess.Popen(  # noqa: S603  our own program; no text of a stranger
            command_of("quanheng.data.files.apart.child"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            env={**os.environ, "POLARS_MAX_THREADS": _THREADS},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError:
        said.close()
        raise FellError("start") from None
    child = _Child(process=process, said=said)
    atexit.register(child.end)
    return child


def _send(child: _Child, request: dict[str, Any], content: bytes = b"") -> None:
    pipe = child.process.stdin
    if pipe is None:
        return
    child.asked += 1
    pipe.write(json.dumps(request).encode() + b"\n")
    pipe.write(content)
    pipe.flush()


_LOCK: Final = threading.Lock()
_child: _Child | None = None
