from __future__ import annotations

from pathlib import Path

import pytest
from tests.data.books import told, write_book

from quanheng.data.load import load
from quanheng.examples import example_books, path_of_example
from quanheng.findings.finding import FindingsError, Location, has_errors


@pytest.mark.parametrize("name", example_books())
def test_the_example_books_are_sound(name: str) -> None:
    assert not has_errors(load(path_of_example(name)).findings)


def test_a_book_knows_where_its_figures_come_from(tmp_path: Path) -> None:
    book = load(write_book(tmp_path))

    assert book.source_of("gdp", "T1", "2023-Q4") == (Location(file="data/gdp.csv", cell="4:gdp"),)
    assert book.source_of("gdp", "T1", "2021") == ()
    assert book.target_source("output", "T1", "2023") == (Location(file="targets.csv", cell="2:target"),)
    assert book.target_source("output", "P1", "2023") == (Location(file="targets.csv", cell="3:target"),)
    assert book.path == tmp_path / "book"


def test_a_book_with_errors_is_not_loaded_and_all_findings_come_with_the_error(tmp_path: Path) -> None:
    changed = {"data/more.csv": "unit,period,gdp\nT9,2023-Q2,x\nT1,2023-Q2,19\n", "targets.csv": "unit\n"}

    with pytest.raises(FindingsError) as raised:
        load(write_book(tmp_path, changed))

    codes = [finding.code for finding in raised.value.findings]
    assert codes == ["QH401", "QH327", "QH416", "QH320", "QH374", "QH374"]


@pytest.mark.parametrize("name", ["nothing", "nothing.xlsx", "a\x1b[2J"])
def test_what_is_no_book_is_told(name: str, tmp_path: Path) -> None:
    (finding,) = told(tmp_path / name)

    assert finding.startswith("QH301 ")
    assert "\x1b" not in finding


def test_a_file_that_is_no_workbook_is_no_book(tmp_path: Path) -> None:
    path = tmp_path / "book.csv"
    path.write_text("unit,gdp\n")

    assert told(path) == [f"QH301 {path}"]


def test_an_empty_folder_is_a_book_without_anything(tmp_path: Path) -> None:
    assert told(tmp_path) == ["QH302 scheme.yaml", "QH303 units.csv"]
