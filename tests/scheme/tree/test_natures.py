"""What is due of a target during the year follows from the measure's items."""

from __future__ import annotations

import pytest
from tests.scheme.written import scheme

from quanheng.scheme.tree.natures import nature_of, value_formula

_ITEMS = """
    items:
      gdp: {kind: cumulative, every: quarter}
      paid: {kind: flow, every: month}
      people: {kind: stock}
      rating: {kind: rate}
      opening: {kind: date}
      area: {attribute: area}
      found: {count: hazards}
      invested: {sum: projects.paid}
      stars: {mean: requests.stars}
"""


@pytest.mark.parametrize(
    ("measure", "nature"),
    [
        ("gdp", "accumulates"),
        ("completion(gdp)", "accumulates"),
        ("-(gdp + paid - invested) * 1.5 / area", "accumulates"),
        ("2 * area * found", "accumulates"),
        ("sum(gdp, paid)", "accumulates"),
        ("coalesce(paid, invested, 0)", "accumulates"),
        ("people", "from_start"),
        ("completion(people)", "from_start"),
        ("people / 10000 + 3", "from_start"),
        ("5 - people", "from_start"),
        ("people + people", "level"),
        ("gdp + people", "level"),
        ("gdp + 1", "level"),
        ("gdp / people", "level"),
        ("100 / gdp", "level"),
        ("gdp * paid", "level"),
        ("gdp ** 2", "level"),
        ("growth(gdp)", "level"),
        ("share(gdp)", "level"),
        ("rating", "level"),
        ("opening", "level"),
        ("stars", "level"),
        ("area", "level"),
        ("coalesce(gdp, people)", "level"),
        ("coalesce(gdp, 1)", "level"),
    ],
)
def test_nature_follows_from_the_measure(measure: str, nature: str) -> None:
    made = scheme(f"""{_ITEMS}
    indicators: {{one: {{measure: "{measure}", weight: 100, rule: percentile}}}}
    """)

    assert nature_of(made.indicators[0], made) == nature


def test_nature_that_is_stated_comes_first() -> None:
    made = scheme(f"""{_ITEMS}
    pace: {{yellow: 90%}}
    indicators:
      one: {{measure: gdp, weight: 50, rule: percentile, pace: {{target: level}}}}
      two: {{measure: completion(gdp), weight: 30, rule: percentile}}
      three: {{measure: gdp, weight: 20, rule: percentile, pace: none}}
    """)
    one, two, three = made.indicators

    assert [nature_of(each, made) for each in (one, two, three)] == ["level", "accumulates", "accumulates"]
    assert (str(value_formula(one).tree), str(value_formula(two).tree)) == ("Name(name='gdp')",) * 2
