"""What is divided by 0 or by less, and what does not apply: points, completions and shares by hand."""

from __future__ import annotations

import pytest
from tests.engine.texts import column, points, scored
from tests.engines import EngineUnderTest

from quanheng.engine.frame import columns as c
from quanheng.engine.results.result import Result
from quanheng.findings.finding import FindingsError

LESS = "direction: less"
SLOPES = "over: {per: 1%, add: 1, up_to: 99}, short: {per: 1%, take: 2, down_to: 0}"
TARGETS: list[tuple[str, str, list[float], float, list[float]]] = [
    # c = 1 + (x - t)/|t|: -50 is 1 + 50/100, -150 is 1 - 50/100, 20 is 1 + 120/100
    ("{target: {cap: 300}}", "", [-50, -150, -100, 20], -100, [150, 50, 100, 220]),
    # less: c = 1 - (x - t)/|t|: -150 is 1 + 50/100, 20 is 1 - 120/100, not under 0
    ("{target: {cap: 300}}", LESS, [-50, -150, -100, 20], -100, [50, 150, 100, 0]),
    # a target above 0 as it always was: x/t, and 2 - x/t
    ("{target: {cap: 300}}", "", [50, -50, 100, 220], 100, [50, 0, 100, 220]),
    ("{target: {cap: 300}}", LESS, [50, -50, 100, 220], 100, [150, 250, 100, 0]),
    # met where x >= t, for less x <= t; of 0 too
    ("{target: {met_only: true}}", "", [-50, -150, -100, 20], -100, [100, 0, 100, 100]),
    ("{target: {met_only: true}}", LESS, [-50, -150, -100, 20], -100, [0, 100, 100, 0]),
    ("{target: {met_only: true}}", "", [3, 0, -1, -1e-13], 0, [100, 100, 0, 0]),
    ("{target: {met_only: true}}", LESS, [3, 0, -1, 1e-13], 0, [0, 100, 100, 0]),
    # 80 at the target, 1 more for each per cent over it: -90 is 10 % better; -105 is 5 % short, 2 each
    (f"{{target: {{base: 80, {SLOPES}}}}}", "", [-90, -105, -100, -75], -100, [90, 70, 80, 99]),
]


def _codes(rule: str, x: list[float | None], keys: str = "", **more: object) -> list[str]:
    with pytest.raises(FindingsError) as raised:
        points(rule, x, keys, more)
    return [finding.code for finding in raised.value.findings]


def _warned(result: Result, code: str) -> list[dict[str, object]]:
    return [dict(finding.facts) for finding in result.all_findings if finding.code == code]


def test_a_target_below_zero_is_the_better_passed_the_better(engine: EngineUnderTest) -> None:
    table: dict[str, object] = {"unit": ["a", "b", "c", "d"]}
    leaves = ""
    for number, (rule, keys, x, target, _) in enumerate(TARGETS):
        table |= {f"x{number}": [float(value) for value in x], f"target|i{number}": [float(target)] * 4}
        leaves += (
            f"  i{number}: {{measure: x{number}, weight: 1, rule: {rule}, {keys or 'direction: more'}}}\n"
        )
    items = ", ".join(f"x{number}: {{}}" for number in range(len(TARGETS)))

    result = scored(f"weights: relative\nitems: {{{items}}}\nindicators:\n{leaves}", table, engine)

    found = [list(column(result, c.points(f"i{number}")).values()) for number in range(len(TARGETS))]
    assert found == [expected for *_, expected in TARGETS]


def test_completion_of_a_target_below_zero(engine: EngineUnderTest) -> None:
    scheme = """
    items: {x: {}}
    indicators: {i: {measure: 100 * completion(x), weight: 100, rule: {given: {range: [0, 200]}}}}
    """
    table = {"unit": ["a", "b", "c"], "x": [-50.0, -80.0, 90.0], "target|i": [-100.0, -80.0, 60.0]}

    result = scored(scheme, table, engine)

    # 1 + 50/100, 1, and 90/60
    assert column(result, c.measure("i")) == {"a": 150.0, "b": 100.0, "c": 150.0}


