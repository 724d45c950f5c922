"""Reports of units: whose, the alerts at the end of the round, and a file each or one for all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from quanheng.data.book.called import unit_called
from quanheng.documents.compose.units.compose import unit_reports
from quanheng.documents.compose.units.report import UnitReport
from quanheng.documents.pdf.units import Press
from quanheng.documents.subject import Subject
from quanheng.engine.frame import columns as c
from quanheng.findings.finding import Finding, FindingsError
from quanheng.findings.text import Language
from quanheng.insight.progress.alerts import alerts_of
from quanheng.insight.progress.progress import progress_of
from quanheng.periods.period import parse_period
from quanheng.usecase.documents.making import File, Setting, fonts_for, in_a_name, named

Row = Mapping[str, Any]


def unit_files(subject: Subject, setting: Setting) -> Iterator[File]:
    """Yield a file for each report, one after the other; one for all where they are bound.

    Raises:
        FindingsError: a font is missing, or a character is in none.
        UsageError: there is no such unit, or the typesetter is not installed.
    """
    everyone = [str(code) for code in subject.result.ranking[c.UNIT].to_list()]
    units = _chosen(subject, setting.units) or everyone
    fonts, told = fonts_for(setting)
    reports = tuple(
        unit_reports(
            subject,
            units,
            setting.language,
            alerts=_alerts(subject, setting.language),
            trace=setting.trace,
        )
    )
    press = Press(fonts, reports)
    told = (*told, *press.findings)
    if setting.bound:
        yield File(name=named("units", "pdf", subject), fill=partial(_write, press, reports, told))
        return
    order = sorted(everyone)
    each = press.each(reports)
    for report in reports:
        number = 1 + order.index(report.unit)
        ending = f"-{number:0{len(str(len(order)))}}-{in_a_name(report.unit)}"
        yield File(
            name=named("units", "pdf", subject, ending),
            fill=partial(_write_next, each, told),
            of=len(reports),
        )


def _write(
    press: Press, reports: Sequence[UnitReport], told: tuple[Finding, ...], target: Path
) -> tuple[Finding, ...]:
    press.write(reports, target)
    return told


def _write_next(each: Iterator[bytes], told: tuple[Finding, ...], target: Path) -> tuple[Finding, ...]:
    target.write_bytes(next(each))
    return told


def _chosen(subject: Subject, units: Sequence[str]) -> tuple[str, ...]:
    """Return the codes of the units that are named, each once."""
    book = subject.result.book
    named_units = units if book is None else [unit_called(book, unit) for unit in units]
    return tuple(dict.fromkeys(named_units))


def _alerts(subject: Subject, language: Language) -> Mapping[str, Sequence[Row]] | None:
    """Return the alerts at the end of the round by unit; None where nobody can say."""
    book = subject.result.book
    if book is None or book.scheme.pace is None:
        return None
    try:
        progress = progress_of(book, parse_period(subject.result.round))
    except FindingsError:
        return None
    found: dict[str, list[Row]] = {}
    for row in alerts_of(progress, language).iter_rows(named=True):
        found.setdefault(str(row["unit"]), []).append(row)
    return found
