"""A screen that keeps what a command says to it: a notebook shows the same lines and tables."""

from __future__ import annotations

import io
from collections.abc import Sequence

from quanheng.cli.show import Column, Screen
from quanheng.findings.finding import Finding
from quanheng.findings.text import Language
from quanheng.notebook.parts import Grid, Line, Part
from quanheng.notebook.room import MOST_FINDINGS, more


class Collected(Screen):
    """Where the views of the commands answer when a notebook asks them."""

    def __init__(self, language: Language) -> None:
        """Begin with nothing said."""
        super().__init__(language=language, json=False, out=io.StringIO(), err=io.StringIO())
        self.parts: list[Part] = []

    def text(self, text: str) -> None:
        """Keep `text` line by line; empty ones only keep things apart on a terminal."""
        self.parts += [Line(line) for line in text.split("\n") if line.strip()]

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[str]], *, title: str = "") -> None:
        """Keep a table."""
        self.parts.append(
            Grid(
                title=title,
                headings=tuple(self.choose(column.heading) for column in columns),
                numbers=tuple(column.number for column in columns),
                rows=tuple(tuple(row) for row in rows),
            )
        )

    def findings(self, findings: Sequence[Finding], *, answer: bool) -> None:
        """Keep the first findings, and how many there are."""
        del answer
        for finding in findings[:MOST_FINDINGS]:
            self.text(finding.text(self.language))
        if findings:
            self.text(self.counted(findings))
        self.left_out(len(findings) - MOST_FINDINGS, ".findings")

    def left_out(self, count: int, where: str) -> None:
        """Say how many more there are, and where all of them are."""
        if count > 0:
            self.say(more(count, where))