def test_a_part_of_a_target_of_zero_is_a_finding_whatever_the_policy() -> None:
    keys = "gaps: {missing: redistribute}"

    assert _codes("{target: {}}", [5.0, 0.0], keys, target=[0.0, 0.0]) == ["QH556", "QH556"]


@pytest.mark.parametrize(
    ("ref", "x"),
    [
        ("best", [-1.0, -5.0, -10.0]),
        # the mean is 0, the median of 0 0 0 4 too
        ("mean", [-4.0, 4.0]),
        ("median", [0.0, 0.0, 0.0, 4.0]),
        ("-3", [2.0]),
        ("0", [2.0]),
    ],
)
@pytest.mark.parametrize("missing", ["error", "redistribute", "zero"])
def test_nothing_has_a_ratio_to_what_is_not_above_zero(ref: str, x: list[float], missing: str) -> None:
    keys = f"gaps: {{missing: {missing}}}"

    assert _codes(f"{{ratio: {{ref: {ref}}}}}", list(x), keys) == ["QH554"] * len(x)


def test_ratios_of_nothing(engine: EngineUnderTest) -> None:
    scheme = """
    weights: relative
    items: {x: {}, plan: {}, y: {}}
    indicators:
      planned: {measure: x, weight: 1, rule: {ratio: {ref: {item: plan}}}}
      few: {measure: y, weight: 1, direction: less, rule: {ratio: {ref: mean, cap: 120}}}
    """
    table = {
        "unit": ["a", "b", "c", "d"],
        "x": [0.0, 3.0, 4.0, 5.0],
        "plan": [0.0, 4.0, 2.0, 5.0],
        "y": [0.0, 1.0, 2.0, 4.0],
    }

    result = scored(scheme, table, engine)

    # nothing beside nothing does not apply; 100·3/4, 100·4/2, 100·5/5
    assert column(result, c.points("planned")) == {"a": None, "b": 75.0, "c": 200.0, "d": 100.0}
    assert column(result, c.absence("planned"))["a"] == c.NOT_APPLICABLE
    # nothing of what should be little has the cap; the mean is 7/4: 175 stops at 120, then 87.5 and 43.75
    assert column(result, c.points("few")) == {"a": 120.0, "b": 120.0, "c": 87.5, "d": 43.75}
    # a has all its weight in the second
    assert column(result, c.score("total")) == {"a": 120.0, "b": 97.5, "c": 143.75, "d": 71.875}


def test_without_a_cap_nothing_of_what_should_be_little_is_a_finding() -> None:
    assert _codes("{ratio: {ref: mean}}", [0.0, 1.0, 2.0, 4.0], LESS) == ["QH555"]
    assert _codes("{ratio: {ref: mean, cap: 120}}", [-1.0, 1.0, 3.0], LESS) == ["QH554"]


def test_a_share_of_a_sum_with_losses_is_told(engine: EngineUnderTest) -> None:
    scheme = """
    weights: relative
    items: {x: {}, none: {}}
    indicators:
      part: {measure: 100 * share(x), weight: 1, rule: {deduct: {from: 200, each: 1, free: -100}}}
      nothing: {measure: share(none), weight: 1, rule: {given: {range: [0, 1]}}}
    """
    table = {"unit": ["a", "b", "c"], "x": [60.0, -20.0, 10.0], "none": [0.0, 0.0, 0.0]}

    result = scored(scheme, table, engine)

    # of 50: 120 %, -40 % and 20 %
    assert column(result, c.measure("part")) == {"a": 120.0, "b": -40.0, "c": 20.0}
    assert _warned(result, "QH557") == [{"node": "part", "count": "1"}]
    # of nothing everybody has nothing
    assert column(result, c.measure("nothing")) == {"a": 0.0, "b": 0.0, "c": 0.0}


