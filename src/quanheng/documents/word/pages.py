"""The pages of a paper of Word: size, margins, grid, page numbers to the right and to the left.

Those of the standard, or of a template that an office has: its own, and the same laid across.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from quanheng.documents.word.styles import PITCH, element

if TYPE_CHECKING:
    from docx.document import Document as Paper

_MARGINS: Final = {"top": 37.0, "bottom": 35.0, "left": 28.0, "right": 26.0}
_ACROSS: Final = {"top": 28.0, "bottom": 26.0, "left": 35.0, "right": 37.0}
_POINT: Final = 25.4 / 72
_NUMBER: Final = 14.0
_MILLIMETRE: Final = 36_000
"""In the units of Word's files."""


class Pages:
    """The pages of official papers; `upright` and `across` are how wide their text is, in millimetres."""

    upright = 156.0
    across = 225.0

    def lay(self, section: Any, *, across: bool) -> None:  # noqa: ANN401  a section of python-docx
        """Lay the pages of a section."""
        _lay(section, across=across)


class PagesOfTemplate(Pages):
    """The pages of a template: as its last ones are, or the same turned by a quarter."""

    def __init__(self, section: Any) -> None:  # noqa: ANN401  a section of python-docx
        """Keep how `section` is laid."""
        from docx.shared import Mm

        self._size = section.page_width or Mm(210), section.page_height or Mm(297)
        sides = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
        self._margins = tuple(Mm(25) if margin is None else margin for margin in sides)
        self._orientation = section.orientation
        wide, high = self._size
        top, right, bottom, left = self._margins
        self.upright = (wide - left - right) / _MILLIMETRE
        self.across = (high - top - bottom) / _MILLIMETRE

    def lay(self, section: Any, *, across: bool) -> None:  # noqa: ANN401  a section of python-docx
        """Lay the pages of a section: the head of an upright page is at the left of one laid across."""
        from docx.enum.section import WD_ORIENT
        from docx.shared import Emu

        begins_nothing(section._sectPr)  # noqa: SLF001  python-docx has no other way to it
        wide, high = self._size
        top, right, bottom, left = self._margins
        if across:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = high, wide
            (section.top_margin, section.right_margin) = Emu(left), Emu(bottom)
            (section.bottom_margin, section.left_margin) = Emu(right), Emu(top)
        else:
            section.orientation = self._orientation
            section.page_width, section.page_height = wide, high
            (section.top_margin, section.right_margin) = top, right
            (section.bottom_margin, section.left_margin) = bottom, left


def begins_nothing(properties: Any) -> None:  # noqa: ANN401  an element of lxml
    """Let a section go on from the one before: with its page numbers, without a head of a first page."""
    for each in properties.xpath("w:titlePg | w:pgNumType[@w:start]"):
        properties.remove(each)


def set_pages(paper: Paper) -> None:
    """Set the first section: upright pages, numbers on the outer side."""
    paper.settings.odd_and_even_pages_header_footer = True
    section = paper.sections[0]
    _lay(section, across=False)
    _number(section.footer.paragraphs[0], right=True)
    _number(section.even_page_footer.paragraphs[0], right=False)


def begin_section(paper: Paper, pages: Pages, *, across: bool) -> None:
    """Begin a page, in a section of its own; page numbers go on."""
    from docx.enum.section import WD_SECTION

    pages.lay(paper.add_section(WD_SECTION.NEW_PAGE), across=across)
    # the break goes with the last line of the text, not with a line of its own, which might take a page
    ending = paper.paragraphs[-1]._p  # noqa: SLF001  python-docx has no other way to it
    last = paper.paragraphs[-2]._p  # noqa: SLF001  the same
    if last.getnext() is ending:
        last.get_or_add_pPr().append(ending.pPr.sectPr)
        ending.getparent().remove(ending)


def _lay(section: Any, *, across: bool) -> None:  # noqa: ANN401  a section of python-docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    margins = _ACROSS if across else _MARGINS
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(297), Mm(210)) if across else (Mm(210), Mm(297))
    section.top_margin, section.bottom_margin = Mm(margins["top"]), Mm(margins["bottom"])
    section.left_margin, section.right_margin = Mm(margins["left"]), Mm(margins["right"])
    # 7 mm below the text, counted from the foot of the page
    section.footer_distance = Mm(margins["bottom"] - 7.0 - _NUMBER * _POINT)
    properties = section._sectPr  # noqa: SLF001  python-docx has no other way to it
    for grid in properties.xpath("w:docGrid"):
        properties.remove(grid)
    properties.append(element("w:docGrid", type="lines", linePitch=round(20 * PITCH)))


def _number(paragraph: Any, *, right: bool) -> None:  # noqa: ANN401  a paragraph of python-docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph.style = "公文页码"
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
    if right:
        paragraph.paragraph_format.right_indent = Pt(_NUMBER)
    else:
        paragraph.paragraph_format.left_indent = Pt(_NUMBER)
    paragraph.add_run("— ")
    field = element("w:fldSimple", instr=" PAGE ")
    run = paragraph.add_run("1")._element  # noqa: SLF001  python-docx has no fields
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001  the same
    paragraph.add_run(" —")
