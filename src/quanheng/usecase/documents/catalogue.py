"""Each document in each format: from a subject to the files that it becomes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from quanheng.documents.blocks import Document
from quanheng.documents.compose.awards.award_list import award_list, award_sheet
from quanheng.documents.compose.bulletin import bulletin
from quanheng.documents.fonts.find import installed_fonts
from quanheng.documents.pdf.write import write_pdf
from quanheng.documents.subject import Audience, Subject
from quanheng.documents.tables.sheets import write_sheets
from quanheng.documents.word.write import write_word
from quanheng.findings.errors import UsageError
from quanheng.findings.text import Language
from quanheng.usecase.documents.certificates import certificates
from quanheng.usecase.documents.charts import chart_files
from quanheng.usecase.documents.making import (
    DocumentName,
    File,
    Format,
    Maker,
    Option,
    Setting,
    Way,
    fonts_for,
    named,
)
from quanheng.usecase.documents.open_data import data_as_csv, data_as_json, data_as_parquet
from quanheng.usecase.documents.page import pages, write_page
from quanheng.usecase.documents.template import word_template
from quanheng.usecase.documents.units import unit_files
from quanheng.usecase.documents.workbook import workbooks


def _as_pdf(name: DocumentName, composed: Callable[[Subject, Language], Document]) -> Maker:
    def make(subject: Subject, setting: Setting) -> Iterator[File]:
        document = composed(subject, setting.language)
        fonts, told = fonts_for(setting)
        yield File(
            name=named(name, "pdf", subject),
            fill=lambda target: (*told, *write_pdf(document, target, fonts=fonts)),
        )

    return make


def _as_word(name: DocumentName, composed: Callable[[Subject, Language], Document]) -> Maker:
    def make(subject: Subject, setting: Setting) -> Iterator[File]:
        document = composed(subject, setting.language)
        fonts = installed_fonts(setting.folders)
        template = None if setting.template is None else word_template(setting.template)
        yield File(
            name=named(name, "docx", subject),
            fill=lambda target: write_word(document, target, fonts=fonts, template=template),
        )

    return make


def _awards_as_sheet(subject: Subject, setting: Setting) -> Iterator[File]:
    document = award_sheet(subject, setting.language)
    yield File(name=named("awards", "xlsx", subject), fill=partial(write_sheets, document))


def _page_as_html(subject: Subject, setting: Setting) -> Iterator[File]:
    for ending, shown in pages(subject, setting.language, setting.units):
        name = named("page", "html", subject, ending)
        yield File(name=name, fill=partial(write_page, shown))


_BY_TYPESETTER: Final[frozenset[Option]] = frozenset({"words", "fonts", "strict-fonts"})
_BY_WORD: Final[frozenset[Option]] = frozenset({"words", "fonts", "template"})
_OF_CHARTS: Final[frozenset[Option]] = frozenset({"unit", "chart", "fonts"})
_STUDIED: Final[frozenset[Option]] = frozenset({"with-studies"})
DOCUMENTS: Final[Mapping[DocumentName, Mapping[Format, Way]]] = {
    "bulletin": {
        "pdf": Way(
            make=_as_pdf("bulletin", bulletin), takes=_BY_TYPESETTER | _STUDIED, studies=("robustness",)
        ),
        "docx": Way(make=_as_word("bulletin", bulletin), takes=_BY_WORD | _STUDIED, studies=("robustness",)),
    },
    "awards": {
        "pdf": Way(make=_as_pdf("awards", award_list), takes=_BY_TYPESETTER),
        "docx": Way(make=_as_word("awards", award_list), takes=_BY_WORD),
        "xlsx": Way(make=_awards_as_sheet),
    },
    "certificates": {
        "pdf": Way(make=certificates, takes=_BY_TYPESETTER | frozenset({"template", "bound"})),
    },
    "units": {
        "pdf": Way(
            make=unit_files,
            takes=_BY_TYPESETTER | _STUDIED | frozenset({"unit", "bound", "trace"}),
            studies=("robustness", "balance"),
        ),
    },
    "workbook": {"xlsx": Way(make=workbooks, takes=frozenset({"unit"}))},
    "page": {"html": Way(make=_page_as_html, takes=_STUDIED | {"unit"}, studies=("robustness",))},
    "data": {
        "csv": Way(make=data_as_csv),
        "parquet": Way(make=data_as_parquet),
        "json": Way(make=data_as_json, takes=frozenset({"words"})),
    },
    "chart": {
        "svg": Way(make=partial(chart_files, "svg"), takes=_OF_CHARTS | _STUDIED, studies=("robustness",)),
        "png": Way(make=partial(chart_files, "png"), takes=_OF_CHARTS | _STUDIED, studies=("robustness",)),
    },
}
"""How each document is made in each of its formats, the usual one first."""
_OF_A_UNIT: Final[frozenset[DocumentName]] = frozenset({"units", "page", "chart", "workbook"})
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
    if document == "units" and audience == "public":
        raise UsageError(
            "reports of units are for the unit or for the office: say --audience unit or --audience internal",
            "诊断报告只面向本单位或内部：请写 --audience unit 或 --audience internal",
        )
    if units and audience != "unit" and document not in {"units", "chart"}:
        raise UsageError("--unit needs --audience unit", "--unit 须与 --audience unit 同用")
