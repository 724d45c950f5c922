from __future__ import annotations

from tests.data.books import SCHEME, gathered
from tests.data.registers import csv, register, scheme

from quanheng.data.targets.read import read_targets
from quanheng.findings.collector import Collector


def told(rule: str) -> list[str]:
    """Return what is found where the rule of the indicator `growth` meets a target of 0."""
    text = SCHEME.replace("measure: gdp_growth}", f"{rule}}}")
    collector = Collector()
    own = register(of=scheme(text))
    read_targets(csv("unit,indicator,target\n*,growth,0\n"), own, collector=collector)
    return gathered(collector)


def test_a_target_of_zero_matters_where_it_is_divided_by() -> None:
    assert told("measure: gdp_growth, rule: {target: {base: 80}}") == ["QH419 a.csv!2:target"]
    assert told("measure: completion(gdp_growth)") == ["QH419 a.csv!2:target"]


def test_a_target_of_zero_is_one_where_it_is_compared_with() -> None:
    assert told("measure: gdp_growth, rule: {met: x >= target}") == []
    assert told("measure: gdp_growth, rule: {target: {base: 80, compare: difference}}") == []
