"""A bulletin as Word has the layout of GB/T 9704-2012, and says the same as the PDF."""

from __future__ import annotations

import datetime as dt
import itertools
import subprocess
import zipfile
from pathlib import Path
from typing import Final

import docx
import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as Line
from tests.documents.libreoffice import office_command
from tests.documents.pages import pages_of
from tests.documents.subjects import subject

from quanheng.documents.blocks import (
    Attachment,
    Column,
    Document,
    Heading,
    Imprint,
    Masthead,
    Paragraph,
    Picture,
    Signature,
    Table,
)
from quanheng.documents.compose.bulletin import bulletin
from quanheng.documents.fonts.find import installed_fonts
from quanheng.documents.word.styles import HEADINGS, NAMES, STYLES
from quanheng.documents.word.write import write_word

DAY: Final = dt.date(2024, 2, 6)
PITCH: Final = 28.95 * 25.4 / 72
POINT: Final = 25.4 / 72
STANDING_IN: Final = {
    "仿宋_GB2312": "Noto Serif CJK SC",
    "方正小标宋简体": "Noto Serif CJK SC",
    "黑体": "Noto Sans CJK SC",
    "楷体_GB2312": "AR PL KaitiM GB",
    "宋体": "Noto Serif CJK SC",
    "Times New Roman": "TeX Gyre Termes",
}


def fonts_of_the_standard(folder: Path) -> Path:
    """Write settings by which the fonts that the file names are others of the same width."""
    aliases = "".join(
        f'<alias binding="same"><family>{name}</family><prefer><family>{other}</family></prefer></alias>'
        for name, other in STANDING_IN.items()
    )
    file = folder / "fonts.conf"
    text = f"<include>/etc/fonts/fonts.conf</include><cachedir>{folder}/cache</cachedir>{aliases}"
    file.write_text(f'<?xml version="1.0"?><fontconfig>{text}</fontconfig>', encoding="utf-8")
    return file


def style_of(paragraph: Line) -> str | None:
    return None if paragraph.style is None else paragraph.style.name


def test_rendered_it_has_the_grid_the_head_and_the_page_numbers(tmp_path: Path) -> None:
    document = Document(
        title=("关于考核结果的通报",),
        language="zh",
        date=DAY,
        blocks=(
            Paragraph(text="汉" * 28 * 60),
            Paragraph(text="特此通报。"),
            Signature(by="示例委", on=DAY, sealed=True),
        ),
        masthead=Masthead(authority="示例区综合考核委员会文件", number="示考委〔2024〕6号"),
    )
    write_word(document, tmp_path / "paper.docx", fonts=installed_fonts())
    command = [*office_command(tmp_path / "profile"), "--convert-to", "pdf", "--outdir", str(tmp_path)]
    environment = {"FONTCONFIG_FILE": str(fonts_of_the_standard(tmp_path)), "PATH": "/usr/bin:/bin"}
    subprocess.run(
        [*command, str(tmp_path / "paper.docx")],
        check=True,
        capture_output=True,
        timeout=300,
        env={**environment, "HOME": str(tmp_path)},
    )
    first, second, *_, last = pages_of(tmp_path / "paper.pdf")

    lines = [line for line in second.lines() if line[0].bottom < 262]
    assert [sum(len(word.text) for word in line) for line in lines] == [28] * 22
    assert [line[0].left for line in lines] == pytest.approx([28.0] * 22, abs=0.2)
    assert [line[-1].right for line in lines] == pytest.approx([184.0] * 22, abs=0.6)
    steps = [after[0].top - before[0].top for before, after in itertools.pairwise(lines)]
    assert steps == pytest.approx([PITCH] * 21, abs=0.05)
    for page, number, right in ((first, 1, True), (second, 2, False)):
        words = [word for word in page.words if word.top > 262]
        assert "".join(word.text for word in words) == f"—{number}—"
        assert (words[0].top + words[0].bottom) / 2 == pytest.approx(262 + 7 + 7 * POINT, abs=1)
        if right:
            assert max(word.right for word in words) == pytest.approx(184 - 14 * POINT, abs=0.3)
        else:
            assert min(word.left for word in words) == pytest.approx(28 + 14 * POINT, abs=0.3)
    middles = {word.text: (word.top + word.bottom) / 2 for word in first.words}
    size = 156 / 12
    assert middles["示例区综合考核委员会文件"] == pytest.approx(37 + 35 + size / 2, abs=1)
    number_at = next(middle for text, middle in middles.items() if text.startswith("示考委"))
    gap = number_at - middles["示例区综合考核委员会文件"]
    assert gap == pytest.approx(2 * PITCH + (size + PITCH) / 2, abs=1)
    assert "2024年2月6日" in last.text
    assert "特此通报。" in last.text


