"""A value as it is shown: its parts in one language, as html and as plain text."""

from __future__ import annotations

from quanheng.findings.showing import Shows
from quanheng.findings.text import Language
from quanheng.findings.value import Value
from quanheng.notebook.lines import lines_of
from quanheng.notebook.pages import page_of
from quanheng.notebook.parts import Part


class Shown(Value, Shows):
    """What is shown of a value; it prints itself as text, and a notebook shows it as a page."""

    language: Language
    parts: tuple[Part, ...]

    def __str__(self) -> str:
        """Return it as lines of text."""
        return lines_of(self.parts, self.language)

    def bundle(self) -> dict[str, str]:
        """Return it in the kinds that a notebook knows."""
        return {"text/html": page_of(self.parts, self.language), "text/plain": str(self)}
