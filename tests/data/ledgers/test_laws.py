from __future__ import annotations

import dataclasses
import os

import polars as pl
import pytest
from tests.data.books import sheet_of, workbook
from tests.data.registers import csv, register, scheme

from quanheng.data.files.spreadsheets import read_workbook
from quanheng.data.ledgers.read import read_ledgers
from quanheng.data.tables.table import Raw
from quanheng.data.telling import side_by_side
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Finding
from quanheng.findings.text import Text
from quanheng.scheme.ledgers.ledger import Field, Ledger, States
from quanheng.scheme.tree.scheme import Scheme

REQUESTS = Ledger(
    code="requests",
    name=Text(zh="群众诉求"),
    key="ticket",
    unit="handled_by",
    owner="officer",
    evidence="proof",
    opened="received_on",
    due="due_on",
    closed="closed_on",
    states=States(
        column="state",
        moves={"受理": ("办理",), "办理": ("办结", "退回"), "退回": ("办理",), "办结": ()},
        first=("受理",),
        done=("办结",),
    ),
    fields=(
        Field(column="received_on", sort="date", needed=True),
        Field(column="satisfaction", sort="number", least=0, most=100),
        Field(column="topic", one_of=("供水", "交通")),
        Field(column="phone"),
    ),
)
HEADING = "ticket,handled_by,officer,received_on,due_on,closed_on,state,proof,satisfaction,topic,phone"
SOUND = f"""\
{HEADING}
001,T1,李,2023-01-02,2023-01-12,2023-01-10,办结,函1号,96,供水,0510
002,甲镇,王,2023-01-05,2023-01-15,,办理,,,交通,
003,T2,王,2023-02-05,/,,受理,,,,
"""


def declared(ledger: Ledger = REQUESTS) -> Scheme:
    return dataclasses.replace(scheme(), ledgers=(ledger,))


def findings(*raws: Raw, ledger: Ledger = REQUESTS) -> tuple[pl.DataFrame, list[Finding]]:
    collector = Collector()
    ledgers = read_ledgers({"requests": raws}, register(of=declared(ledger)), collector=collector)
    told = [found for found in collector.findings() if found.code != "QH422"]  # the items' own ledger
    return ledgers.get("requests", pl.DataFrame()), told


def lines(found: list[Finding]) -> list[str]:
    assert all(each.text("en") and each.text("zh") for each in found)
    return [f"{each.code} {each.where}" for each in found]


def test_a_sound_ledger_is_typed_as_it_is_declared() -> None:
    frame, found = findings(*csv(SOUND))

    assert lines(found) == []
    assert frame.schema["received_on"] == frame.schema["due_on"] == frame.schema["closed_on"] == pl.Date
    assert frame.schema["satisfaction"] == pl.Float64
    assert frame["ticket"].to_list() == ["001", "002", "003"]
    assert frame["phone"].to_list() == ["0510", None, None]
    assert frame["handled_by"].to_list() == ["T1", "T1", "T2"]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("003,T2", "001,T2", ["QH462 a.csv!4:ticket"]),
        ("003,T2", ",T2", ["QH463 a.csv!4:ticket"]),
        ("2023-02-05,/", ",/", ["QH463 a.csv!4:received_on"]),
        ("2023-02-05,/", "23-02-05,/", ["QH341 a.csv!4:received_on"]),  # unreadable, and so not empty
        (",受理,", ",,", ["QH463 a.csv!4:state"]),
        (",96,", ",101,", ["QH464 a.csv!2:satisfaction"]),
        (",96,", ",-0.5,", ["QH464 a.csv!2:satisfaction"]),
        (",96,", ",good,", ["QH327 a.csv!2:satisfaction"]),
        ("供水", "供暖", ["QH465 a.csv!2:topic"]),
        ("受理", "受里", ["QH466 a.csv!4:state"]),
        ("2023-01-12,2023-01-10", "2023-01-12,2023-01-01", ["QH467 a.csv!2:closed_on"]),
        ("2023-01-15", "2023-01-04", ["QH468 a.csv!3:due_on"]),
        ("2023-01-15", "soon", ["QH328 a.csv!3:due_on"]),
        ("函1号", "", ["QH469 a.csv!2:proof"]),
        ("2023-01-15,,办理", "2023-01-15,2023-01-14,办理", ["QH470 a.csv!3:state", "QH469 a.csv!3:proof"]),
        ("2023-01-10,办结", ",办结", ["QH470 a.csv!2:state"]),
        ("proof", "prof", ["QH460 a.csv"]),
        ("phone", "telephone", ["QH475 a.csv"]),
    ],
)
def test_what_breaks_a_law_is_told_at_its_cell(before: str, after: str, expected: list[str]) -> None:
    assert before in SOUND

    _, found = findings(*csv(SOUND.replace(before, after)))

    assert lines(found) == expected


