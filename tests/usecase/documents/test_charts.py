"""Charts as files: a picture, its table and its sentence, of what the reader may see."""

from __future__ import annotations

import csv
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PIL import Image
from tests.cli.commands import answer_to
from tests.documents.charts.pictures import SVG
from tests.documents.subjects import BOOK

from quanheng.usecase.results.assess import assess


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = BOOK.written(tmp_path)
    assess(path, workbook=False)
    return path


def report(book: Path, *words: str) -> tuple[int, str, dict[str, Path]]:
    answer = answer_to("report", str(book), "--document", "chart", *words)
    return (
        answer.code,
        answer.err,
        {file.name: file for file in (book / "results/2023/documents").glob("chart*")},
    )


def test_a_chart_is_a_picture_a_table_and_a_sentence(book: Path) -> None:
    code, _, files = report(
        book, "--chart", "waterfall", "--unit", "甲镇", "--audience", "internal", "--lang", "zh"
    )

    name = "chart-internal-waterfall-1-A"
    assert (code, set(files)) == (0, {f"{name}.svg", f"{name}.csv", f"{name}.txt"})
    assert files[f"{name}.csv"].read_bytes().startswith(b"\xef\xbb\xbf")
    with files[f"{name}.csv"].open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["步骤", "分值", "累计"]
    assert rows[-1] == ["甲镇", "", "88.0"]
    title, sentence = files[f"{name}.txt"].read_text("utf-8").splitlines()
    root = ET.fromstring(files[f"{name}.svg"].read_text("utf-8"))  # noqa: S314  our own picture
    assert (root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")) == (title, sentence)
    assert sentence.startswith("甲镇与本组平均分相比高7.00分")


def test_a_picture_has_300_dots_an_inch(book: Path) -> None:
    code, _, files = report(book, "--as", "png", "--chart", "ranking_bars", "--lang", "en")

    assert code == 0
    with Image.open(files["chart-scores-towns-0.png"]) as picture:
        assert [round(dots) for dots in picture.info["dpi"]] == [300, 300]
        assert 3.5 < picture.width / 300 < 7


def test_what_may_not_be_seen_is_said_and_nothing_written(book: Path) -> None:
    code, errors, files = report(book, "--chart", "moves", "--lang", "en")

    assert (code, files) == (1, {})
    assert "note QH830 no moves: it shows what this audience does not see" in errors
    assert "error QH836" in errors


def test_by_default_the_public_gets_what_is_published(book: Path) -> None:
    code, errors, files = report(book, "--lang", "zh")

    assert (code, errors) == (0, "")
    assert {name.split(".")[0] for name in files} == {"chart-scores-towns-0"}


def test_options_of_charts_are_no_options_of_other_documents(book: Path) -> None:
    answer = answer_to("report", str(book), "--chart", "moves", "--lang", "en")

    assert answer.code == 2
    assert "--chart changes nothing about this bulletin" in answer.err
    refused = answer_to(
        *("report", str(book), "--document", "chart", "--chart", "moves", "--unit", "A", "--lang", "zh")
    )
    assert (refused.code, refused.err) == (2, "权衡：--unit 对 moves 不起作用：该图展示整个分组\n")
