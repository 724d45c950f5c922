from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.data.books import gathered
from tests.data.registers import csv, register, scheme

from quanheng.data.ledgers.read import read_ledgers
from quanheng.findings.collector import Collector

SCHEME = """\
quanheng: 1
id: times
title: times
round: 2023
items:
  on_time: {{count: req, where: "{condition}"}}
indicators: {{x: {{measure: on_time, weight: 100, rule: percentile}}}}
"""
UNITS = "unit,name\nA,甲镇\nB,乙镇\n"


def read(text: str, condition: str = "closed_on <= due_on") -> tuple[pl.DataFrame, list[str]]:
    own = scheme(SCHEME.format(condition=condition))
    collector = Collector()
    ledgers = read_ledgers({"req": csv(text)}, register(of=own, units=UNITS), collector=collector)
    return ledgers["req"], gathered(collector)


def test_a_column_has_times_of_day_where_some_cell_has_one() -> None:
    frame, found = read(
        "id,unit,due_on,closed_on\n1,A,2023-01-05,2023-01-05 19:30\n2,B,2023-01-06 00:00,2023-01-06\n3,A,,/\n"
    )

    assert frame["due_on"].dtype == pl.Date
    assert frame["closed_on"].dtype == pl.Datetime
    told = frame["closed_on"].dt.to_string("%Y-%m-%d %H:%M").to_list()
    assert told == ["2023-01-05 19:30", "2023-01-06 00:00", None]
    assert found == ["QH488 a.csv!2:closed_on"]


@pytest.mark.parametrize(
    ("due", "closed", "condition", "findings"),
    [
        ("2023-01-05 18:00", "2023-01-05 19:30", "closed_on <= due_on", []),
        ("2023-01-05", "2023-01-05 19:30", "closed_on <= due_on", ["QH488"]),
        ("2023-01-05 18:00", "2023-01-05", "due_on >= coalesce(closed_on, period_end)", ["QH488"]),
        ("2023-01-05", "2023-01-06 19:30", "closed_on <= due_on", []),  # of other days nothing is left off
        ("2023-01-05", "", "closed_on <= due_on", []),
        ("2023-12-31", "2023-12-31 19:30", "closed_on <= period_end", []),  # a day counts to its end
        ("2023-01-05 18:00", "2023-01-07 19:30", "closed_on - due_on <= 1", ["QH489"]),
        ("2023-01-05", "2023-01-07", "closed_on - due_on <= 1", []),
    ],
)
def test_a_time_of_day_that_is_left_off_is_told(
    due: str, closed: str, condition: str, findings: list[str]
) -> None:
    _, found = read(f"id,unit,due_on,closed_on\n1,A,{due},{closed}\n2,B,2023-02-01 09:00,\n", condition)

    assert [finding.split()[0] for finding in found] == findings


def test_what_is_left_off_is_told_once() -> None:
    rows = "".join(f"{number},A,2023-01-05,2023-01-05 19:30\n" for number in range(9))

    _, found = read(f"id,unit,due_on,closed_on\n{rows}")

    assert found == ["QH488 a.csv!2:closed_on"]


CELLS = st.sampled_from(
    ["", "/", "2023-01-05", "2023-01-05 18:00", "20230106", "2023年1月6日8时", "x", "7", "007"]
)
STATES = st.sampled_from(["closed", "Closed", "—", "open"])


@settings(max_examples=40)
@given(rows=st.lists(st.tuples(CELLS, CELLS, STATES), min_size=1, max_size=6), data=st.data())
def test_the_order_of_columns_and_records_changes_nothing(
    rows: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    columns = ["id", "unit", "due_on", "closed_on", "state"]
    records = [[f"k{number}", "A", *row] for number, row in enumerate(rows)]
    condition = "closed_on <= due_on and state == 'closed'"
    frame, found = read("\n".join(",".join(row) for row in [columns, *records]) + "\n", condition)

    places, mixed = data.draw(st.permutations(range(5))), data.draw(st.permutations(records))
    text = "\n".join(",".join(row[place] for place in places) for row in [columns, *mixed]) + "\n"
    other, told = read(text, condition)

    assert dict(other.schema) == dict(frame.schema)
    assert other.select(columns).sort("id").rows() == frame.select(columns).sort("id").rows()
    assert sorted(line.split()[0] for line in told) == sorted(line.split()[0] for line in found)
