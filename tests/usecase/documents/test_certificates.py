"""Certificates by the command: one file each or bound, with the words of the office, in both languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.commands import answer_to
from tests.documents.pages import pages_of
from tests.documents.subjects import BOOK

from quanheng.usecase.results.assess import assess
from quanheng.usecase.results.verify import verify

WORDS = """\
signature: {zh: 示例委, en: The Committee}
date: 2024-02-06
certificate: {zh: '{round}：授予{recipient}“{award}”（{unit}，{scheme}）', en: '{award}'}
certificate_title: {zh: 奖状, en: Diploma}
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = BOOK.written(tmp_path)
    (path / "words.yaml").write_text(WORDS, encoding="utf-8")
    assess(path, workbook=False)
    return path


def made(book: Path, *options: str, lang: str = "zh") -> dict[str, list[str]]:
    answer = answer_to("report", str(book), "--document", "certificates", "--lang", lang, "--json", *options)
    assert answer.code == 0, answer.err
    files = [Path(file) for file in json.loads(answer.out)["files"]]
    return {file.name: [page.text for page in pages_of(file)] for file in files}


def test_each_has_a_file_of_its_own(book: Path) -> None:
    found = made(book)

    assert list(found) == [f"certificate-{number}-{unit}.pdf" for number, unit in enumerate("APAP", start=1)]
    assert found["certificate-1-A.pdf"] == [
        "奖状甲镇赵一：2023年：授予赵一“优秀带头人”（甲镇，papers）示例委2024年2月6日"
    ]
    assert found["certificate-4-P.pdf"] == [
        "奖状丁园区：2023年：授予丁园区“先进单位”（丁园区，papers）示例委2024年2月6日"
    ]
    assert verify(book / "results/2023") == ()


def test_bound_they_are_one_file_in_the_order_of_the_ceremony(book: Path) -> None:
    (pages,) = made(book, "--bound", lang="en").values()

    assert pages == [
        f"Diploma{who}{award}TheCommittee6February2024"
        for who, award in (
            ("赵一,甲镇", "优秀带头人"),
            ("李四,丁园区", "优秀带头人"),
            ("甲镇", "先进单位"),
            ("丁园区", "先进单位"),
        )
    ]


def test_a_person_nobody_names_and_words_nobody_signs_are_told(tmp_path: Path) -> None:
    path = BOOK.written(tmp_path)
    units = path / "units.csv"
    units.write_text(units.read_text("utf-8").replace("赵一", ""), encoding="utf-8")
    assess(path, workbook=False)

    answer = answer_to("report", str(path), "--document", "certificates", "--lang", "zh", "--json")

    told = json.loads(answer.out)
    assert [Path(file).name for file in told["files"]] == [
        *("certificate-2-P.pdf", "certificate-3-A.pdf", "certificate-4-P.pdf")
    ]
    assert {"QH815", "QH816"} <= {finding["code"] for finding in told["findings"]}


def test_words_with_a_place_holder_that_is_none_are_refused(book: Path) -> None:
    words = book / "words.yaml"
    words.write_text(WORDS.replace("en: '{award}'", "en: '{awrd} {2}'"), encoding="utf-8")

    answer = answer_to("report", str(book), "--document", "certificates", "--lang", "zh")

    assert answer.code == 1
    assert "words.yaml:3: 错误 QH817 占位符“awrd”没有对应的内容" in answer.err
    assert "是否应为“award”？" in answer.err
    assert not (book / "results/2023/documents").exists()


def test_a_template_of_the_office_is_used(book: Path, tmp_path: Path) -> None:
    template = tmp_path / "own.typ"
    template.write_text("#let certificate(item) = [#item.unit / #item.award]\n", encoding="utf-8")

    (pages,) = made(book, "--bound", "--template", str(template)).values()

    assert pages[-1] == "丁园区/先进单位"
    refused = answer_to("report", str(book), "--template", str(template), "--lang", "en")
    assert refused.code == 2


def test_no_award_writes_nothing(tmp_path: Path) -> None:
    path = BOOK.written(tmp_path)
    scheme = path / "scheme.yaml"
    scheme.write_text(scheme.read_text("utf-8").split("awards:")[0], encoding="utf-8")
    assess(path, workbook=False)

    for document in ("certificates", "awards"):
        answer = answer_to("report", str(path), "--document", document, "--lang", "zh")
        assert answer.code == 1
        assert "错误 QH813 本结果没有任何奖项获得者，无可颁发" in answer.err
    assert not (path / "results/2023/documents").exists()
