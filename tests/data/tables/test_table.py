from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quanheng.data.cells.addresses import Merge, column_of, letters_of
from quanheng.data.tables.table import ROW, Table, texts_of


def table(sheet: str | None) -> Table:
    body = pl.DataFrame({ROW: [2, 3], "0": ["T1", " T2 "], "1": ["5", None]})
    return Table(
        file="data/a", sheet=sheet, headings=("unit", "gdp"), known={"unit": 0}, others=(1,), body=body
    )


def test_a_cell_is_named_as_its_file_shows_it() -> None:
    assert str(table("Sheet1").location(3, 1)) == "data/a!Sheet1!B3"
    assert str(table(None).location(3, 1)) == "data/a!3:gdp"
    assert str(table(None).location(3)) == "data/a:3"
    assert str(table(None).location_of(3, "unit")) == "data/a!3:unit"
    assert str(table(None).location_of(3, "period")) == "data/a:3"
    assert str(table("Sheet1").heading_place(1)) == "data/a!Sheet1!B"
    assert str(table(None).heading_place(1)) == "data/a!gdp"


@pytest.mark.parametrize("sheet", [None, "Sheet1"])
def test_the_sources_of_a_column_are_the_places_of_its_cells(sheet: str | None) -> None:
    rows = table(sheet).body.select(table(sheet).source("unit"))

    assert rows.rows() == [("data/a", sheet, table(sheet).cell(row, 0)) for row in (2, 3)]


def test_texts_are_without_blanks_and_null_where_there_is_no_column() -> None:
    assert table(None).texts("unit").to_list() == ["T1", "T2"]
    assert table(None).texts("period").to_list() == [None, None]


def test_stored_values_have_the_texts_people_would_write() -> None:
    assert texts_of(pl.Series("a", [2023.0, 0.5, None])).to_list() == ["2023", "0.5", None]
    assert texts_of(pl.Series("a", [202306])).to_list() == ["202306"]
    assert texts_of(pl.Series("a", [dt.date(2023, 6, 1)])).to_list() == ["2023-06-01"]
    assert texts_of(pl.Series("a", [" ", "x "])).to_list() == [None, "x"]


@given(number=st.integers(0, 20_000))
def test_letters_of_columns_read_back(number: int) -> None:
    assert column_of(letters_of(number)) == number


def test_a_merged_range_is_written_as_spreadsheets_do() -> None:
    assert str(Merge(top=0, left=0, bottom=1, right=27)) == "A1:AB2"
