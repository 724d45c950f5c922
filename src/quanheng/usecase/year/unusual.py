"""Look for unusual reports before they are accepted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from quanheng.data.book.called import unit_called
from quanheng.data.book.frames import Frame
from quanheng.data.load import load_early
from quanheng.data.writing.writing import Writing
from quanheng.findings.finding import Finding
from quanheng.findings.text import Language
from quanheng.insight.unusual.unusual import Unusual, false_alarms, unusual
from quanheng.usecase.output import write_csv_output


@dataclass(frozen=True, kw_only=True)
class Warned:
    """The unusual reports that were asked for; if that was asked, how often each sign was raised before."""

    unusual: Unusual
    alarms: Frame | None
    findings: tuple[Finding, ...]


def warn(
    path: Path,
    *,
    at: str,
    units: Sequence[str] = (),
    as_of: dt.date | None = None,
    with_alarms: bool = False,
) -> Warned:
    """Return the unusual reports of the period `at` in the book at `path`, of `units` or of all.

    `with_alarms` adds how often each sign was raised in the periods before.

    Raises:
        FindingsError: the book has errors; all of them at once.
        DataError: `at` is no period.
        UsageError: there is no such unit.
    """
    book = load_early(path, as_of=as_of)
    only = [unit_called(book, name) for name in units]
    found = unusual(book, at)
    return Warned(
        unusual=found.only(only) if only else found,
        alarms=false_alarms(book, at) if with_alarms else None,
        findings=book.findings,
    )


def write_reports(
    unusual: Unusual, file: Path, *, language: Language, writing: Writing | None = None
) -> None:
    """Write the unusual reports as csv, each with its place and its evidence in words."""
    write_csv_output(unusual.described(language), file, writing)
