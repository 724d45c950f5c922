from __future__ import annotations

from pathlib import Path

import pytest
from tests.data.books import FILES, OPENED, SCHEME, findings_of, told, write_book

from quanheng.findings.text import Text

HEAD = "unit,period,gdp\n"


def found(tmp_path: Path, text: str) -> list[str]:
    return told(write_book(tmp_path, {"data/more.csv": text}))


def test_two_values_for_one_cell_are_told_with_both_places(tmp_path: Path) -> None:
    book = write_book(tmp_path, {"data/more.csv": HEAD + "T1,2023-Q4,91\n"})

    (finding,) = findings_of(book)

    assert str(finding.where) == "data/more.csv!2:gdp"
    assert finding.message("en") == (
        "gdp of T1 in 2023-Q4 has two values: 91 here and 90 at data/gdp.csv!4:gdp"
    )


def test_a_value_and_not_applicable_contradict_each_other(tmp_path: Path) -> None:
    assert found(tmp_path, HEAD + "T1,2023-Q4,/\n") == ["QH410 data/more.csv!2:gdp"]


def test_the_same_value_twice_is_a_warning(tmp_path: Path) -> None:
    assert found(tmp_path, HEAD + "T1,2023-Q4,90.0\n") == ["QH411 data/more.csv!2:gdp"]
    assert found(tmp_path, HEAD + "T1,2022-Q3,70.0\nT1,2022年三季度,70\nT1,2022年三季度,70\n") == [
        "QH411 data/more.csv!3:gdp",
        "QH411 data/more.csv!4:gdp",
    ]


def test_a_copy_of_a_file_is_one_finding_with_both_places(tmp_path: Path) -> None:
    same, other = FILES["data/gdp.csv"], FILES["data/gdp.csv"].replace(",90,", ",91,").replace(",80,", ",81,")
    (twice,) = findings_of(write_book(tmp_path / "same", {"data/副本 gdp.csv": same}))
    errors = findings_of(write_book(tmp_path / "other", {"data/copy of gdp.csv": other}))

    assert (twice.code, str(twice.where)) == ("QH411", "data/副本 gdp.csv!2:gdp")
    assert twice.facts["other"] == "data/gdp.csv!2:gdp"
    # seven rows of two items, one of which is twice not applicable
    assert twice.message("en").endswith("; so it is with 13 more figures of these two tables")
    assert [finding.code for finding in errors] == ["QH410", "QH411"]
    assert errors[0].message("zh").endswith("；两表另有 1 个数据如此")


@pytest.mark.parametrize(
    ("rows", "findings"),
    [
        ("T1,2023-Q2,19\n", ["QH416 data/more.csv!2:gdp"]),
        ("T1,2023-03,19\nT1,2023-12,90\n", []),
        ("T1,2023-Q2,19\nT1,2023-Q3,18\n", ["QH416 data/more.csv!2:gdp"]),
        ("T1,2023-Q2,20\nT1,2024-Q1,5\n", []),
    ],
)
def test_a_cumulative_value_does_not_fall_inside_a_year(
    rows: str, findings: list[str], tmp_path: Path
) -> None:
    assert [line for line in found(tmp_path, HEAD + rows) if "QH416" in line] == findings


def test_falls_of_a_unit_and_year_are_one_finding(tmp_path: Path) -> None:
    book = write_book(tmp_path, {"data/more.csv": HEAD + "T1,2023-Q2,19\nT1,2023-Q3,18\nT2,2023-Q1,102\n"})

    one, other = findings_of(book)

    assert one.message("en") == (
        "the cumulative gdp of T1 falls from 20 in 2023-Q1 to 19 in 2023-Q2, and once more in that year"
    )
    assert one.message("zh") == (
        "甲镇 的累计数据项 地区生产总值 从 2023-Q1 的 20 降到 2023-Q2 的 19，当年还另有 1 次下降"
    )
    assert other.message("en") == "the cumulative gdp of T2 falls from 102 in 2023-Q1 to 101.5 in 2023-Q4"


@pytest.mark.parametrize(
    ("values", "findings"),
    [
        ((-5, -10, -15, -20), 0),
        ((0, -10, -10, -20), 0),
        ((-5, -10, -8, -20), 1),
        ((5, -10, -15, -20), 1),
    ],
)
def test_a_loss_that_grows_all_the_year_does_not_fall(
    values: tuple[int, ...], findings: int, tmp_path: Path
) -> None:
    rows = "".join(f"T1,2021-Q{number},{value}\n" for number, value in enumerate(values, 1))

    assert [line for line in found(tmp_path, HEAD + rows) if "QH416" in line] == [
        "QH416 data/more.csv!3:gdp"
    ] * findings


def test_a_value_more_than_ten_times_that_of_a_year_before_is_told(tmp_path: Path) -> None:
    rows = "T1,2022-Q1,1.9\nT2,2022-Q1,2\nT2,2023-Q1,20\nP1,2022-Q1,250\nP1,2023-Q1,24\n"

    assert [line for line in found(tmp_path, HEAD + rows) if "QH417" in line] == [
        "QH417 data/gdp.csv!3:gdp",
        "QH417 data/more.csv!6:gdp",
    ]


def test_rates_may_jump(tmp_path: Path) -> None:
    assert found(tmp_path, "unit,period,gdp_growth\nT1,2022-Q1,0.1\n") == []


def test_an_item_never_reported_is_told_unless_it_does_not_apply(tmp_path: Path) -> None:
    nowhere = "unit,period,opened\nT1,2023,/\nT2,2023,\nP1,2023,\n"

    assert told(write_book(tmp_path / "one", {"data/opened.csv": None})) == ["QH413 scheme.yaml:9"]
    assert told(write_book(tmp_path / "two", {"data/opened.csv": nowhere})) == []


def test_what_is_not_there_because_a_file_cannot_be_read_is_not_told(tmp_path: Path) -> None:
    broken = {"data/gdp.csv": None, "data/gdp.xlsx": b"not a workbook"}

    assert told(write_book(tmp_path, broken)) == ["QH310 data/gdp.xlsx"]


def test_a_book_without_any_figure_is_one_finding(tmp_path: Path) -> None:
    assert told(write_book(tmp_path, {"data/gdp.csv": None, "data/opened.csv": None})) == [
        "QH414 scheme.yaml:4"
    ]


def test_an_item_that_nobody_uses_need_not_be_reported(tmp_path: Path) -> None:
    scheme = SCHEME.replace("  land:", "  spare: 备用\n  land:")

    assert "QH433 scheme.yaml:10" in told(write_book(tmp_path, {"scheme.yaml": scheme}))


def test_a_round_without_data_is_told(tmp_path: Path) -> None:
    book = write_book(tmp_path, {"scheme.yaml": SCHEME.replace("round: 2023", "round: 2022-Q3")})

    assert "QH414 scheme.yaml:4" in told(book)


def test_figures_of_the_year_up_to_the_round_are_data(tmp_path: Path) -> None:
    book = write_book(tmp_path, {"scheme.yaml": SCHEME.replace("round: 2023", "round: 2023-H1")})

    assert "QH414 scheme.yaml:4" not in told(book)


def test_a_unit_without_a_value_is_told(tmp_path: Path) -> None:
    units = FILES["units.csv"] + "P2,丁园区,parks,5,李\n"
    data = OPENED + "开采日,P2,2023,/,\n"
    book = write_book(tmp_path, {"units.csv": units, "data/opened.csv": data})

    (finding,) = findings_of(book)

    assert (finding.code, finding.facts) == ("QH415", {"unit": Text(en="P2", zh="丁园区")})
