"""The range of numbers where cells are read (numbers §1)."""

from __future__ import annotations

import math
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from tests.documents.assessments import Assessment

from quanheng.data.cells.numbers import IS_UNREADABLE, IS_VALUE, read_figures, read_numbers
from quanheng.data.load import load
from quanheng.findings.finding import FindingsError
from quanheng.scheme.formulas.numbers import in_range

SCHEME = """\
items: {x: {name: x}}
gaps: {missing: redistribute}
indicators: {i: {weight: 100, measure: x, rule: percentile}}
"""


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.30000000000000004", 0.3),  # 0.1 + 0.2, as a program computed it
        ("5.7999999999999996", 5.8),
        ("0.1234567890123455", 0.123456789012346),  # 16 digits, half up on the decimal
        ("-0.1234567890123455", -0.123456789012346),
        ("１２３", 123.0),
        ("999999999999999", 999999999999999.0),
        ("9.99e14", 9.99e14),
        ("1e-15", 1e-15),
        ("00000000000000000012", 12.0),
    ],
)
def test_cells_are_read_at_fifteen_digits(text: str, number: float) -> None:
    assert read_numbers(pl.Series([text])).row(0) == (number, False, IS_VALUE)


@pytest.mark.parametrize("text", ["-0", "-0.0", "0e-400", "-0.00000000000000000", "－０"])
def test_zero_has_no_sign(text: str) -> None:
    (number,) = read_numbers(pl.Series([text]))["number"].to_list()

    assert (number, math.copysign(1.0, number)) == (0.0, 1.0)


BEYOND = [
    *("1e15", "1000000000000000", "999999999999999.5", "1e999", "１２３４５６７８９０１２３４５６"),
    *("9e-16", "1e-320", "1e-400", "1,234,567,890,123,456", "1e-14%"),
]
NO_NUMBERS = ["inf", "-inf", "Infinity", "0x10", "1_000"]


@pytest.mark.parametrize(
    ("text", "code"), [*((text, "QH337") for text in BEYOND), *((text, "QH327") for text in NO_NUMBERS)]
)
def test_what_is_no_number_or_beyond_the_range_is_told_at_its_place(
    text: str, code: str, tmp_path: Path
) -> None:
    book = Assessment(name="one", scheme=SCHEME, data=f'unit,period,x\nA,2023,1\nB,2023,"{text}"\n')

    with pytest.raises(FindingsError) as refused:
        book.loaded(tmp_path)

    told = [(finding.code, str(finding.where)) for finding in refused.value.findings]
    assert (code, "data/figures.csv!3:x") in told


def test_a_workbook_that_was_computed_is_read_at_fifteen_digits(tmp_path: Path) -> None:
    folder = Assessment(name="one", scheme=SCHEME, data="unit,period,x\nA,2023,1\n").written(tmp_path)
    (folder / "data" / "figures.csv").unlink()
    with xlsxwriter.Workbook(str(folder / "data" / "figures.xlsx")) as workbook:
        sheet = workbook.add_worksheet()
        for row, cells in enumerate([("unit", "period", "x"), ("A", 2023, 0.1 + 0.2)]):
            sheet.write_row(row, 0, cells)

    assert load(folder).observations["value"].to_list() == [0.3]


def test_account_numbers_among_the_columns_of_units_are_texts(tmp_path: Path) -> None:
    book = Assessment(
        name="one",
        scheme=SCHEME,
        units="unit,name,account\nA,A,110101199003076543\nB,B,12\n",
        data="unit,period,x\nA,2023,1\n",
    )

    assert book.loaded(tmp_path).units["account"].to_list() == ["110101199003076543", "12"]


def test_stored_numbers_beyond_the_range_are_unreadable() -> None:
    read = read_figures(pl.Series([1e15, -1e300, 1e-320, -0.0, 9.99e14]))

    assert read["state"].to_list() == [IS_UNREADABLE] * 3 + [IS_VALUE] * 2
    assert str(read["number"].to_list()) == "[None, None, None, 0.0, 999000000000000.0]"


@given(st.lists(st.floats().map(repr) | st.text(max_size=6), min_size=1, max_size=9))
def test_every_number_that_is_read_is_in_the_range(texts: list[str]) -> None:
    assert all(in_range(number) for number in read_numbers(pl.Series(texts))["number"].drop_nulls())
