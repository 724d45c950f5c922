from __future__ import annotations

import pytest
from tests.data.books import SCHEME, gathered
from tests.data.registers import csv, register, scheme

from quanheng.data.targets.read import read_targets
from quanheng.findings.collector import Collector

UNITS = "unit,name,group,area\n" + "".join(f"T{number},镇{number},towns,1\n" for number in range(1, 8))


def told(measure: str, values: tuple[str, ...]) -> list[str]:
    """Return what is found where the indicator `growth` has these targets."""
    own = scheme(SCHEME.replace("measure: gdp_growth}", f"measure: {measure}}}"))
    rows = "".join(f"T{number},growth,{value}\n" for number, value in enumerate(values, 1))
    collector = Collector()
    known = register(of=own, units=UNITS)
    read_targets(csv("unit,indicator,target\n" + rows), known, collector=collector)
    return [line for line in gathered(collector) if line.split()[0] in ("QH435", "QH437")]


@pytest.mark.parametrize(
    ("measure", "values", "findings"),
    [
        ("growth(gdp)", ("6", "6%", "6"), ["QH435 a.csv!3:target"]),
        ("growth(gdp)", ("0.06", "6%", "0.06"), []),
        ("growth(gdp)", ("6%", "6%", "6%"), []),
        ("gdp_growth", ("6", "6%", "6"), []),
        ("gdp", ("85", "100%", "90"), ["QH435 a.csv!3:target"]),
        ("gdp", ("850000", "100", "90"), ["QH437 a.csv!2:target"]),
        ("gdp_growth", ("6", "0.06", "5.5"), ["QH437 a.csv!3:target"]),
        ("growth(gdp)", ("6", "0.06", "0.055"), ["QH437 a.csv!2:target"]),
        ("gdp", ("850", "100", "90"), []),
        ("gdp", ("/", "100", "90"), []),
    ],
)
def test_targets_are_written_alike_and_of_one_magnitude(
    measure: str, values: tuple[str, ...], findings: list[str]
) -> None:
    assert told(measure, values) == findings
