"""The bulletins of the example books are made, for the public and for the office."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from tests.cli.commands import answer_to
from tests.documents.libreoffice import sheets_of
from tests.documents.pages import pages_of
from tests.documents.pdf_checkers import faults_read_aloud

from quanheng.documents.subject import Audience
from quanheng.examples import path_of_example
from quanheng.usecase.documents.catalogue import way_to
from quanheng.usecase.documents.making import DocumentName, Format, Setting
from quanheng.usecase.documents.subject import subject_of
from quanheng.usecase.results.assess import assess


@pytest.mark.parametrize(
    ("name", "audience", "said", "kept_back"),
    [
        ("hdi-2022", "public", ("关于人类发展指数2022结果的通报", "1Switzerland0.967"), "知识获取"),
        (
            "district-2023",
            "internal",
            ("示考委〔2024〕6号", "附件1各方面得分表", "优秀带头人（3个）：李丁（准绳镇）", "抄送：区委"),
            "",
        ),
    ],
)
def test_an_example_has_its_bulletin(
    name: str, audience: str, said: tuple[str, ...], kept_back: str, tmp_path: Path
) -> None:
    book = shutil.copytree(path_of_example(name), tmp_path / name)
    assess(book, workbook=False)

    answer = answer_to("report", str(book), "--audience", audience, "--lang", "zh", "--json")

    assert answer.code == 0, answer.err
    (file,) = json.loads(answer.out)["files"]
    pages = pages_of(Path(file))
    text = "".join(page.text for page in pages)
    assert [part for part in said if part not in text] == []
    assert not kept_back or kept_back not in text
    assert faults_read_aloud(Path(file)) == []
    numbers = [f"—{number}—" for number in range(1, len(pages) + 1)]
    assert [number for page, number in zip(pages, numbers, strict=True) if number not in page.text] == []


def test_the_district_hands_out_its_awards_and_workbooks(tmp_path: Path) -> None:
    """Of one verified result: 35 honours of six awards, list, certificates, a workbook for each reader."""
    book = shutil.copytree(path_of_example("district-2023"), tmp_path / "district-2023")
    assess(book, workbook=False)
    public, _ = subject_of(book, audience="public")
    documents = tmp_path / "documents"
    documents.mkdir()
    wanted: tuple[tuple[DocumentName, Format, Audience], ...] = (
        ("awards", "pdf", "public"),
        ("awards", "xlsx", "public"),
        ("certificates", "pdf", "public"),
        ("workbook", "xlsx", "public"),
        ("workbook", "xlsx", "unit"),
    )
    for document, format_, audience in wanted:
        setting = Setting(language="zh", bound=True, units=("准绳镇",))
        for file in way_to(document, format_).make(replace(public, audience=audience), setting):
            file.fill(documents / file.name)

    listed = "".join(page.text for page in pages_of(documents / "awards.pdf"))
    assert "共颁发35项荣誉" in listed
    order = ["生态优秀奖", "连续优胜奖", "争先进位奖", "优秀副职", "优秀带头人", "高质量发展先进集体"]
    assert sorted(order, key=listed.index) == order
    table = sheets_of(documents / "awards.xlsx")
    (rows,) = table.values()
    assert [row[0] for row in rows[2:]] == [str(number) for number in range(1, 36)]

    certificates = pages_of(documents / "certificates.pdf")
    assert len(certificates) == 35
    assert {(round(page.width), round(page.height)) for page in certificates} == {(297, 210)}
    assert certificates[24].text.startswith("荣誉证书准绳镇李丁：在示例区2023年度")
    assert all(page.text.endswith("示例区综合考核委员会2024年2月6日") for page in certificates)
    for page in certificates:
        assert all(word.left > 11.5 and word.right < 285.5 for word in page.words)

    sheets = sheets_of(documents / "workbook.xlsx")
    assert list(sheets) == ["目录", "镇（街道）考核结果", "功能园区考核结果", "区级部门考核结果", "表彰名单"]
    assert sheets["镇（街道）考核结果"][2][1] == "准绳镇"
    (own,) = documents.glob("workbook-unit-*.xlsx")
    assert [row[0] for row in sheets_of(own)["准绳镇结果"][2:]] == ["分组", "位次", "总分", "等次", "奖项"]
