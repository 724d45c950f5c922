"""The blocks of a document as paragraphs and tables of Word."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, assert_never

from quanheng.documents.blocks import (
    Attachment,
    AttachmentList,
    Block,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Signature,
    Table,
)
from quanheng.documents.charts.draw import pixels_of
from quanheng.documents.compose.numbers import day_in_words
from quanheng.documents.fonts.choice import Fonts
from quanheng.documents.table_widths import laid_out
from quanheng.documents.widths import balanced, width
from quanheng.documents.word.pages import Pages, begin_section
from quanheng.documents.word.styles import CELL, HEADINGS, NAMES, PITCH, TABLE, element
from quanheng.findings.text import Language, Text
from quanheng.findings.visible import printable

if TYPE_CHECKING:
    from docx.document import Document as Paper
    from docx.text.paragraph import Paragraph as Line

TITLE: Final = 20.0
ACROSS: Final = 28.5
"""Characters of a title on a line of a page that is upright, or laid across."""
_TOGETHER: Final = (Note, AttachmentList)


class Writer:
    """Writes the blocks of one document to a paper of Word."""

    def __init__(self, paper: Paper, language: Language, fonts: Fonts, pages: Pages) -> None:
        """Begin at the end of a paper that has its styles, an empty one or a template."""
        self.paper = paper
        self.pages = pages
        self._language = language
        self._fonts = fonts
        self._across = False

    def line(self, text: str, style: str) -> Line:
        """Add a paragraph."""
        return self.paper.add_paragraph(printable(text), style=style)

    def blank(self, count: int = 1) -> None:
        """Add blank lines of the text's height."""
        for _ in range(count):
            self.paper.add_paragraph(style="主送机关")

    def room(self, points: float) -> None:
        """Add a blank line of a height of its own, off the grid."""
        from docx.shared import Pt

        self.paper.add_paragraph(style="版头空行").paragraph_format.line_spacing = Pt(points)

    def title(self, lines: Sequence[str], most: float) -> None:
        """Add a title, its lines broken as in all other formats."""
        paragraph = self.paper.add_paragraph(style="公文标题")
        broken = [each for line in lines for each in balanced(line, most)]
        for number, each in enumerate(broken):
            run = paragraph.add_run(printable(each))
            if number < len(broken) - 1:
                run.add_break()

    def blocks(self, blocks: Sequence[Block]) -> None:
        """Add the blocks, and keep what stands above a signature with it."""
        for number, block in enumerate(blocks):
            before = len(self.paper.paragraphs)
            self.block(block)
            following = blocks[number + 1 :]
            signed = next((at for at, each in enumerate(following) if isinstance(each, Signature)), None)
            if signed is not None and all(isinstance(each, _TOGETHER) for each in following[:signed]):
                for paragraph in self.paper.paragraphs[before:]:
                    paragraph.paragraph_format.keep_with_next = True

    def block(self, block: Block) -> None:
        """Add one block."""
        match block:
            case Heading(level=level, text=text):
                self.line(text, HEADINGS[level - 1])
            case Paragraph(text=text, lead=lead):
                self._paragraph(lead, text)
            case Table():
                self._table(block)
            case Picture():
                self._picture(block)
            case Note(text=text):
                self.line(text, "公文注释")
            case PageBreak():
                self.line("", "主送机关").paragraph_format.page_break_before = True
            case AttachmentList(titles=titles):
                self._attachment_list(titles)
            case Signature():
                self._signature(block)
            case Attachment():
                self._attachment(block)
            case _:
                assert_never(block)

    def _paragraph(self, lead: str, text: str) -> None:
        from docx.oxml.ns import qn

        paragraph = self.paper.add_paragraph(style="公文正文")
        if lead:
            run = paragraph.add_run(printable(lead))
            run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), NAMES["subheading"])  # noqa: SLF001  python-docx has no other way to it
        paragraph.add_run(printable(text))

    def _table(self, table: Table) -> None:
        from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
        from docx.shared import Mm, Pt

        if table.title:
            title = self.line(table.title, "表题")
            title.paragraph_format.keep_with_next = True
        layout = laid_out(table, across=self._across)
        full = self.pages.across if self._across else self.pages.upright
        whole = sum(layout.widths)
        widths = [Mm(full * part / whole) for part in layout.widths]
        made = self.paper.add_table(rows=1, cols=len(table.columns), style=TABLE)
        made.alignment = WD_TABLE_ALIGNMENT.CENTER
        made.autofit = False
        for column, wide in zip(made.columns, widths, strict=True):
            column.width = wide
        rows = ([column.heading for column in table.columns], *table.rows)
        for number, cells in enumerate(rows):
            row = made.rows[0] if number == 0 else made.add_row()
            row.height, row.height_rule = Pt(PITCH * layout.row), WD_ROW_HEIGHT_RULE.AT_LEAST
            properties = row._tr.get_or_add_trPr()  # noqa: SLF001  python-docx has no other way to it
            properties.append(element("w:cantSplit"))
            if number == 0:
                properties.append(element("w:tblHeader"))
            for at, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
                cell.width = widths[at]
                self._cell(
                    cell, text, heading=number == 0, left=table.columns[at].kind == "text", size=layout.size
                )
        self.blank()

    def _cell(self, cell: Any, text: str, *, heading: bool, left: bool, size: float) -> None:  # noqa: ANN401  a cell of python-docx
        from docx.enum.table import WD_ALIGN_VERTICAL
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        paragraph = cell.paragraphs[0]
        paragraph.style = "表格标题行" if heading else "表格文字"
        if left and not heading:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
        run = paragraph.add_run(printable(text))
        if size != 12.0:  # noqa: PLR2004  the size of the style
            run.font.size = Pt(size)

    def _picture(self, picture: Picture) -> None:
        from docx.shared import Mm, Pt

        drawing = pixels_of(picture.chart, self._language, self._fonts)
        paragraph = self.paper.add_paragraph(style="图")
        paragraph.paragraph_format.keep_with_next = True
        wide = min(Pt(drawing.width), Mm(self.pages.upright))
        shape = paragraph.add_run().add_picture(BytesIO(drawing.content), width=wide)
        described = shape._inline.docPr  # noqa: SLF001  python-docx has no other way to it
        described.set("descr", printable(drawing.sentence))
        described.set("title", printable(picture.title))
        self.line(picture.title, "表题")

    def _attachment_list(self, titles: Sequence[str]) -> None:
        lead = Text(zh="附件：", en="Attached: ").in_language(self._language)
        self.blank()
        for number, title in enumerate(titles, start=1):
            numbered = title if len(titles) == 1 else f"{number}. {title}"
            paragraph = self.line(f"{lead if number == 1 else ''}{numbered}", "附件说明")
            if number > 1:
                from docx.shared import Pt

                paragraph.paragraph_format.first_line_indent = Pt((2 + width(lead)) * CELL)

    def _signature(self, signature: Signature) -> None:
        on = day_in_words(signature.on, self._language)
        by_wide, on_wide = width(signature.by), width(on)
        self.blank(2 if signature.sealed else 1)
        if signature.sealed:
            right = max(4.0, (by_wide - on_wide) / 2)
            distances = (right - (by_wide - on_wide) / 2, right)
        else:
            name = max(2.0, 4.0 + on_wide - by_wide)
            distances = (name, name + by_wide - 2.0 - on_wide)
        for text, distance in zip((signature.by, on), distances, strict=True):
            from docx.enum.text import WD_ALIGN_PARAGRAPH
            from docx.shared import Pt

            paragraph = self.line(text, "公文落款")
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            paragraph.paragraph_format.right_indent = Pt(distance * CELL)
            paragraph.paragraph_format.keep_with_next = text != on

    def _attachment(self, attachment: Attachment) -> None:
        begin_section(self.paper, self.pages, across=attachment.wide)
        self._across = attachment.wide
        number = "" if attachment.number is None else f"{attachment.number}"
        label = Text(zh=f"附件{number}", en=f"Attachment {number}".strip())
        self.line(label.in_language(self._language), "附件标记")
        self.blank()
        self.title((attachment.title,), ACROSS if attachment.wide else TITLE)
        self.blank()
