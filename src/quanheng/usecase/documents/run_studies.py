"""Run the studies that a document uses, where none of this result lies beside it, and lay them there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from quanheng.data.writing.writing import Writing
from quanheng.documents.studied import Studies, StudyName
from quanheng.documents.subject import Subject
from quanheng.documents.tables.record import STUDIES
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import Finding, FindingsError, Kind, Location
from quanheng.findings.text import Language, Text
from quanheng.studies.balance.form import EVERY
from quanheng.studies.catalogue import STUDIES as ALL
from quanheng.studies.form import StudyForm
from quanheng.studies.read import read_settings
from quanheng.usecase.documents.studies import studies_beside
from quanheng.usecase.studies.lay import SETTINGS, origin_of, write_study
from quanheng.usecase.studies.run import in_round, made_of

CANNOT_RUN: Final = Kind(
    code="QH810",
    severity="warning",
    en="the study '{study}' cannot be run of this result: {why}",
    zh="无法对该结果运行研究“{study}”：{why}",
    hint_en="documents are made without it",
    hint_zh="文书不含其内容",
)
_SETTINGS: Final[Mapping[StudyName, Mapping[str, object]]] = {
    "robustness": {},
    "balance": {"unit": EVERY},
}
"""What a study is asked where no settings lie beside the result."""


def with_studies(
    subject: Subject,
    folder: Path,
    wanted: Sequence[StudyName],
    *,
    language: Language,
    writing: Writing,
    say: Callable[[Text], None],
) -> Subject:
    """Return `subject` with the studies that are `wanted`; those not there are run, and laid there.

    Each lies as `quanheng study NAME --out` lays it, in `folder`/studies/NAME; a `study.yaml` there gives the
    settings. `say` is told what is being done.

    Raises:
        FindingsError: such settings have errors.
        UsageError: files of a person lie where a study is to be laid, and `writing` has no force.
    """
    book = subject.result.book
    missing = [name for name in wanted if not _has(subject.studies, name)]
    if book is None or not missing:
        return subject
    book = in_round(book, subject.result.round)
    told: list[Finding] = []
    for name in missing:
        place = folder / STUDIES / name
        settings = _settings(name, place)
        say(Text(en=f"running the study: {ALL[name].asks.en}", zh=f"正在研究：{ALL[name].asks.zh}"))
        try:
            study = made_of(name, book, settings)
        except UsageError as error:
            told.append(_failed(name, Text(en=error.text("en"), zh=error.text("zh"))))
            continue
        except FindingsError as error:
            first = error.findings[0]
            told.append(_failed(name, Text(en=first.message("en"), zh=first.message("zh"))))
            continue
        told += study.findings
        write_study(study, place, language=language, writing=writing, of=origin_of(book))
    studies, unused = studies_beside(folder, subject.result, subject.record)
    before = [finding for finding in subject.findings if not _is_of(finding, missing)]
    return replace(subject, studies=studies, findings=(*before, *told, *unused))


def _has(studies: Studies, name: StudyName) -> bool:
    return (studies.robustness if name == "robustness" else studies.needs) is not None


def _settings(name: StudyName, place: Path) -> StudyForm:
    form = ALL[name].form
    file = place / SETTINGS
    return read_settings(file, form) if file.is_file() else form.model_validate(_SETTINGS[name])


def _failed(name: StudyName, why: Text) -> Finding:
    return CANNOT_RUN.at(Location(file=f"{STUDIES}/{name}"), study=name, why=why)


def _is_of(finding: Finding, names: Sequence[StudyName]) -> bool:
    """Return whether a finding is of one of these studies as they lay before."""
    return any(f"{finding.where.file}/".startswith(f"{STUDIES}/{name}/") for name in names)