def test_a_key_may_not_stand_on_two_sheets_of_a_workbook() -> None:
    row = SOUND.splitlines()[1]
    content = workbook({"一": sheet_of(f"{HEADING}\n{row}"), "二": sheet_of(f"{HEADING}\n{row}")})
    sheets = read_workbook(content, file="requests.xlsx", collector=Collector())

    _, found = findings(*sheets)

    assert lines(found) == ["QH462 requests.xlsx!二!A2"]
    assert found[0].message("en").endswith("identifies the record at requests.xlsx!一!A2")


def test_a_nearest_state_or_choice_is_offered() -> None:
    _, found = findings(*csv(SOUND.replace("供水", "供 水").replace(",办理,", ",已办理,")))

    assert [each.message("en") for each in found] == [
        "'供 水' is none of what 'topic' may say; did you mean '供水'?",
        "'已办理' is no state of this ledger; did you mean '办理'?",
    ]
    assert found[1].hint("en") == "the states are: 受理, 办理, 退回, 办结"


def test_a_declared_ledger_that_is_not_there_is_a_warning_unless_items_need_it() -> None:
    collector = Collector()
    only = dataclasses.replace(declared(), items=())

    assert read_ledgers({}, register(of=only), collector=collector) == {}
    assert [(each.code, each.severity) for each in collector.findings()] == [("QH461", "warning")]

    collector = Collector()
    needed = dataclasses.replace(REQUESTS, code="hazards")
    read_ledgers({}, register(of=declared(needed)), collector=collector)
    assert [(each.code, each.severity) for each in collector.findings()] == [("QH422", "error")]


def test_a_declared_ledger_without_items_is_read_and_used() -> None:
    collector = Collector()
    only = dataclasses.replace(declared(), items=())

    read = read_ledgers({"requests": csv(SOUND)}, register(of=only), collector=collector)

    assert (list(read), collector.findings()) == (["requests"], ())


def test_many_broken_records_are_counted_not_listed() -> None:
    rows = "\n".join(f"{number},T1,,,,,受理,,,," for number in range(300))

    _, found = findings(*csv(f"{HEADING}\n{rows}\n"))

    assert [each.code for each in found] == ["QH463"] * 200 + ["QH398"]
    assert found[-1].message("en") == "100 more findings QH463 are not listed"


def test_what_is_found_in_millions_of_records_is_told_in_the_order_of_the_laws(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    unsound = SOUND + "".join(
        f"00{number % 2 + 1},T{number % 3},,2023-01-{number % 28 + 1:02},2022-12-01,/,未知,,"
        f"{3 * number},燃气,1\n"
        for number in range(60)
    )
    _, one_by_one = findings(*csv(unsound))
    monkeypatch.setattr(side_by_side, "MANY", 0)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)

    _, at_once = findings(*csv(unsound))

    assert at_once == one_by_one
    assert {found.code for found in at_once} >= {"QH462", "QH464", "QH465", "QH466", "QH468"}
