"""Pages that prove what they show: their blocks are run, and what comes out is put back into the page.

A page is replayed in an empty folder, from its first block to its last. The blocks that do something:

    ```yaml title="book/scheme.yaml"    the block is written to that file
    ```diff title="book/scheme.yaml"    lines with - in the file become those with +
    ```console                          `$ quanheng …` is run; what it prints stands below it
    ```console exit=1                   the same, of a command that ends with 1
    ```python                           is run; with prompts, what each statement prints stands below it

All other blocks are for the eye only.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from quanheng.findings.text import Language

BLOCK: Final = re.compile(r"^```(?P<info>[^\n`]+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_SOURCE: Final = Path(__file__).resolve().parent.parent / "src"
_PROGRAM: Final = ("-c", "from quanheng.cli.main import main; main()")
_SHOWING: Final = frozenset({"head", "cat", "ls"})
"""Commands besides quanheng that a page may use to show a file."""
_LOCALES: Final = {"en": "C.UTF-8", "zh": "zh_CN.UTF-8"}
_PROMPT, _MORE = ">>> ", "..."
_MARK: Final = "\ufeff"


class PageError(Exception):
    """A block of a page does not do what the page says."""


@dataclass(frozen=True, slots=True)
class Replay:
    """One run of a page: the folder it works in and the names its Python blocks have made so far."""

    folder: Path
    language: Language
    names: dict[str, Any] = field(default_factory=lambda: {"__name__": "page"})

    def of(self, text: str) -> str:
        """Return the page `text` with what its blocks really print."""
        return BLOCK.sub(
            lambda block: f"```{block['info']}\n{self._done(block['info'], block['body'])}```", text
        )

    def _done(self, info: str, body: str) -> str:
        kind, _, rest = info.partition(" ")
        title = re.search(r'title="([^"]+)"', rest)
        if kind == "diff" and title:
            self._edit(title[1], body)
        elif title:
            self._write(title[1], body)
        elif kind == "console":
            ends_with = re.search(r"exit=(\d)", rest)
            return "".join(self._commands(body, int(ends_with[1]) if ends_with else 0))
        elif kind == "python":
            with contextlib.chdir(self.folder):
                return "".join(self._statements(body))
        return body

    def _write(self, name: str, body: str) -> None:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(body, encoding="utf-8")

    def _edit(self, name: str, body: str) -> None:
        file = self.folder / name
        text = file.read_text(encoding="utf-8")
        old = "".join(line[1:] for line in body.splitlines(keepends=True) if line[0] in " -")
        new = "".join(line[1:] for line in body.splitlines(keepends=True) if line[0] in " +")
        if text.count(old) != 1:
            raise PageError(f"{name} has these lines {text.count(old)} times:\n{old}")
        file.write_text(text.replace(old, new), encoding="utf-8")

    def _commands(self, body: str, ends_with: int) -> Iterator[str]:
        for line in body.splitlines():
            if line.startswith("$ "):
                yield f"{line}\n{self._printed(line.removeprefix('$ '), ends_with)}"

    def _printed(self, line: str, ends_with: int) -> str:
        name, *arguments = shlex.split(line)
        if name not in {"quanheng", *_SHOWING}:
            raise PageError(f"a page does not run {name!r}")
        command = [sys.executable, *_PROGRAM] if name == "quanheng" else [name]
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "LANG": _LOCALES[self.language],
            "LC_CTYPE": "C.UTF-8",  # as is there wherever zh_CN is not: below 3.13 Python reads a .pth by it
            "PYTHONPATH": str(_SOURCE),
            "PYTHONUTF8": "1",
            "PYTHONUNBUFFERED": "1",
        }
        done = subprocess.run(
            [*command, *arguments],
            cwd=self.folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        if done.returncode != ends_with:
            raise PageError(f"{line!r} ended with {done.returncode}:\n{done.stdout}")
        return _without_trailing_blanks(done.stdout.replace(_MARK, ""))

    def _statements(self, body: str) -> Iterator[str]:
        if not body.startswith(_PROMPT):
            self._run(body, "exec")
            yield body
            return
        for source in _sources(body):
            lines = source.splitlines()
            yield "".join(
                f"{_PROMPT if at == 0 else '... '}{line}".rstrip() + "\n" for at, line in enumerate(lines)
            )
            yield _without_trailing_blanks(self._run(source, "single"))

    def _run(self, source: str, mode: str) -> str:
        printed = io.StringIO()
        code = compile(source, "<page>", mode, dont_inherit=True)
        with contextlib.redirect_stdout(printed):
            exec(code, self.names)  # noqa: S102 - the page's own example
        return printed.getvalue()


def _sources(body: str) -> Iterator[str]:
    """Yield the statements of a block with prompts, each without them and without what it prints."""
    lines: list[str] = []
    inside = False
    for line in body.splitlines():
        if line.startswith(_PROMPT):
            if lines:
                yield "".join(lines)
            lines, inside = [line.removeprefix(_PROMPT) + "\n"], True
        elif inside and line.startswith(_MORE):
            lines.append(line.removeprefix(_MORE).removeprefix(" ") + "\n")
        else:
            inside = False
    if lines:
        yield "".join(lines)


def _without_trailing_blanks(text: str) -> str:
    lines = [line.rstrip() for line in text.rstrip("\n").splitlines()]
    return "".join(f"{line}\n" for line in lines)
