"""A document as Word: styles that officials know, the grid of official papers, fields for page numbers."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from quanheng.documents.blocks import Document, Imprint, Masthead
from quanheng.documents.compose.numbers import day_in_words
from quanheng.documents.fonts.choice import Fonts
from quanheng.documents.widths import width
from quanheng.documents.word.fonts import with_alternatives, with_alternatives_too
from quanheng.documents.word.pages import Pages, set_pages
from quanheng.documents.word.parts import TITLE, Writer
from quanheng.documents.word.styles import PITCH, add_styles, element
from quanheng.documents.word.template import Template, filled
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import Finding
from quanheng.findings.text import Text
from quanheng.findings.visible import printable

if TYPE_CHECKING:
    from docx.document import Document as Paper

_FULL: Final = 156 / 25.4 * 72
"""The width of the text, in points."""
_MARK: Final = 35 / 25.4 * 72
"""How far under the top of the text the issuing authority stands, in points."""
_LARGEST: Final = 48.0


def write_word(
    document: Document, target: Path, *, fonts: Fonts, template: Template | None = None
) -> tuple[Finding, ...]:
    """Write `document` to the file `target`; the same document has the same bytes.

    Its fonts are named as offices have them, and `fonts` letter the charts alone. With a `template` it is set
    into that: what stands there stays.

    Raises:
        FindingsError: the template cannot be used.
        UsageError: a library that writes Word files is not installed.
    """
    paper, found = (_whole(document, fonts), ()) if template is None else filled(document, template, fonts)
    _properties(paper, document)
    content = BytesIO()
    paper.save(content)
    _write(content, target, with_alternatives if template is None else with_alternatives_too)
    return found


def _whole(document: Document, fonts: Fonts) -> Paper:
    """Return a paper of its own for `document`, with head and imprint."""
    paper = _paper()
    add_styles(paper)
    set_pages(paper)
    writer = Writer(paper, document.language, fonts, Pages())
    if document.masthead is not None:
        _masthead(writer, document.masthead)
    writer.title(document.title, TITLE)
    writer.blank()
    if document.recipients:
        writer.line(document.recipients, "主送机关")
    writer.blocks(document.blocks)
    if document.imprint is not None:
        _imprint(writer, document.imprint, document)
    return paper


def _paper() -> Paper:
    try:
        import docx
    except ImportError:
        raise UsageError(
            "a Word file needs python-docx: pip install 'quanheng[reports]'",
            "生成 Word 文件需要 python-docx：pip install 'quanheng[reports]'",
        ) from None
    return docx.Document()


def _properties(paper: Paper, document: Document) -> None:
    moment = dt.datetime.combine(document.date, dt.time(), tzinfo=dt.UTC)
    properties = paper.core_properties
    properties.title, properties.subject = printable(document.name)[:255], printable(document.subject)[:255]
    properties.keywords, properties.author, properties.comments = document.origin, "", ""
    properties.created = properties.modified = moment
    properties.last_modified_by = ""
    properties.language = "zh-CN" if document.language == "zh" else "en"
    for style in paper.styles.element.xpath("w:docDefaults//w:lang"):
        from docx.oxml.ns import qn

        style.set(qn("w:eastAsia"), "zh-CN")


def _masthead(writer: Writer, head: Masthead) -> None:
    from docx.shared import Pt

    marks = [mark for mark in (head.copy_number, head.secrecy, head.urgency) if mark]
    for mark in marks:
        writer.line(mark, "版头标记")
    if head.authority:
        room = _MARK - len(marks) * PITCH
        if room > 0:
            writer.room(room)
        paragraph = writer.line(head.authority, "发文机关标志")
        size = min(_LARGEST, _FULL / max(1.0, width(head.authority)))
        for run in paragraph.runs:
            run.font.size = Pt(int(size * 2) / 2)
        paragraph.paragraph_format.line_spacing = Pt(size)
        writer.blank(2)
    if head.number or head.authority:
        number = writer.line(head.number, "发文字号")
        if head.authority:
            border = element("w:pBdr")
            # 4 mm below the number, as wide as the text
            border.append(element("w:bottom", val="single", sz=12, space=11, color="D7000F"))
            number._p.get_or_add_pPr().insert_element_before(border, *_AFTER_BORDER)  # noqa: SLF001  python-docx has no borders
        writer.blank(2)


_AFTER_BORDER: Final = (
    *("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct"),
    *("w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid"),
    *("w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc"),
    *("w:textDirection", "w:textAlignment", "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle"),
    *("w:rPr", "w:sectPr", "w:pPrChange"),
)


def _imprint(writer: Writer, imprint: Imprint, document: Document) -> None:
    """Add the imprint as a table at the foot of the page on which the text ends."""
    from docx.enum.table import WD_ROW_HEIGHT_RULE
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm, Pt

    rows = []
    if imprint.copies_to:
        rows.append(Text(zh=f"抄送：{imprint.copies_to}", en=f"Copies: {imprint.copies_to}"))
    if imprint.issued_by:
        on = "" if imprint.issued_on is None else day_in_words(imprint.issued_on, document.language)
        sent = Text(zh=f"\t{on}印发", en=f"\tIssued {on}") if on else Text()
        rows.append(Text(zh=imprint.issued_by + sent.zh, en=imprint.issued_by + sent.en))
    table = writer.paper.add_table(rows=len(rows), cols=1)
    table.autofit = False
    table.columns[0].width = Mm(156)
    properties = table._tbl.tblPr  # noqa: SLF001  python-docx has no tables that float
    # where it has to begin so that it ends with the text: programs differ in what they make of "bottom"
    top = round(20 * (_FOOT - len(rows) * _ROW))
    place = {"vertAnchor": "page", "horzAnchor": "margin", "tblpXSpec": "left", "tblpY": top}
    properties.insert(1, element("w:tblpPr", leftFromText=0, rightFromText=0, **place))
    borders = element("w:tblBorders")
    for side, size in (("top", _THICK), ("bottom", _THICK), ("insideH", _THIN)):
        borders.append(element(f"w:{side}", val="single", sz=size, space=0, color="000000"))
    properties.append(borders)
    for row, text in zip(table.rows, rows, strict=True):
        row.height, row.height_rule = Pt(_ROW), WD_ROW_HEIGHT_RULE.EXACTLY
        before, _, after = text.in_language(document.language).partition("\t")
        cell = row.cells[0]
        cell.width = Mm(156)
        paragraph = cell.paragraphs[0]
        paragraph.style = "版记"
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(156 - 10), WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run(printable(before) + (f"\t{printable(after)}" if after else ""))
    writer.room(1.0)


_FOOT: Final = (297 - 35) / 25.4 * 72
"""Where the text of a page ends, in points from its top."""
_ROW: Final = 25.0
"""How high a row of the imprint is."""
_THICK: Final = 8
"""0.35 mm, in eighths of a point."""
_THIN: Final = 6
"""0.25 mm."""


def _write(content: BytesIO, target: Path, with_fonts: Callable[[bytes], bytes]) -> None:
    """Write the archive with one and the same day on all its parts, and the fonts' other names."""
    with zipfile.ZipFile(content) as made, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name in made.namelist():
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            part = made.read(name)
            file.writestr(info, with_fonts(part) if name == "word/fontTable.xml" else part)
