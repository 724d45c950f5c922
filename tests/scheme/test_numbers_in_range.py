"""The range of numbers in a scheme: outside it a finding with its line (numbers §1)."""

from __future__ import annotations

import pytest

from quanheng.findings.finding import FindingsError
from quanheng.scheme.files.read import read_scheme, scheme_from

SCHEME = """quanheng: 1
id: s
title: s
round: 2023
marks: {marks}
items: {{x: x}}
aggregate: {aggregate}
rounding: {{scores: {decimals}}}
adjustments: {{bonus: {{cap: {cap}}}}}
indicators:
  i:
    measure: {measure}
    weight: {weight}
    rule: {rule}
"""
SOUND = {
    "marks": "100",
    "aggregate": "arithmetic",
    "decimals": "2",
    "cap": "5",
    "measure": "x",
    "weight": "100",
    "rule": "percentile",
}


def told(**written: str) -> list[tuple[str, int | None]]:
    """Return the codes and lines of the errors of the scheme with some parts written so."""
    try:
        _, found = scheme_from(read_scheme(SCHEME.format(**{**SOUND, **written}), file="scheme.yaml"))
    except FindingsError as refused:
        found = refused.findings
    return [(finding.kind.code, finding.where.line) for finding in found if finding.kind.severity == "error"]


def test_the_sound_scheme_is_sound() -> None:
    assert told() == []


@pytest.mark.parametrize(("key", "line"), [("marks", 5), ("cap", 9), ("weight", 13)])
@pytest.mark.parametrize("number", ["1.0e+15", "1.0e-16", "1" + "0" * 20])
def test_numbers_beyond_the_range_are_told_at_their_line(key: str, line: int, number: str) -> None:
    assert ("QH138", line) in told(**{key: number})


@pytest.mark.parametrize("number", [".nan", ".inf", "1" + "0" * 400])
def test_what_is_no_finite_number_is_told_at_its_line(number: str) -> None:
    assert ("QH122", 13) in told(weight=number)


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("{scale: {worst: 1.0e+300, best: 0}}", "QH138"),
        ("{scale: {worst: '1e300', best: 0}}", "QH174"),
        ("{scale: {worst: '1e10 * 1e10', best: 0}}", "QH172"),
        ("{scale: {curve: exponential, base: 1.0e-16}}", "QH138"),
        ("{bands: [[0, 0], [1.0e+20, 100]]}", "QH138"),
        ("{deduct: {each: 1.0e+200}}", "QH138"),
        ("{zscore: {spread: 1.0e+20}}", "QH138"),
        ("{ratio: {ref: best, cap: 1.0e+16}}", "QH138"),
        ("{place: {first: 1.0e+18, last: 0}}", "QH138"),
        ("{given: {range: [0, 1.0e+99]}}", "QH138"),
        ("{ideal: {between: [0, 1.0e+17]}}", "QH138"),
        ("{met: 'x > 1e400'}", "QH174"),
    ],
)
def test_numbers_of_rules_are_in_the_range(rule: str, code: str) -> None:
    assert (code, 14) in told(rule=rule)


def test_numbers_of_formulas_are_in_the_range() -> None:
    assert ("QH174", 12) in told(measure="x * 1e-20")


@pytest.mark.parametrize("exponent", ["500", "-21", "0.001"])
def test_the_exponent_of_a_mean_is_in_its_range(exponent: str) -> None:
    assert told(aggregate=f"{{power: {exponent}}}") == [("QH129", 7)]


def test_decimals_are_in_their_range() -> None:
    assert told(decimals="13") == [("QH128", 8)]
