from __future__ import annotations

from tests.scheme.written import codes_in, scheme

from quanheng.findings.text import Text
from quanheng.scheme.formulas.tree import Comparison, Name
from quanheng.scheme.items.item import FromLedger, FromUnits, Item, Reported
from quanheng.scheme.ledgers.statistics import Count, Mean, Sum

_REST = "indicators: {one: {measure: a, weight: 100, rule: percentile}}"


def items(text: str) -> dict[str, Item]:
    return {item.code: item for item in scheme(f"items: {text}\n{_REST}").items}


def test_reported_items_have_their_keys() -> None:
    found = items(
        "{a: 名称, b: , c: {name: {zh: 丙, en: C}, measured_in: '%', kind: rate, every: quarter,"
        " from: 统计局}}"
    )

    assert found["a"] == Item(code="a", name=Text(zh="名称"))
    assert found["b"] == Item(code="b", name=Text(en="b"))
    assert found["c"] == Item(
        code="c",
        name=Text(zh="丙", en="C"),
        measured_in="%",
        kind="rate",
        every="quarter",
        department="统计局",
    )
    assert found["a"].source == Reported()


def test_items_come_from_ledgers_and_units() -> None:
    found = items(
        "{a: {count: hazards, where: due_on <= period_end, by: 责任单位}, b: {sum: projects.金额 (万元)},"
        " c: {mean: tasks.rating}, d: {attribute: 面积}}"
    )

    counted = found["a"].source
    assert isinstance(counted, FromLedger)
    assert (counted.statistic, counted.ledger, counted.column, counted.unit_column) == (
        Count(),
        "hazards",
        None,
        "责任单位",
    )
    assert counted.condition is not None
    assert counted.condition.tree == Comparison("<=", Name("due_on"), Name("period_end"))
    assert found["b"].source == FromLedger(statistic=Sum(), ledger="projects", column="金额 (万元)")
    assert found["c"].source == FromLedger(statistic=Mean(), ledger="tasks", column="rating")
    assert found["d"].source == FromUnits(column="面积")


def test_what_an_item_cannot_be_is_found() -> None:
    found = codes_in(f"""
        items:
          a:
          b: {{count: hazards, sum: projects.paid}}
          c: {{count: hazards, kind: flow}}
          d: {{where: x > 1}}
          e: {{by: unit}}
          f: {{sum: projects}}
          g: {{mean: ../secret.csv}}
          unit:
          h: {{attribute: area, where: x > 1}}
          not: 非
        {_REST}
        """)

    assert found == [
        ("QH133", 7),
        ("QH133", 8),
        ("QH134", 9),
        ("QH134", 10),
        ("QH213", 11),
        ("QH213", 12),
        ("QH132", 13),
        ("QH134", 14),
        ("QH132", 15),
    ]
