"""A process beside this one that sets papers by the same template: setting takes one core of several.

It is given one paper after the other, each as a line of JSON on its standard input, and answers each with a
line on its standard output when the file is there.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from quanheng.data.files.apart.command import command_of
from quanheng.documents.pdf.typesetting import compiler_for, set_pdf
from quanheng.findings.value import Value


class Beside(Value):
    """The process, and the file in which it leaves what it has set."""

    process: subprocess.Popen[bytes]
    left: Path

    def begin(self, paper: str, day: dt.date) -> bool:
        """Give it a paper, and return whether it took it."""
        return self.told({"paper": paper, "day": day.isoformat(), "out": str(self.left)})

    def told(self, what: Mapping[str, object]) -> bool:
        """Write it a line, and return whether it is there to read it."""
        assert self.process.stdin is not None  # noqa: S101  it was started with a pipe
        try:
            self.process.stdin.write(json.dumps(what).encode() + b"\n")
            self.process.stdin.flush()
        except OSError:
            return False
        return True

    def end(self) -> None:
        """End it at once, whatever it is doing."""
        self.process.kill()
        with suppress(OSError):  # what it did not read is of no use any more
            if self.process.stdin is not None:
                self.process.stdin.close()

    def finished(self) -> bytes | None:
        """Return the paper it was given, set; None where it could not, and is there no more."""
        assert self.process.stdout is not None  # noqa: S101  it was started with a pipe
        return self.left.read_bytes() if self.process.stdout.readline() else None


@contextmanager
def beside(template: Path, folders: tuple[str, ...]) -> Iterator[Beside]:
    """Start a process that sets papers by `template` with the fonts in `folders`, and end it afterwards."""
    with TemporaryDirectory() as folder:
        process = subprocess.Popen(  # noqa: S603  our own program; no text of a stranger
            command_of("quanheng.documents.pdf.beside"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        with process:
            second = Beside(process=process, left=Path(folder, "paper.pdf"))
            try:
                second.told({"template": str(template), "folders": folders})
                yield second
            finally:
                second.end()


def main() -> int:
    """Set one paper after the other, until there are no more."""
    told: dict[str, Any] = json.loads(sys.stdin.buffer.readline())
    template, compiler = Path(told["template"]).read_bytes(), compiler_for(told["folders"])
    for line in sys.stdin.buffer:
        asked: dict[str, str] = json.loads(line)
        content = set_pdf(compiler, template, asked["paper"], dt.date.fromisoformat(asked["day"]))
        Path(asked["out"]).write_bytes(content)
        sys.stdout.write("set\n")
        sys.stdout.flush()
    return 0
