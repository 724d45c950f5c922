from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.books import book_of
from tests.engine.schemes import PARKS, TOWNS, indicator, item, scheme_of
from tests.engines import EngineUnderTest

from quanheng.engine.figures.grid import lay_out_grid
from quanheng.engine.figures.own_frame.grid import grid_from_frame
from quanheng.engine.frame.engines import engine_behind
from quanheng.findings.finding import FindingsError
from quanheng.findings.text import Text
from quanheng.scheme.items.item import FromLedger, FromUnits, Item
from quanheng.scheme.ledgers.statistics import Count
from quanheng.scheme.rules.target import Target
from quanheng.scheme.tree.scheme import Scheme

SCHEME = scheme_of(
    [item("gdp", "cumulative"), item("people")],
    [indicator("growth", "growth(gdp)", rule=Target()), "gdp / people"],
)
WIDE = pl.DataFrame(
    {
        "unit": ["A", "B", "C"],
        "name": ["Alder", None, "Cedar"],
        "group": ["towns", "园区", "parks"],
        "gdp": [1.5, 2.5, None],
        "gdp@12": [1.0, None, 4.0],
        "people": [10, 20, 30],
        "growth_target": [0.05, 0.06, None],
        "region": ["north", "south", None],
    }
)
GRID = {
    "unit": ["A", "B", "C"],
    "name": ["Alder", "B", "Cedar"],
    "group": ["towns", "parks", "parks"],
    "attribute|region": ["north", "south", None],
    "item|gdp": [1.5, 2.5, None],
    "item|gdp@12": [1.0, None, 4.0],
    "item|people": [10.0, 20.0, 30.0],
    "target|growth": [0.05, 0.06, None],
}


def laid_out(frame: object, scheme: Scheme = SCHEME, *, of: str | None = None) -> dict[str, list[Any]]:
    grid = grid_from_frame(frame, scheme, round=of)
    return engine_behind(grid).collect(grid).sort("unit").to_native().to_dict(as_series=False)


def codes_of(frame: object, scheme: Scheme = SCHEME, *, of: str | None = None) -> list[str]:
    with pytest.raises(FindingsError) as caught:
        grid_from_frame(frame, scheme, round=of)
    assert all("{" not in finding.text("zh") for finding in caught.value.findings)
    return [f"{finding.code} {finding.message('en')}" for finding in caught.value.findings]


FORMS: Mapping[str, Callable[[pl.DataFrame], object]] = {
    "polars": lambda frame: frame,
    "polars lazy": lambda frame: frame.lazy(),
    "narwhals": nw.from_native,
    "pandas": lambda frame: frame.to_pandas(),
    "pandas index": lambda frame: frame.to_pandas().set_index("unit"),
    "pandas objects": lambda frame: frame.to_pandas().astype(object),
    "pyarrow": lambda frame: frame.to_arrow(),
    "duckdb": lambda frame: duckdb.from_arrow(frame.to_arrow()),
}


@pytest.mark.parametrize("form", FORMS)
def test_frames_of_every_library_make_the_same_grid(form: str) -> None:
    grid = grid_from_frame(FORMS[form](WIDE), SCHEME)

    assert isinstance(grid.to_native(), pl.LazyFrame)
    assert laid_out(FORMS[form](WIDE)) == GRID


def test_a_frame_stays_on_its_engine(engine: EngineUnderTest) -> None:
    grid = grid_from_frame(engine.lift(WIDE).to_native(), SCHEME)

    assert engine_behind(grid).name == engine.name
    assert engine.collect(grid).sort("unit").to_dict(as_series=False) == GRID


def test_nothing_but_units_and_items_is_needed() -> None:
    scheme = scheme_of([item("gdp")], ["gdp"], groups=(TOWNS,))

    assert laid_out(pl.DataFrame({"unit": [2, 1], "gdp": [5, 7]}), scheme) == {
        "unit": ["1", "2"],
        "name": ["1", "2"],
        "group": ["towns", "towns"],
        "item|gdp": [7.0, 5.0],
    }


