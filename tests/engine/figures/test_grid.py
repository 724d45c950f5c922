from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from tests.engine.books import NOT_APPLICABLE, book_of, panel_of
from tests.engine.schemes import item, scheme_of
from tests.engines import EngineUnderTest

from quanheng.engine.figures.grid import lay_out_grid
from quanheng.findings.errors import DataError
from quanheng.findings.finding import FindingsError
from quanheng.findings.text import Text
from quanheng.scheme.formulas.parse import parse_formula
from quanheng.scheme.items.item import FromLedger, FromUnits, Item, ItemKind
from quanheng.scheme.ledgers.statistics import Count

UNITS = pl.DataFrame(
    {
        "unit": ["A", "B", "C"],
        "name": ["Alder", None, "Cedar"],
        "group": ["towns", "towns", "parks"],
        "area": [10.0, None, 30.0],
        "region": ["north", "south", None],
        "founded": [dt.date(1998, 3, 12), None, dt.date(2000, 2, 29)],
        "unused": pl.Series([None] * 3, dtype=pl.String),
    }
)


def test_all_units_stand_in_the_grid_with_their_attributes(engine: EngineUnderTest) -> None:
    book = book_of(scheme_of([item("x")], ["x"]), units=UNITS, figures=[("x", "A", "2023", 1.5)])

    grid = engine.collect(engine.lift(lay_out_grid(book, round="2023"))).sort("unit")

    assert grid.to_dict(as_series=False) == {
        "unit": ["A", "B", "C"],
        "name": ["Alder", "B", "Cedar"],
        "group": ["towns", "towns", "parks"],
        "attribute|area": [10.0, None, 30.0],
        "attribute|region": ["north", "south", None],
        "attribute|founded": [dt.date(1998, 3, 12), None, dt.date(2000, 2, 29)],
        "attribute|unused": [None, None, None],
        "item|x": [1.5, None, None],
    }


def test_ledger_items_stand_beside_reported_ones() -> None:
    hazards = pl.DataFrame(
        {
            "unit": ["A", "A", "B", "A"],
            "due_on": [dt.date(2022, 12, 1), dt.date(2023, 6, 30), dt.date(2023, 7, 1), None],
        }
    )
    due = Item(
        code="due",
        name=Text(),
        source=FromLedger(
            statistic=Count(),
            ledger="hazards",
            condition=parse_formula("due_on >= period_start and due_on <= period_end"),
        ),
    )
    book = book_of(
        scheme_of([due, item("x")], ["change(due) / x"], round="2023-H1"),
        units=UNITS,
        figures=[("x", "A", "2023-H1", 2.0)],
        ledgers={"hazards": hazards},
    )

    grid = lay_out_grid(book, round="2023-H1").collect().sort("unit").to_native()

    assert grid.select("item|due", "item|due@12", "item|x").rows() == [
        (1.0, 0.0, 2.0),
        (0.0, 0.0, None),
        (0.0, 0.0, None),
    ]


def of_units(column: str, kind: ItemKind = "stock") -> Item:
    return Item(code=column, name=Text(), kind=kind, source=FromUnits(column=column))


def test_attributes_of_units_serve_as_items_of_any_time() -> None:
    items = [of_units("area"), of_units("founded", "date"), of_units("unused"), item("x")]
    book = book_of(
        scheme_of(items, ["lag(x, 1y) / area", "founded", "growth(area)", "unused"]),
        units=UNITS,
        figures=[("x", "A", "2022", 2.0)],
    )

    grid = lay_out_grid(book, round="2023").collect().sort("unit").to_native()

    assert grid["item|area"].to_list() == [10.0, None, 30.0]
    assert grid["item|area@12"].to_list() == [10.0, None, 30.0]
    assert grid["item|founded"].to_list() == [71.0, None, 60.0]
    assert grid["item|unused"].to_list() == [None, None, None]
    assert grid["item|unused"].dtype == pl.Float64


def test_a_date_of_the_units_is_otherwise_counted_in_days() -> None:
    book = book_of(scheme_of([of_units("founded")], ["founded"]), units=UNITS)

    assert lay_out_grid(book, round="2023").collect().to_native()["item|founded"].to_list() == [
        10_297.0,
        None,
        11_016.0,
    ]


def test_an_attribute_that_is_no_number_is_a_finding() -> None:
    book = book_of(scheme_of([of_units("region")], ["region"]), units=UNITS)

    with pytest.raises(
        FindingsError, match=r"QH503 the item 'region' is the units' column 'region'.*'north'"
    ):
        lay_out_grid(book, round="2023")


