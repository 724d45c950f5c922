"""Making what is published, in the background: the core's documents for the public, whole or not at all."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils import timezone

from quanheng.data.files.hashes import digest_of_file, hash_of
from quanheng.data.writing.writing import Writing
from quanheng.documents.subject import Subject
from quanheng.findings.finding import Finding, FindingsError
from quanheng.findings.text import Language, Text
from quanheng.findings.value import Value
from quanheng.usecase.documents.catalogue import way_to
from quanheng.usecase.documents.making import DocumentName, File, Format, Setting
from quanheng.usecase.documents.report import write_documents
from quanheng.usecase.documents.subject import subject_of
from quanheng.usecase.results.papers import RECORD
from quanheng.web.audit.actions import Done, action
from quanheng.web.base.actor import THE_PROGRAM, Actor
from quanheng.web.jobs.domain.working import require_held
from quanheng.web.jobs.work import Held
from quanheng.web.publication.domain.asking import require_published
from quanheng.web.publication.models import KeptPublication
from quanheng.web.results.domain.book import BOOK
from quanheng.web.results.domain.running import kept_finding
from quanheng.web.results.models import KeptRun
from quanheng.web.rounds.domain.access import locked_round

_DOCUMENTS: Final[tuple[tuple[DocumentName, Format], ...]] = (
    ("page", "html"),
    ("bulletin", "pdf"),
    ("workbook", "xlsx"),
    ("data", "csv"),
    ("data", "parquet"),
    ("data", "json"),
)
"""What everybody finds of a round."""
_AWARDS: Final[tuple[DocumentName, Format]] = ("awards", "xlsx")
"""That as well, where awards are published."""


class Outcome(Value):
    """What was made: of which run, the folder with the hash of each file, what was found on the way."""

    run: int
    folder: str
    files: Mapping[str, str]
    findings: tuple[Finding, ...]
    licence: str
    issued_by: str


def make(held: Held, arguments: Mapping[str, object]) -> None:
    """Make what is published of a round by a run, and keep it; what was kept already is left alone.

    Raises:
        FindingsError: the job is somebody else's by now, the round is no longer published by this run, or a
            document cannot be made.
    """
    folder: Path = settings.PUBLICATIONS_FOLDER
    if KeptPublication.objects.for_the_program().filter(job=held.job).exists():
        return
    folder.mkdir(exist_ok=True, mode=0o700)
    for attempt in range(1, held.attempt + 1):  # of these nothing was kept
        for name in (_name(held.job, attempt), f".{_name(held.job, attempt)}"):
            shutil.rmtree(folder / name, ignore_errors=True)
    run = KeptRun.objects.for_the_program().select_related("round").get(pk=arguments["run"])
    partial = folder / f".{_name(held.job, held.attempt)}"
    told = {name: str(arguments[name]) for name in ("licence", "issued_by", "number")}
    subject, _ = subject_of(settings.RUNS_FOLDER / run.folder / BOOK, audience="public")
    words = replace(
        subject.words,
        licence=_text(told["licence"]),
        issued_by=_text(told["issued_by"]),
        signature=_text(told["issued_by"]),
        number=_text(told["number"]),
        date=timezone.localdate(),
    )
    subject = replace(subject, words=words)
    done = write_documents(subject, _files(subject), partial, Writing(command="quanheng serve"))
    (partial / RECORD).unlink()
    files = {file.name: digest_of_file(file) for file in sorted(partial.iterdir()) if file.is_file()}
    outcome = Outcome(
        run=run.pk,
        folder=_name(held.job, held.attempt),
        files=files,
        findings=(*subject.findings, *done.findings),
        licence=told["licence"],
        issued_by=told["issued_by"],
    )
    partial.rename(folder / outcome.folder)
    try:
        keep_publication(by=THE_PROGRAM, at=timezone.localtime(), held=held, outcome=outcome)
    except FindingsError:
        shutil.rmtree(folder / outcome.folder)
        raise


@action("publication.keep")
def keep_publication(*, by: Actor, at: dt.datetime, held: Held, outcome: Outcome) -> Done[KeptPublication]:  # noqa: ARG001  who is told in the log
    """Keep what was made.

    Raises:
        FindingsError: the job is somebody else's by now, or the round is no longer published by this run.
    """
    job = require_held(held)
    run = KeptRun.objects.for_the_program().get(pk=outcome.run)
    kept = locked_round(run.round_id)
    if require_published(kept).pk != run.pk:
        raise FindingsError(())
    publication = KeptPublication(
        round=kept,
        run=run,
        job=job,
        version=kept.version,
        corrects=kept.corrects,
        licence=outcome.licence,
        issued_by=outcome.issued_by,
        folder=outcome.folder,
        files=dict(outcome.files),
        seal=hash_of(outcome.files),
        findings=[kept_finding(finding) for finding in outcome.findings],
        changed_at=at,
        made_by=held.asked_by,
        made_at=at,
    )
    publication.save(force_insert=True)
    after = {
        "publication": publication.pk,
        "version": kept.version,
        "run": run.number,
        "asked_by": held.asked_by,
        "files": len(outcome.files),
        "sha256": publication.seal,
    }
    return Done(publication, about=kept.code, after=after, chain=kept.chain)


def _files(subject: Subject) -> Iterator[File]:
    language: Language = "en" if settings.LANGUAGE_CODE == "en" else "zh"
    setting = Setting(language=language)
    shows_awards = bool(subject.result.scheme.awards) and subject.shows("awards")
    for document, form in (*_DOCUMENTS, *((_AWARDS,) if shows_awards else ())):
        yield from way_to(document, form).make(subject, setting)


def _text(said: str) -> Text:
    return Text(zh=said, en=said)


def _name(job: int, attempt: int) -> str:
    return f"job-{job}-{attempt}"
