from __future__ import annotations

import math

import pytest
from tests.scheme.written import codes_in, indicator, with_indicator

from quanheng.scheme.formulas.parse import parse_formula
from quanheng.scheme.formulas.tree import Comparison, Formula, Name, Number
from quanheng.scheme.rules.anchors import (
    Anchor,
    Constant,
    ItemAnchor,
    Observed,
    Quantile,
    Statistic,
    TargetAnchor,
    UnitAnchor,
)
from quanheng.scheme.rules.bands import Bands
from quanheng.scheme.rules.catalogue import AnyRule
from quanheng.scheme.rules.deduct import Deduct
from quanheng.scheme.rules.given import Given
from quanheng.scheme.rules.ideal import Ideal
from quanheng.scheme.rules.met import Met
from quanheng.scheme.rules.percentile import Percentile
from quanheng.scheme.rules.place import PlaceByStep, PlaceEvenly, PlaceTable
from quanheng.scheme.rules.ratio import Ratio
from quanheng.scheme.rules.scale import Scale
from quanheng.scheme.rules.steps import Steps
from quanheng.scheme.rules.target import Slope, Target
from quanheng.scheme.rules.zscore import ZScore


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("scale", Scale()),
        ("{scale: }", Scale()),
        (
            "{scale: {worst: 20, best: 85, base: 60, clamp: above, curve: exponential, round_ratio: 4}}",
            Scale(
                worst=Constant(20.0, "20"),
                best=Constant(85.0, "85"),
                base=60.0,
                clamp="above",
                curve="exponential",
                round_ratio=4,
            ),
        ),
        ("target", Target()),
        ("{target: {}}", Target()),
        ("{target: {met_only: true}}", Target(met_only=True)),
        ("{target: {floor: 50, cap: 110}}", Target(floor=50.0, cap=110.0)),
        (
            "{target: {base: 80, over: {per: 1%, add: 1, up_to: 99}, short: {per: 5, take: 2, whole: true}}}",
            Target(
                base=80.0,
                over=Slope(per=0.01, amount=1.0, limit=99.0),
                short=Slope(per=5.0, amount=2.0, limit=0.0, whole=True),
            ),
        ),
        (
            "{target: {base: 80, compare: difference, short: {per: 1, take: 2, down_to: 40}}}",
            Target(base=80.0, compare="difference", short=Slope(per=1.0, amount=2.0, limit=40.0)),
        ),
        (
            "{bands: [[-1.5%, 60], [−0.5 %, 80], [1%, 100]]}",
            Bands(points=((-0.015, 60.0), (-0.005, 80.0), (0.01, 100.0))),
        ),
        ("{bands: [[80%, 0], [0.95, 80], [1, 100]]}", Bands(points=((0.8, 0.0), (0.95, 80.0), (1.0, 100.0)))),
        ("{steps: [[4, 60], [6, 75]]}", Steps(steps=((4.0, 60.0), (6.0, 75.0)))),
        ("{steps: {table: [[4, 60]], otherwise: 20}}", Steps(steps=((4.0, 60.0),), otherwise=20.0)),
        ("place", PlaceEvenly()),
        ("{place: {first: 600, last: 500}}", PlaceEvenly(first=600.0, last=500.0)),
        ("{place: {step: 5, floor: 40}}", PlaceByStep(first=100.0, step=5.0, floor=40.0)),
        (
            "{place: {table: {7: 50, 4—6: 70, 1-3: 100}, otherwise: 10}}",
            PlaceTable(table=((1, 3, 100.0), (4, 6, 70.0), (7, 7, 50.0)), otherwise=10.0),
        ),
        ("percentile", Percentile()),
        ("{percentile: {strict: false, among: all}}", Percentile(strict=False, among="all")),
        ("{steps: {table: [[4, 60]], strict: true}}", Steps(steps=((4.0, 60.0),), strict=True)),
        ("{zscore: {cap: 3}}", ZScore(cap=3.0)),
        (
            "{zscore: {cap: {at: 3, where: x < 2}}}",
            ZScore(cap=3.0, where=Formula("x < 2", parse_formula("x < 2").tree)),
        ),
        ("{percentile: {}}", Percentile()),
        ("{ratio: {ref: mean, cap: 150}}", Ratio(ref=Statistic("mean"), cap=150.0)),
        ("{ratio: {ref: 2 * 12.0485}}", Ratio(ref=Constant(24.097, "2 * 12.0485"))),
        ("{ratio: {ref: b}}", Ratio(ref=ItemAnchor("b"))),
        ("{ratio: {ref: {item: b}}}", Ratio(ref=ItemAnchor("b"))),
        ("zscore", ZScore()),
        ("{zscore: {center: 80, spread: 8, ddof: 0}}", ZScore(center=80.0, spread=8.0, ddof=0)),
        ("{deduct: {each: 0.5}}", Deduct(each=0.5)),
        (
            "{deduct: {from: 20, each: 1, free: 5%, floor: -5}}",
            Deduct(start=20.0, each=1.0, free=0.05, floor=-5.0),
        ),
        ("{ideal: {between: [95, 100]}}", Ideal(low=95.0, high=100.0)),
        ("{ideal: {between: [40%, 60%], width: 20%}}", Ideal(low=0.4, high=0.6, width=0.2)),
        ("given", Given()),
        ("{given: {range: [0, 10]}}", Given(low=0.0, high=10.0)),
    ],
)
def test_rule_has_its_value(written: str, rule: AnyRule) -> None:
    assert indicator(f"measure: a\nrule: {written}").rule == rule


