from __future__ import annotations

import re
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

import quanheng as qh
from quanheng.examples import example_books, path_of_example
from quanheng.findings.errors import UsageError
from quanheng.findings.text import Language
from quanheng.usecase.books.check import check
from quanheng.usecase.books.demo import demo
from quanheng.usecase.books.new import new_book


@pytest.mark.parametrize("place", ["book", "book.xlsx"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_starter_scores_at_once_and_says_that_its_units_are_invented(
    language: Language, place: str, tmp_path: Path
) -> None:
    new_book(tmp_path / place, language=language)

    assert check(tmp_path / place) == ()
    ranking = qh.score(qh.load(tmp_path / place)).ranking
    assert ranking["unit"].to_list() == ["B", "A", "C"]
    assert ranking["score"].to_list() == [96.4, 87.95, 78.96]
    assert all(("示例" if language == "zh" else "example") in name for name in ranking["name"])


def test_a_new_chinese_workbook_has_no_english_word(tmp_path: Path) -> None:
    new_book(tmp_path / "book.xlsx", language="zh")

    workbook = CalamineWorkbook.from_path(str(tmp_path / "book.xlsx"))
    assert workbook.sheet_names[0] == "填写说明"
    words = {
        word
        for name in workbook.sheet_names
        for cell in (name, *(cell for row in workbook.get_sheet_by_name(name).to_python() for cell in row))
        for word in re.findall("[A-Za-z]+", str(cell))
    }
    assert words == {"A", "B", "C", "quanheng", "check", "score", "explain", "xlsx"}


@pytest.mark.parametrize("name", example_books())
def test_example_is_copied_without_its_generator(name: str, tmp_path: Path) -> None:
    new_book(tmp_path / "book", example=name)

    copied = tmp_path / "book"
    assert (copied / "scheme.yaml").read_bytes() == (path_of_example(name) / "scheme.yaml").read_bytes()
    assert not list(copied.rglob("*.py"))
    assert not (copied / "results").exists()
    assert not [finding for finding in check(copied) if finding.severity == "error"]


def test_what_exists_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "precious.txt").write_text("precious", encoding="utf-8")

    with pytest.raises(UsageError, match="there is something at"):
        new_book(tmp_path / "book")

    assert [path.name for path in tmp_path.rglob("*")] == ["book", "precious.txt"]


def test_empty_folder_is_free(tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()

    new_book(tmp_path / "book", example="hdi-2022")

    assert (tmp_path / "book" / "units.csv").is_file()


def test_demo_scores_the_book_that_lies_there(tmp_path: Path) -> None:
    first = demo(tmp_path / "demo", example="hdi-2022")
    again = demo(tmp_path / "demo")

    assert again.result.scheme.id == first.result.scheme.id == "hdi-2022"
    assert again.folder == tmp_path / "demo" / "results" / "2022"
