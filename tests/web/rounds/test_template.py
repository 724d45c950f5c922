from __future__ import annotations

import io
import zipfile
from typing import Any, Final, TypeAlias

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.web.people_of_all_roles import signed_in
from tests.web.rounds.world import LATER, a_round, cell, save

from quanheng.web.people.models import Account
from quanheng.web.rounds.models import Change, KeptRound

_AFTER: Final = LATER


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: _AFTER)


Rows: TypeAlias = list[list[Any]]


def of(code: str) -> Client:
    return signed_in(Account.objects.for_the_program().get(code=code))


def template(kept: KeptRound, code: str = "wang") -> Rows:
    """Return the rows of a template."""
    content = of(code).get(reverse("template", args=[kept.pk])).content
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    return sheet.to_python(skip_empty_area=False)


def sent(kept: KeptRound, rows: Rows, *, merged: str = "", beside: Rows | None = None) -> str:
    """Hand a workbook in, its first sheet with a merged range, and return the page that comes."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        for texts in (rows, beside or []):
            sheet = book.add_worksheet()
            if merged and texts is rows:
                sheet.merge_range(merged, "")
            for number, row in enumerate(texts):
                sheet.write_row(number, 0, row)
    file = SimpleUploadedFile("模板.xlsx", written.getvalue())
    answer = of("wang").post(reverse("upload_figures", args=[kept.pk]), {"file": file}, follow=True)
    return answer.content.decode()


def test_a_template_has_the_own_cells_open_and_what_is_saved() -> None:
    kept = a_round()
    save(kept, {"gdp T1": "12.5", "rate T1": "6.1%"})

    rows = template(kept)
    content = of("wang").get(reverse("template", args=[kept.pk])).content

    assert rows[1:] == [
        ["单位", "", "gdp", "rate"],
        ["", "", "地区生产总值 亿元 2024-Q1", "增速 % 2024-Q1"],
        ["T1", "镇1", 12.5, "6.1%"],
        ["T2", "镇2", "", ""],
    ]
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        text = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<sheetProtection" in text
    assert '<dataValidation type="list"' in text


def test_a_template_that_comes_back_saves_what_changed_and_names_its_file() -> None:
    kept = a_round()
    save(kept, {"gdp T1": "12.5", "rate T1": "6.1%"})
    rows = template(kept)
    rows[3][2], rows[4][2:] = 13, ["/", "many"]

    page = sent(kept, rows)

    assert "“many”不是数字" in page
    found = [cell(kept, item, unit) for item, unit in (("gdp", "T1"), ("rate", "T1"), ("gdp", "T2"))]
    assert [(each.written, each.version) for each in found if each] == [("13", 2), ("6.1%", 1), ("/", 1)]
    files = Change.objects.for_the_program().order_by("pk").values_list("file", flat=True)
    assert list(files) == ["", "", "模板.xlsx", "模板.xlsx"]


def test_what_changed_since_the_download_is_not_written_over(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = a_round()
    rows = template(kept)
    rows[3][2] = 13
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER.replace(hour=9))
    save(kept, {"gdp T1": "99"}, at=LATER.replace(hour=8))

    page = sent(kept, rows)

    now = cell(kept, "gdp", "T1")
    assert "QH920" in page
    assert now is not None
    assert now.written == "99"


def test_a_template_of_another_round_or_person_is_refused() -> None:
    kept = a_round()
    other = a_round(code="2024-Q2", period="2024-Q2")
    spoilt = template(kept)
    spoilt[0][0] = "1"

    answers = [
        sent(kept, template(other)),
        sent(kept, template(kept, "zhao")),
        sent(kept, spoilt),
    ]

    assert ["QH975" in answer for answer in answers] == [True] * 3
    assert not Change.objects.for_the_program().exists()


def test_names_that_are_not_in_the_round_are_told() -> None:
    kept = a_round()
    rows = template(kept)
    rows[4][0], rows[1][3] = "T9", "rates"

    text = sent(kept, rows)

    assert "“T9”" in text
    assert "“rates”" in text
    assert not Change.objects.for_the_program().exists()


def test_a_column_that_was_sorted_alone_is_told_and_nothing_is_saved() -> None:
    kept = a_round()
    by_row, by_column = template(kept), template(kept)
    by_row[3][0], by_row[4][0], by_row[3][2] = "T2", "T1", 13
    by_column[2][2], by_column[3][2] = "地区生产总值 万元 2024-Q1", 130_000

    pages = [sent(kept, by_row), sent(kept, by_column)]

    assert "代码“T2”对应的是“镇2”，此处写的是“镇1”" in pages[0]
    assert "代码“gdp”对应的是“地区生产总值 亿元 2024-Q1”" in pages[1]
    assert not Change.objects.for_the_program().exists()


def test_names_may_be_in_the_other_language_or_gone() -> None:
    kept = a_round()
    rows = template(kept)
    rows[2][2:] = ["地区生产总值  亿元 ２０２４-Q1", ""]
    rows[3][1:3] = ["", 13]

    sent(kept, rows)

    now = cell(kept, "gdp", "T1")
    assert now is not None
    assert now.written == "13"


def test_a_unit_or_an_item_that_stands_there_twice_is_told() -> None:
    kept = a_round()
    units, items = template(kept), template(kept)
    units[3][2] = 13
    units.append(["T1", "镇1", 14, ""])
    items[1][3], items[2][3], items[3][2:] = items[1][2], items[2][2], [13, 14]

    pages = [sent(kept, units), sent(kept, items)]

    assert "单位“T1”重复出现" in pages[0]
    assert "数据项“gdp”重复出现" in pages[1]
    assert not Change.objects.for_the_program().exists()


def test_figures_that_are_merged_are_nobody_s() -> None:
    kept = a_round()
    rows = template(kept)
    rows[3][2] = 13

    page = sent(kept, rows, merged="C4:C5")

    assert "C4:C5" in page
    assert "QH325" in page
    assert not Change.objects.for_the_program().exists()


def test_what_has_no_code_and_other_sheets_are_told_as_not_read() -> None:
    kept = a_round()
    rows = template(kept)
    rows[3][2] = 13
    rows[1][3], rows[3][3] = "", 6.1
    rows.append(["", "合计", 99])

    page = sent(kept, rows, beside=[["x", 8]])

    assert "已从文件保存1项" in page
    assert "2 个单元格所在的行或列没有代码，未读取：D4、C6" in page
    assert "Sheet2" in page
    assert "QH893" in page
