from __future__ import annotations

import os
from pathlib import Path

import polars as pl
import pytest
from tests.data.books import GDP, gathered, told, write_book

from quanheng.data.files.source import Folder
from quanheng.data.tables.table import ParquetFile
from quanheng.data.telling import limits
from quanheng.findings.collector import Collector


def opened(root: Path) -> tuple[Folder, Collector]:
    collector = Collector()
    return Folder(root, collector), collector


def test_tables_are_listed_by_name_without_hidden_files_and_locks(tmp_path: Path) -> None:
    for name in ("b.csv", "a.xlsx", ".hidden.csv", "~$a.xlsx", "notes.md", "C.PARQUET"):
        (tmp_path / name).touch()
    folder, collector = opened(tmp_path)

    assert [(source.name, source.stem, source.suffix) for source in folder.tables()] == [
        ("C.PARQUET", "C", ".parquet"),
        ("a.xlsx", "a", ".xlsx"),
        ("b.csv", "b", ".csv"),
    ]
    assert gathered(collector) == []


def test_a_folder_that_is_not_there_is_empty(tmp_path: Path) -> None:
    folder, collector = opened(tmp_path)

    assert (folder.tables("data"), folder.folders("history"), folder.file("a")) == ((), (), None)
    assert gathered(collector) == []


def test_a_link_out_of_the_book_is_refused_and_one_inside_is_followed(tmp_path: Path) -> None:
    book = write_book(tmp_path)
    (tmp_path / "secret.csv").write_text(GDP)
    (book / "data" / "out.csv").symlink_to(tmp_path / "secret.csv")
    (book / "data" / "gdp.csv").rename(book / "kept.txt")
    (book / "data" / "in.csv").symlink_to(book / "kept.txt")

    assert told(book) == ["QH304 data/out.csv"]


def test_a_folder_that_is_a_link_out_of_the_book_is_refused(tmp_path: Path) -> None:
    book = write_book(tmp_path)
    (book / "data").rename(tmp_path / "elsewhere")
    (book / "data").symlink_to(tmp_path / "elsewhere")

    assert "QH304 data" in told(book)


def test_a_scheme_that_is_a_link_out_of_the_book_is_refused(tmp_path: Path) -> None:
    book = write_book(tmp_path)
    (book / "scheme.yaml").rename(tmp_path / "scheme.yaml")
    (book / "scheme.yaml").symlink_to(tmp_path / "scheme.yaml")

    assert told(book) == ["QH304 scheme.yaml", "QH302 scheme.yaml"]