@pytest.mark.parametrize("x", [[30.0, -30.0], [20.0, -50.0], [-20.0, -30.0], [0.0, -1.0]])
def test_there_is_no_share_of_a_sum_that_losses_bring_to_zero_or_below(x: list[float]) -> None:
    scheme = "{items: {x: {}}, indicators: {i: {measure: share(x), weight: 100, rule: percentile}}}"

    with pytest.raises(FindingsError) as raised:
        scored(scheme, {"unit": ["a", "b"], "x": x})

    assert [each.code for each in raised.value.findings if each.severity == "error"] == ["QH542", "QH542"]


def test_an_anchor_or_a_condition_that_does_not_apply_makes_the_indicator_so(engine: EngineUnderTest) -> None:
    scheme = """
    weights: relative
    items: {x: {}, plan: {}, z: {}}
    indicators:
      scaled: {measure: x, weight: 1, rule: {scale: {worst: 0, best: {item: plan}}}}
      met: {measure: x, weight: 1, rule: {met: x > 8 or z > 1}, gaps: {not_applicable: full}}
      chosen: {measure: 'where(x > 8 or z > 1, x, 2 * x)', weight: 1, rule: given}
      rest: {measure: 0 * x + 60, weight: 1, rule: given}
    """
    table = {
        "unit": ["a", "b", "c"],
        "x": [5.0, 9.0, 4.0],
        "plan": [None, 10.0, 8.0],
        "item_na|plan": [True, False, False],
        "z": [None, None, 0.0],
        "item_na|z": [True, True, False],
    }

    result = scored(scheme, table, engine)

    # a has no plan, and does not say by z whether it has met what is asked; b has met it by x alone
    assert column(result, c.points("scaled")) == {"a": None, "b": 90.0, "c": 50.0}
    assert column(result, c.points("met")) == {"a": 100.0, "b": 100.0, "c": 0.0}
    assert column(result, c.points("chosen")) == {"a": None, "b": 9.0, "c": 8.0}
    # a: the mean of 100 and 60; b: of 90, 100, 9 and 60; c: of 50, 0, 8 and 60
    assert column(result, c.score("total")) == {"a": 80.0, "b": 64.75, "c": 29.5}


@pytest.mark.parametrize(
    ("rule", "keys"),
    [
        # more is better, and everybody is below the worst; less is better, and everybody above it
        ("{scale: {worst: 100, best: observed, base: 60}}", ""),
        ("{scale: {worst: 1, best: observed}}", LESS),
        ("{scale: {worst: observed, best: 2}}", ""),
        ("{scale: {worst: observed, best: 200}}", LESS),
        ("{scale: {worst: 95, best: q90, clamp: none}}", ""),
    ],
)
def test_a_stated_anchor_beyond_what_is_observed_is_a_finding(rule: str, keys: str) -> None:
    assert _codes(rule, [80.0, 90.0, 60.0], keys) == ["QH559"]


@pytest.mark.parametrize(
    ("worst", "best", "keys", "expected"),
    [
        # of 1 2 3 4 5 (linear): q25 = 2, q75 = 4
        ("q25", "q75", "", [0.0, 0.0, 50.0, 100.0, 100.0]),
        ("q75", "q25", LESS, [100.0, 100.0, 50.0, 0.0, 0.0]),
    ],
)
def test_quantiles_are_counted_from_the_least_value(
    worst: str, best: str, keys: str, expected: list[float]
) -> None:
    values = [1.0, 2.0, 3.0, 4.0, 5.0]

    assert points(f"{{scale: {{worst: {worst}, best: {best}}}}}", list(values), keys) == expected
    turned = LESS if not keys else ""
    assert _codes(f"{{scale: {{worst: {worst}, best: {best}}}}}", list(values), turned) == ["QH259"]
