"""A book is at work from the first day of its year, before its figures are in."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.commands import answer_to

FILES = {
    "scheme.yaml": """quanheng: 1
id: early
title: early
round: 2024
items:
  revenue: {kind: cumulative, every: month}
  survey: {kind: rate}
  closed: {count: requests, where: closed_on >= period_start and closed_on <= period_end}
defaults: {gaps: {missing: redistribute}}
pace: {}
ledgers: {requests: {key: ticket, due: due_on, closed: closed_on}}
indicators:
  revenue_done: {measure: revenue, weight: 60, rule: target}
  opinion: {measure: survey, weight: 20, rule: given}
  service: {measure: closed, weight: 20, rule: target}
""",
    "units.csv": "unit\nA\n",
    "targets.csv": "unit,indicator,period,target\nA,revenue_done,2024,120\n",
    "ledgers/requests.csv": "ticket,unit,due_on,closed_on\nR1,A,2024-01-10,\n",
}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "command",
    [
        ("targets", "split", "BOOK", "--every", "month"),
        ("targets", "list", "BOOK", "--unit", "A"),
        ("progress", "BOOK", "--at", "2024-01"),
        ("unusual", "BOOK", "--at", "2024-01"),
        ("ledgers", "list", "BOOK", "--on", "2024-01-15"),
        ("records", "BOOK", "A", "service"),
    ],
    ids=" ".join,
)
def test_the_year_can_be_watched_before_its_figures_are_in(book: Path, command: tuple[str, ...]) -> None:
    answer = answer_to(*(str(book) if word == "BOOK" else word for word in command), "--lang", "en")

    assert (answer.code, answer.err) == (0, "")


def test_scoring_it_says_what_is_not_there(book: Path) -> None:
    answer = answer_to("score", str(book), "--lang", "en")

    assert answer.code == 1
    assert "QH414" in answer.err
