from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.data.books import gathered

from quanheng.data.files.delimited import read_csv
from quanheng.findings.collector import Collector


def rows(content: bytes) -> list[tuple[str | None, ...]]:
    sheet = read_csv(content, file="a.csv", collector=Collector())
    assert sheet is not None
    return sheet.cells.rows()


def told(content: bytes) -> list[str]:
    collector = Collector()
    assert read_csv(content, file="a.csv", collector=collector) is None
    return gathered(collector)


TEXT = "单位,数值\n甲镇,1\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_encodings_of_offices_are_read(encoding: str) -> None:
    assert rows(TEXT.encode(encoding)) == [("单位", "数值"), ("甲镇", "1")]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_ends_of_lines_are_recognised(separator: str, end: str) -> None:
    text = end.join([f"unit{separator}gdp", f"T1{separator}5", ""])

    assert rows(text.encode()) == [("unit", "gdp"), ("T1", "5")]


def test_quoted_texts_may_hold_separators_and_line_breaks() -> None:
    assert rows(b'unit,note\nT1,"a, ""b""\nc"\n') == [("unit", "note"), ("T1", 'a, "b"\nc')]


def test_every_row_keeps_its_number() -> None:
    assert rows(b"unit,gdp\n\nT1,5\n,\n") == [("unit", "gdp"), (None, None), ("T1", "5"), (None, None)]


def test_rows_of_unequal_length_are_filled_up() -> None:
    assert rows(b"a title\nunit,gdp\nT1\nT2,5,6\n") == [
        ("a title", None, None),
        ("unit", "gdp", None),
        ("T1", None, None),
        ("T2", "5", "6"),
    ]


def test_quotation_marks_inside_a_text_are_read_as_they_stand() -> None:
    assert rows(b'unit,note\nT1,5" pipe\nT2\n') == [("unit", "note"), ("T1", '5" pipe'), ("T2", None)]


@pytest.mark.parametrize(
    ("content", "finding"),
    [
        (b"", "QH307 a.csv"),
        (b" \n\t", "QH307 a.csv"),
        (b"\xef\xbb\xbf", "QH307 a.csv"),
        (b"\xff\xfeu\x00n\x00", "QH308 a.csv"),
        (b"unit,gdp\nT1,\x00", "QH308 a.csv"),
        (b"unit,gdp\nT1,\xff\xff\xff", "QH308 a.csv"),
        (b'unit,gdp\nT1,1\n"T2,2\n', "QH309 a.csv:3"),
        (b"," * 10_000, "QH314 a.csv"),
        (b"a\n" + b"," * 10_000, "QH314 a.csv"),
    ],
)
def test_what_is_no_table_is_told(content: bytes, finding: str) -> None:
    assert told(content) == [finding]


@given(
    cells=st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=5),
            min_size=2,
            max_size=2,
        ),
        min_size=1,
        max_size=6,
    )
)
def test_what_a_spreadsheet_would_write_reads_back(cells: list[list[str]]) -> None:
    text = "".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\n" for row in cells)

    read = read_csv(b"first,second\n" + text.encode(), file="a.csv", collector=Collector())

    assert read is not None
    assert [[cell or "" for cell in row] for row in read.cells.rows()[1:]] == cells
