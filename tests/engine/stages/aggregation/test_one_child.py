"""A dimension of one child is that child, by every mean and every method of weights."""

from __future__ import annotations

import pytest
from tests.engine.texts import column, scored
from tests.engines import EngineUnderTest

from quanheng.engine.frame import columns as c

ONE = """
items: {{x: {{}}, y: {{}}}}
weights: {weights}
aggregate: {aggregate}
indicators:
  alone: {{children: {{i: {{measure: x, rule: given}}}}}}
  j: {{measure: y, rule: given}}
"""


@pytest.mark.parametrize("aggregate", ["arithmetic", "geometric", "harmonic", "{power: 2}", "min"])
def test_one_child_is_the_dimension(engine: EngineUnderTest, aggregate: str) -> None:
    table = {"unit": ["p", "q", "r"], "x": [50.0, 80.0, 60.0], "y": [40.0, 30.0, 95.0]}

    result = scored(ONE.format(weights="std", aggregate=aggregate), table, engine)

    assert column(result, c.points("alone")) == {"p": 50.0, "q": 80.0, "r": 60.0}


def test_the_least_of_one_value_of_a_formula_is_itself(engine: EngineUnderTest) -> None:
    scheme = "{items: {x: {}}, indicators: {i: {measure: 'min(x, x) + max(x, 0)', weight: 100, rule: given}}}"

    result = scored(scheme, {"unit": ["p"], "x": [30.0]}, engine)

    assert column(result, c.points("i")) == {"p": 60.0}
