"""Certificates: one file for each who is honoured, or all bound into one; of a unit those of its own."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from quanheng.documents.certificates.write import set_certificates
from quanheng.documents.compose.awards.certificates import Certificate, bound, certificates_of, check_signed
from quanheng.documents.compose.awards.honours import NO_HONOURS, check_persons, honours_of
from quanheng.documents.subject import Subject
from quanheng.findings.finding import Finding, FindingsError
from quanheng.usecase.documents.making import File, Setting, fonts_for, in_a_name, named


def certificates(subject: Subject, setting: Setting) -> Iterator[File]:
    """Yield the files of the certificates of a result.

    Raises:
        FindingsError: there is nothing to hand out, or it cannot be set.
        UsageError: there is no such template.
    """
    honours = honours_of(subject, document="certificates")
    items = certificates_of(subject, honours, setting.language)
    told = (*check_persons(subject, honours), *check_signed(subject, setting.language))
    if not items:
        raise FindingsError((*told, NO_HONOURS.at()))
    fonts, of_fonts = fonts_for(setting)
    files = dict(_files(subject, items, setting))
    set_, of_texts = set_certificates(
        [bound(subject, each, setting.language) for each in files.values()],
        fonts=fonts,
        template=setting.template,
    )
    findings = (*told, *of_fonts, *of_texts)
    for name, content in zip(files, set_, strict=True):
        yield File(name=name, fill=partial(_write, content, findings))


def _files(
    subject: Subject, items: tuple[Certificate, ...], setting: Setting
) -> Iterator[tuple[str, tuple[Certificate, ...]]]:
    """Yield the name of each file and what is in it; names have the turn and the unit's code."""
    if setting.bound:
        yield named("certificates", "pdf", subject), items
        return
    digits = len(str(items[-1].honour.number))
    for item in items:
        ending = f"-{item.honour.number:0{digits}}-{in_a_name(item.honour.unit)}"
        yield named("certificate", "pdf", subject, ending), (item,)


def _write(content: bytes, findings: tuple[Finding, ...], target: Path) -> tuple[Finding, ...]:
    target.write_bytes(content)
    return findings
