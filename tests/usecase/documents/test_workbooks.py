"""The workbook by the command: live for the office alone; for all others values, and nothing more."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from tests.cli.commands import answer_to
from tests.documents.libreoffice import Rows, sheets_of
from tests.documents.subjects import BOOK

from quanheng.usecase.results.assess import assess
from quanheng.usecase.results.verify import verify


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = BOOK.written(tmp_path)
    assess(path, workbook=False)
    return path


def made(book: Path, *options: str, lang: str = "zh") -> list[Path]:
    answer = answer_to("report", str(book), "--document", "workbook", "--lang", lang, "--json", *options)
    assert answer.code == 0, answer.err
    return [Path(file) for file in json.loads(answer.out)["files"]]


def inside(file: Path) -> str:
    with zipfile.ZipFile(file) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))


def rows(file: Path, sheet: str) -> Rows:
    return sheets_of(file)[sheet]


def test_the_public_has_what_is_published_as_values(book: Path) -> None:
    (file,) = made(book)

    assert file.name == "workbook.xlsx"
    assert list(sheets_of(file)) == ["目录", "镇考核结果", "园区考核结果", "表彰名单"]
    assert rows(file, "镇考核结果")[1:] == [
        ["位次", "单位", "得分", "等次"],
        [1.0, "甲镇", 88.0, "第一等次"],
        [2.0, "丙镇", 80.0, "不合格"],
        [3.0, "乙镇", 75.0, "第二等次"],
    ]
    text = inside(file)
    assert "<f>" not in text
    for kept_back in ("承办现场会", "经济", "秩序", "发生安全事故"):
        assert kept_back not in text
    assert verify(book / "results/2023") == ()


def test_what_is_not_published_is_not_in_the_file(book: Path) -> None:
    scheme = book / "scheme.yaml"
    scheme.write_text(scheme.read_text("utf-8") + "publish: [tier, dimensions]\n", encoding="utf-8")
    assess(book, workbook=False)

    (file,) = made(book)

    text = inside(file)
    assert "<f>" not in text
    assert "表彰名单" not in text
    assert "赵一" not in text
    sheets = sheets_of(file)
    assert [row[0] for row in sheets["镇考核结果"][2:]] == ["甲镇", "乙镇", "丙镇"]
    assert "88" not in "".join(str(row) for name in sheets for row in sheets[name])
    (scores,) = (sheets[name] for name in sheets if name.startswith("镇 各方面"))
    assert scores[1:3] == [["单位", "经济", "秩序"], ["甲镇", 54.0, 32.0]]


def test_a_unit_has_itself_beside_its_group_without_names(book: Path) -> None:
    (file,) = made(book, "--audience", "unit", "--unit", "乙镇")

    assert file.name == "workbook-unit-2-B.xlsx"
    assert list(sheets_of(file)) == ["目录", "乙镇结果", "各指标得分与组均", "本组总分分布"]
    lines = {str(row[0]).strip("　"): row[1:] for row in rows(file, "各指标得分与组均")[2:]}
    assert lines["秩序"] == [40.0, 24.0, "—", 60.0, "—"]
    assert [row[1] for row in rows(file, "本组总分分布")[2:]] == [3.0, 88.0, 84.0, 80.0, 77.5, 75.0]
    text = inside(file)
    assert "<f>" not in text
    for other in ("甲镇", "丙镇", "丁园区", "承办现场会"):
        assert other not in text


def test_every_unit_has_a_file(book: Path) -> None:
    names = [file.name for file in made(book, "--audience", "unit", lang="en")]

    assert names == [f"workbook-unit-{number}-{code}.xlsx" for number, code in enumerate("ABCP", start=1)]


def test_the_office_has_all_of_it_live(book: Path) -> None:
    (file,) = made(book, "--audience", "internal")

    assert file.name == "workbook-internal.xlsx"
    sheets = list(sheets_of(file))
    assert sheets[:7] == ["目录", "结果", "镇", "园区", "甲镇", "丙镇", "乙镇"]
    assert {"核查发现", "计分依据", "说明"} <= set(sheets)
    assert inside(file).count("<f>") > 100


def test_scoring_writes_the_page_on_which_a_unit_is_chosen(book: Path) -> None:
    assess(book)

    sheets = list(sheets_of(book / "results/2023/results.xlsx"))
    assert sheets[:5] == ["目录", "结果", "镇", "园区", "单位查询"]
    assert "计分依据" not in sheets
    assert verify(book / "results/2023") == ()


def test_a_result_too_large_for_formulas_is_told_and_nothing_written(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quanheng.documents.workbook.workbook.MOST_UNITS", 3)

    answer = answer_to(
        "report", str(book), "--document", "workbook", "--audience", "internal", "--lang", "zh"
    )

    assert answer.code == 1
    assert "QH641" in answer.err
    assert not (book / "results/2023/documents").exists()
