"""A bulletin as PDF has the layout of GB/T 9704-2012, measured on the pages themselves."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest
from tests.documents.pages import Page, pages_of

from quanheng.documents.blocks import (
    Attachment,
    AttachmentList,
    Block,
    Column,
    Document,
    Heading,
    Imprint,
    Masthead,
    Note,
    Paragraph,
    Picture,
    Signature,
    Table,
)
from quanheng.documents.charts.ranking_bars import ranking_bars
from quanheng.documents.fonts.find import installed_fonts
from quanheng.documents.pdf.write import write_pdf
from quanheng.findings.text import Text

DAY: Final = dt.date(2024, 2, 6)
LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 37.0, 262.0
"""The edges of the text on an upright page, in millimetres."""
PITCH: Final = 225 / 22
CELL: Final = 156 / 28
LINES: Final = 22
FOURTH: Final = 14 * 25.4 / 72
HEAD: Final = Masthead(authority="示例区综合考核委员会文件", number="示考委〔2024〕6号")


def paper(
    *blocks: Block,
    title: Sequence[str] = ("关于考核结果的通报",),
    masthead: Masthead | None = None,
    imprint: Imprint | None = None,
    recipients: str = "",
) -> Document:
    return Document(
        title=tuple(title),
        language="zh",
        date=DAY,
        blocks=blocks,
        masthead=masthead,
        imprint=imprint,
        recipients=recipients,
    )


def set_in(folder: Path, document: Document) -> list[Page]:
    write_pdf(document, folder / "paper.pdf", fonts=installed_fonts())
    return pages_of(folder / "paper.pdf")


def text_lines(page: Page) -> list[tuple[str, float, float, float]]:
    """Return text, left, right and bottom of each line of the text, without the page number."""
    return [
        ("".join(word.text for word in line), line[0].left, line[-1].right, line[0].bottom)
        for line in page.lines()
        if line[0].bottom < BOTTOM
    ]


def test_a_page_of_text_has_22_lines_of_28_characters_inside_the_margins(tmp_path: Path) -> None:
    pages = set_in(tmp_path, paper(Paragraph(text="汉" * 28 * 60)))

    lines = text_lines(pages[1])
    assert [len(text) for text, *_ in lines] == [28] * LINES
    assert [left for _, left, *_ in lines] == pytest.approx([LEFT] * LINES, abs=0.1)
    assert [right for _, _, right, _ in lines] == pytest.approx([RIGHT] * LINES, abs=0.1)
    tops = [word.top for word in pages[1].words if word.bottom < BOTTOM]
    assert min(tops) == pytest.approx(TOP, abs=0.1)
    assert {round((top - TOP) / PITCH, 2) for top in tops} == set(map(float, range(LINES)))
    assert max(word.bottom for word in pages[1].words if word.bottom < BOTTOM) == pytest.approx(
        TOP + 21 * PITCH + 16 * 25.4 / 72, abs=0.1
    )


def test_a_paragraph_begins_two_characters_in(tmp_path: Path) -> None:
    (page,) = set_in(tmp_path, paper(Paragraph(text="汉" * 40)))

    _, first, second = text_lines(page)
    assert (len(first[0]), len(second[0])) == (26, 14)
    assert first[1] == pytest.approx(LEFT + 2 * CELL, abs=0.1)
    assert second[1] == pytest.approx(LEFT, abs=0.1)


def test_letters_digits_and_other_fonts_do_not_move_the_lines(tmp_path: Path) -> None:
    mixed, mark = "得分Åg87.5分，同比Ëy增长6.1%，" * 20, Paragraph(text="汉")
    between: tuple[Block, ...] = (
        Paragraph(text=mixed),
        Heading(level=1, text="一、黑体"),
        Heading(level=2, text="（一）楷体"),
        Heading(level=3, text="1. 仿宋"),
        Paragraph(lead="甲Ég：", text=mixed),
        Note(text="注：Åg"),
    )
    pages = set_in(tmp_path, paper(mark, *[block for each in between for block in (each, mark)]))

    tops = [word.top - TOP for page in pages for word in page.words if word.text == "汉"]
    assert len(tops) == 7
    assert [top / PITCH % 1 for top in tops] == pytest.approx([0.0] * 7, abs=0.01)


def test_odd_pages_have_their_number_on_the_right_and_even_ones_on_the_left(tmp_path: Path) -> None:
    pages = set_in(tmp_path, paper(Paragraph(text="汉" * 28 * 60)))

    for number, page in enumerate(pages, start=1):
        words = [word for word in page.words if word.top > BOTTOM]
        assert "".join(word.text for word in words) == f"—{number}—"
        assert min(word.top for word in words) == pytest.approx(BOTTOM + 7, abs=0.6)
        if number % 2:
            assert max(word.right for word in words) == pytest.approx(RIGHT - FOURTH, abs=0.1)
        else:
            assert min(word.left for word in words) == pytest.approx(LEFT + FOURTH, abs=0.1)


def test_the_head_stands_where_the_standard_says(tmp_path: Path) -> None:
    (page,) = set_in(tmp_path, paper(Paragraph(text="汉" * 30), masthead=HEAD, recipients="各单位："))

    authority, number, title, recipients, *body = text_lines(page)
    assert authority[0] == HEAD.authority
    assert number[0] == HEAD.number
    middle = (LEFT + RIGHT) / 2
    for line in (authority, number, title):
        assert (line[1] + line[2]) / 2 == pytest.approx(middle, abs=0.6)
    # the mark 35 mm under the top of the text; the number two lines below it; the title two below the rule
    tops = {word.text: word.top for word in page.words}
    size = min(48 * 25.4 / 72, 156 / 12)
    assert tops[HEAD.authority] == pytest.approx(TOP + 35, abs=0.2 * size)
    assert tops[HEAD.number] - (TOP + 35 + size) == pytest.approx(2 * PITCH, abs=0.6)
    rule = tops[HEAD.number] + 16 * 25.4 / 72 + 4
    assert 2 * PITCH - 1 <= tops["关于考核结果的通报"] - rule <= 3 * PITCH
    assert recipients[1] == pytest.approx(LEFT, abs=0.1)
    assert (recipients[3] - TOP) % PITCH == pytest.approx((body[0][3] - TOP) % PITCH, abs=0.1)


def test_the_text_below_a_table_is_back_on_the_grid(tmp_path: Path) -> None:
    columns = (
        Column(heading="单位", kind="word"),
        Column(heading="得分", kind="number"),
        Column(heading="事由"),
    )
    rows = tuple((f"单位{row}", f"{row}.50", "事由" * (row % 30)) for row in range(40))
    pages = set_in(
        tmp_path,
        paper(
            Paragraph(text="汉" * 5),
            Table(title="得分", columns=columns, rows=rows),
            Paragraph(text="汉" * 60),
        ),
    )

    assert len(pages) > 2
    last = [line for line in text_lines(pages[-1]) if set(line[0]) == {"汉"}]
    first = next(line for line in text_lines(pages[0]) if set(line[0]) == {"汉"})
    assert len(last) == 3
    for line in last:
        assert (line[3] - first[3]) / PITCH == pytest.approx(round((line[3] - first[3]) / PITCH), abs=0.02)
    for page in pages[1:-1]:
        assert text_lines(page)[0][0] == "单位得分事由", "the heading is repeated"


def test_wide_attachments_lie_across_and_their_numbers_stand_as_on_all_pages(tmp_path: Path) -> None:
    columns = (
        Column(heading="单位", kind="word"),
        *(Column(heading=f"指标{n}", kind="number") for n in range(9)),
    )
    table = Table(title="", columns=columns, rows=tuple((f"单位{n}", *["1.00"] * 9) for n in range(40)))
    pages = set_in(
        tmp_path, paper(Paragraph(text="汉"), Attachment(title="各指标得分表", number=1, wide=True), table)
    )

    first, second, third, *_ = pages
    assert (first.width, first.height) == pytest.approx((210, 297), abs=0.2)
    assert (second.width, second.height) == pytest.approx((297, 210), abs=0.2)
    assert second.text.startswith("—2—附件1各指标得分表单位指标0")
    assert third.text.startswith("—3—单位指标0"), "the heading is repeated"
    # turned: the paper's left edge is on top, its foot on the left; an even page has its number on the left
    even = [word for word in second.words if word.left < 35]
    odd = [word for word in third.words if word.left < 35]
    assert "2" in {word.text for word in even}
    assert max(word.bottom for word in even) < 28 + 30
    assert "3" in {word.text for word in odd}
    assert min(word.top for word in odd) > 210 - 26 - 30


def test_a_sealed_paper_is_dated_four_characters_from_the_right_under_its_authority(tmp_path: Path) -> None:
    (page,) = set_in(tmp_path, paper(Paragraph(text="汉"), Signature(by="示例区委员会", on=DAY, sealed=True)))

    by, on = text_lines(page)[-2:]
    assert (by[0], on[0]) == ("示例区委员会", "2024年2月6日")
    assert on[2] == pytest.approx(RIGHT - 4 * CELL, abs=0.2)
    assert (by[1] + by[2]) / 2 == pytest.approx((on[1] + on[2]) / 2, abs=0.2)


@pytest.mark.parametrize("by", ["委员会", "示例区高质量发展综合考核委员会"])
def test_an_unsealed_paper_has_the_longer_line_two_characters_from_the_right(by: str, tmp_path: Path) -> None:
    (page,) = set_in(tmp_path, paper(Paragraph(text="汉"), Signature(by=by, on=DAY, sealed=False)))

    name, date = text_lines(page)[-2:]
    assert max(name[2], date[2]) == pytest.approx(RIGHT - 2 * CELL, abs=0.2)
    assert date[1] - name[1] == pytest.approx(2 * CELL, abs=0.2)


def test_a_signature_is_never_alone_on_a_page(tmp_path: Path) -> None:
    for lines in (*range(12, 23), 40):
        pages = set_in(
            tmp_path,
            paper(Paragraph(text="汉" * (28 * lines - 2)), Signature(by="委员会", on=DAY, sealed=True)),
        )
        assert "汉" in pages[-1].text, lines
        counts = [len(text) for page in pages for text, *_ in text_lines(page) if "汉" in text]
        assert counts == [26, *[28] * (lines - 1)], lines


def test_the_imprint_stands_at_the_foot_of_the_last_page(tmp_path: Path) -> None:
    imprint = Imprint(copies_to="区委、区政府。", issued_by="考核办", issued_on=DAY)
    pages = set_in(tmp_path, paper(Paragraph(text="汉" * 28 * 30), imprint=imprint))

    *_, copies, issued, sent = text_lines(pages[-1])
    assert (copies[0], issued[0], sent[0]) == ("抄送：区委、区政府。", "考核办", "2024年2月6日印发")
    assert BOTTOM - 6 < issued[3] < BOTTOM
    assert sent[2] == pytest.approx(RIGHT - FOURTH, abs=0.2)
    assert copies[1] == pytest.approx(LEFT + FOURTH, abs=0.3)


def test_attachments_are_listed_below_the_text_and_begin_a_page(tmp_path: Path) -> None:
    pages = set_in(
        tmp_path,
        paper(
            Paragraph(text="汉" * 3),
            Note(text="注：没有可比的上期结果。"),
            AttachmentList(titles=("得分表", "依据")),
            Attachment(title="得分表", number=1),
            Paragraph(text="甲"),
            Attachment(title="依据", number=2),
            Paragraph(text="乙"),
        ),
    )

    assert "附件：1.得分表2.依据" in pages[0].text
    assert [page.text.split("—")[0] for page in pages[1:]] == ["附件1得分表甲", "附件2依据乙"]


_TAGS: Final = frozenset({"H1", "H2", "TH", "TD", "Table"})
HOSTILE: Final = (
    "#set text(red)",
    '*粗* _斜_ `码` $x^2$ @引 <标签> #link("http://a.b")[c]',
    "=1+1",
    "<b>甲</b>&amp;",
    "\\u{41} \\n ~ -- --- ...",
    "{{ 7*7 }} {% raw %}",
    "a" * 60,
    "甲" * 40,
)


@pytest.mark.parametrize("name", HOSTILE)
def test_names_appear_as_they_were_typed(name: str, tmp_path: Path) -> None:
    table = Table(title=name, columns=(Column(heading=name),), rows=((name,),))
    document = paper(
        Heading(level=1, text=name),
        Paragraph(text=name, lead=name),
        table,
        Attachment(title=name),
        title=(name,),
        recipients=name,
        masthead=Masthead(authority=name, number=name),
    )

    pages = set_in(tmp_path, document)

    plain = "".join(page.text for page in pages)
    assert plain.count("".join(name.split())) >= 1
    assert len(plain) > 9 * len("".join(name.split()))


def test_what_acts_is_shown(tmp_path: Path) -> None:
    (page,) = set_in(tmp_path, paper(Paragraph(text="甲\x1b[31m\u202e乙\x00")))

    assert "甲<U+001B>[31m<U+202E>乙<U+0000>" in page.text


def test_the_same_document_has_the_same_bytes(tmp_path: Path) -> None:
    document = paper(Paragraph(text="汉" * 99), masthead=HEAD)
    for name in ("one", "two"):
        write_pdf(document, tmp_path / name, fonts=installed_fonts())

    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_every_font_is_embedded_and_the_file_is_tagged_and_archived(tmp_path: Path) -> None:
    set_in(tmp_path, paper(Paragraph(text="汉abc"), Heading(level=1, text="一"), masthead=HEAD))

    fonts = _poppler("pdffonts", tmp_path / "paper.pdf")
    rows = [line.split()[-5:-2] for line in fonts.splitlines()[2:]]
    assert len(rows) >= 3
    assert all(embedded == "yes" and subset == "yes" for embedded, subset, _ in rows)
    assert re.search(r"Tagged:\s+yes", _poppler("pdfinfo", tmp_path / "paper.pdf"))
    content = (tmp_path / "paper.pdf").read_bytes()
    assert b"<pdfaid:part>2</pdfaid:part>" in content
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in content
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content


def test_headings_and_cells_are_told_to_those_who_have_the_page_read_to_them(tmp_path: Path) -> None:
    table = Table(title="得分", columns=(Column(heading="单位"), Column(heading="得分")), rows=(("甲", "1"),))
    set_in(tmp_path, paper(Heading(level=1, text="一、结果"), Heading(level=2, text="（一）镇"), table))

    lines = [
        line.strip() for line in _poppler("pdfinfo", tmp_path / "paper.pdf", "-struct-text").splitlines()
    ]
    parts = [line for line in lines if line[:1] == '"' or line.split(" ")[0].rstrip(":") in _TAGS]
    told = [part if part[0] == '"' else part[:2] for part in parts]
    assert told[1:] == [
        *("H1", '"一、结果"', "H2", '"（一）镇"', '"得分"', "Ta"),
        *("TH", '"单位"', "TH", '"得分"', "TD", '"甲"', "TD", '"1"'),
    ]


def _poppler(program: str, file: Path, *options: str) -> str:
    done = subprocess.run([program, *options, str(file)], capture_output=True, check=True)
    return done.stdout.decode(errors="replace")


@pytest.mark.parametrize("name", ["甲" * 30, "W" * 12, "甲乙丙 — 100.0%", "Ω±×" * 5])
@pytest.mark.parametrize("beside", [1, 4])
def test_no_text_of_a_table_stands_over_its_cell(name: str, beside: int, tmp_path: Path) -> None:
    columns = (Column(heading="单位"), *(Column(heading=str(n), kind="number") for n in range(beside)))
    rows = tuple((name, *(f"{-n}.5" for n in range(beside))) for _ in range(3))
    set_in(tmp_path, paper(Table(title="得分", columns=columns, rows=rows), Paragraph(text="下一段")))

    command = ["pdftotext", "-bbox", str(tmp_path / "paper.pdf"), "-"]
    told = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    boxes = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)<', told)
    point = 25.4 / 72
    edges = [
        (float(left) * point, float(right) * point) for left, _, right, _, text in boxes if "页" not in text
    ]
    assert all(left >= LEFT - 0.1 and right <= RIGHT + 0.1 for left, right in edges)
    numbers = sorted(
        {round(float(right) * point, 1) for _, _, right, _, text in boxes if text.endswith(".5")}
    )
    assert len(numbers) == beside, "numbers of a column end at one place"


def test_the_title_of_an_attachment_stands_above_its_picture_however_high(tmp_path: Path) -> None:
    units = [(f"U{number:02}", f"单位{number}") for number in range(40)]
    scores = [float(number) for number in range(40)]
    chart = ranking_bars("bars", units, scores, decimals=2, title=Text(zh="图"))
    blocks = (Paragraph(text="正文。"), Attachment(title="得分图"), Picture(title="得分", chart=chart))

    pages = set_in(tmp_path, paper(*blocks))

    assert len(pages) == 2
    assert {"得分图", "单位39", "得分"} <= {word.text for word in pages[1].words}
