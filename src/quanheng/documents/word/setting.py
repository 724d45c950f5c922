"""Blocks set where a template has a place for them: in the section of that place, which ends as it did."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final

from quanheng.documents.blocks import Attachment, Block
from quanheng.documents.fonts.choice import Fonts
from quanheng.documents.word.pages import PagesOfTemplate, begin_section, begins_nothing
from quanheng.documents.word.parts import Writer
from quanheng.documents.word.styles import element
from quanheng.findings.text import Language

if TYPE_CHECKING:
    from docx.document import Document as Paper

_BREAK: Final = "./*[local-name()='pPr']/*[local-name()='sectPr']"
_SEEN: Final = (
    ".//*[local-name()='t'][normalize-space()] | .//*[local-name()='drawing' or local-name()='pict']"
    " | self::*[local-name()='tbl']"
)
"""Paths without prefixes: python-docx knows those of its own elements alone, and not of a content control."""


def keep_breaks(body: Any) -> None:  # noqa: ANN401  an element of lxml
    """Give the break of a section that stands in the paragraph of a place-holder a paragraph of its own.

    Word puts it there; the paragraph goes when the place-holder is filled.
    """
    for end in body.xpath("./w:p/w:pPr/w:sectPr"):
        paragraph = end.getparent().getparent()
        if "{" in "".join(paragraph.itertext()):
            own = element("w:p")
            own.get_or_add_pPr().append(end)
            paragraph.addnext(own)


def set_blocks(paper: Paper, mark: Any, blocks: Sequence[Block], *, language: Language, fonts: Fonts) -> None:  # noqa: ANN401  a paragraph of lxml
    """Write `blocks` at the end of the paper, as if it ended in the section of `mark`; move them there."""
    from docx.section import Section

    body, last = paper.element.body, paper.element.body.sectPr
    end = next((each.xpath(_BREAK)[0] for each in mark.itersiblings() if each.xpath(_BREAK)), last)
    goes_on = end is not last or _follows(mark)
    pages = PagesOfTemplate(Section(end, paper.part))
    if end is not last:
        body.replace(last, deepcopy(end))
    before = len(body) - 1
    writer = Writer(paper, language, fonts, pages)
    if blocks and isinstance(blocks[0], Attachment):
        writer.room(1.0)  # the line that ends the pages of what stands before
    writer.blocks(blocks)
    across = any(isinstance(block, Attachment) for block in blocks)
    if across and goes_on:
        begin_section(paper, pages, across=False)
    for each in list(body)[before:-1]:
        mark.addprevious(each)
    if goes_on:
        if body.sectPr is not last:
            body.replace(body.sectPr, last)
        if across:
            begins_nothing(end)
        _end_section(mark, end, across=across)
    body.remove(mark)


def _end_section(mark: Any, end: Any, *, across: bool) -> None:  # noqa: ANN401  elements of lxml
    """Let a break that has a paragraph of its own right below the mark end the section without a line of it.

    Below attachments their own break stands already: nothing is left that this one would end.
    """
    below, above = mark.getnext(), mark.getprevious()
    if below is None or end.getparent() is None or below is not end.getparent().getparent():
        return
    if below.xpath("./*[not(self::w:pPr)]"):
        return
    if not across:
        if above is None or not above.tag.endswith("}p") or above.xpath(_BREAK):
            return
        above.get_or_add_pPr().append(end)
    below.getparent().remove(below)


def _follows(mark: Any) -> bool:  # noqa: ANN401  a paragraph of lxml
    """Return whether something is to be seen below the mark."""
    return any(each.xpath(_SEEN) for each in mark.itersiblings())
