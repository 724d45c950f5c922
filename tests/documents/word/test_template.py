"""A bulletin set into an office's own paper: place-holders are filled, styles used, code is not run."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import docx
import pytest
from docx.document import Document as Paper
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from tests.data.breaks import bomb

from quanheng.documents.blocks import (
    Attachment,
    Block,
    Column,
    Document,
    Heading,
    Imprint,
    Masthead,
    Paragraph,
    Signature,
    Table,
)
from quanheng.documents.fonts.find import installed_fonts
from quanheng.documents.word.write import write_word
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import Finding, FindingsError
from quanheng.usecase.documents.template import word_template

DAY: Final = dt.date(2024, 2, 6)
TABLE: Final = Table(title="镇", columns=(Column(heading="单位"),), rows=(("甲镇",), ("{{ body }}",)))
ATTACHED: Final = (
    Attachment(title="各项得分", wide=True),
    TABLE,
    Attachment(title="名单", number=2),
    Paragraph(text="名单如下。"),
)
BLOCKS: Final = (
    Paragraph(text="现将结果通报如下。"),
    Heading(level=1, text="一、结果"),
    TABLE,
    Signature(by="示例委", on=DAY, sealed=True),
)
WHOLE: Final = ("{{ number }}", "{{ title }}", "{{p body }}", "联系人：张三")


def document(*more: Block, title: str = "关于结果的通报") -> Document:
    return Document(
        title=(title,),
        language="zh",
        date=DAY,
        blocks=(*BLOCKS, *more),
        recipients="各镇",
        masthead=Masthead(authority="示例委文件", number="示委〔2024〕6号"),
        imprint=Imprint(copies_to="区委"),
    )


def template(
    folder: Path, lines: Sequence[str] = WHOLE, change: Callable[[Paper], None] | None = None
) -> Path:
    paper = docx.Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.top_margin = Mm(31), Mm(41)
    for line in lines:
        paper.add_paragraph(line)
    if change is not None:
        change(paper)
    paper.save(str(folder / "own.docx"))
    return folder / "own.docx"


def made(file: Path, shown: Document) -> tuple[Paper, tuple[Finding, ...]]:
    target = file.parent / "made.docx"
    found = write_word(shown, target, fonts=installed_fonts(), template=word_template(file))
    return docx.Document(str(target)), found


def refused(file: Path, shown: Document) -> list[str]:
    with pytest.raises(FindingsError) as error:
        made(file, shown)
    assert not (file.parent / "made.docx").exists()
    return [finding.code for finding in error.value.findings if finding.severity == "error"]


def millimetres(length: Length | None) -> int:
    assert length is not None
    return round(float(length.mm))


def texts(paper: Paper) -> list[str]:
    return [paragraph.text for paragraph in paper.paragraphs if paragraph.text]


def test_place_holders_are_filled_and_what_stands_there_stays(tmp_path: Path) -> None:
    paper, found = made(template(tmp_path), document())

    assert texts(paper) == [
        *("示委〔2024〕6号", "关于结果的通报"),
        *("现将结果通报如下。", "一、结果", "镇"),
        *("示例委", "2024年2月6日", "联系人：张三"),
    ]
    assert [row.cells[0].text for row in paper.tables[0].rows] == ["单位", "甲镇", "{{ body }}"]
    assert [finding.code for finding in found] == ["QH824", "QH824", "QH824", "QH828"]
    assert [str(finding.facts.get("key", "")) for finding in found[:3]] == [
        "authority",
        "recipients",
        "copies_to",
    ]


def test_a_place_holder_typed_in_pieces_is_one(tmp_path: Path) -> None:
    def in_pieces(paper: Paper) -> None:
        line = paper.add_paragraph("{")
        line.add_run("{ tit").bold = True
        line.add_run("le }").italic = True
        line.add_run("}")

    paper, _ = made(template(tmp_path, ("{{p body }}",), in_pieces), document())

    assert texts(paper)[-1] == "关于结果的通报"


def test_head_and_foot_are_filled(tmp_path: Path) -> None:
    def with_head(paper: Paper) -> None:
        paper.sections[0].header.paragraphs[0].text = "{{ authority }}"
        paper.sections[0].footer.paragraphs[0].text = "抄送：{{copies_to}}"

    paper, found = made(template(tmp_path, WHOLE, with_head), document())

    assert paper.sections[0].header.paragraphs[0].text == "示例委文件"
    assert paper.sections[0].footer.paragraphs[0].text == "抄送：区委"
    assert "copies_to" not in [finding.facts.get("key") for finding in found]


def test_a_condition_leaves_out_what_nobody_wrote(tmp_path: Path) -> None:
    lines = ("{%p if urgency %}", "紧急程度：{{ urgency }}", "{%p endif %}", *WHOLE)

    paper, found = made(template(tmp_path, lines), document())

    assert "紧急程度：" not in "".join(texts(paper))
    assert [finding.facts["key"] for finding in found if finding.code == "QH825"] == ["urgency"]


def test_its_styles_are_used_and_those_it_lacks_are_made(tmp_path: Path) -> None:
    def with_style(paper: Paper) -> None:
        paper.styles.add_style("公文正文", WD_STYLE_TYPE.PARAGRAPH).font.size = Pt(13)

    paper, found = made(template(tmp_path, WHOLE, with_style), document())

    (line,) = [each for each in paper.paragraphs if each.text == "现将结果通报如下。"]
    assert line.style is not None
    assert (line.style.name, line.style.font.size) == ("公文正文", Pt(13))
    (told,) = [finding for finding in found if finding.code == "QH828"]
    assert told.facts["styles"] == "主送机关、一级标题、公文落款、表题、表格文字、表格标题行"
    assert {style.name for style in paper.styles} >= {"公文落款"}
    assert "附件标记" not in {style.name for style in paper.styles}


def test_a_style_that_is_not_one_of_paragraphs_is_refused(tmp_path: Path) -> None:
    def with_style(paper: Paper) -> None:
        paper.styles.add_style("公文正文", WD_STYLE_TYPE.CHARACTER)

    assert refused(template(tmp_path, WHOLE, with_style), document()) == ["QH829"]


def test_a_template_without_a_style_of_tables_gets_one(tmp_path: Path) -> None:
    def without(paper: Paper) -> None:
        paper.styles["Table Grid"].delete()

    paper, _ = made(template(tmp_path, WHOLE, without), document())

    assert paper.tables[0].style is not None
    assert paper.tables[0].style.name == "Table Grid"


def test_attachments_have_the_pages_of_the_template_upright_and_across(tmp_path: Path) -> None:
    def with_first_page(paper: Paper) -> None:
        paper.sections[0].different_first_page_header_footer = True
        paper.sections[0].first_page_header.paragraphs[0].text = "首页"

    paper, _ = made(template(tmp_path, WHOLE, with_first_page), document(*ATTACHED))

    sizes = [(millimetres(each.page_width), millimetres(each.left_margin)) for each in paper.sections]
    assert sizes == [(210, 31), (297, 41), (210, 31), (210, 31)]
    firsts = [each.different_first_page_header_footer for each in paper.sections]
    assert firsts == [True, False, False, False]
    assert texts(paper)[-3:] == ["名单", "名单如下。", "联系人：张三"]


def test_a_signature_of_the_template_stands_once_and_before_the_attachments(tmp_path: Path) -> None:
    lines = ("{{p body }}", "{{ signature }} {{ date }}", "{{p attachments }}")

    paper, _ = made(template(tmp_path, lines), document(*ATTACHED))

    found = texts(paper)
    assert [text for text in found if "示例委" in text] == ["示例委 2024年2月6日"]
    assert found.index("示例委 2024年2月6日") < found.index("各项得分")
    assert len(paper.sections) == 3, "nothing follows the attachments, so no page is begun for it"


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (("{{p body }}", "{{ titel }}"), "QH820"),
        (("{{p body }}", "{{ ''.__class__.__mro__ }}"), "QH821"),
        (("{{p body }}", "{{ title.__class__ }}"), "QH821"),
        (("{{p body }}", "{{ title|upper }}"), "QH821"),
        (("{{p body }}", "{{ 'a' * 10000000000 }}"), "QH821"),
        (("{{p body }}", "{% for i in range(1000000) %}"), "QH821"),
        (("{{p body }}", "{% set title = 1 %}"), "QH821"),
        (("{{p body }}", "{{ {} }}"), "QH822"),
        (("{{p body }}", "{%p if title %}"), "QH854"),
        (("{{p body }}", "{{ title"), "QH822"),
        (("{{p body }}", "{{ title", "and more", "}}"), "QH821"),
        (("{{p body }}", "title }}"), "QH822"),
        (("{{ title }}",), "QH823"),
        (("{{p body }}", "{{p body }}"), "QH823"),
        (("正文：{{ body }}",), "QH823"),
        (("{{p body }}", "{{ signature }}"), "QH823"),
    ],
)
def test_a_template_with_code_or_without_a_place_is_refused(
    lines: Sequence[str], code: str, tmp_path: Path
) -> None:
    assert refused(template(tmp_path, lines), document(*ATTACHED)) == [code]


def test_the_text_has_no_place_in_tables_or_heads(tmp_path: Path) -> None:
    def in_a_table(paper: Paper) -> None:
        paper.add_table(rows=1, cols=1).cell(0, 0).paragraphs[0].text = "{{p body }}"

    def in_the_head(paper: Paper) -> None:
        paper.sections[0].header.paragraphs[0].text = "{{p body }}"

    assert refused(template(tmp_path, ("{{ title }}",), in_a_table), document()) == ["QH823"]
    assert refused(template(tmp_path, ("{{ title }}",), in_the_head), document()) == ["QH823"]


def test_code_in_the_properties_and_in_deleted_text_is_not_run(tmp_path: Path) -> None:
    def deleted(paper: Paper) -> None:
        paper.core_properties.title = "{{ 7 * 7 }}"
        text = paper.add_paragraph("{{ 6 * 7 }}").runs[0]._r.find(qn("w:t"))  # noqa: SLF001  as Word marks what was deleted
        assert text is not None
        text.tag = qn("w:delText")

    assert refused(template(tmp_path, WHOLE, deleted), document()) == ["QH821"]
    paper, _ = made(
        template(tmp_path, WHOLE, lambda p: setattr(p.core_properties, "title", "{{ 7 * 7 }}")), document()
    )
    assert paper.core_properties.title == "关于结果的通报"


def test_braces_and_markup_in_a_name_are_text(tmp_path: Path) -> None:
    title = "<b>{{ 7*7 }}</b> {% if x %} &amp; =1+1 \t HYPERLINK"

    paper, _ = made(template(tmp_path), document(title=title))

    assert texts(paper)[1] == title.replace("\t", " ")


@pytest.mark.parametrize(
    "content", [b"", b"a letter", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 64]
)
def test_what_is_no_word_file_is_refused(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "own.docx"
    file.write_bytes(content)

    assert refused(file, document()) == ["QH826"]


def repacked(file: Path, change: Callable[[str, bytes], bytes]) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    file.write_bytes(content.getvalue())


def test_a_template_with_macros_or_no_pages_is_refused(tmp_path: Path) -> None:
    kind = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    macros = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    file = template(tmp_path)
    repacked(file, lambda _, part: part.replace(kind, macros))
    assert refused(file, document()) == ["QH826"]
    file = template(tmp_path)
    repacked(file, lambda name, part: b"<broken" if name == "word/document.xml" else part)
    assert refused(file, document()) == ["QH826"]
    file = template(tmp_path)
    repacked(file, lambda name, part: b"<a/>" if name == "word/document.xml" else part)
    assert refused(file, document()) == ["QH826"]


def test_bombs_and_endless_texts_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "own.docx"
    file.write_bytes(bomb())
    assert refused(file, document()) == ["QH311"]
    assert refused(template(tmp_path, ("{{p " * 200_000,)), document()) == ["QH827"]


def test_a_template_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no template"):
        word_template(tmp_path / "none.docx")


def test_the_same_document_in_the_same_template_has_the_same_bytes(tmp_path: Path) -> None:
    file = template(tmp_path)

    made(file, document(*ATTACHED))
    first = (tmp_path / "made.docx").read_bytes()
    made(file, document(*ATTACHED))

    assert (tmp_path / "made.docx").read_bytes() == first
