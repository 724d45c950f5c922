"""Check a book without scoring it."""

from __future__ import annotations

from pathlib import Path

from quanheng.data.load import load
from quanheng.errors import FindingsError
from quanheng.findings import Finding


def check(path: Path) -> tuple[Finding, ...]:
    """Return every finding in the book at `path`: errors, warnings and notes."""
    try:
        book = load(path)
    except FindingsError as error:
        return error.findings
    return book.findings