def test_nan_is_missing_and_truth_is_a_number(engine: EngineUnderTest) -> None:
    scheme = scheme_of(
        [item("gdp"), item("open"), item("none"), item("blank")], ["gdp", "open", "none", "blank"]
    )
    frame = pl.DataFrame(
        {
            "unit": ["A", "B"],
            "group": "towns",
            "gdp": [float("nan"), 1.0],
            "open": [True, False],
            "none": pl.Series([None, None], dtype=pl.Null),
            "blank": ["", None],
        }
    )

    grid = laid_out(engine.lift(frame).to_native(), scheme)

    assert {name: grid[name] for name in ("item|gdp", "item|open", "item|none", "item|blank")} == {
        "item|gdp": [None, 1.0],
        "item|open": [1.0, 0.0],
        "item|none": [None, None],
        "item|blank": [None, None],
    }


def test_items_of_ledgers_and_units_are_columns_too() -> None:
    due = Item(code="due", name=Text(), source=FromLedger(statistic=Count(), ledger="hazards"))
    land = Item(code="land", name=Text(), source=FromUnits(column="area"))
    scheme = scheme_of([due, land], ["due / land", "growth(land)"], groups=(TOWNS,))

    assert laid_out(pl.DataFrame({"unit": ["A"], "due": [3], "area": [2.5]}), scheme) == {
        "unit": ["A"],
        "name": ["A"],
        "group": ["towns"],
        "attribute|area": [2.5],
        "item|due": [3.0],
        "item|land": [2.5],
        "item|land@12": [2.5],
    }


def test_dates_become_days_of_the_rounds_year(engine: EngineUnderTest) -> None:
    scheme = scheme_of(
        [item("opened", "date"), item("closed", "date")], ["change(opened)", "closed"], round="2025"
    )
    frame = pl.DataFrame(
        {
            "unit": ["A", "B"],
            "group": "towns",
            "opened": [dt.date(2025, 3, 15), None],
            "opened@12": [dt.date(2024, 3, 12), dt.date(2024, 2, 29)],
            "closed": [300.0, None],
        }
    )

    grid = laid_out(engine.lift(frame).to_native(), scheme)

    assert grid["item|opened"] == [74.0, None]
    assert grid["item|opened@12"] == [71.0, 60.0]
    assert grid["item|closed"] == [300.0, None]


ROWS: Sequence[tuple[str, str, str, float | None, float | None, float | None]] = [
    ("A", "towns", "2023-Q1", 10.0, 1.0, None),
    ("A", "towns", "2023年上半年", 25.0, 2.0, None),
    ("A", "towns", "2023", None, None, 0.1),
    ("A", "towns", "2022-Q2", 20.0, None, None),
    ("B", "parks", "2023-Q1", 5.0, 4.0, None),
    ("B", "parks", "2023Q2", 9.0, 5.0, None),
    ("C", "parks", "2021", 99.0, 9.0, None),
]
LONG = pl.DataFrame(ROWS, schema=["unit", "group", "period", "gdp", "tax", "growth_target"], orient="row")
TIMED = scheme_of(
    [item("gdp", "cumulative", "quarter"), item("tax", "flow", "quarter")],
    [indicator("growth", "growth(gdp)", rule=Target()), "tax"],
)


def test_rows_of_several_periods_make_the_figures_by_the_time_rules(engine: EngineUnderTest) -> None:
    assert laid_out(engine.lift(LONG).to_native(), TIMED, of="2023-H1") == {
        "unit": ["A", "B", "C"],
        "name": ["A", "B", "C"],
        "group": ["towns", "parks", "parks"],
        "item|gdp": [25.0, 9.0, None],
        "item|gdp@12": [20.0, None, None],
        "item|tax": [2.0, 9.0, None],  # A's half year as stated, B's quarters together
        "target|growth": [None, None, None],
    }
    assert laid_out(engine.lift(LONG).to_native(), TIMED)["target|growth"] == [0.1, None, None]


