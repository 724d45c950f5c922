"""Statistics of numbers that a formula gives for each record, against a plain scorer in fractions."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quanheng.engine.figures.looked_up.fetches import Fetch
from quanheng.engine.figures.looked_up.record_terms import RecordConditionError
from quanheng.engine.figures.looked_up.records import FromRecords, with_records
from quanheng.periods.period import parse_period
from quanheng.periods.stretch import Stretch
from quanheng.scheme.formulas.parse import parse_formula
from quanheng.scheme.formulas.tree import Name
from quanheng.scheme.items.item import FromLedger
from quanheng.scheme.ledgers.statistics import STATISTICS, LedgerStatistic, TrimmedMean

YEAR = Stretch.of(parse_period("2023"))
UNITS = nw.from_native(pl.LazyFrame({"unit": ["A", "B", "C"]}))
TICKETS = pl.DataFrame(
    {
        "unit": ["A", "A", "A", "A", "B", "B"],
        "invested": [12.0, 3.0, 10.0, None, 4.0, 0.0],
        "factor": [0.8, 1.6, 1.0, 1.0, None, 2.0],
        "company": ["x", "y", "x", "", "z", None],
        "opened": [dt.date(2023, 1, day) for day in (1, 2, 3, 4, 5, 6)],
        "closed": [dt.date(2023, 1, 11), dt.date(2023, 1, 4), None, None, dt.date(2023, 2, 5), None],
        "nothing": [None] * 6,
    },
    schema_overrides={"nothing": pl.String},
)


def taken(
    how: str | LedgerStatistic, formula: str, where: str = "", ledger: pl.DataFrame = TICKETS
) -> list[float | None]:
    """The figures of A, B and C; a name alone is a column."""
    tree = parse_formula(formula)
    source = FromLedger(
        statistic=STATISTICS[how] if isinstance(how, str) else how,
        ledger="tickets",
        column=formula,
        amount=None if isinstance(tree.tree, Name) else tree,
        condition=parse_formula(where) if where else None,
    )
    figure = FromRecords(Fetch("f", 0), source, YEAR)
    ledgers = {"tickets": nw.from_native(ledger, eager_only=True)}
    return with_records(UNITS, ledgers, [figure]).collect().sort("unit")["item|f"].to_list()


def test_a_formula_is_summed_over_records() -> None:
    # A: 20 + 10 + 20, and 10 for the record without an amount, which is not 10 or more; B: 10 + 10
    assert taken("sum", "where(invested >= 10, 20, 10)") == [60.0, 20.0, 0.0]
    # A: 12·0.8 + 3·1.6 + 10 = 9.6 + 4.8 + 10; B: the factor of one is empty, 0·2 is 0
    assert taken("sum", "invested * factor") == [24.4, 0.0, 0.0]
    assert taken("sum", "invested * factor", "factor < 1") == [9.6, 0.0, 0.0]
    assert taken("sum", "coalesce(invested, 5)") == [30.0, 4.0, 0.0]
    assert taken("sum", "sum(invested, factor) + mean(invested, factor)") == [42.6, 3.0, 0.0]


def test_functions_of_one_number_are_taken_of_each_record() -> None:
    # A: 12, 3, 10 over 4: 3, 0.75, 2.5
    assert taken("sum", "floor(invested / 4)") == [5.0, 1.0, 0.0]
    assert taken("sum", "ceil(invested / 4)") == [7.0, 1.0, 0.0]
    assert taken("sum", "round(invested / 4, 1)") == [6.3, 1.0, 0.0]  # 0.75 goes up to 0.8
    assert taken("sum", "round(invested / 4)") == [7.0, 1.0, 0.0]
    assert taken("sum", "abs(3 - invested) + sign(invested)") == [19.0, 5.0, 0.0]
    assert taken("sum", "sqrt(invested * invested)") == [25.0, 4.0, 0.0]
    assert taken("max", "log(exp(factor))") == [1.6, 2.0, None]


def test_durations_are_days_between_dates() -> None:
    # A: 10 and 2 days; B: 31
    assert taken("mean", "closed - opened") == [6.0, 31.0, None]
    assert taken("max", "closed - opened") == [10.0, 31.0, None]
    # from 3 January to 31 December
    until_now = "coalesce(closed, period_end) - opened"
    assert taken("mean", until_now, "opened == 2023-01-03") == [362.0, None, None]


def test_greatest_least_median_and_different_values() -> None:
    assert taken("max", "invested") == [12.0, 4.0, None]
    assert taken("min", "invested") == [3.0, 0.0, None]
    assert taken("median", "invested") == [10.0, 2.0, None]  # of 3, 10, 12; of 0 and 4
    assert taken("distinct", "company") == [2.0, 1.0, 0.0]  # x and y; z; an empty cell is none
    assert taken("distinct", "opened") == [4.0, 2.0, 0.0]
    assert taken("distinct", "nothing") == [0.0, 0.0, 0.0]
    assert taken("distinct", "company", "company == 'x'") == [1.0, 0.0, 0.0]
    assert taken("max", "nothing") == [None, None, None]


def test_a_trimmed_mean_leaves_out_both_ends() -> None:
    assert taken(TrimmedMean(records=1), "invested") == [10.0, None, None]  # of B's two none is left
    assert taken(TrimmedMean(share=0.3), "invested") == [25 / 3, 2.0, None]  # ⌊3·0.3⌋ = 0
    assert taken(TrimmedMean(share=0.34), "invested") == [10.0, 2.0, None]  # ⌊3·0.34⌋ = 1
    many = pl.DataFrame({"unit": ["A"] * 100, "x": [float(number) for number in range(100)]})
    assert taken(TrimmedMean(share=0.29), "x", ledger=many)[0] == 49.5  # 29 at either end, 29…70 are left


def test_what_has_no_records_does_not_apply() -> None:
    for statistic in ("median", "max", "min"):
        source = FromLedger(statistic=STATISTICS[statistic], ledger="tickets", column="invested")
        figure = FromRecords(Fetch("f", 0), source, YEAR)
        ledgers = {"tickets": nw.from_native(TICKETS, eager_only=True)}
        frame = with_records(UNITS, ledgers, [figure]).collect().sort("unit")
        assert frame["item|f|none"].to_list() == [False, False, True]


@pytest.mark.parametrize(
    ("formula", "why"),
    [
        ("company * 2", "does not join a text and a number"),
        ("invested + stranger", "no column 'stranger'"),
        ("where(company, 1, 2)", "a text stands where a condition belongs"),
        ("where(invested > 1, opened, 2)", "chooses between a date and a number"),
        ("opened + 1", "gives a date, not a number"),
        ("log(company)", r"log\(\) takes numbers only"),
    ],
)
def test_a_formula_that_is_no_number_is_refused(formula: str, why: str) -> None:
    with pytest.raises(RecordConditionError, match=why):
        taken("sum", formula)


HUNDREDTHS = st.lists(st.tuples(st.integers(-9999, 9999), st.integers(0, 30)), min_size=1, max_size=25)


@given(HUNDREDTHS, st.integers(1, 4))
def test_statistics_are_those_of_a_plain_scorer(pairs: list[tuple[int, int]], cut: int) -> None:
    # x in hundredths, f in tenths: where(x < 0, 0, x · f)
    exact = sorted(Fraction(max(x, 0), 100) * Fraction(f, 10) for x, f in pairs)
    ledger = pl.DataFrame(
        {"unit": ["A"] * len(pairs), "x": [x / 100 for x, _ in pairs], "f": [f / 10 for _, f in pairs]}
    )
    formula = "where(x < 0, 0, x * f)"
    half, odd = divmod(len(exact), 2)
    middle = exact[half] if odd else (exact[half - 1] + exact[half]) / 2
    left = exact[cut : len(exact) - cut]

    def close(how: str | LedgerStatistic, to: Fraction | None) -> None:
        found = taken(how, formula, ledger=ledger)[0]
        assert found == (None if to is None else pytest.approx(float(to), abs=1e-9, rel=1e-12))

    close("sum", sum(exact, Fraction()))
    close("mean", sum(exact, Fraction()) / len(exact))
    close("max", exact[-1])
    close("min", exact[0])
    close("median", middle)
    close(TrimmedMean(records=cut), sum(left, Fraction()) / len(left) if left else None)
