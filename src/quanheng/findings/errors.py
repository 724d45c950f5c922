"""The errors quanheng raises; news about what a person wrote is a finding instead.

The tree:

    QuanhengError
    ├── FindingsError      a book or scheme has findings of error level (in `finding.py`)
    ├── SchemeError        a scheme cannot be used as asked
    ├── DataError          data cannot be used as asked
    ├── EngineError        the engine cannot compute what was asked
    └── UsageError         a call or command that makes no sense
"""

from __future__ import annotations

from quanheng.findings.text import Language, Text


class QuanhengError(Exception):
    """Base of every error that quanheng raises itself; its wording stands in both languages."""

    def __init__(self, en: str, zh: str) -> None:
        """Keep the wording."""
        self._zh = zh
        super().__init__(en)

    def text(self, language: Language) -> str:
        """Return the wording in `language`."""
        return Text(en=str(self), zh=self._zh).in_language(language)


class SchemeError(QuanhengError):
    """A scheme cannot be used as asked."""


class DataError(QuanhengError):
    """Data cannot be used as asked."""


class EngineError(QuanhengError):
    """The engine cannot compute what was asked."""


class UsageError(QuanhengError):
    """A call or a command line that makes no sense."""
