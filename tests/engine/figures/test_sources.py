from __future__ import annotations

import datetime as dt

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.books import NOT_APPLICABLE, Written, book_of, panel_of
from tests.engine.schemes import item, scheme_of

from quanheng.engine.figures.grid import lay_out_grid
from quanheng.engine.figures.sources import sources
from quanheng.findings.text import Text
from quanheng.scheme.formulas.parse import parse_formula
from quanheng.scheme.items.item import FromLedger, FromUnits, Item
from quanheng.scheme.ledgers.statistics import Count, Sum

UNITS = pl.DataFrame(
    {"unit": ["A", "B", "C"], "name": None, "group": ["towns", "towns", "parks"], "area": [10.0, None, 30.0]}
)
SHORT = ["unit", "item", "months_before", "value", "state", "period", "cell"]


def test_a_figure_is_traced_to_the_cell_that_was_used() -> None:
    book = book_of(
        scheme_of([item("x", "cumulative")], ["growth(x)"]),
        units=UNITS,
        figures=[
            ("x", "A", "2023-Q3", 70.0),
            ("x", "A", "2023-Q2", 45.0),
            ("x", "A", "2022", 60.0),
            ("x", "B", "2023-Q2", 40.0),
            ("x", "B", "2023-Q3", None),
            ("x", "B", "2022", NOT_APPLICABLE),
            ("x", "C", "2023-Q3", None),
            ("x", "Z", "2020", 1.0),
        ],
    )

    found = sources(book, round="2023").to_native()

    assert found.columns == [*SHORT[:6], "file", "sheet", "cell"]
    assert found.select(SHORT).rows() == [
        ("A", "x", 0, 70.0, "value", "2023-Q3", "2:x"),
        ("A", "x", 12, 60.0, "value", "2022", "4:x"),
        ("B", "x", 0, 40.0, "value", "2023-Q2", "5:x"),
        ("B", "x", 12, None, "not_applicable", "2022", "7:x"),
        ("C", "x", 0, None, "missing", "2023-Q3", "8:x"),
    ]
    assert set(found["file"]) == {"data/a.csv"}


def test_a_sum_is_traced_to_its_parts() -> None:
    quarters = ["2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"]
    book = book_of(
        scheme_of([item("x", "flow", "quarter")], ["x"]),
        units=UNITS,
        figures=[
            *(("x", "A", quarter, 1.0) for quarter in quarters),
            *(("x", "B", quarter, None if quarter == "2023-Q2" else 2.0) for quarter in quarters),
            ("x", "C", "2023", 9.0),
            ("x", "C", "2023-Q1", 9.0),
        ],
    )

    found = sources(book, round="2023").to_native().select("unit", "period", "value", "state").rows()

    assert found == [
        *(("A", quarter, 1.0, "value") for quarter in quarters),
        ("B", "2023-Q1", 2.0, "value"),
        ("B", "2023-Q2", None, "missing"),
        ("B", "2023-Q3", 2.0, "value"),
        ("B", "2023-Q4", 2.0, "value"),
        ("C", "2023", 9.0, "value"),
    ]


def test_dates_are_days_of_the_rounds_year_as_in_the_grid() -> None:
    book = book_of(
        scheme_of([item("x", "date")], ["change(x)"], round="2025"),
        units=UNITS,
        figures=[("x", "A", "2024", dt.date(2024, 3, 12)), ("x", "A", "2025", dt.date(2025, 3, 15))],
    )

    assert sources(book, round="2025")["value"].to_list() == [74.0, 71.0]


