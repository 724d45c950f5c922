from __future__ import annotations

import datetime as dt
import math

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quanheng.engine.figures.looked_up.fetches import Fetch
from quanheng.engine.figures.looked_up.record_terms import RecordConditionError
from quanheng.engine.figures.looked_up.records import FromRecords, with_records
from quanheng.engine.frame.holding import MANY
from quanheng.periods.period import parse_period
from quanheng.periods.stretch import Stretch
from quanheng.scheme.formulas.parse import parse_formula
from quanheng.scheme.items.item import FromLedger
from quanheng.scheme.ledgers.statistics import STATISTICS

YEAR = Stretch.of(parse_period("2023"))
UNITS = nw.from_native(pl.LazyFrame({"unit": ["A", "B", "C"]}))
PROJECTS = nw.from_native(
    pl.DataFrame(
        {
            "unit": ["A", "A", "A", "B", "B", "Z"],
            "lead": ["B", "B", None, "A", "C", "A"],
            "paid_on": [
                *(dt.date(2022, 5, 1), dt.date(2023, 2, 1), dt.date(2023, 8, 1), dt.date(2024, 1, 1)),
                *(dt.date(2023, 1, 1), dt.date(2023, 1, 1)),
            ],
            "paid": [100.0, 0.1, 0.2, 50.0, None, 7.0],
            "note": ["x"] * 6,
        }
    )
)


def figures(
    ledger: nw.DataFrame[pl.DataFrame], *sources: tuple[FromLedger, int]
) -> dict[str, list[float | None]]:
    """The figures of A, B and C for each source and the months it is moved back, by column."""
    wanted = [
        FromRecords(Fetch(f"f{number}", months), source, YEAR.before(months))
        for number, (source, months) in enumerate(sources, start=1)
    ]
    frame = with_records(UNITS, {"projects": ledger}, wanted).collect().sort("unit")
    return {name: frame[name].to_list() for name in frame.columns if name != "unit"}


def projects(how: str, where: str = "", *, column: str = "paid", unit: str = "unit") -> FromLedger:
    return FromLedger(
        statistic=STATISTICS[how],
        ledger="projects",
        column=None if how == "count" else column,
        condition=parse_formula(where) if where else None,
        unit_column=unit,
    )


def test_records_are_counted_summed_and_averaged_for_each_unit() -> None:
    by_end = "paid_on <= period_end"

    assert figures(
        PROJECTS,
        (projects("count"), 0),
        (projects("count", by_end), 0),
        (projects("sum", by_end), 0),
        (projects("sum", by_end), 12),
        (projects("mean", by_end), 0),
        (projects("mean", "paid_on >= period_start and paid_on <= period_end"), 0),
        (projects("count", "paid == ''"), 0),
        (projects("sum", unit="lead"), 0),
        (projects("count", "1 > 2"), 0),
    ) == {
        "item|f1": [3.0, 2.0, 0.0],
        "item|f2": [3.0, 1.0, 0.0],
        "item|f3": [100.3, 0.0, 0.0],
        "item|f4@12": [100.0, 0.0, 0.0],
        "item|f5": [100.3 / 3, None, None],  # the record of B has no amount
        "item|f5|none": [False, False, True],  # a mean of no records does not apply
        "item|f6": [0.15, None, None],
        "item|f6|none": [False, False, True],
        "item|f7": [0.0, 1.0, 0.0],
        "item|f8": [57.0, 100.1, 0.0],
        "item|f9": [0.0, 0.0, 0.0],
    }


def test_a_ledger_without_records_counts_nothing() -> None:
    assert figures(PROJECTS.head(0), (projects("count"), 0), (projects("mean"), 0)) == {
        "item|f1": [0.0, 0.0, 0.0],
        "item|f2": [None, None, None],
        "item|f2|none": [True, True, True],
    }


def test_a_column_in_which_every_cell_is_empty_adds_nothing() -> None:
    ledger = PROJECTS.with_columns(paid=nw.lit(None, dtype=nw.String()))

    assert figures(ledger, (projects("sum"), 0), (projects("mean"), 0)) == {
        "item|f1": [0.0, 0.0, 0.0],
        "item|f2": [None, None, None],
        "item|f2|none": [False, False, True],
    }


@pytest.mark.parametrize("column", ["note", "stranger", "paid_on"])
def test_only_numbers_are_summed(column: str) -> None:
    with pytest.raises(RecordConditionError, match=f"the column '{column}' does not hold numbers"):
        figures(PROJECTS, (projects("sum", column=column), 0))


MILLIONTHS = st.lists(st.integers(-(10**13), 10**13), min_size=1, max_size=40)


@given(MILLIONTHS.flatmap(lambda amounts: st.tuples(st.just(amounts), st.permutations(amounts))))
def test_sums_are_exact_in_any_order(orders: tuple[list[int], list[int]]) -> None:
    first, second = (
        nw.from_native(pl.DataFrame({"unit": "A", "paid": [amount / 10**6 for amount in order]}))
        for order in orders
    )

    assert figures(first, (projects("sum"), 0))["item|f1"][0] == sum(orders[0]) / 10**6
    assert figures(second, (projects("sum"), 0))["item|f1"][0] == sum(orders[0]) / 10**6


AMOUNTS = st.lists(st.floats(-1e6, 1e6, allow_subnormal=False), min_size=1, max_size=20)


@given(AMOUNTS.flatmap(lambda amounts: st.tuples(st.just(amounts), st.permutations(amounts))))
def test_sums_of_any_amounts_do_not_depend_on_the_order(orders: tuple[list[float], list[float]]) -> None:
    first, second = (
        figures(nw.from_native(pl.DataFrame({"unit": "A", "paid": order})), (projects("sum"), 0))["item|f1"][
            0
        ]
        for order in orders
    )

    assert first == second
    assert first == pytest.approx(math.fsum(orders[0]), abs=1e-9)


def test_sums_of_many_records_are_exact_too() -> None:
    many = MANY + 10
    ledger = nw.from_native(pl.DataFrame({"unit": ["A", "B"] * (many // 2), "paid": [0.1] * many}))

    found = figures(ledger, (projects("sum"), 0), (projects("count"), 0), (projects("mean"), 0))

    half = many // 2
    assert found == {
        "item|f1": [half / 10, half / 10, 0.0],
        "item|f2": [half, half, 0.0],
        "item|f3": [0.1, 0.1, None],
        "item|f3|none": [False, False, True],
    }