def test_targets_of_exactly_the_round_stand_in_the_grid(engine: EngineUnderTest) -> None:
    book = book_of(
        scheme_of([item("x", "cumulative")], ["x", "growth(x)", "x / 2"]),
        units=UNITS,
        figures=[("x", "A", "2023-H1", 1.0)],
        targets=[
            ("i1", "A", "2023", 100.0),
            ("i1", "A", "2023-H1", 45.0),
            ("i1", "B", "2023-H1", NOT_APPLICABLE),
            ("i2", "A", "2023", 0.06),
            ("i3", "C", "2023-H1", 7.0),
        ],
    )

    grid = engine.collect(engine.lift(lay_out_grid(book, round="2023-H1"))).sort("unit")

    assert {name: grid[name].to_list() for name in grid.columns if name.startswith("target")} == {
        "target|i1": [45.0, None, None],
        "target_na|i1": [False, True, False],
        "target|i3": [None, None, 7.0],
    }


def test_panels_are_joined_as_they_are(engine: EngineUnderTest) -> None:
    current = pl.DataFrame({"unit": ["C", "A", "Z"], "x": [3.0, 1.0, 9.0], "not_asked": [0.0, 0.0, 0.0]})
    by_period = pl.DataFrame(
        {
            "unit": ["A", "B", "A", "B", "A"],
            "period": ["2023-Q1", "2023-Q1", "2023-Q2", "2022", "2021"],
            "y": [1.0, 2.0, 4.0, 8.0, 16.0],
            "x": [None, 7.0, None, None, None],
        }
    )
    scheme = scheme_of([item("x"), item("y", "cumulative")], ["x / y", "growth(y)"])
    book = book_of(
        scheme,
        units=UNITS,
        figures=[("y", "C", "2023-Q2", 32.0), ("y", "A", "2022", NOT_APPLICABLE)],
        panels=(panel_of("current", current), panel_of("quarters", by_period)),
    )

    grid = engine.collect(engine.lift(lay_out_grid(book, round="2023"))).sort("unit")

    assert {name: grid[name].to_list() for name in grid.columns if name.startswith("item")} == {
        "item|x": [1.0, 7.0, 3.0],
        "item|y": [4.0, 2.0, 32.0],
        "item|y@12": [None, 8.0, None],
        "item_na|y@12": [True, False, False],
    }


def test_a_panel_without_periods_is_of_the_schemes_round() -> None:
    panel = panel_of("p", pl.DataFrame({"unit": ["A"], "x": [1.0]}))
    book = book_of(scheme_of([item("x")], ["x"]), units=UNITS, panels=(panel,))

    assert lay_out_grid(book, round="2023").collect().sort("unit").to_native()["item|x"].to_list() == [
        1.0,
        None,
        None,
    ]
    with pytest.raises(FindingsError, match="QH501 no figure is reported for the round 2022"):
        lay_out_grid(book, round="2022")


def test_a_round_without_figures_is_a_finding() -> None:
    rows = [("x", "A", str(year), 1.0) for year in range(2010, 2024)]
    book = book_of(scheme_of([item("x")], ["x"]), units=UNITS, figures=rows)

    with pytest.raises(FindingsError, match=r"for the round 2024; there are figures of 2023, 2022.* …"):
        lay_out_grid(book, round="2024")


@pytest.mark.parametrize("round_", ["", "soon", "2023-Q5"])
def test_a_round_that_is_no_period_is_an_error(round_: str) -> None:
    book = book_of(scheme_of([item("x")], ["x"]), units=UNITS, figures=[("x", "A", "2023", 1.0)])

    with pytest.raises(DataError, match="is not a period"):
        lay_out_grid(book, round=round_)


def test_many_items_are_cut_into_slices_without_mixing_them_up() -> None:
    codes = [f"x{number}" for number in range(150)]
    book = book_of(
        scheme_of([item(code) for code in codes], codes),
        units=UNITS,
        figures=[
            (code, unit, "2023", float(n * 10 + k))
            for n, code in enumerate(codes)
            for k, unit in enumerate("ABC")
        ],
    )

    grid = lay_out_grid(book, round="2023").collect().sort("unit").to_native()

    assert [grid[f"item|{code}"].to_list() for code in codes] == [
        [10.0 * n, 10.0 * n + 1, 10.0 * n + 2] for n in range(150)
    ]
