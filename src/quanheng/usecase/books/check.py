"""Check a book: read it, and score it without keeping the result, so that nothing is left to surprise."""

from __future__ import annotations

from pathlib import Path

from quanheng.data.load import load
from quanheng.engine.results.score import score
from quanheng.findings.finding import Finding, FindingsError


def check(path: Path) -> tuple[Finding, ...]:
    """Return every finding in the book at `path`, those of scoring included: errors, warnings and notes."""
    try:
        return score(load(path)).findings
    except FindingsError as error:
        return error.findings
