"""The bulletins of the example books are made, for the public and for the office."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tests.cli.commands import answer_to
from tests.documents.pages import pages_of
from tests.documents.pdf_checkers import faults_read_aloud

from quanheng.examples import path_of_example
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
