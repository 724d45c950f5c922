"""Reports of units are written: a file each or one with bookmarks, two pages each, the same every time."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.cli.commands import answer_to
from tests.documents.pages import pages_of
from tests.documents.pdf_checkers import faults_read_aloud
from tests.documents.units.hostile import BOOK, LONG, NAMES

from quanheng.examples import path_of_example
from quanheng.usecase.results.assess import assess


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = BOOK.written(tmp_path_factory.mktemp("hostile"))
    assess(book, workbook=False)
    return book


def reports(book: Path, out: Path, *options: str) -> list[Path]:
    answer = answer_to("report", str(book), "--document", "units", "--out", str(out), "--json", *options)
    assert answer.code == 0, answer.err
    return [Path(file) for file in json.loads(answer.out)["files"]]


def _told(*command: str | Path) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, check=True)
    return done.stdout.decode()


def facts(file: Path) -> str:
    return _told("pdfinfo", file)


def test_each_unit_has_its_two_pages_whatever_it_is_called(hostile: Path, tmp_path: Path) -> None:
    files = reports(hostile, tmp_path, "--audience", "unit", "--lang", "zh")

    assert len(files) == 39
    assert [file.name for file in sorted(files)][:2] == ["units-unit-01-H01.pdf", "units-unit-02-H02.pdf"]
    by_code = {file.stem.rpartition("-")[2]: pages_of(file) for file in files}
    assert {code: len(pages) for code, pages in by_code.items() if len(pages) != 2} == {}
    for code, name in NAMES.items():
        first = by_code[code][0]
        assert name.replace(" ", "") in first.text
        assert all(word.left > 0 and word.right < first.width for word in first.words)
    assert LONG in by_code["H04"][0].text
    assert "*经济*_与_$发展$" in by_code["H01"][0].text
    assert [fault for file in files if "T03" in file.name for fault in faults_read_aloud(file)] == []
    others = [text for code, text in NAMES.items() if code != "H04"]
    text = "".join(page.text for page in by_code["H04"])
    assert [name for name in others if name.replace(" ", "") in text] == []


def test_bound_reports_have_a_bookmark_each_and_the_same_bytes_twice(hostile: Path, tmp_path: Path) -> None:
    named = [option for code in ("T03", "H01", "独园") for option in ("--unit", code)]
    options = ("--audience", "internal", "--bound", "--lang", "en", *named)
    (one,) = reports(hostile, tmp_path / "one", *options)
    (two,) = reports(hostile, tmp_path / "two", *options)

    assert one.name == "units-internal.pdf"
    assert one.read_bytes() == two.read_bytes()
    assert len(pages_of(one)) == 6
    told = facts(one)
    assert re.search(r"Tagged:\s+yes", told)
    assert "Page size:       595.276 x 841.89 pts (A4)" in told
    content = one.read_bytes()
    assert content.count(b"/Title") >= 3 + 1
    fonts = _told("pdffonts", one)
    rows = [line.split() for line in fonts.splitlines()[2:]]
    assert rows
    assert {row[-5] for row in rows} == {"yes"}  # emb


def test_a_trace_is_an_appendix(hostile: Path, tmp_path: Path) -> None:
    (file,) = reports(hostile, tmp_path, "--audience", "unit", "--unit", "T03", "--trace", "--lang", "zh")

    pages = pages_of(file)

    assert len(pages) == 3
    assert pages[2].text.startswith("附：计分依据并列3")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "reports of units are for the unit or for the office"),
        (("--audience", "unit", "--as", "docx"), "there is no units as docx"),
        (("--audience", "unit", "--unit", "nobody"), "no unit 'nobody'"),
        (("--audience", "internal", "--template", "x.typ"), "--template changes nothing"),
    ],
)
def test_wrong_wishes_are_told(options: tuple[str, ...], said: str, hostile: Path) -> None:
    answer = answer_to("report", str(hostile), "--document", "units", "--lang", "en", *options)

    assert answer.code == 2
    assert said in answer.err


def test_a_character_that_no_font_has_is_named_and_nothing_written(tmp_path: Path) -> None:
    book = BOOK.written(tmp_path)
    units = book / "units.csv"
    units.write_text(units.read_text("utf-8").replace("并列7", "并列\U0001f9ff"), encoding="utf-8")
    assess(book, workbook=False)

    answer = answer_to(
        "report", str(book), "--document", "units", "--audience", "unit", "--lang", "en", "--unit", "T07"
    )

    assert answer.code == 1
    assert "QH806" in answer.err
    assert not (book / "results/2023/documents").exists()


def test_the_district_has_reports_of_its_units(tmp_path: Path) -> None:
    book = shutil.copytree(path_of_example("district-2023"), tmp_path / "district")
    assess(book, workbook=False)

    (file,) = reports(
        book,
        tmp_path / "out",
        *("--audience", "internal", "--bound", "--lang", "zh"),
        *("--unit", "司南街道", "--unit", "P03", "--unit", "D15"),
    )

    pages = pages_of(file)
    assert len(pages) == 6
    assert "司南街道诊断报告（内部使用）位次（本组12个）得分等次位次升降686.54第二等次↑2" in pages[0].text
    text = _told("pdftotext", "-layout", file, "-").replace(" ", "").splitlines()
    steps = ["项目变动累计图示", "组均82.85", "经济发展+0.2583.10", "科技创新+0.7583.85"]
    at = text.index(steps[0])
    assert text[at : at + 4] == steps
    assert "告警研发投入强度应达进度完成率82.6%，低于85%" in text
    assert "距第5名差2.45分。" in text
    bottom = [max(word.bottom for word in page.words if word.bottom < 275) for page in pages]
    assert all(edge < 273 for edge in bottom)  # nothing runs into the foot of the page
    assert [page.text.endswith(f"第{number}页") for page, number in zip(pages, (1, 2) * 3, strict=True)] == (
        [True] * 6
    )
