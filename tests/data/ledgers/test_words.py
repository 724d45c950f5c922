from __future__ import annotations

import pytest
from tests.data.books import gathered
from tests.data.registers import csv, register, scheme

from quanheng.data.ledgers.read import read_ledgers
from quanheng.findings.collector import Collector

SCHEME = """\
quanheng: 1
id: words
title: words
round: 2023
items:
  closed: {{count: req, where: "{condition}"}}
indicators: {{x: {{measure: closed, weight: 100, rule: percentile}}}}
{more}
"""
UNITS = "unit,name\nA,甲镇\nB,乙镇\n"


def found(condition: str, texts: list[str], more: str = "") -> list[str]:
    rows = "".join(f"{number},A,{text}\n" for number, text in enumerate(texts))
    own = scheme(SCHEME.format(condition=condition, more=more))
    collector = Collector()
    read_ledgers({"req": csv(f"id,unit,state\n{rows}")}, register(of=own, units=UNITS), collector=collector)
    return gathered(collector)


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("closed", []),
        ("Closed", ["QH479 a.csv!3:state"]),
        ("CLOSED", ["QH479 a.csv!3:state"]),
        ("ｃｌｏｓｅｄ", ["QH479 a.csv!3:state"]),
        ("clo sed", ["QH479 a.csv!3:state"]),
        ("　closed　", []),  # blanks around a text are no part of it
        ("open", []),
        ("not closed", []),
    ],
)
def test_a_text_that_differs_from_a_word_of_the_scheme_in_its_spelling_only_is_an_error(
    text: str, findings: list[str]
) -> None:
    assert found("state == 'closed'", ["closed", text]) == findings


def test_what_is_spelled_otherwise_is_told_once_a_spelling_with_its_count() -> None:
    collector = Collector()
    own = scheme(SCHEME.format(condition="state in ('closed', 'done')", more=""))
    text = "id,unit,state\n1,A,Closed\n2,A,Closed\n3,A,done\n4,A,closed\n"

    read_ledgers({"req": csv(text)}, register(of=own, units=UNITS), collector=collector)

    assert [finding.message("en") for finding in collector.findings()] == [
        "under 'state' stands 'Closed' (2 times), where the scheme asks for 'closed'"
    ]


@pytest.mark.parametrize(
    ("condition", "findings"),
    [
        ("state == 'closd'", ["QH481 scheme.yaml:6"]),
        ("state != 'closd'", ["QH481 scheme.yaml:6"]),
        ("state in ('closed', 'opem')", ["QH481 scheme.yaml:6"]),
        ("state == 'withdrawn'", ["QH480 scheme.yaml:6"]),
        ("state == ''", []),
        ("state == 'open' or state == 'closed'", []),
        ("unit == 'A'", []),
        ("unit == '甲镇'", ["QH480 scheme.yaml:6"]),  # there are codes under it
    ],
)
def test_a_word_that_no_record_has_is_told(condition: str, findings: list[str]) -> None:
    assert found(condition, ["closed", "open"]) == findings


def test_a_word_of_the_declared_states_needs_no_record() -> None:
    declared = "ledgers: {req: {states: {column: state, moves: {open: [closed], closed: []}}}}"

    assert found("state == 'closed'", ["open"], declared) == []
    assert found("state == 'closd'", ["open"], declared) == ["QH481 scheme.yaml:6"]


def test_where_no_record_says_anything_no_word_is_missed() -> None:
    assert found("state == 'closed'", ["", "/"]) == []
