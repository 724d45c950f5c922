from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TypeAlias

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.books import NOT_APPLICABLE, Written, book_of
from tests.engine.schemes import item, scheme_of

from quanheng.engine.figures.grid import lay_out_grid
from quanheng.periods.every import Every
from quanheng.scheme.items.item import ItemKind

UNITS = pl.DataFrame({"unit": ["A", "B", "C"], "name": None, "group": ["towns", "towns", "parks"]})
Row: TypeAlias = tuple[str, str, Written]


def figures(
    measure: str, rows: Iterable[Row], *, kind: ItemKind, every: Every = "year", of: str = "2023"
) -> dict[str, list[object]]:
    """The columns of the item `x` for A, B and C in the round `of`, from its rows (unit, period, written)."""
    book = book_of(
        scheme_of([item("x", kind, every), item("other")], [measure, "other"]),
        units=UNITS,
        figures=[("other", "A", of, 1.0), *(("x", *row) for row in rows)],
    )
    frame = lay_out_grid(book, round=of).collect().sort("unit")
    columns = [name for name in frame.columns if name.startswith(("item|x", "item_na|x"))]
    return {name: frame[name].to_list() for name in columns}


def of_a(
    measure: str, written: Mapping[str, Written], *, kind: ItemKind, every: Every = "year", of: str = "2023"
) -> list[object]:
    """The values of the columns of `x` for A, from what it wrote in each period."""
    rows: list[Row] = [("A", period, value) for period, value in written.items()]
    return [column[0] for column in figures(measure, rows, kind=kind, every=every, of=of).values()]


CUMULATIVE: dict[str, Written] = {
    "2022-12": 90.0,
    "2023-02": 12.0,
    "2023-Q1": 20.0,
    "2023-06": 45.0,
    "2023-Q3": 70.0,
}


@pytest.mark.parametrize(
    ("round_", "value"),
    [
        ("2023", 70.0),
        ("2023-Q3", 70.0),
        ("2023-08", 45.0),
        ("2023-H1", 45.0),
        ("2023-Q2", 45.0),  # the year so far, not the quarter alone
        ("2023-Q1", 20.0),
        ("2023-02", 12.0),
        ("2023-01", None),  # January alone was never reported, and December is of another year
        ("2022", 90.0),
    ],
)
def test_a_cumulative_item_takes_the_latest_figure_of_the_year(round_: str, value: float | None) -> None:
    assert of_a("x", CUMULATIVE, kind="cumulative", every="month", of=round_) == [value]


def test_growth_looks_at_the_same_stretch_a_year_before() -> None:
    found = of_a("growth(x)", {**CUMULATIVE, "2022-Q3": 60.0}, kind="cumulative", of="2023-Q3")

    assert found == [70.0, 60.0]


def test_an_empty_cell_leaves_the_earlier_figure_in_force() -> None:
    assert of_a("x", {"2023-Q3": 70.0, "2023-Q4": None}, kind="cumulative") == [70.0]


@pytest.mark.parametrize("kind", ["stock", "rate"])
@pytest.mark.parametrize(
    ("round_", "value"), [("2023", 8.0), ("2023-Q2", 6.0), ("2023-Q4", None), ("2023-08", 7.5), ("2022", 5.0)]
)
def test_stocks_and_rates_take_the_last_figure_inside_the_round(
    kind: ItemKind, round_: str, value: float | None
) -> None:
    rows: dict[str, Written] = {"2022": 5.0, "2023-Q2": 6.0, "2023-08": 7.5, "2023-Q3": 8.0}

    assert of_a("x", rows, kind=kind, of=round_) == [value]


QUARTERS: dict[str, Written] = {"2023-Q1": 1.0, "2023-Q2": 2.0, "2023-Q3": 4.0, "2023-Q4": 8.0}


def test_a_flow_is_summed_over_the_round() -> None:
    assert of_a("x", QUARTERS, kind="flow", every="quarter") == [15.0]
    assert of_a("x", QUARTERS, kind="flow", every="quarter", of="2023-H2") == [12.0]
    assert of_a("x", QUARTERS, kind="flow", every="quarter", of="2023-Q3") == [4.0]


def test_a_flow_with_a_missing_part_is_missing_for_that_unit_only() -> None:
    rows: list[Row] = [(unit, period, value) for unit in "ABC" for period, value in QUARTERS.items()]
    rows.remove(("B", "2023-Q2", 2.0))
    rows[rows.index(("C", "2023-Q3", 4.0))] = ("C", "2023-Q3", None)

    assert figures("x", rows, kind="flow", every="quarter") == {"item|x": [15.0, None, None]}


def test_january_and_february_of_a_flow_may_come_as_one_figure() -> None:
    together: dict[str, Written] = {"2023-02": 5.0, "2023-03": 3.0}

    assert of_a("x", together, kind="flow", every="month", of="2023-Q1") == [8.0]
    assert of_a("x", together, kind="flow", every="month", of="2023-01") == [None]


