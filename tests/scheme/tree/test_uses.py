from __future__ import annotations

from tests.data.books import SCHEME
from tests.data.registers import scheme

from quanheng.scheme.tree.uses import items_of, used_items

USES = """\
quanheng: 1
id: uses
title: uses
round: 2023
items: {a: a, b: b, c: c, d: d, e: e, f: f, g: g, h: {count: log, where: i == 'x'}, i: i, j: j}
weights: relative
indicators:
  one: {measure: "a + lag(b, 1y)", weight: 1, coefficient: c, rule: {scale: {worst: 0, best: {item: d}}}}
  two: {measure: a, weight: 1, rule: {met: x >= e}}
  three: {measure: h, weight: 1, rule: {ratio: {ref: {item: f}}}}
adjustments: {bonus: {cap: 5, when: g > 1}}
"""


def test_items_are_used_by_formulas_rules_and_gates_but_not_by_columns_of_ledgers() -> None:
    assert used_items(scheme(USES)) == set("abcdefgh")


def test_the_items_of_an_indicator_are_those_of_its_measure_coefficient_and_rule() -> None:
    one, two, three = scheme(USES).indicators

    assert set(items_of(one)) == set("abcd")
    assert "e" in set(items_of(two))
    assert set(items_of(three)) == {"h", "f"}
    assert used_items(scheme(SCHEME)) == {"gdp", "gdp_growth", "opened", "land", "due", "paid"}
