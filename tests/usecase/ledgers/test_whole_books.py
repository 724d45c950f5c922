"""Whole books with ledgers as people keep them: what is counted does not hang on how it is written."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from tests.usecase.ledger_books import write

from quanheng.findings.finding import FindingsError
from quanheng.usecase.results.assess import score_book

UNITS = "unit,name\nA,AA\nB,BB\n"


def scores(root: Path, scheme: str, ledger: str) -> dict[str, float]:
    text = f"quanheng: 1\nid: t\ntitle: T\nround: 2023\n{scheme}"
    files: dict[str, str | bytes | None] = {"ledgers/requests.csv": None, "units.csv": UNITS}
    book = write(root, {**files, "scheme.yaml": text, "ledgers/req.csv": ledger})
    return dict(score_book(book).ranking.select("unit", "score").rows())


ITEMS = (
    "  open: {count: req, where: closed_on == ''}\n",
    "  late: {count: req, where: closed_on > period_end}\n",
    "  soon: {count: req, where: period_start <= closed_on}\n",
)
LEAVES = """\
indicators:
  leaf: {measure: open, weight: 50, rule: {deduct: {each: 10}}}
  leaf2: {measure: late + 0 * soon, weight: 50, rule: {deduct: {each: 10}}}
"""


@pytest.mark.parametrize("declared", ["", "ledgers: {req: {closed: closed_on}}\n"])
def test_neither_the_order_of_items_nor_a_declaration_changes_what_is_counted(
    tmp_path: Path, declared: str
) -> None:
    ledger = "id,unit,closed_on\n1,A,\n2,A,\n3,B,2023-01-07\n"

    for number, order in enumerate(permutations(ITEMS)):
        found = scores(tmp_path / str(number), f"items:\n{''.join(order)}{LEAVES}{declared}", ledger)

        # two of A are open: 100 − 2 · 10 = 80 of the one half, 100 of the other
        assert found == {"A": 90.0, "B": 100.0}


WORDS = """\
items:
  n: {count: req, where: state == 'closed'}
  t: {count: req}
indicators:
  leaf: {measure: n / t, weight: 100, rule: {bands: [[0, 0], [1, 100]]}}
"""


def test_states_that_differ_in_capitals_or_width_are_not_left_out_in_silence(tmp_path: Path) -> None:
    ledger = "id,unit,state\n1,A,closed\n2,A,Closed\n3,A,ｃｌｏｓｅｄ\n4,B,closed\n"

    with pytest.raises(FindingsError) as raised:
        scores(tmp_path, WORDS, ledger)

    assert [finding.code for finding in raised.value.findings] == ["QH479", "QH479"]


TIMES = """\
items:
  due: {count: req}
  ontime: {count: req, where: closed_on <= due_on}
indicators:
  leaf: {measure: ontime / due, weight: 100, rule: {bands: [[0, 0], [1, 100]]}}
"""


@pytest.mark.parametrize(
    ("closed", "score"), [("2023-01-05 19:30", 0.0), ("2023-01-05 18:00", 100.0), ("2023-01-05", 100.0)]
)
def test_what_is_closed_after_its_hour_is_late(tmp_path: Path, closed: str, score: float) -> None:
    ledger = (
        f"id,unit,due_on,closed_on\n1,A,2023-01-05 18:00,{closed}\n2,B,2023-01-05 18:00,2023-01-05 17:30\n"
    )

    assert scores(tmp_path, TIMES, ledger) == {"A": score, "B": 100.0}