def test_ledger_items_are_traced_to_their_records() -> None:
    projects = pl.DataFrame(
        {
            "unit": ["A", "A", "B", "A"],
            "paid_on": [dt.date(2022, 5, 1), dt.date(2023, 5, 1), dt.date(2023, 6, 1), dt.date(2024, 1, 1)],
            "paid": [1.5, 2.5, None, 4.0],
            "source_file": "ledgers/projects.csv",
            "source_sheet": pl.Series([None] * 4, dtype=pl.String),
            "source_row": pl.Series([2, 3, 4, 5], dtype=pl.UInt32),
        }
    )
    condition = parse_formula("paid_on <= period_end")
    paid = FromLedger(statistic=Sum(), ledger="projects", column="paid", condition=condition)
    started = FromLedger(statistic=Count(), ledger="projects", condition=condition)
    items = [Item(code="paid", name=Text(), source=paid), Item(code="started", name=Text(), source=started)]
    book = book_of(
        scheme_of(items, ["paid", "lag(started, 1y)"]), units=UNITS, ledgers={"projects": projects}
    )

    assert sources(book, round="2023").to_native().select(SHORT).rows() == [
        ("A", "paid", 0, 1.5, "value", "2023", "2"),
        ("A", "paid", 0, 2.5, "value", "2023", "3"),
        ("A", "started", 12, 1.0, "value", "2022", "2"),
        ("B", "paid", 0, None, "missing", "2023", "4"),
    ]


def test_attributes_are_traced_to_the_units() -> None:
    area = Item(code="land", name=Text(), source=FromUnits(column="area"))
    book = book_of(scheme_of([area], ["land"]), units=UNITS)

    assert sources(book, round="2023").rows() == [
        ("A", "land", 0, 10.0, "value", "", "units", None, "area"),
        ("C", "land", 0, 30.0, "value", "", "units", None, "area"),
    ]


def test_panels_are_traced_to_row_and_heading() -> None:
    panel = panel_of(
        "p",
        pl.DataFrame(
            {
                "unit": ["A", "B", "A", "C"],
                "period": ["2023-Q1", "2023-Q2", "2023-Q2", "2019"],
                "x": [1.0, 2.0, 3.0, 4.0],
            }
        ),
    )
    single = panel_of("s", pl.DataFrame({"unit": ["B", "C"], "y": [5.0, None]}))
    book = book_of(
        scheme_of([item("x"), item("y")], ["x / y"]),
        units=UNITS,
        figures=[("x", "B", "2023-Q2", 7.0)],
        panels=(panel, single),
    )

    assert sources(book, round="2023", units=["A", "B"]).to_native().select(*SHORT, "file").rows() == [
        ("A", "x", 0, 3.0, "value", "2023-Q2", "3:x (10k)", "data/p.parquet"),
        ("B", "x", 0, 7.0, "value", "2023-Q2", "2:x", "data/a.csv"),
        ("B", "y", 0, 5.0, "value", "2023", "1:y (10k)", "data/s.parquet"),
    ]
    assert len(sources(book, round="2023")) == 3
    assert len(sources(book, round="2023", units=[])) == 0


VALUES = st.one_of(st.none(), st.just(NOT_APPLICABLE), st.integers(-50, 50).map(float))
PERIODS = ["2023-01", "2023-02", "2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4", "2023-H2", "2023"]
TABLE = st.dictionaries(st.tuples(st.sampled_from("ABC"), st.sampled_from(PERIODS)), VALUES, max_size=20)


@given(TABLE, st.sampled_from(["cumulative", "flow", "stock"]))
def test_what_is_traced_adds_up_to_the_figure(table: dict[tuple[str, str], Written], kind: str) -> None:
    rows = [("x", unit, period, written) for (unit, period), written in table.items()]
    book = book_of(
        scheme_of([item("x", kind, "quarter"), item("other")], ["x", "other"]),  # type: ignore[arg-type]  # hypothesis draws plain text
        units=UNITS,
        figures=[("other", "A", "2023", 1.0), *rows],
    )

    grid = lay_out_grid(book, round="2023").collect().sort("unit").to_native()
    traced = sources(book, round="2023").to_native().filter(pl.col("item") == "x")

    for unit, figure in grid.select("unit", "item|x").rows():
        own = traced.filter(pl.col("unit") == unit)
        whole = own.height > 0 and own["value"].null_count() == 0
        if figure is None:
            assert not whole or kind == "flow"  # parts may be there, and one that nobody wrote down missing
        else:
            assert whole
            assert own["value"].sum() == figure
