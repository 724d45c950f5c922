"""Templates as offices have them: sections, breaks, content controls, and what a hand leaves beside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm
from tests.documents.word.test_template import ATTACHED, document, made, millimetres, refused, template, texts

from quanheng.documents.blocks import Block

_CONTROL = f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>控件</w:t></w:r></w:p></w:sdtContent></w:sdt>"
_BOOKMARK = f'<w:bookmarkEnd {nsdecls("w")} w:id="7"/>'


def across(paper: Paper) -> None:
    """Add a last section laid across, with a head of its own."""
    paper.sections[0].header.paragraphs[0].text = "甲头"
    section = paper.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.header.is_linked_to_previous = False
    section.header.paragraphs[0].text = "乙头"
    paper.add_paragraph("固定内容")


def sections(paper: Paper) -> list[tuple[int, str]]:
    return [(millimetres(each.page_width), each.header.paragraphs[0].text) for each in paper.sections]


@pytest.mark.parametrize(
    ("more", "pages"),
    [
        ((), [(210, "甲头"), (297, "乙头")]),
        (ATTACHED, [(210, "甲头"), (297, "甲头"), (210, "甲头"), (297, "乙头")]),
    ],
)
def test_the_text_has_the_pages_and_head_of_the_section_that_it_stands_in(
    more: tuple[Block, ...], pages: list[tuple[int, str]], tmp_path: Path
) -> None:
    paper, _ = made(template(tmp_path, ("{{ title }}", "{{p body }}"), across), document(*more))

    assert sections(paper) == pages
    assert texts(paper)[-1] == "固定内容"
    ends = [each for each in paper.paragraphs if each._p.xpath("./w:pPr/w:sectPr")]  # noqa: SLF001  a break
    assert len(ends) == len(pages) - 1
    assert more or ends[0].text == "2024年2月6日"


@pytest.mark.parametrize("more", [(), ATTACHED])
def test_a_break_in_the_paragraph_of_the_text_stays(more: tuple[Block, ...], tmp_path: Path) -> None:
    def change(paper: Paper) -> None:
        across(paper)
        holder = paper.paragraphs[2]._p  # noqa: SLF001  where python-docx put the break
        own = paper.paragraphs[1]._p.get_or_add_pPr()  # noqa: SLF001  where Word puts it
        own.append(holder.xpath("./w:pPr/w:sectPr")[0])
        holder.getparent().remove(holder)

    paper, _ = made(template(tmp_path, ("{{ title }}", "{{p body }}"), change), document(*more))

    assert sections(paper)[0] == (210, "甲头")
    assert sections(paper)[-1] == (297, "乙头")
    assert len(paper.sections) == (4 if more else 2)


@pytest.mark.parametrize("xml", [_CONTROL, _BOOKMARK])
@pytest.mark.parametrize("more", [(), ATTACHED])
def test_what_is_no_paragraph_may_stand_below_the_text(
    xml: str, more: tuple[Block, ...], tmp_path: Path
) -> None:
    def change(paper: Paper) -> None:
        paper.element.body.insert(len(paper.element.body) - 1, parse_xml(xml))

    paper, _ = made(template(tmp_path, ("{{ title }}", "{{p body }}"), change), document(*more))

    assert "现将结果通报如下。" in texts(paper)
    assert xml == _BOOKMARK or "控件" in "".join(paper.element.body.itertext())


def _in_two_lines(paper: Paper) -> None:
    paper.add_paragraph("{%p if number %}")


def _with_picture(paper: Paper) -> None:
    body = paper.paragraphs[1]
    body._p.append(parse_xml(f"<w:r {nsdecls('w')}><w:pict/></w:r>"))  # noqa: SLF001  a picture of old files


def _nothing(_paper: Paper) -> None:
    """Change nothing."""


@pytest.mark.parametrize(
    ("lines", "change", "codes"),
    [
        (("{{ title }}", "正文如下：{{p body }}"), _nothing, ["QH852"]),
        (("{{ title }} {%p if number %}", "{{p body }}", "{%p endif %}"), _nothing, ["QH852"]),
        (("{%p if number %}{%p endif %}", "{{p body }}"), _nothing, ["QH852"]),
        (("{{ title }}", "{{p body }}"), _with_picture, ["QH852"]),
        (("｛｛ title ｝｝", "{{p body }}"), _nothing, ["QH853"]),
        (("{{ title }}", "{{p body }}"), _in_two_lines, ["QH854"]),
        (("{{p body }}", "{%p endif %}"), _nothing, ["QH854"]),
        (("{{p body }}", "{%p else %}"), _nothing, ["QH854"]),
    ],
)
def test_what_would_be_lost_or_printed_as_typed_is_refused(
    lines: tuple[str, ...], change: Callable[[Paper], None], codes: list[str], tmp_path: Path
) -> None:
    assert refused(template(tmp_path, lines, change), document()) == codes


def test_a_box_that_hangs_on_a_paragraph_is_filled(tmp_path: Path) -> None:
    def change(paper: Paper) -> None:
        box = (
            f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox>'
            "<w:txbxContent><w:p><w:r><w:t>{{ number }}</w:t></w:r></w:p></w:txbxContent>"
            "</v:textbox></v:shape></w:pict></w:r>"
        )
        paper.paragraphs[0]._p.append(parse_xml(box))  # noqa: SLF001  python-docx has no boxes

    paper, _ = made(template(tmp_path, ("{{ title }}", "{{p body }}"), change), document())

    assert "示委〔2024〕6号" in "".join(paper.element.body.itertext())
    assert isinstance(docx.Document(str(tmp_path / "made.docx")), Paper)
