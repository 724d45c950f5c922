from __future__ import annotations

from pathlib import Path

import pytest
from tests.data.books import GDP, findings_of, gathered, told, write_book

from quanheng.data.files.delimited import read_csv
from quanheng.data.tables.cutting import cut_table
from quanheng.data.tables.headings import WIDE_DATA
from quanheng.findings.collector import Collector


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("unit,a,b\nT1,1,2\nT2,3\n", ["QH350 a.csv"]),
        ('unit,a,b\n"T1",1,2\n"T2",3\n', ["QH350 a.csv"]),
        ("a title\nunit,a,b\nT1,1\nT2,3,4\n", ["QH350 a.csv"]),
        ("a title,亿元\nunit,a,b\nT1,1,\nT2,3,4\n", []),
        ("unit,a,b\nT1,1,2\n\n注：初步数\n", []),
        ("unit,a,b,,\nT1,1,2\n", []),
        ("unit,a,b\nT1,1,2\nT2;3;4\n", ["QH351 a.csv:3"]),
        ("unit,a\nT1,1\nT2;3\n", ["QH351 a.csv:3"]),
        ("unit,a\nT1,1\nT2，3\n", ["QH351 a.csv:3"]),
    ],
)
def test_rows_with_fewer_cells_than_headings_are_told_once(text: str, found: list[str]) -> None:
    collector = Collector()
    sheet = read_csv(text.encode(), file="a.csv", collector=collector)
    assert sheet is not None
    cut_table(sheet, (WIDE_DATA,), collector=collector)

    assert gathered(collector) == found


def test_the_lines_are_named(tmp_path: Path) -> None:
    book = write_book(tmp_path, {"data/gdp.csv": GDP + "T1,2023-Q2,40\nT2,2023-Q2,41\n"})

    (found,) = findings_of(book)

    assert "2 rows have fewer cells than there are headings (4): lines 9, 10" in found.message("en")


def test_a_sound_book_has_none(tmp_path: Path) -> None:
    assert told(write_book(tmp_path)) == []
