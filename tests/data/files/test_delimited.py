from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.data.books import gathered

from quanheng.data.files.delimited import read_csv
from quanheng.data.telling import limits
from quanheng.findings.collector import Collector
from quanheng.findings.text import Text


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
        (b"\xff\xfeu\x00n", "QH308 a.csv"),
        (b"\xff\xfeu\x00\x00\x00", "QH308 a.csv"),
        (b"unit,gdp\nT1,\x00", "QH308 a.csv"),
        (b"unit,gdp\nT1,\xff\xff\xff", "QH308 a.csv"),
        (b'unit,gdp\nT1,1\n"T2,2\n', "QH309 a.csv:3"),
        (b'unit,gdp\nT1,"1\nT2,2\nT3,3\n', "QH309 a.csv:2"),
        (b'unit,note\nT1,"a\nb"\nT2,"c" d\n', "QH309 a.csv:4"),
        (b"<html><table><tr><td>unit</td></tr></table></html>", "QH348 a.csv"),
        (b"PK\x03\x04 and so on", "QH348 a.csv"),
        (b"," * 10_000, "QH314 a.csv"),
        (b"a\n" + b"," * 10_000, "QH314 a.csv"),
    ],
)
def test_what_is_no_table_is_told(content: bytes, finding: str) -> None:
    assert told(content) == [finding]


@pytest.mark.parametrize(
    ("content", "taken"),
    [
        (TEXT.encode(), []),
        (TEXT.encode("utf-8-sig"), []),
        (TEXT.encode("gb18030"), [("GB18030", "commas")]),
        (TEXT.encode("utf-16"), [("UTF-16", "commas")]),
        (b"unit;gdp\nT1;5\n", [("UTF-8", "semicolons")]),
        (b"unit\tgdp\nT1\t5\n", [("UTF-8", "tabs")]),
    ],
)
def test_the_encoding_and_the_separator_are_told_unless_they_are_plain(
    content: bytes, taken: list[tuple[str, str]]
) -> None:
    collector = Collector()

    read_csv(content, file="a.csv", collector=collector)

    found = [(finding.facts["encoding"], finding.facts["separator"]) for finding in collector.findings()]
    assert [(name, text.en) for name, text in found if isinstance(text, Text)] == taken


@pytest.mark.parametrize("ends", ["\r\n\r", "\r\r\n", "\n\n\r"])
def test_mixed_ends_of_lines_end_lines(ends: str) -> None:
    text = "".join(line + end for line, end in zip(["unit,gdp", "T1,5", "T2,6"], ends, strict=True))

    assert rows(text.encode()) == [("unit", "gdp"), ("T1", "5"), ("T2", "6")]


def test_a_first_line_that_states_the_separator_is_no_row_of_the_table() -> None:
    assert rows(b"sep=;\nunit;a, b\nT1;5\n") == [(None, None), ("unit", "a, b"), ("T1", "5")]


@pytest.mark.parametrize("quoted", ["", '"x, y"'])
def test_how_many_cells_each_row_was_written_with_is_kept(quoted: str) -> None:
    sheet = read_csv(f"u,a,b\nT1,5\n\nT2,{quoted},\nT3\n".encode(), file="a.csv", collector=Collector())

    assert sheet is not None
    assert sheet.widths is not None
    assert sheet.widths.to_list() == [3, 2, 0, 3, 1]


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


def test_a_line_without_end_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LINE_BYTES", 100)
    collector = Collector()

    assert read_csv(b"unit,gdp\nT1," + b"5" * 100, file="a.csv", collector=collector) is None
    assert gathered(collector) == ["QH627 a.csv:2"]


@pytest.mark.parametrize("signs", ["\x1f", "\x1f\x1e\x1d\x1c\x02\x01"])
def test_rows_are_as_wide_as_they_are_whatever_signs_stand_in_them(signs: str) -> None:
    sheet = read_csv(f"a,b,c\n{signs}1,2\n\n3,4,5\n6\n".encode(), file="a.csv", collector=Collector())

    assert sheet is not None
    assert sheet.widths is not None
    assert sheet.widths.to_list() == [3, 2, 0, 3, 1]
