"""An explanation that prints itself as a tree of lines, and shows itself in a notebook."""

from __future__ import annotations

from dataclasses import dataclass

from quanheng.engine.results.explanation.explanation import Explanation
from quanheng.engine.results.explanation.text import as_text
from quanheng.findings.showing import Shows
from quanheng.findings.text import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained(Explanation, Shows):
    """An `Explanation` with its wording."""

    def __str__(self) -> str:
        """Return the explanation as a tree of lines, in English."""
        return self.text("en")

    def text(self, language: Language) -> str:
        """Return the explanation as a tree of lines."""
        return as_text(self, language)
