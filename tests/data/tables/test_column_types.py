from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from tests.data.books import gathered

from quanheng.data.tables.column_types import Content, typed_column
from quanheng.data.tables.table import ROW, Table
from quanheng.findings.collector import Collector


def typed(values: pl.Series, expected: Content = "anything") -> tuple[pl.Series, list[str]]:
    body = pl.DataFrame({ROW: range(2, len(values) + 2), "0": values})
    table = Table(file="a.csv", sheet=None, headings=("c",), known={}, others=(0,), body=body)
    collector = Collector()
    return typed_column(table, 0, expected=expected, collector=collector), gathered(collector)


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["1", "2.5", None, "/"], [1.0, 2.5, None, None]),
        (["1,234", "5%"], [1234.0, 0.05]),
        (["2023-01-02", None, "2023年1月3日", "—"], [dt.date(2023, 1, 2), None, dt.date(2023, 1, 3), None]),
        (["1", "x", "/"], ["1", "x", "/"]),
        (["001", "002"], ["001", "002"]),
        (["0", "0.5"], [0.0, 0.5]),
        (["/", None], ["/", None]),
        ([None, None], [None, None]),
    ],
)
def test_a_column_is_what_all_its_cells_are(cells: list[str | None], values: list[object]) -> None:
    column, found = typed(pl.Series(cells, dtype=pl.String))

    assert (column.to_list(), found) == (values, [])


def test_one_text_among_many_dates_makes_texts() -> None:
    cells = ["2023-01-02"] * 100 + ["soon"]

    assert typed(pl.Series(cells))[0].to_list() == cells


def test_stored_types_are_kept() -> None:
    assert typed(pl.Series([1, 2]))[0].to_list() == [1.0, 2.0]
    assert typed(pl.Series([float("nan"), 2.0]))[0].to_list() == [None, 2.0]
    assert typed(pl.Series([dt.datetime(2023, 1, 2, 5, tzinfo=dt.UTC)]))[0].to_list() == [dt.date(2023, 1, 2)]


@pytest.mark.parametrize(
    ("expected", "values", "findings"),
    [
        ("number", [45003.0, None, None], ["QH327 a.csv!4:c"]),
        ("date", [dt.date(2023, 3, 18), None, None], ["QH328 a.csv!4:c"]),
        ("text", ["45003", "/", "x"], []),
    ],
)
def test_what_is_expected_goes_before_what_is_there(
    expected: Content, values: list[object], findings: list[str]
) -> None:
    column, found = typed(pl.Series(["45003", "/", "x"]), expected)

    assert (column.to_list(), found) == (values, findings)


def test_an_empty_column_is_what_is_expected_of_it() -> None:
    empty = pl.Series([None, None], dtype=pl.String)

    assert typed(empty, "date")[0].dtype == pl.Date
    assert typed(empty, "number")[0].dtype == pl.Float64


def test_dates_that_a_file_keeps_as_dates_are_taken_as_they_are() -> None:
    days = [dt.date(2023, 1, 2), None]
    moments = [dt.datetime(2023, 1, 2, 10, 30), None]  # noqa: DTZ001 - as files keep them

    assert typed(pl.Series(days), "date")[0].to_list() == days
    assert typed(pl.Series(moments), "date")[0].to_list() == days
