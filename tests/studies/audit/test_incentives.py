"""What a scheme makes worth doing: curves, thresholds, caps, lone units, bonuses."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from tests.studies.audit.frames import Columns, audit, given, numbers, pool

from quanheng.findings.text import Text
from quanheng.studies.audit.incentives.curves import ACROSS_GROUPS, NOT_AROUND, Curve, curve_of, steepest
from quanheng.studies.audit.incentives.thresholds import passing

X = [0.0, 10.0, 25.0, 40.0, 55.0, 70.0, 85.0, 100.0]


def curve(rule: object, values: list[float] = X, columns: Columns | None = None, **more: object) -> Curve:
    columns = {"x": values, **(columns or {})}
    of = pool(columns, {"a": {"measure": "x", "weight": 1, "rule": rule, **more}})
    found = curve_of(of, of.indicators[0], 21)
    assert isinstance(found, Curve)
    return found


def at(found: Curve, x: float) -> float:
    return float(found.points[np.argmin(np.abs(found.x - x))])


@pytest.mark.parametrize(
    "rule",
    [
        {"scale": {"worst": 0, "best": 50}},
        {"scale": {"worst": "observed", "best": "observed", "base": 40}},
        {"steps": [[20, 30], [60, 100]]},
        {"bands": [[0, 0], [50, 80], [100, 100]]},
        {"deduct": {"each": 2, "free": 10}},
        {"ratio": {"ref": "mean", "cap": 120}},
        {"met": "x >= 40"},
        "percentile",
        {"place": {"first": 100, "last": 40}},
        {"zscore": {"center": 50, "spread": 10}},
    ],
)
def test_a_curve_goes_through_the_points_of_the_unit_it_is_of(rule: object) -> None:
    of = pool({"x": X}, {"a": {"measure": "x", "weight": 1, "rule": rule}})
    found = curve_of(of, of.indicators[0], 101)
    assert isinstance(found, Curve)
    own = of.treated("a")[found.row]

    between = np.interp(own, found.x, found.points)
    nearest = at(found, own)
    assert of.points("a")[found.row] in (pytest.approx(between, abs=1e-6), pytest.approx(nearest, abs=1e-6))


def test_a_step_is_where_a_little_pays_most() -> None:
    found = steepest(curve({"steps": [[20, 30], [60, 100]]}), 0.01)

    assert found is not None
    assert found.points == 70.0
    assert found.end == 60.0
    assert found.over < 1e-5


def test_of_little_that_is_better_the_step_is_just_beyond_the_threshold() -> None:
    found = steepest(curve({"steps": [[20, 100], [60, 30]]}, direction="less"), 0.01)

    assert found is not None
    assert found.start == 20.0
    assert found.points == 70.0


def test_a_straight_line_pays_everywhere_the_same() -> None:
    # 100 points for 100 of the measure: a hundredth of the curve's range of 105 pays 1.05
    found = steepest(curve({"scale": {"worst": 0, "best": 200}}), 0.01)

    assert found is not None
    assert found.points == pytest.approx(105 / 2 / 100)


def test_a_rule_that_pays_nothing_has_no_step() -> None:
    assert steepest(curve({"met": "x >= -5"}), 0.01) is None


def test_a_curve_of_targets_is_with_the_target_of_the_unit_in_the_middle() -> None:
    found = curve({"target": {"met_only": True}}, columns={"a_target": [50.0] * 8})

    assert found.row == 3
    assert (at(found, 49.0), at(found, 50.0)) == (0.0, 100.0)
    step = steepest(found, 0.01)
    assert step is not None
    assert step.end == 50.0


def test_a_curve_does_not_leave_what_a_measure_can_be() -> None:
    assert curve({"scale": {"worst": 0, "best": 50}}).x.min() == 0.0
    assert curve({"given": {"range": [0, 100]}}).x.max() == 100.0


def test_there_is_no_curve_of_what_hangs_on_figures_that_would_move_too() -> None:
    rated = {"measure": "x", "weight": 1, "rule": {"met": "place(x) <= 2"}}
    of = pool({"x": X}, {"a": rated})

    assert curve_of(of, of.indicators[0], 21) == NOT_AROUND


def test_there_is_no_curve_of_places_across_groups() -> None:
    rated = {"measure": "x", "weight": 1, "rule": "percentile", "within": "all"}
    study = audit({"x": X}, {"a": rated}, group=["p"] * 4 + ["q"] * 4, groups={"p": {}, "q": {}})

    told = [finding.message("en") for finding in study.findings if finding.code == "QH719"]
    assert told == [f"in '{group}' there is no curve of 'a': {ACROSS_GROUPS.en}" for group in "pq"]


def test_there_is_no_curve_where_nothing_varies() -> None:
    of = pool({"x": [3.0] * 5}, {"a": given("x")})

    assert isinstance(curve_of(of, of.indicators[0], 21), Text)


def test_the_p_value_is_binomial_with_a_third() -> None:
    values = np.array([-0.5, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 1.5])

    before, passed, beyond, p = passing(values, width=1.0)

    assert (before, passed, beyond) == (1, 7, 1)
    assert p == pytest.approx(sum(stats.binom.pmf(k, 9, 1 / 3) for k in (7, 8, 9)))


def test_where_nothing_lies_beyond_a_natural_end_explains_it() -> None:
    assert np.isnan(passing(np.array([-0.5] * 3 + [0.0] * 9), width=1.0)[3])


def test_a_threshold_that_many_have_just_passed_is_told() -> None:
    spread = np.linspace(40, 80, 60)
    crowd = np.linspace(60.0, 61.0, 30)
    study = audit(
        {"x": np.concatenate([spread[(spread < 57) | (spread >= 60)], crowd]).tolist()},
        {"a": {"measure": "x", "weight": 1, "rule": {"steps": [[50, 50], [60, 100]]}}},
    )

    (row,) = numbers(study, "thresholds", threshold=60.0)
    assert row["p_adjusted"] < 0.001
    assert [each["other"] for each in numbers(study, "problems", problem="threshold")] == ["60"]
    (other,) = numbers(study, "thresholds", threshold=50.0)
    assert other["p_adjusted"] > 0.3


def test_where_less_is_better_those_just_below_have_passed() -> None:
    spread = np.linspace(0, 40, 60)
    crowd = np.linspace(19.0, 20.0, 30)
    study = audit(
        {"x": np.concatenate([spread[(spread > 23) | (spread <= 20)], crowd]).tolist()},
        {"a": {"measure": "x", "weight": 1, "rule": {"steps": [[20, 100], [30, 50]]}, "direction": "less"}},
    )

    assert [each["other"] for each in numbers(study, "problems", problem="threshold")] == ["20"]


def test_an_even_spread_passes_no_threshold_conspicuously() -> None:
    x = np.linspace(0, 100, 200).tolist()
    study = audit({"x": x}, {"a": {"measure": "x", "weight": 1, "rule": {"steps": [[50, 50], [60, 100]]}}})

    assert numbers(study, "problems", problem="threshold") == []


def test_targets_just_reached_are_told_in_parts_of_the_target() -> None:
    x = np.concatenate([np.linspace(60, 96, 20), np.full(25, 100.5), np.linspace(105, 140, 20)]).tolist()
    study = audit(
        {"x": x, "a_target": [100.0] * len(x)},
        {"a": {"measure": "x", "weight": 1, "rule": {"target": {"cap": 150}}}},
    )

    (row,) = numbers(study, "thresholds")
    assert row["threshold"] is None
    assert row["p"] < 1e-4
    assert "reached their target" in "\n".join(sentence.en for sentence in study.sentences)


def test_a_cap_that_most_have_reached_hides_their_differences() -> None:
    study = audit({"x": X}, {"a": {"measure": "x", "weight": 1, "rule": {"scale": {"worst": 0, "best": 40}}}})

    (row,) = numbers(study, "ends")
    assert (row["at_most"], row["hidden"]) == (5 / 8, 5)
    assert [each["value"] for each in numbers(study, "problems", problem="cap")] == [5 / 8]


def test_nobody_can_lose_where_the_rule_gives_90_points_at_least() -> None:
    rule = {"scale": {"worst": 0, "best": 100, "base": 92}}
    study = audit({"x": X}, {"a": {"measure": "x", "weight": 1, "rule": rule}})

    assert [each["value"] for each in numbers(study, "problems", problem="safe")] == [92.0]


def test_one_unit_decides_where_the_others_lie_together_far_from_it() -> None:
    values = [1.0, 2.0, 3.0, 4.0, 100.0]
    rule = {"scale": {"worst": "observed", "best": "observed"}}
    study = audit({"x": values}, {"a": {"measure": "x", "weight": 1, "rule": rule}})

    (row,) = numbers(study, "problems", problem="one_unit")
    assert row["other"] == "U0000004"
    assert row["value"] == pytest.approx(96 / 99)


def test_a_rule_with_anchors_of_its_own_leaves_the_others_alone() -> None:
    study = audit({"x": [1.0, 2.0, 3.0, 4.0, 100.0]}, {"a": given("x")})

    assert numbers(study, "problems", problem="one_unit") == []


def test_a_bonus_larger_than_any_indicator_is_told() -> None:
    study = audit(
        {"x": X, "y": X[::-1]},
        {"a": given("x"), "b": given("y")},
        marks=10,
        adjustments={"bonus": {"cap": 6}},
    )

    assert numbers(study, "bonuses", kind="bonus") == [
        {
            "group": "all",
            "kind": "bonus",
            "cap": 6.0,
            "units": 0,
            "most": 0.0,
            "indicator": "a",
            "marks": 5.0,
            "larger": True,
        }
    ]
    assert "A bonus of up to 6 marks outweighs every indicator" in study.sentences[-2].en
