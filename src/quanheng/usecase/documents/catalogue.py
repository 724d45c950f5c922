"""Each document in each format: from a subject to the files that it becomes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias

from quanheng.documents.compose.bulletin import bulletin
from quanheng.documents.fonts.choice import check_fonts
from quanheng.documents.fonts.find import installed_fonts
from quanheng.documents.pdf.write import write_pdf
from quanheng.documents.subject import Subject
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import Finding, require_no_errors
from quanheng.findings.text import Language

DocumentName: TypeAlias = Literal["bulletin"]
Format: TypeAlias = Literal["pdf"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """How documents are made: in which language, with fonts of which folders, all of them first choices."""

    language: Language
    folders: tuple[Path, ...] = ()
    strict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that a document becomes: its name, and what writes it and says what was found on the way."""

    name: str
    fill: Callable[[Path], tuple[Finding, ...]]


Maker: TypeAlias = Callable[[Subject, Setting], Iterator[File]]


def _bulletin_as_pdf(subject: Subject, setting: Setting) -> Iterator[File]:
    document = bulletin(subject, setting.language)
    fonts = installed_fonts(setting.folders)
    told = tuple(check_fonts(fonts, strict=setting.strict))
    require_no_errors(told)
    yield File(
        name=named("bulletin", "pdf", subject),
        fill=lambda target: (*told, *write_pdf(document, target, fonts=fonts)),
    )


def named(document: str, format: str, subject: Subject) -> str:  # noqa: A002  the word of the command
    """Return the name of a document's file: who may not see it is told by its name."""
    audience = "" if subject.audience == "public" else f"-{subject.audience}"
    return f"{document}{audience}.{format}"


DOCUMENTS: Final[Mapping[DocumentName, Mapping[Format, Maker]]] = {
    "bulletin": {"pdf": _bulletin_as_pdf},
}
"""What makes each document in each of its formats, the usual one first."""


def maker_of(document: DocumentName, format: Format | None) -> Maker:  # noqa: A002  the word of the command
    """Return what makes `document` in `format`, else in its usual one.

    Raises:
        UsageError: there is no such document in this format.
    """
    formats = DOCUMENTS[document]
    if format is None:
        return next(iter(formats.values()))
    if format not in formats:
        known = ", ".join(formats)
        raise UsageError(
            f"there is no {document} as {format}, only as {known}",
            f"{document} 没有 {format} 格式，只有：{known}",
        )
    return formats[format]
