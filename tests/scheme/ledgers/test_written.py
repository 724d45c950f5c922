from __future__ import annotations

import pytest
from tests.scheme.written import codes_in, scheme

from quanheng.findings.finding import FindingsError
from quanheng.scheme.formulas.parse import parse_formula
from quanheng.scheme.items.item import FromLedger
from quanheng.scheme.ledgers.statistics import Mean, Percentile, TrimmedMean
from quanheng.scheme.ledgers.written import (
    ledger_text_in_chinese,
    ledger_text_in_english,
    taken_apart,
)

_REST = "indicators: {one: {measure: a, weight: 100, rule: percentile}}"


def source(text: str) -> FromLedger:
    found = scheme(f"items: {{a: {{{text}}}}}\n{_REST}").items[0].source
    assert isinstance(found, FromLedger)
    return found


@pytest.mark.parametrize(
    ("written", "column"),
    [
        ("projects.paid", "paid"),
        ("projects.金额 (万元)", "金额 (万元)"),
        ("projects.实际投资（万元）", "实际投资（万元）"),
        ("projects.2023", "2023"),
        ("projects.2023年投资", "2023年投资"),
        ("projects.paid on", "paid on"),
        ("projects.`paid on`", "paid on"),
        ("projects.`a - b`", "a - b"),
        ("projects.投资%", "投资%"),
    ],
)
def test_what_is_no_formula_is_a_column(written: str, column: str) -> None:
    taken = taken_apart(written)

    assert (taken.column, taken.tree, taken.is_unread) == (column, None, False)


@pytest.mark.parametrize(
    ("written", "formula"),
    [
        ("marks.panel * factor", "panel * factor"),
        ("marks.panel * marks.factor", "panel * factor"),
        ("marks.where(marks.panel >= 5, 'marks.x' == y, 0)", "where(panel >= 5, 'marks.x' == y, 0)"),
        ("marks.closed - opened", "closed - opened"),
        ("marks.`a b` + 1", "`a b` + 1"),
    ],
)
def test_the_ledger_may_stand_before_every_column(written: str, formula: str) -> None:
    assert taken_apart(written).tree == parse_formula(formula).tree


def test_a_formula_that_cannot_be_read_is_told_and_no_column() -> None:
    assert codes_in(f"items: {{a: {{sum: 'tickets.where(paid >= 10, 20'}}}}\n{_REST}") == [("QH165", 5)]
    assert codes_in(f"items: {{a: {{sum: 'tickets.where(paid >= 10, 20)'}}}}\n{_REST}") == [("QH170", 5)]
    assert codes_in(f"items: {{a: {{sum: tickets.paid >= 10}}}}\n{_REST}") == [("QH224", 5)]
    assert codes_in(f"items: {{a: {{max: tickets.paid + growth(paid)}}}}\n{_REST}") == [("QH223", 5)]


def test_a_mean_may_leave_out_records_at_either_end() -> None:
    assert source("mean: marks.panel").statistic == Mean()
    assert source("mean: marks.panel, trim: 2").statistic == TrimmedMean(records=2)
    assert source("mean: marks.panel, trim: 10%").statistic == TrimmedMean(share=0.1)
    assert codes_in(f"items: {{a: {{mean: marks.panel, trim: 50%}}}}\n{_REST}") == [("QH690", 5)]
    assert codes_in(f"items: {{a: {{sum: marks.panel, trim: 1}}}}\n{_REST}") == [("QH134", 5)]


def test_a_percentile_says_which() -> None:
    assert source("percentile: marks.panel, at: 98%").statistic == Percentile(at=0.98)
    assert codes_in(f"items: {{a: {{percentile: marks.panel}}}}\n{_REST}") == [("QH134", 5)]
    assert codes_in(f"items: {{a: {{mean: marks.panel, at: 98%}}}}\n{_REST}") == [("QH134", 5)]
    with pytest.raises(FindingsError, match="QH128"):
        codes_in(f"items: {{a: {{percentile: marks.panel, at: 98}}}}\n{_REST}")


def test_weeks_are_records() -> None:
    for every, code in (("week", "QH668"), ("minute", "QH668"), ("fortnight", "QH127")):
        with pytest.raises(FindingsError, match=code):
            codes_in(f"items: {{a: {{every: {every}}}}}\n{_REST}")


@pytest.mark.parametrize(
    ("items", "codes"),
    [
        ("a: {every: day, kind: rate}", []),
        ("a: {every: day}", ["QH881"]),
        ("a: {every: hour, kind: date}", ["QH881"]),
        ("a: {every: day, kind: flow, merge: sum}", ["QH133"]),
        ("a: {every: day, kind: flow, formula: 1}", ["QH133", "QH133"]),
        ("a: {every: month, at_least: 90%}", ["QH134"]),
        ("b: {every: day, kind: rate}, a: {count: days, where: b > 1}", []),
        ("b: {every: day, kind: rate}, a: {count: days, where: c > 1}", ["QH883"]),
        ("b: {every: day, kind: rate}, a: {max: days.hour}", ["QH883"]),
        ("b: {every: hour, kind: rate}, a: {max: hours.b, where: hour > 6}", []),
        ("b: {every: day, kind: rate}, a: {count: days, where: b > 1, by: owner}", ["QH133"]),
        ("b: {every: day, kind: rate}, a: {count: air, where: c > 1, at_least: 10%}", ["QH134"]),
        ("a: {every: day, kind: rate}, date: {every: day, kind: rate}", ["QH"]),
    ],
)
def test_what_may_be_said_of_readings(items: str, codes: list[str]) -> None:
    found = [code for code, _ in codes_in(f"items: {{{items}}}\n{_REST}")]

    assert [code[: len(known)] for code, known in zip(found, codes, strict=False)] == codes
    assert len(found) == len(codes) or codes == ["QH"]


def test_a_ledger_declared_under_the_name_of_readings_is_an_error() -> None:
    items = "items: {a: {every: day, kind: rate}}\nledgers: {days: {unit: unit}}\n"

    assert [code for code, _ in codes_in(f"{items}{_REST}")] == ["QH882"]


def test_a_column_that_looks_like_a_declared_one_is_told_in_a_formula_too() -> None:
    declared = "ledgers: {marks: {fields: {panel: number, factor: number}}}"

    assert codes_in(f"items: {{a: {{sum: marks.panel * factr}}}}\n{declared}\n{_REST}") == [("QH276", 5)]
    assert codes_in(f"items: {{a: {{sum: marks.panel * factor}}}}\n{declared}\n{_REST}") == []


def test_a_sheet_says_functions_in_chinese_and_columns_as_they_are() -> None:
    chinese = "tickets.若(paid >= 10 且 closed <= 期末日, 20, 10)"
    english = "tickets.where(paid >= 10 and closed <= period_end, 20, 10)"

    assert ledger_text_in_chinese(english) == chinese
    assert ledger_text_in_english(chinese) == english
    for column in ("projects.paid", "projects.合计(万元)", "projects.期末日", "projects.若干"):
        assert ledger_text_in_english(column) == column == ledger_text_in_chinese(column)
