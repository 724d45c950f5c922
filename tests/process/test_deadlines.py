from __future__ import annotations

import datetime as dt

import narwhals as nw
import polars as pl
import pytest

from quanheng.findings.text import Text
from quanheng.process.deadlines import days_left, is_due_soon, is_open, is_overdue, standing, tallies
from quanheng.scheme.ledgers.ledger import Ledger, States

TODAY = dt.date(2023, 6, 30)
FULL = Ledger(code="requests", name=Text(), opened="opened", due="due", closed="closed")
STATED = Ledger(
    code="requests",
    name=Text(),
    due="due",
    states=States(column="state", moves={"办理": ("办结",), "办结": ()}, first=("办理",), done=("办结",)),
)
BARE = Ledger(code="requests", name=Text())


def day(month: int, number: int) -> dt.date:
    return dt.date(2023, month, number)


# unit, opened, due, closed, state; as they stand on 30 June, due soon in 14 days (to 14 July)
ROWS = [
    ("A", day(6, 1), day(6, 29), None, "办理"),  # overdue by a day
    ("A", day(6, 1), day(6, 30), None, "办理"),  # due today: due soon
    ("A", day(6, 1), day(7, 14), None, "办理"),  # due in 14 days: due soon
    ("A", day(6, 1), day(7, 15), None, "办理"),  # due in 15 days: open
    ("B", day(6, 1), day(6, 10), day(6, 30), "办结"),  # closed today, late
    ("B", day(6, 1), day(6, 10), day(7, 1), "办结"),  # closed tomorrow: still overdue today
    ("B", day(7, 1), day(7, 2), None, None),  # opened tomorrow: later
    ("B", None, None, None, "办理"),  # always there, never due: open
    (None, day(6, 1), day(6, 1), None, "办理"),  # of nobody
]


@pytest.fixture
def records() -> nw.DataFrame[pl.DataFrame]:
    names = ("unit", "opened", "due", "closed", "state")
    types = dict(zip(names, (pl.String, pl.Date, pl.Date, pl.Date, pl.String), strict=True))
    return nw.from_native(pl.DataFrame(ROWS, schema=types, orient="row"), eager_only=True)


def test_each_record_stands_as_its_dates_say(records: nw.DataFrame[pl.DataFrame]) -> None:
    told = records.select(standing(FULL, TODAY, soon=14).alias("standing"))["standing"].to_list()

    assert told == [
        "overdue",
        "due_soon",
        "due_soon",
        "open",
        "closed",
        "overdue",
        "later",
        "open",
        "overdue",
    ]


def test_the_predicates_agree_with_the_standing_and_are_never_null(
    records: nw.DataFrame[pl.DataFrame],
) -> None:
    told = records.select(
        open=is_open(FULL, TODAY), soon=is_due_soon(FULL, TODAY, 14), over=is_overdue(FULL, TODAY)
    )

    assert told["open"].to_list() == [True, True, True, True, False, True, False, True, True]
    assert told["soon"].to_list() == [False, True, True, False, False, False, False, False, False]
    assert told["over"].to_list() == [True, False, False, False, False, True, False, False, True]


def test_without_a_closing_date_the_state_says_what_is_open(records: nw.DataFrame[pl.DataFrame]) -> None:
    told = records.select(is_open(STATED, TODAY).alias("open"))["open"].to_list()

    assert told == [True, True, True, True, False, False, True, True, True]


def test_without_dates_and_states_every_record_is_open_and_none_is_due(
    records: nw.DataFrame[pl.DataFrame],
) -> None:
    assert len(records.filter(is_open(BARE, TODAY))) == len(ROWS)
    assert len(records.filter(is_overdue(BARE, TODAY))) == 0
    assert len(records.filter(is_due_soon(BARE, TODAY, 14))) == 0


def test_days_left_are_counted_to_the_due_date(records: nw.DataFrame[pl.DataFrame]) -> None:
    told = records.select(days_left(FULL, TODAY).alias("days"))["days"].to_list()

    assert told == [-1.0, 0.0, 14.0, 15.0, -20.0, -20.0, 2.0, None, -29.0]
    assert records.select("unit", days_left(BARE, TODAY).alias("days"))["days"].null_count() == len(ROWS)


def test_tallies_count_by_unit_without_what_is_opened_later(records: nw.DataFrame[pl.DataFrame]) -> None:
    told = tallies(records, FULL, TODAY, soon=14)

    # A: 4 records, all open; B: closed, overdue, open (the one of tomorrow is not there yet)
    assert told.columns == ["unit", "records", "open", "due_soon", "overdue"]
    assert told.rows() == [("A", 4, 4, 2, 1), ("B", 3, 2, 0, 1)]