def test_a_january_that_others_report_is_missing_where_it_is_not_reported() -> None:
    rows: list[Row] = [
        ("A", "2023-01", 2.0),
        *((unit, f"2023-0{month}", 3.0) for unit in "AB" for month in (2, 3)),
    ]

    assert figures("x", rows, kind="flow", every="month", of="2023-Q1") == {"item|x": [8.0, None, None]}


def test_units_may_report_a_flow_in_different_parts() -> None:
    rows: list[Row] = [
        *(("A", period, value) for period, value in QUARTERS.items()),
        ("B", "2023-H1", 30.0),
        ("B", "2023-H2", 40.0),
        ("C", "2023", 99.0),
        ("C", "2023-Q1", 1.0),
    ]

    assert figures("x", rows, kind="flow", every="quarter") == {"item|x": [15.0, 70.0, 99.0]}


def test_a_date_becomes_the_day_of_the_rounds_year() -> None:
    opened: dict[str, Written] = {"2024": dt.date(2024, 3, 12), "2025": dt.date(2025, 3, 15)}

    assert of_a("change(x)", opened, kind="date", of="2025") == [74.0, 71.0]  # three days later
    assert of_a("x", opened, kind="date", of="2024") == [72.0]


def test_what_does_not_apply_is_told_from_what_is_missing() -> None:
    rows: list[Row] = [("A", "2023", 1.0), ("B", "2023", NOT_APPLICABLE), ("C", "2023", None)]

    assert figures("x", rows, kind="stock") == {
        "item|x": [1.0, None, None],
        "item_na|x": [False, True, False],
    }


def test_the_latest_settled_cell_decides_whether_an_item_applies() -> None:
    rows: list[Row] = [
        ("A", "2023-Q3", NOT_APPLICABLE),
        ("A", "2023-Q4", 5.0),
        ("B", "2023-Q3", 4.0),
        ("B", "2023-Q4", NOT_APPLICABLE),
        ("C", "2023-Q3", NOT_APPLICABLE),
        ("C", "2023-Q4", None),
    ]

    assert figures("x", rows, kind="cumulative") == {
        "item|x": [5.0, None, None],
        "item_na|x": [False, True, True],
    }


def test_a_flow_of_which_a_part_does_not_apply_does_not_apply() -> None:
    rows: list[Row] = [(unit, period, value) for unit in "ABC" for period, value in QUARTERS.items()]
    rows[rows.index(("B", "2023-Q2", 2.0))] = ("B", "2023-Q2", NOT_APPLICABLE)
    rows[rows.index(("C", "2023-Q2", 2.0))] = ("C", "2023-Q2", NOT_APPLICABLE)
    rows.remove(("C", "2023-Q4", 8.0))

    assert figures("x", rows, kind="flow", every="quarter") == {
        "item|x": [15.0, None, None],
        "item_na|x": [False, True, False],  # of C the fourth quarter is missing too
    }


def test_only_figures_that_are_used_can_make_a_flag() -> None:
    rows: list[Row] = [("A", "2023", 1.0), ("B", "2021", NOT_APPLICABLE)]

    assert figures("growth(x)", rows, kind="stock") == {
        "item|x": [1.0, None, None],
        "item|x@12": [None, None, None],
    }


def test_strangers_in_the_data_do_not_enter_the_grid() -> None:
    assert figures("x", [("Z", "2023", 1.0)], kind="stock") == {"item|x": [None, None, None]}


VALUES = st.one_of(st.none(), st.just(NOT_APPLICABLE), st.integers(-50, 50).map(float))
PERIODS = ["2022-Q4", "2023-01", "2023-02", "2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4", "2023-H2", "2023"]
TABLE = st.dictionaries(st.tuples(st.sampled_from("ABC"), st.sampled_from(PERIODS)), VALUES, max_size=20)


@given(TABLE, st.sampled_from(["cumulative", "flow", "stock"]), st.data())
def test_the_order_of_rows_does_not_matter(
    table: dict[tuple[str, str], Written], kind: ItemKind, data: st.DataObject
) -> None:
    rows: list[Row] = [(unit, period, value) for (unit, period), value in table.items()]

    shuffled = data.draw(st.permutations(rows))

    assert figures("growth(x)", shuffled, kind=kind) == figures("growth(x)", rows, kind=kind)


@given(st.lists(st.integers(-1000, 1000).map(float), min_size=4, max_size=4))
def test_the_flow_of_a_year_is_the_sum_of_the_flows_of_its_quarters(parts: list[float]) -> None:
    written = dict(zip(QUARTERS, parts, strict=True))

    of_quarters = [of_a("x", written, kind="flow", every="quarter", of=quarter)[0] for quarter in QUARTERS]

    assert of_a("x", written, kind="flow", every="quarter") == [sum(parts)]
    assert of_quarters == parts


@given(st.dictionaries(st.sampled_from(list(QUARTERS)), st.integers(0, 1000).map(float), min_size=1))
def test_the_cumulative_figure_of_a_year_is_its_last_report(written: dict[str, float]) -> None:
    assert of_a("x", written, kind="cumulative") == [written[max(written)]]
