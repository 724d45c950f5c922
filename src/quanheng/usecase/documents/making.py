"""What makes documents take and give: how they are made, and the files that they become."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, Literal, TypeAlias

from quanheng.documents.compose.charts.kinds import ChartKind
from quanheng.documents.fonts.choice import Fonts, check_fonts
from quanheng.documents.fonts.find import installed_fonts
from quanheng.documents.studied import StudyName
from quanheng.documents.subject import Subject
from quanheng.findings.finding import Finding, require_no_errors
from quanheng.findings.text import Language
from quanheng.findings.value import Value

DocumentName: TypeAlias = Literal[
    "bulletin", "awards", "certificates", "units", "workbook", "page", "chart", "data"
]
Format: TypeAlias = Literal["pdf", "docx", "xlsx", "html", "svg", "png", "csv", "parquet", "json"]


class Setting(Value):
    """How documents are made: in which language, with fonts of which folders, all of them first choices.

    `units` are those that documents of one unit are made for, by code or name; all where none is named.
    `template` is a file of the office that a document is set into. `bound` puts documents of which there are
    many into one file, `trace` adds how each score came about. `charts` are the kinds that are drawn; those
    of the audience where none is named.
    """

    language: Language
    folders: tuple[Path, ...] = ()
    strict: bool = False
    units: tuple[str, ...] = ()
    template: Path | None = None
    bound: bool = False
    charts: tuple[ChartKind, ...] = ()
    trace: bool = False


class File(Value):
    """A file that a document becomes: its name, and what writes it and says what was found on the way.

    `of` says how many there are, where that is known.
    """

    name: str
    fill: Callable[[Path], tuple[Finding, ...]]
    of: int | None = None


Maker: TypeAlias = Callable[[Subject, Setting], Iterator[File]]
Option: TypeAlias = Literal[
    "words", "fonts", "strict-fonts", "template", "unit", "chart", "bound", "trace", "with-studies"
]
"""What a person may say about documents; each takes some of it."""


class Way(Value):
    """How a document is made in a format, which options change what comes out, which studies it uses."""

    make: Maker
    takes: frozenset[Option] = frozenset()
    studies: tuple[StudyName, ...] = ()


def fonts_for(setting: Setting) -> tuple[Fonts, tuple[Finding, ...]]:
    """Return what pages are set in, and what there is to say of it.

    Raises:
        FindingsError: a font is missing, or with `strict` is not the first choice.
    """
    fonts = installed_fonts(setting.folders)
    told = tuple(check_fonts(fonts, strict=setting.strict))
    require_no_errors(told)
    return fonts, told


def named(document: str, format: str, subject: Subject, ending: str = "") -> str:  # noqa: A002  the word of the command
    """Return the name of a document's file: who may not see it is told by its name."""
    audience = "" if subject.audience == "public" else f"-{subject.audience}"
    return f"{document}{audience}{ending}.{format}"


def in_a_name(code: str) -> str:
    """Return what of a code may stand in the name of a file, whatever it holds.

    Examples:
        >>> in_a_name("../T04 甲")
        '___T04_甲'
    """
    return "".join(letter if letter.isalnum() or letter in "-_" else "_" for letter in code)[:_LONGEST]


_LONGEST: Final = 40