def test_met_keeps_its_condition() -> None:
    rule = indicator("measure: a\nrule: {met: x >= 80}").rule

    assert isinstance(rule, Met)
    assert rule.condition.tree == Comparison(">=", Name("x"), Number(80.0))
    assert rule.condition.where.line == 10


@pytest.mark.parametrize(
    ("written", "anchor"),
    [
        ("5", Constant(5.0, "5")),
        ("1e6", Constant(1e6, "1000000")),
        ("log(100)", Constant(math.log(100), "log(100)")),
        ("10%", Constant(0.1, "10%")),
        ("observed", Observed()),
        ("q10", Quantile(0.1)),
        ("q97.5", Quantile(0.975)),
        ("target", TargetAnchor()),
        ("{unit: DEU}", UnitAnchor("DEU")),
        ("{unit: 320282}", UnitAnchor("320282")),
        ("{item: b}", ItemAnchor("b")),
        ("b", ItemAnchor("b")),
    ],
)
def test_anchor_has_its_value(written: str, anchor: Anchor) -> None:
    rule = indicator(f"measure: a\nrule: {{scale: {{worst: {written}}}}}").rule

    assert isinstance(rule, Scale)
    assert rule.worst == anchor


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("{scale: {worst: 1/0}}", "QH172"),
        ("{scale: {worst: a + 1}}", "QH172"),
        ("{scale: {worst: 1 +}}", "QH165"),
        ("{scale: {worst: q101}}", "QH231"),
        ("{target: {met_only: true, base: 80}}", "QH133"),
        ("{target: {base: 80, cap: 110}}", "QH133"),
        ("{target: {over: {per: 1, add: 1, up_to: 110}}}", "QH134"),
        ("{target: {compare: difference}}", "QH134"),
        ("{place: {table: {1: 100}, first: 90}}", "QH133"),
        ("{place: {step: 5, last: 90}}", "QH133"),
        ("{place: {otherwise: 5}}", "QH134"),
        ("{place: {floor: 5}}", "QH134"),
        ("{met: x >=}", "QH165"),
    ],
)
def test_what_a_rule_cannot_be_is_found(rule: str, code: str) -> None:
    assert codes_in(with_indicator(f"measure: a\nrule: {rule}")) == [(code, 10)]
