from __future__ import annotations

from pathlib import Path

import pytest

from quanheng.examples import example_books, path_of_example
from quanheng.findings.errors import UsageError
from quanheng.findings.text import Language
from quanheng.scheme.files.read import load_scheme
from quanheng.usecase.books.check import check
from quanheng.usecase.books.demo import demo
from quanheng.usecase.books.new import new_book


@pytest.mark.parametrize("language", ["zh", "en"])
def test_starter_has_a_sound_scheme_and_waits_for_units(language: Language, tmp_path: Path) -> None:
    new_book(tmp_path / "book", language=language)

    scheme, findings = load_scheme(tmp_path / "book" / "scheme.yaml")
    assert scheme is not None
    assert findings == ()
    assert {finding.severity for finding in check(tmp_path / "book")} == {"error"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_starter_is_sound_once_it_is_filled_in(language: Language, tmp_path: Path) -> None:
    book = tmp_path / "book"
    new_book(book, language=language)

    (book / "units.csv").write_text("unit,name\nA,Alder\nB,Birch\n", encoding="utf-8")
    figures = "unit,period,gdp_growth,invested,satisfaction\nA,2024,6.1,11,92\nB,2024,5.3,9,88\n"
    (book / "data" / "figures.csv").write_text(figures, encoding="utf-8")
    targets = "unit,indicator,period,target\n*,investment,2024,10\n"
    (book / "targets.csv").write_text(targets, encoding="utf-8")

    assert check(book) == ()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_starter_comes_as_a_workbook_too(language: Language, tmp_path: Path) -> None:
    new_book(tmp_path / "book.xlsx", language=language)
    new_book(tmp_path / "book", language=language)

    codes = [finding.code for finding in check(tmp_path / "book.xlsx")]
    assert codes == [finding.code for finding in check(tmp_path / "book")]


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
