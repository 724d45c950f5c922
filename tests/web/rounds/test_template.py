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


def sent(kept: KeptRound, rows: Rows) -> str:
    """Hand a workbook in, and return the page that comes."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
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