def test_a_book_may_be_reached_by_a_link(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(write_book(tmp_path))

    assert told(link) == []


def test_a_link_that_leads_nowhere_or_in_a_circle_is_told(tmp_path: Path) -> None:
    book = write_book(tmp_path)
    (book / "data" / "a.csv").symlink_to(book / "data" / "b.csv")
    (book / "data" / "b.csv").symlink_to(book / "data" / "a.csv")
    (book / "data" / "c.csv").symlink_to(book / "nothing.csv")

    assert told(book) == ["QH305 data/a.csv", "QH305 data/b.csv", "QH305 data/c.csv"]


def test_what_is_no_ordinary_file_is_not_waited_for(tmp_path: Path) -> None:
    book = write_book(tmp_path)
    os.mkfifo(book / "data" / "pipe.csv")
    (book / "data" / "folder.csv").mkdir()

    assert told(book) == ["QH335 data/folder.csv", "QH335 data/pipe.csv"]


def test_a_file_in_the_place_of_a_folder_is_told(tmp_path: Path) -> None:
    book = write_book(tmp_path, {"data/gdp.csv": None, "data/opened.csv": None, "data": b"not a folder"})

    assert "QH305 data" in told(book)


def test_a_file_that_is_too_big_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "big.xlsx"
    with path.open("wb") as file:
        file.truncate(limits.WORKBOOK_BYTES + 1)
    folder, collector = opened(tmp_path)

    (source,) = folder.tables()

    assert folder.read(source) == ()
    assert gathered(collector) == ["QH306 big.xlsx"]


def test_names_of_files_cannot_move_the_cursor(tmp_path: Path) -> None:
    book = write_book(tmp_path, {"data/a\x1b[2J.csv": "", "data/\udcff.csv": ""})

    assert told(book) == ["QH307 data/a<U+001B>[2J.csv", "QH307 data/�.csv"]


@pytest.mark.parametrize("name", ["a.json", "a.numbers", "a.dbf", "a.html"])
def test_tables_in_other_formats_are_not_passed_over_in_silence(name: str, tmp_path: Path) -> None:
    assert told(write_book(tmp_path, {f"data/{name}": b"something"})) == [f"QH316 data/{name}"]


def test_a_parquet_file_is_opened_but_not_read(tmp_path: Path) -> None:
    pl.DataFrame({"unit": ["T1", "T2"], "gdp": [1.0, 2.0]}).write_parquet(tmp_path / "a.parquet")
    folder, _ = opened(tmp_path)

    (raw,) = folder.read(folder.tables()[0])

    assert isinstance(raw, ParquetFile)
    assert (raw.rows, tuple(raw.schema)) == (2, ("unit", "gdp"))
    assert folder.digests.keys() == {"a.parquet"}


@pytest.mark.parametrize(
    ("frame", "finding"),
    [
        (pl.DataFrame({"unit": []}), "QH307 a.parquet"),
        (pl.DataFrame({f"c{number}": [1] for number in range(limits.COLUMNS + 1)}), "QH314 a.parquet"),
    ],
)
def test_a_parquet_file_that_is_no_use_is_told(frame: pl.DataFrame, finding: str, tmp_path: Path) -> None:
    frame.write_parquet(tmp_path / "a.parquet")
    folder, collector = opened(tmp_path)

    assert folder.read(folder.tables()[0]) == ()
    assert gathered(collector) == [finding]


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("data/a.tsv", "unit\tperiod\tgdp\nT1\t2023-Q2\t40\n", ["QH349 data/a.tsv"]),
        ("data/a.txt", "unit\tperiod\tgdp\nT1\t2023-Q2\t40\n", ["QH349 data/a.txt"]),
        ("data/readme.txt", "These are the figures,\nas they came.\n", ["QH318 data/readme.txt"]),
        ("data/a.csv.bak", "unit,gdp\n", ["QH318 data/a.csv.bak"]),
        ("data/may/a.csv", "unit,gdp\n", ["QH318 data/may"]),
        ("data/Thumbs.db", "x", []),
        ("adjustments.txt", "unit\tkind\tmarks\nT1\tbonus\t1\n", []),
        ("adjustments.csv.bak", "unit,kind,marks\n", []),
        ("readme.txt", "unit\tgdp\n", []),
    ],
)
def test_texts_of_tabs_are_tables(name: str, content: str, found: list[str], tmp_path: Path) -> None:
    assert told(write_book(tmp_path, {name: content})) == found


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("adjustments.txt", "unit\tkind\tmarks\treason\nT1\tbonus\t1\tx\n", ["QH349 adjustments.txt"]),
        ("adjustments.txt", "unit,kind,marks\nT1,bonus,1\n", ["QH316 adjustments.txt"]),
        ("adjustments.csv.bak", "unit,kind,marks\n", ["QH316 adjustments.csv.bak"]),
        ("Adjustments.doc", "x", ["QH316 Adjustments.doc"]),
    ],
)
def test_what_is_called_as_a_table_that_is_not_there_is_read_or_told(
    name: str, content: str, found: list[str], tmp_path: Path
) -> None:
    book = write_book(tmp_path, {name: content})
    (book / "adjustments.csv").unlink()

    assert told(book) == found
