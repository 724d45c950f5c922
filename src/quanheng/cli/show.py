"""What a command prints: tables on a terminal, plain text in a pipe, one JSON document with `--json`."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final, TextIO

from quanheng.data.writing.writing import Writing
from quanheng.findings.finding import Finding
from quanheng.findings.printing import printed
from quanheng.findings.text import Language, Text
from quanheng.findings.value import Value
from quanheng.findings.visible import json_text, printable, printable_lines

_WIDE: Final = frozenset("WF")
_COUNTS: Final = (
    ("error", Text(en="error", zh="个错误")),
    ("warning", Text(en="warning", zh="个警告")),
    ("note", Text(en="note", zh="个提示")),
)


class Column(Value):
    """A column of a table: its heading in both languages, and whether it holds numbers."""

    heading: Text
    number: bool = False


class Screen:
    """Where a command answers: it knows the language and whether a person or a program reads.

    With `--json` the lines and tables for people are left out and `record` prints the one document. Nothing
    that is printed acts on the terminal: names, paths and findings may hold what a stranger wrote.
    """

    def __init__(self, *, language: Language, json: bool, out: TextIO, err: TextIO) -> None:
        """Write answers to `out` and news about the work to `err`."""
        self.language: Language = language
        self.json = json
        self._out = out
        self._err = err

    def choose(self, text: Text) -> str:
        """Return `text` in the reader's language."""
        return text.in_language(self.language)

    def say(self, text: Text) -> None:
        """Print a line in the reader's language."""
        self.text(self.choose(text))

    def text(self, text: str) -> None:
        """Print `text` with its lines."""
        if not self.json:
            self._out.write(f"{printable_lines(text)}\n")

    def warn(self, text: str) -> None:
        """Print news that is not the answer."""
        self._err.write(f"{printable_lines(text)}\n")

    def record(self, record: Mapping[str, object]) -> None:
        """Print the answer for a program, if one reads."""
        if self.json:
            self._out.write(json_text(_plain(record), default=str) + "\n")

    def document(self, text: str) -> None:
        """Print an answer that is the same for persons and programs."""
        self._out.write(text)

    def writing(self, command: str, *, force: bool = False) -> Writing:
        """Return how `command` writes files; what it finds and mends on the way is news."""
        return Writing(command=command, force=force, tell=lambda text: self.warn(self.choose(text)))

    def flush(self) -> None:
        """Let the reader see all that is printed so far."""
        self._out.flush()

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[str]], *, title: str = "") -> None:
        """Print a table: drawn on a terminal, aligned with blanks in a pipe."""
        if self.json:
            return
        headings = [printable(self.choose(column.heading)) for column in columns]
        cells = [[printable(cell) for cell in row] for row in rows]
        draw = self._drawn if self._out.isatty() else self._aligned
        draw(headings, [column.number for column in columns], cells, printable_lines(title))

    def findings(self, findings: Sequence[Finding], *, answer: bool) -> None:
        """Print findings and how many there are: as the answer, or as news beside it."""
        if self.json or not findings:
            return
        stream = self._out if answer else self._err
        for finding in findings:
            stream.write(f"{printable_lines(finding.text(self.language))}\n")
        stream.write(f"{self.counted(findings)}\n")

    def counted(self, findings: Sequence[Finding]) -> str:
        """Return how many findings there are of each level, such as `2 errors, 1 warning`."""
        counts = {level: sum(finding.severity == level for finding in findings) for level, _ in _COUNTS}
        words = [(counts[level], self.choose(word)) for level, word in _COUNTS if counts[level]]
        if self.language == "zh":
            return "，".join(f"{count}{word}" for count, word in words)
        return ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in words)

    @contextmanager
    def working(self, text: Text) -> Iterator[Callable[..., None]]:
        """Show a moving bar while the work inside goes on, on a terminal only.

        Yields what says that something else is being done now; with `done` and `of` the bar says how much.
        """
        if self.json or not self._err.isatty():
            yield lambda *_, **__: None
            return
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        console = Console(file=self._err)
        parts = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        with Progress(*parts, console=console, transient=True) as progress:
            task = progress.add_task(printable(self.choose(text)), total=None)

            def now(text: Text, *, done: int = 0, of: int | None = None) -> None:
                progress.update(task, description=printable(self.choose(text)), completed=done, total=of)

            yield now

    def _drawn(
        self, headings: Sequence[str], numbers: Sequence[bool], rows: Sequence[Sequence[str]], title: str
    ) -> None:
        from rich import box
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text as Drawn

        console = Console(file=self._out)
        if title:
            console.print(Drawn(title, style="bold"))
        table = Table(box=box.ROUNDED)
        for heading, number in zip(headings, numbers, strict=True):
            table.add_column(Drawn(heading), justify="right" if number else "left")
        for row in rows:
            table.add_row(*(Drawn(cell) for cell in row))
        console.print(table)

    def _aligned(
        self, headings: Sequence[str], numbers: Sequence[bool], rows: Sequence[Sequence[str]], title: str
    ) -> None:
        if title:
            self._out.write(f"{title}\n")
        widths = [
            max(map(_width, (heading, *(row[at] for row in rows)))) for at, heading in enumerate(headings)
        ]
        for row in (headings, *rows):
            cells = (
                _padded(cell, width, right=right)
                for cell, width, right in zip(row, widths, numbers, strict=True)
            )
            self._out.write("  ".join(cells).rstrip() + "\n")


def number(value: float | None, decimals: int) -> str:
    """Return a number as people print it, and nothing for no number; what is rounded to 0 has no sign.

    Examples:
        >>> number(2.5, 2), number(-0.001, 2), number(None, 2)
        ('2.50', '0.00', '')
    """
    return "" if value is None else printed(value, decimals)


def _plain(part: object) -> object:
    """Return a part of a record in which no 0 has a sign."""
    match part:
        case float():
            return part + 0.0
        case Mapping():
            return {key: _plain(value) for key, value in part.items()}
        case list() | tuple():
            return [_plain(value) for value in part]
        case _:
            return part


def _padded(text: str, width: int, *, right: bool) -> str:
    blanks = " " * (width - _width(text))
    return blanks + text if right else text + blanks


def _width(text: str) -> int:
    """Return how many columns `text` takes on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in _WIDE else 1 for letter in text)
