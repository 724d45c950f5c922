"""The result workbook for its readers: with live formulas for the office, values alone for all others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from quanheng.documents.compose.figures import own_figures, published_figures
from quanheng.documents.subject import Subject
from quanheng.documents.tables.sheets import write_sheets
from quanheng.documents.workbook.workbook import workbook_note, write_results_xlsx
from quanheng.findings.finding import Finding, FindingsError, Location
from quanheng.findings.text import Language
from quanheng.usecase.documents.making import File, Setting, named
from quanheng.usecase.documents.page import units_asked_for


def workbooks(subject: Subject, setting: Setting) -> Iterator[File]:
    """Yield the workbook of a result, or of each unit its own.

    Raises:
        FindingsError: the office's workbook has no room for so large a result.
        UsageError: there is no such unit.
    """
    match subject.audience:
        case "internal":
            note = workbook_note(subject.result)
            name = named("workbook", "xlsx", subject)
            if note is not None:
                raise FindingsError((replace(note, where=Location(file=name)),))
            yield File(name=name, fill=partial(_write_complete, subject, setting.language))
        case "public":
            document = published_figures(subject, setting.language)
            yield File(name=named("workbook", "xlsx", subject), fill=partial(write_sheets, document))
        case "unit":
            for ending, code in units_asked_for(subject, subject.book, setting.units):
                document = own_figures(subject, code, setting.language)
                name = named("workbook", "xlsx", subject, ending)
                yield File(name=name, fill=partial(write_sheets, document))


def _write_complete(subject: Subject, language: Language, target: Path) -> tuple[Finding, ...]:
    write_results_xlsx(subject.result, target, language=language, complete=True)
    return ()
