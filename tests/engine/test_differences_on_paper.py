"""Differences are what they are on paper: halves are rounded up, and 0 is nothing (comparing §1)."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.engine.texts import column, points, scored
from tests.engines import EngineUnderTest

from quanheng.engine.frame import columns as c
from quanheng.findings.finding import FindingsError
from quanheng.scheme.fields.codes import ROOT


def _errors(raised: pytest.ExceptionInfo[FindingsError]) -> set[str]:
    return {finding.code for finding in raised.value.findings if finding.severity == "error"}


def _rounded(
    rule: str, stage: str, values: Sequence[float], engine: EngineUnderTest, **columns: object
) -> list[float | None]:
    scheme = f"""
    items: {{x: {{}}}}
    rounding: {{{stage}: 0}}
    indicators: {{i: {{measure: x, weight: 100, rule: {rule}}}}}
    """
    units = [chr(ord("a") + index) for index in range(len(values))]
    found = column(scored(scheme, {"unit": units, "x": list(values), **columns}, engine), c.score(ROOT))
    return [found[unit] for unit in units]


@pytest.mark.parametrize("stage", ["points", "scores", "total"])
@pytest.mark.parametrize(
    ("rule", "values", "right"),
    [
        # (106.345 − 106) ÷ (107 − 106) is 0.345, in binary 0.34499999999999886
        ("{scale: {worst: 106, best: 107}}", [106.345, 106.0, 107.0], [35, 0, 100]),
        ("{scale: {}}", [106.345, 106.0, 107.0], [35, 0, 100]),
        ("{bands: [[106, 0], [107, 100]]}", [106.345, 106.0, 107.0], [35, 0, 100]),
        # 0.355 outside, of a width of 1
        ("{ideal: {between: [100, 106], width: 1}}", [106.355, 106.0, 107.0], [65, 100, 0]),
        # 0.35 over, at 10 each
        ("{deduct: {each: 10, free: 1006}}", [1006.35, 1006.0, 1016.0], [97, 100, 0]),
    ],
)
def test_a_half_is_a_half_on_the_way_to_its_rounding(
    stage: str, rule: str, values: list[float], right: list[float], engine: EngineUnderTest
) -> None:
    came = _rounded(rule, stage, values, engine)

    assert came == right


def test_an_inner_ratio_that_is_a_half_is_rounded_up() -> None:
    # (106.35 − 106) ÷ 1 = 0.35 → 0.4
    assert points("{scale: {worst: 106, best: 107, round_ratio: 1}}", [106.35, 106.25]) == [40.0, 30.0]


def test_whole_steps_beyond_a_large_target_are_whole() -> None:
    # 100,000.7 − 100,000 is 7 steps of 0.1, in binary 6.9999999999709
    rule = "{target: {compare: difference, base: 80, over: {per: 0.1, add: 1, up_to: 110, whole: true}}}"

    assert points(rule, [100_000.7, 100_000.69], columns={"target": [100_000.0] * 2}) == [87.0, 86.0]


def test_figures_that_cancel_out_are_no_reference(engine: EngineUnderTest) -> None:
    # 0.1 + 0.2 − 0.3 is 0 on paper: their mean is nothing to compare with, their sum has no shares
    leaves = ("{measure: x, rule: {ratio: {ref: mean, cap: 120}}}", "{measure: share(x), rule: percentile}")
    found = []
    for leaf in leaves:
        with pytest.raises(FindingsError) as raised:
            scored(
                f"{{items: {{x: {{}}}}, weights: equal, indicators: {{i: {leaf}}}}}",
                {"unit": ["a", "b", "c"], "x": [0.1, 0.2, -0.3]},
                engine,
            )
        found.append(_errors(raised))

    assert found == [{"QH554"}, {"QH542"}]


@pytest.mark.parametrize("rule", ["{met: x <= 0}", "{steps: [[0, 100]]}"])
def test_a_gap_is_filled_with_the_0_that_others_come_to(rule: str) -> None:
    keys = "direction: less, gaps: {missing: {fill: mean}}"

    assert points(rule, [0.1, 0.2, -0.3, None], keys) == [0.0, 0.0, 100.0, 100.0]


def test_reported_figures_are_placed_as_they_are() -> None:
    # they differ in the fourteenth digit only; computed ones are compared at twelve
    cells = [1_234_567_890.1234, 1_234_567_890.1235]
    table = {"unit": ["a", "b"], "x": cells}
    scheme = """
    items: {x: {}}
    weights: equal
    indicators:
      reported: {measure: place(x), rule: {bands: [[0, 0], [10, 10]]}}
      computed: {measure: place(x + 0), rule: {bands: [[0, 0], [10, 10]]}}
    """

    result = scored(scheme, table)

    assert column(result, c.points("reported")) == {"a": 2.0, "b": 1.0}
    assert column(result, c.points("computed")) == {"a": 1.0, "b": 1.0}