def test_a_frame_with_periods_makes_the_same_grid_as_a_book() -> None:
    rows = LONG.with_columns(
        period=pl.col("period").replace({"2023年上半年": "2023-H1", "2023Q2": "2023-Q2"})
    )
    figures = [
        (code, unit, period, value)
        for code in ("gdp", "tax")
        for unit, period, value in rows.select("unit", "period", code).rows()
    ]
    book = book_of(
        TIMED,
        units=rows.select("unit", "group").unique().with_columns(name=pl.lit(None, pl.String)),
        figures=figures,
        targets=[("growth", "A", "2023", 0.1)],
    )

    for of in ("2023-Q1", "2023-Q2", "2023-H1", "2023"):
        grid = lay_out_grid(book, round=of).collect().sort("unit").to_native().to_dict(as_series=False)
        from_frame = laid_out(LONG, TIMED, of=of)
        assert {name: from_frame[name] for name in grid} == grid


def test_attributes_and_stated_columns_are_those_of_the_rounds_row() -> None:
    land = Item(code="land", name=Text(), source=FromUnits(column="area"))
    scheme = scheme_of(
        [land, item("gdp"), item("opened", "date")], ["land", "growth(gdp)", "opened"], groups=(TOWNS,)
    )
    frame = pl.DataFrame(
        {
            "unit": ["A", "A"],
            "round": [2022, 2023],
            "area": [1.0, 2.0],
            "gdp": [5.0, 6.0],
            "gdp@12": [4.0, 5.5],
            "opened": [dt.date(2022, 3, 1), dt.date(2023, 3, 12)],
        }
    )

    grid = laid_out(frame, scheme)

    assert {name: column[0] for name, column in grid.items() if "|" in name} == {
        "attribute|area": 2.0,
        "item|land": 2.0,
        "item|gdp": 6.0,
        "item|gdp@12": 5.5,
        "item|opened": 71.0,
    }


def test_a_january_that_nobody_reports_is_in_february() -> None:
    scheme = scheme_of(
        [item("tax", "flow", "month"), item("gdp")], ["tax", "gdp"], groups=(TOWNS,), round="2023-Q1"
    )
    frame = pl.DataFrame(
        {
            "unit": ["A"] * 3 + ["B"] * 2,
            "period": ["2023-01", "2023-02", "2023-03", "2023-02", "2023-03"],
            "tax": [None, 5.0, 3.0, 1.0, 1.0],
            "gdp": [1.0] * 5,
        }
    )

    assert laid_out(frame, scheme)["item|tax"] == [8.0, 2.0]


def test_missing_columns_are_told_all_at_once() -> None:
    frame = WIDE.select("name", "people", gpd="gdp")

    assert codes_of(frame) == [
        "QH506 the frame has no column 'unit', which every row needs",
        "QH506 the frame has no column 'group', which a scheme of several groups needs",
        "QH506 the frame has no column 'gdp', which the scheme needs",
        "QH506 the frame has no column 'gdp@12', which the scheme needs",
        "QH506 the frame has no column 'growth_target', which the indicator 'growth' needs",
    ]


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({"gdp": ["1.5", "/", None]}, ["QH507 the column 'gdp' belongs to numbers and holds '1.5'"]),
        (
            {"gdp": [[1.0], [2.0], None]},
            ["QH507 the column 'gdp' belongs to numbers and holds values of type List(Float64)"],
        ),
        (
            {"people": [dt.date(2023, 1, 1)] * 3},
            ["QH507 the column 'people' belongs to numbers and holds values of type Date"],
        ),
        ({"gdp": [1.0, float("inf"), float("-inf")]}, ["QH508 the column 'gdp' has 2 infinite values"]),
        ({"unit": ["A", None, ""]}, ["QH509 2 rows of the frame have no unit"]),
        (
            {"unit": ["A", "A", None]},
            ["QH509 1 rows of the frame have no unit", "QH510 the unit 'A' has 2 rows"],
        ),
        (
            {"group": ["town", "parks", None]},
            ["QH511 the scheme has no group ''", "QH511 the scheme has no group 'town'"],
        ),
    ],
)
def test_what_is_wrong_with_rows_is_a_finding(
    changed: dict[str, list[object]], codes: list[str], engine: EngineUnderTest
) -> None:
    frame = WIDE.with_columns(**{name: pl.Series(values, strict=False) for name, values in changed.items()})

    assert codes_of(engine.lift(frame).to_native()) == codes


