from __future__ import annotations

from pathlib import Path

import pytest
from tests.usecase.ledger_books import REQUESTS, SCHEME, write

from quanheng.data.load import load
from quanheng.engine.results.score import score
from quanheng.findings.errors import UsageError
from quanheng.usecase.ledgers.records import records

SUMS = SCHEME.replace(
    "indicators:\n",
    "  asked: {mean: requests.satisfaction, where: received_on <= period_end}\n"
    "  people: {}\n"
    "  staff: {attribute: staff}\n"
    "indicators:\n"
    "  pleased: {measure: asked + people / staff + change(received), weight: 0, rule: percentile}\n",
)


def test_each_figure_leads_to_its_records_and_their_places(tmp_path: Path) -> None:
    behind = records(write(tmp_path), "甲镇", "closing")

    # T1 has two requests of 2023, one closed in time (10 January, due on the 12th): 1 / 2
    in_time, received = behind.figures
    assert (behind.unit, behind.unit_name, behind.round) == ("T1", "甲镇", "2023")
    assert (in_time.item, in_time.how, in_time.ledger, in_time.value) == ("in_time", "count", "requests", 1.0)
    assert in_time.condition == "received_on <= period_end and closed_on <= due_on"
    assert in_time.records is not None
    assert in_time.records.select("ticket", "adds", "source_file", "source_row").rows() == [
        ("001", 1.0, "ledgers/requests.csv", 2)
    ]
    assert received.value == 2.0
    assert received.records is not None
    assert received.records["source_row"].to_list() == [2, 3]


def test_the_round_decides_which_records_count(tmp_path: Path) -> None:
    behind = records(write(tmp_path), "T2", "按时办结率", round="2023-01")

    # T2's one request came in February
    assert [figure.value for figure in behind.figures] == [0.0, 0.0]
    assert [figure.period for figure in behind.figures] == ["2023-01", "2023-01"]


def test_reported_figures_lead_to_their_cells_and_earlier_ones_to_their_records(tmp_path: Path) -> None:
    book = write(
        tmp_path,
        {
            "scheme.yaml": SUMS,
            "units.csv": "unit,name,staff\nT1,甲镇,4\nT2,乙镇,5\n",
            "data/people.csv": "unit,period,people\nT1,2023,10\nT2,2023,\n",
            "ledgers/requests.csv": REQUESTS + "004,T1,,2022-11-01,,2022-12-01,办结,函3号,80\n",
        },
    )
    figures = {(own.item, own.months_before): own for own in records(book, "T1", "pleased").figures}

    # asked: 96 and 80 of the three requests that came by the end of 2023: mean 88
    # received: 3 by then, 1 by the end of 2022
    assert {key: own.value for key, own in figures.items()} == {
        ("asked", 0): 88.0,
        ("people", 0): 10.0,
        ("staff", 0): 4.0,
        ("received", 0): 3.0,
        ("received", 12): 1.0,
    }
    people = figures["people", 0]
    assert people.cells is not None
    assert people.cells.select("value", "period", "file", "cell").rows() == [
        (10.0, "2023", "data/people.csv", "2:people")
    ]
    assert (figures["staff", 0].how, people.how) == ("attribute", "reported")
    missing = {own.item: own.value for own in records(book, "T2", "pleased").figures}
    assert missing["people"] is None
    assert missing["asked"] is None


def test_figures_are_those_that_are_scored(tmp_path: Path) -> None:
    path = write(tmp_path)
    wide = score(load(path)).wide.select("unit", "item|in_time", "item|received").rows()

    for unit, *scored in wide:
        assert [figure.value for figure in records(path, unit, "closing").figures] == scored


def test_unknown_names_offer_the_nearest(tmp_path: Path) -> None:
    book = write(tmp_path)
    with pytest.raises(UsageError, match="did you mean 'closing'"):
        records(book, "T1", "closeng")
    with pytest.raises(UsageError, match="there is no unit"):
        records(book, "X", "closing")