def test_it_has_the_same_headings_tables_and_figures_in_the_same_order(tmp_path: Path) -> None:
    document = bulletin(subject(tmp_path), "zh")

    write_word(document, tmp_path / "paper.docx", fonts=installed_fonts())

    paper = docx.Document(str(tmp_path / "paper.docx"))
    headings = [paragraph.text for paragraph in paper.paragraphs if style_of(paragraph) in HEADINGS]
    assert headings == [block.text for block in document.blocks if isinstance(block, Heading)]
    tables = [[tuple(cell.text for cell in row.cells) for row in table.rows] for table in paper.tables]
    assert tables == [
        [tuple(column.heading for column in block.columns), *block.rows]
        for block in document.blocks
        if isinstance(block, Table)
    ]
    described = [part.get("descr") for part in paper.element.iter(qn("wp:docPr"))]
    assert described == [block.chart.sentence.zh for block in document.blocks if isinstance(block, Picture)]
    texts = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    for block in document.blocks:
        if isinstance(block, Paragraph):
            assert block.lead + block.text in texts


def test_all_text_stands_in_styles_that_officials_know(tmp_path: Path) -> None:
    write_word(bulletin(subject(tmp_path), "zh"), tmp_path / "paper.docx", fonts=installed_fonts())

    paper = docx.Document(str(tmp_path / "paper.docx"))
    assert {style_of(paragraph) for paragraph in paper.paragraphs} <= set(STYLES)
    assert {"公文标题", "公文正文", "一级标题", "表题", "附件标记"} <= {
        style_of(paragraph) for paragraph in paper.paragraphs
    }
    body = paper.styles["公文正文"].element.rPr
    assert body.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert body.find(qn("w:spacing")).get(qn("w:val")) == "-5"
    order = [child.tag for child in body]
    assert order.index(qn("w:spacing")) < order.index(qn("w:sz"))
    for section in paper.sections:
        (grid,) = section._sectPr.xpath("w:docGrid")  # noqa: SLF001  python-docx has no grids
        assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
    assert paper.settings.odd_and_even_pages_header_footer
    with zipfile.ZipFile(tmp_path / "paper.docx") as file:
        table = file.read("word/fontTable.xml").decode()
    for name in NAMES.values():
        assert f'<w:font w:name="{name}"><w:altName w:val="' in table


def test_wide_attachments_lie_across(tmp_path: Path) -> None:
    columns = tuple(Column(heading=f"指标{number}") for number in range(9))
    blocks = (
        Paragraph(text="汉"),
        Attachment(title="得分表", number=1, wide=True),
        Table(title="", columns=columns, rows=(("1",) * 9,)),
        Attachment(title="依据", number=2),
        Paragraph(text="甲"),
    )
    document = Document(title=("通报",), language="zh", date=DAY, blocks=blocks)
    write_word(document, tmp_path / "paper.docx", fonts=installed_fonts())

    sections = docx.Document(str(tmp_path / "paper.docx")).sections
    widths = [section.page_width for section in sections]
    assert [None if wide is None else round(wide.mm) for wide in widths] == [210, 297, 210]


@pytest.mark.parametrize(
    "name", ["=1+1", "<b>甲</b>&amp;", "{{ 7*7 }}", "{ PAGE }", "MERGEFIELD x", "#set text(red)", "甲" * 40]
)
def test_names_appear_as_they_were_typed(name: str, tmp_path: Path) -> None:
    document = Document(
        title=(name,),
        language="zh",
        date=DAY,
        blocks=(
            Heading(level=1, text=name),
            Paragraph(text=name, lead=name),
            Table(title=name, columns=(Column(heading=name),), rows=((name,),)),
            Attachment(title=name),
        ),
        masthead=Masthead(authority=name, number=name, copy_number="000001", secrecy=name, urgency=name),
        imprint=Imprint(copies_to=name, issued_by=name, issued_on=DAY),
        recipients=name,
    )
    write_word(document, tmp_path / "paper.docx", fonts=installed_fonts())

    paper = docx.Document(str(tmp_path / "paper.docx"))
    texts = [paragraph.text for paragraph in paper.paragraphs]
    assert texts.count(name) >= 6
    assert f"{name}{name}" in texts
    assert [cell.text for cell in paper.tables[0].columns[0].cells] == [name, name]
    imprint = [cell.text for cell in paper.tables[-1].columns[0].cells]
    assert imprint == [f"抄送：{name}", f"{name}\t2024年2月6日印发"]


def test_what_acts_is_shown_and_the_file_has_the_same_bytes(tmp_path: Path) -> None:
    document = Document(
        title=("通报",), language="zh", date=DAY, blocks=(Paragraph(text="甲\x1b[31m\u202e乙\x00\t丙"),)
    )
    for name in ("one.docx", "two.docx"):
        write_word(document, tmp_path / name, fonts=installed_fonts())

    assert (tmp_path / "one.docx").read_bytes() == (tmp_path / "two.docx").read_bytes()
    texts = [paragraph.text for paragraph in docx.Document(str(tmp_path / "one.docx")).paragraphs]
    assert "甲<U+001B>[31m<U+202E>乙<U+0000> 丙" in texts