def test_what_is_wrong_with_periods_is_a_finding(engine: EngineUnderTest) -> None:
    strange = LONG.with_columns(period=pl.Series(["2023", "soon", None, "2022", "2023", "2023", "2021"]))
    twice = LONG.with_columns(period=pl.Series(["2023", "2023年", "2022", "2021", "2023", "2022", "2023"]))
    moved = LONG.with_columns(group=pl.Series(["towns", "parks", *LONG["group"][2:]]))

    assert codes_of(engine.lift(strange).to_native(), TIMED) == [
        "QH513 '' in the column 'period' is not a period",
        "QH513 'soon' in the column 'period' is not a period",
    ]
    assert codes_of(engine.lift(twice).to_native(), TIMED) == ["QH510 the unit 'A' has 2 rows in 2023"]
    assert codes_of(engine.lift(moved).to_native(), TIMED) == ["QH512 the unit 'A' stands in 2 groups"]


def test_a_round_or_a_frame_without_rows_is_a_finding() -> None:
    latest_first = ["2023", "2023-H1", "2023-Q2", "2023-Q1", "2022-Q2", "2021"]

    assert codes_of(LONG, TIMED, of="2024") == [
        "QH501 no figure is reported for the round 2024; there are figures of " + ", ".join(latest_first)
    ]
    assert codes_of(WIDE.head(0)) == ["QH514 the frame has no rows"]
    assert codes_of(LONG.head(0), TIMED) == ["QH514 the frame has no rows"]


def test_words_among_the_numbers_of_pandas_are_shown() -> None:
    frame = WIDE.to_pandas()
    frame["gdp"] = pd.Series([1.5, "/", None], dtype=object)

    assert codes_of(frame) == ["QH507 the column 'gdp' belongs to numbers and holds '1.5'"]


def test_headings_of_any_kind_become_attributes(engine: EngineUnderTest) -> None:
    scheme = scheme_of([item("gdp")], ["gdp"], groups=(TOWNS, PARKS))
    headings = ["所在地", "a.b", "c`d", "e f", "attribute|g"]
    frame = pl.DataFrame(
        {"unit": ["A"], "group": ["towns"], "gdp": [1.0], **{name: ["x"] for name in headings}}
    )

    grid = laid_out(engine.lift(frame).to_native(), scheme)

    assert [name for name in grid if name.startswith("attribute|")] == [
        *("attribute|所在地", "attribute|a․b", "attribute|cˋd", "attribute|e f", "attribute|g"),
    ]


@given(st.permutations(range(len(ROWS))))
def test_the_order_of_rows_does_not_matter(order: list[int]) -> None:
    assert laid_out(LONG[order], TIMED, of="2023-H1") == laid_out(LONG, TIMED, of="2023-H1")


def test_what_a_stock_reaches_back_to_is_no_figure_of_the_round() -> None:
    frame = pl.DataFrame(
        {"unit": ["A", "A"], "period": ["2022", "2023"], "group": ["towns"] * 2, "x": [1.0, 2.0]}
    )
    scheme = scheme_of([item("x")], ["x"])

    with pytest.raises(FindingsError, match="QH501 no figure is reported for the round 2024-Q1"):
        grid_from_frame(frame, scheme, round="2024-Q1")
