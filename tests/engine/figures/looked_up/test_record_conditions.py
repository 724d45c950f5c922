from __future__ import annotations

import datetime as dt

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines import EngineUnderTest

from quanheng.engine.figures.looked_up.record_conditions import Fields, meets, sorts_of
from quanheng.engine.figures.looked_up.record_terms import RecordConditionError
from quanheng.periods.period import parse_period
from quanheng.periods.stretch import Stretch
from quanheng.scheme.formulas.parse import parse_formula

LEDGER = pl.DataFrame(
    {
        "id": ["1", "2", "3", "4"],
        "due_on": [dt.date(2023, 3, 31), dt.date(2023, 6, 30), dt.date(2023, 7, 1), None],
        "closed_on": [dt.date(2023, 3, 31), None, dt.date(2023, 7, 9), dt.date(2023, 1, 5)],
        "status": ["closed", "", None, "open"],
        "paid": [10.0, None, 0.0, -2.5],
        "urgent": [True, False, None, True],
        "never": pl.Series([None] * 4, dtype=pl.String),
    }
)
HALF = Stretch.of(parse_period("2023-H1"))


@pytest.mark.parametrize(
    ("condition", "ids"),
    [
        ("due_on <= period_end", "12"),
        ("due_on >= period_start and due_on <= period_end", "12"),
        ("closed_on <= due_on", "1"),
        ("due_on <= period_end and closed_on <= due_on", "1"),
        ("not (closed_on <= due_on)", "234"),  # what cannot be compared is not late, and not on time
        ("due_on == 2023-06-30", "2"),
        ("due_on != 2023-06-30", "13"),  # an empty cell differs from nothing
        ("closed_on == ''", "2"),
        ("closed_on != ''", "134"),
        ("'' == status", "23"),
        ("status != ''", "14"),
        ("status == 'closed'", "1"),
        ("status != 'closed'", "4"),
        ("status in ('closed', 'open')", "14"),
        ("status in ('closed', '')", "123"),
        ("paid > 0 or status == 'open'", "14"),
        ("paid in (0, 10)", "13"),
        ("-paid > 2", "4"),
        ("10 / paid > 0", "1"),  # what cannot be divided is empty
        ("paid ** 0.5 > 3", "1"),
        ("closed_on - due_on > 5", "3"),
        ("due_on + 10 > period_end", "23"),
        ("due_on - 1 == 2023-06-30", "3"),
        ("coalesce(closed_on, period_end) - due_on >= 0", "123"),
        ("max(paid, 1) == 1", "34"),
        ("min(due_on, closed_on) == closed_on", "1"),
        ("urgent", "14"),
        ("not urgent and paid == 0", "3"),
        ("never == ''", "1234"),
        ("never != ''", ""),
        ("never > 5", ""),
        ("never == 'x' or never == due_on or never", ""),
        ("not (never == 'x')", "1234"),
        ("never + 1 < 3", ""),
        ("due_on - never < 3", ""),
        ("coalesce(never, due_on) == 2023-07-01", "3"),
        ("paid" + " + paid" * 99 + " > 999", "1"),  # a long sum is looked at once
        ("1 / (paid / 0) == 0", ""),  # what cannot be divided is empty, not infinite
        ("paid / 0 * 0 - 1 < 0", ""),
    ],
)
def test_a_condition_is_met_by_the_right_records(condition: str, ids: str, engine: EngineUnderTest) -> None:
    fields = Fields(sorts_of(nw.from_native(LEDGER)), HALF)

    met = meets(parse_formula(condition).tree, fields).alias("met")

    found = engine.collect(engine.lift(LEDGER).with_columns(met))

    assert found["met"].null_count() == 0
    assert "".join(sorted(found.filter("met")["id"])) == ids


MOMENTS = pl.DataFrame(
    {
        "id": ["1", "2", "3", "4", "5"],
        "due_on": ["2023-01-05 18:00", "2023-01-05 18:00", "2023-01-05 00:00", None, None],
        "closed_on": ["2023-01-05 19:30", "2023-01-05 17:30", "2023-01-05 23:00", "2023-01-06 00:00", None],
        "day": [dt.date(2023, 1, 5)] * 5,
    }
).with_columns(pl.col("due_on", "closed_on").str.to_datetime("%Y-%m-%d %H:%M"))


@pytest.mark.parametrize(
    ("condition", "ids"),
    [
        ("closed_on <= due_on", "23"),  # of 3 the due date has no time of day: the days are compared
        ("closed_on > due_on", "1"),
        ("closed_on == due_on", "3"),
        ("closed_on <= day", "123"),
        ("closed_on <= 2023-01-05", "123"),
        ("closed_on > period_start", "1234"),
        ("coalesce(closed_on, period_end) <= due_on", "23"),
        ("min(closed_on, due_on) == due_on", "13"),
        ("max(closed_on, due_on) > due_on", "1"),
        ("closed_on <= due_on + 1", "123"),
        ("closed_on - 1 > due_on - 1", "1"),
        ("closed_on - due_on == 0", "123"),  # a difference is one of whole days
        ("closed_on - day == 1", "4"),
        ("closed_on in (due_on, day)", "123"),
        ("closed_on == ''", "5"),
    ],
)
def test_times_of_day_count_where_both_dates_have_them(
    condition: str, ids: str, engine: EngineUnderTest
) -> None:
    fields = Fields(sorts_of(nw.from_native(MOMENTS)), HALF)

    met = meets(parse_formula(condition).tree, fields).alias("met")

    found = engine.collect(engine.lift(MOMENTS).with_columns(met))
    assert found["met"].null_count() == 0
    assert "".join(sorted(found.filter("met")["id"])) == ids


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        ("stranger == 1", "there is no column 'stranger'"),
        ("status > 'a'", "a text is compared with a text by '>'"),
        ("due_on <= 30", "a date is compared with a number by '<='"),
        ("paid == 'x'", "a number is compared with a text by '=='"),
        ("paid", "a number stands where a condition belongs"),
        ("urgent and paid", "a number stands where a condition belongs"),
        ("not status", "a text stands where a condition belongs"),
        ("due_on + closed_on == due_on", "'+' does not join a date and a date"),
        ("status + 1 == 2", "'+' does not join a text and a number"),
        ("growth(paid) > 1", "growth() has no meaning here"),
        ("max(paid, due_on) > 1", "max() has no meaning here"),
        ("status < ''", "a text is compared with a blank by '<'"),
        ("max(paid, " * 40 + "1" + ")" * 40 + " > 1", "it takes too many steps"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_reason(condition: str, reason: str) -> None:
    fields = Fields(sorts_of(nw.from_native(LEDGER)), HALF)

    with pytest.raises(RecordConditionError) as caught:
        meets(parse_formula(condition).tree, fields)

    assert caught.value.why.en.startswith(reason)
    assert caught.value.why.zh


@given(
    st.lists(st.one_of(st.none(), st.integers(-3, 3).map(float)), min_size=1, max_size=8),
    st.sampled_from(["x > 0", "x == ''", "x != 1", "x in (0, 1)", "x * 2 <= 1 and not (x == 0)"]),
)
def test_a_condition_and_its_opposite_divide_the_records(values: list[float | None], condition: str) -> None:
    ledger = nw.from_native(pl.DataFrame({"x": pl.Series(values, dtype=pl.Float64)}))
    fields = Fields(sorts_of(ledger), HALF)

    met = ledger.filter(meets(parse_formula(condition).tree, fields))
    unmet = ledger.filter(meets(parse_formula(f"not ({condition})").tree, fields))

    assert len(met) + len(unmet) == len(values)
