"""Each document in each format: from a subject to the files that it becomes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final, Literal, TypeAlias

from quanheng.documents.compose.bulletin import bulletin
from quanheng.documents.fonts.choice import check_fonts
from quanheng.documents.fonts.find import installed_fonts
from quanheng.documents.pdf.write import write_pdf
from quanheng.documents.subject import Audience, Subject
from quanheng.documents.word.write import write_word
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import Finding, require_no_errors
from quanheng.findings.text import Language
from quanheng.findings.value import Value
from quanheng.usecase.documents.page import pages, write_page

DocumentName: TypeAlias = Literal["bulletin", "page"]
Format: TypeAlias = Literal["pdf", "docx", "html"]


class Setting(Value):
    """How documents are made: in which language, with fonts of which folders, all of them first choices.

    `units` are those that documents of one unit are made for, by code or name; all where none is named.
    `template` is a file of the office that a document is set into.
    """

    language: Language
    folders: tuple[Path, ...] = ()
    strict: bool = False
    units: tuple[str, ...] = ()
    template: Path | None = None


class File(Value):
    """A file that a document becomes: its name, and what writes it and says what was found on the way."""

    name: str
    fill: Callable[[Path], tuple[Finding, ...]]


Maker: TypeAlias = Callable[[Subject, Setting], Iterator[File]]
Option: TypeAlias = Literal["words", "fonts", "strict-fonts", "template", "unit"]
"""What a person may say about documents; each takes some of it."""


class Way(Value):
    """How a document is made in a format, and which options change what comes out."""

    make: Maker
    takes: frozenset[Option] = frozenset()


def _bulletin_as_pdf(subject: Subject, setting: Setting) -> Iterator[File]:
    document = bulletin(subject, setting.language)
    fonts = installed_fonts(setting.folders)
    told = tuple(check_fonts(fonts, strict=setting.strict))
    require_no_errors(told)
    yield File(
        name=named("bulletin", "pdf", subject),
        fill=lambda target: (*told, *write_pdf(document, target, fonts=fonts)),
    )


def _bulletin_as_word(subject: Subject, setting: Setting) -> Iterator[File]:
    document = bulletin(subject, setting.language)
    fonts = installed_fonts(setting.folders)
    yield File(
        name=named("bulletin", "docx", subject),
        fill=lambda target: write_word(document, target, fonts=fonts),
    )


def _page_as_html(subject: Subject, setting: Setting) -> Iterator[File]:
    for ending, shown in pages(subject, setting.language, setting.units):
        name = named("page", "html", subject, ending)
        yield File(name=name, fill=partial(write_page, shown))


def named(document: str, format: str, subject: Subject, ending: str = "") -> str:  # noqa: A002  the word of the command
    """Return the name of a document's file: who may not see it is told by its name."""
    audience = "" if subject.audience == "public" else f"-{subject.audience}"
    return f"{document}{audience}{ending}.{format}"


DOCUMENTS: Final[Mapping[DocumentName, Mapping[Format, Way]]] = {
    "bulletin": {
        "pdf": Way(make=_bulletin_as_pdf, takes=frozenset({"words", "fonts", "strict-fonts"})),
        "docx": Way(make=_bulletin_as_word, takes=frozenset({"words", "fonts"})),
    },
    "page": {"html": Way(make=_page_as_html, takes=frozenset({"unit"}))},
}
"""How each document is made in each of its formats, the usual one first."""
_OF_A_UNIT: Final[frozenset[DocumentName]] = frozenset({"page"})
"""The documents that can be made for one unit, of itself alone."""


def way_to(document: DocumentName, format: Format | None) -> Way:  # noqa: A002  the word of the command
    """Return how `document` is made in `format`, else in its usual one.

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


def require_taken(document: DocumentName, way: Way, given: Iterable[Option]) -> None:
    """Raise if one of the `given` options changes nothing about this document: it is not passed over.

    Raises:
        UsageError: one does not.
    """
    for option in given:
        if option not in way.takes:
            ours = ", ".join(f"--{each}" for each in sorted(way.takes))
            raise UsageError(
                f"--{option} changes nothing about this {document}" + (f", only: {ours}" if ours else ""),
                f"--{option} 对这种 {document} 不起作用" + (f"，可用的有：{ours}" if ours else ""),
            )


def require_audience(document: DocumentName, audience: Audience, units: Sequence[str]) -> None:
    """Raise unless `document` is made for this audience, and units are named for units alone.

    Raises:
        UsageError: it is not.
    """
    if audience == "unit" and document not in _OF_A_UNIT:
        raise UsageError(
            f"there is no {document} for a unit alone, only: {', '.join(sorted(_OF_A_UNIT))}",
            f"{document} 没有面向单个单位的版本，只有：{'、'.join(sorted(_OF_A_UNIT))}",
        )
    if units and audience != "unit":
        raise UsageError("--unit needs --audience unit", "--unit 须与 --audience unit 同用")
