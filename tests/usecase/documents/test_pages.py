"""Pages by the command: who they are for, what they are called, and what they hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.commands import answer_to
from tests.documents.subjects import BOOK

from quanheng.usecase.results.assess import assess
from quanheng.usecase.results.verify import verify


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = BOOK.written(tmp_path)
    assess(path, workbook=False)
    return path


def pages(book: Path, *options: str) -> dict[str, str]:
    answer = answer_to("report", str(book), "--document", "page", "--lang", "zh", "--json", *options)
    assert answer.code == 0
    files = [Path(file) for file in json.loads(answer.out)["files"]]
    return {file.name: file.read_text(encoding="utf-8") for file in files}


def test_page_for_everybody_holds_what_is_published(book: Path) -> None:
    (text,) = pages(book).values()

    assert "甲镇" in text
    assert "承办现场会" not in text
    assert '"points": {}' in text
    assert verify(book / "results/2023") == ()


def test_page_for_the_office_holds_everything(book: Path) -> None:
    found = pages(book, "--audience", "internal")

    assert list(found) == ["page-internal.html"]
    assert "承办现场会" in found["page-internal.html"]
    assert '"scoring": {"year"' in found["page-internal.html"]


def test_pages_of_units_are_one_for_each_and_name_no_other(book: Path) -> None:
    found = pages(book, "--audience", "unit")

    assert list(found) == [f"page-unit-{number}-{code}.html" for number, code in enumerate("ABCP", start=1)]
    for name, own in zip(("甲镇", "乙镇", "丙镇", "丁园区"), found.values(), strict=True):
        others = {"甲镇", "乙镇", "丙镇", "丁园区"} - {name}
        assert name in own
        assert [other for other in others if other in own] == []


def test_units_are_named_by_code_or_name(book: Path) -> None:
    assert list(pages(book, "--audience", "unit", "--unit", "乙镇", "--unit", "P")) == [
        "page-unit-2-B.html",
        "page-unit-4-P.html",
    ]


def test_code_of_a_unit_leads_to_no_other_folder(tmp_path: Path) -> None:
    path = BOOK.written(tmp_path)
    for file in ("units.csv", "data/figures.csv", "adjustments.csv"):
        text = (path / file).read_text(encoding="utf-8")
        (path / file).write_text(text.replace("\nA,", "\n../A:,"), encoding="utf-8")
    assess(path, workbook=False)

    assert list(pages(path, "--audience", "unit", "--unit", "../A:")) == ["page-unit-1-___A_.html"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--audience", "unit"), "bulletin 没有面向单个单位的版本"),
        (("--unit", "A"), "--unit 须与 --audience unit 同用"),
        (("--document", "page", "--as", "pdf"), "page 没有 pdf 格式"),
        (("--document", "page", "--audience", "unit", "--unit", "戊镇"), "没有单位"),
    ],
)
def test_what_there_is_not_is_said(options: tuple[str, ...], said: str, book: Path) -> None:
    answer = answer_to("report", str(book), "--lang", "zh", *options)

    assert answer.code == 2
    assert said in answer.err
