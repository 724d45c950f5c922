"""Asking the server of forks, and what lies in a folder before and after."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

ROOT: Final = Path(__file__).parents[2]
Contents = dict[str, bytes]
_MADE: Final = "docProps/core.xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """How a command ended: its code (below 0 the signal that killed it), what it printed, what it did."""

    code: int
    out: str
    err: str
    effects: Sequence[str]
    seconds: float


class Server:
    """The process with everything loaded, of which commands are forks."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    @classmethod
    @contextmanager
    def started(cls) -> Iterator[Self]:
        with subprocess.Popen(
            [sys.executable, "-m", "tests.hardship.server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        ) as process:
            yield cls(process)
            assert process.stdin is not None
            process.stdin.close()

    def run(self, folder: Path, *tokens: str, **how: Any) -> Ran:  # noqa: ANN401  parts of a request
        request = {"folder": str(folder), "tokens": ["--lang", "en", *tokens], **how}
        self.ask(request)
        return self.answer()

    def ask(self, request: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()

    def answer(self) -> Ran:
        assert self._process.stdout is not None
        return Ran(**json.loads(self._process.stdout.readline()))


def contents(folder: Path) -> Contents:
    """Return all that lies in a folder, but for folders without anything in them."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def timeless(found: Contents) -> Contents:
    """Return contents with the parts of workbooks but for the one that says when they were made."""
    told: Contents = {}
    for name, content in found.items():
        if not name.endswith(".xlsx"):
            told[name] = content
            continue
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            told |= {f"{name}!{part}": archive.read(part) for part in archive.namelist() if part != _MADE}
    return told


def is_left(name: str) -> bool:
    """Return whether a name is of what a killed command leaves behind."""
    return ".partial-" in name or ".quanheng-lock" in name


def without_left(found: Contents) -> Contents:
    return {name: content for name, content in found.items() if not is_left(name)}


def laid(files: Contents, folder: Path) -> Path:
    """Lay files into a new folder."""
    folder.mkdir()
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder
