from __future__ import annotations

from pathlib import Path

import pytest
from tests.data.books import told, write_book

HEAD = "单位代码,单位名称,期间,地区生产总值,地区生产总值增速\n"


@pytest.mark.parametrize(
    ("rows", "findings"),
    [
        ("T1,甲镇,2022-Q4,90,5\nT2,乙镇,2022-Q4,90,5\n", []),
        ("T1,乙镇,2022-Q4,90,5\n", ["QH438 data/more.csv!2:单位名称"]),
        ("T1,甲镇,2022-Q4,90,5\nT2,甲镇,2022-Q4,90,5\n", ["QH438 data/more.csv!3:单位名称"]),
        ("T1,,2022-Q4,90,5\n", []),
        ("T1,甲镇（新）,2022-Q4,90,5\n", []),
    ],
)
def test_a_row_with_the_code_of_one_unit_and_the_name_of_another_is_an_error(
    tmp_path: Path, rows: str, findings: list[str]
) -> None:
    book = write_book(tmp_path, {"data/more.csv": (HEAD + rows).replace("2022-Q4", "2021-Q4")})

    assert [line for line in told(book) if line.startswith("QH438")] == findings


def test_targets_are_looked_at_as_well(tmp_path: Path) -> None:
    text = "单位代码,单位名称,指标,期间,目标\nT1,乙镇,output,2023,80\n*,全部,opening,2023,3月20日\n"

    found = told(write_book(tmp_path, {"targets.csv": text}))

    assert "QH438 targets.csv!2:单位名称" in found


def test_where_a_unit_lies_is_not_what_it_is_called(tmp_path: Path) -> None:
    book = write_book(
        tmp_path, {"data/more.csv": (HEAD + "T1,乙镇,2021-Q4,9,5\n").replace("单位名称", "地区")}
    )

    assert not [line for line in told(book) if line.startswith("QH438")]
