"""Lights over small frames; the completions are given, so that each threshold is plain to see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import narwhals as nw
import polars as pl
import pytest

from quanheng.insight.progress.lights import LOOKS, needs_growth, with_lights
from quanheng.scheme.formulas.parse import parse_formula
from quanheng.scheme.pace.pace import Lights

ROW: Mapping[str, object] = {
    "indicator": "gdp",
    "group": "towns",
    "value": 50.0,
    "target": 100.0,
    "due": 50.0,
    "completion": 1.0,
    "growth": None,
    "yellow_under": 0.95,
    "red_under": 0.85,
    "absent": None,
}
TYPES = {
    "value": pl.Float64,
    "target": pl.Float64,
    "due": pl.Float64,
    "completion": pl.Float64,
    "growth": pl.Float64,
    "absent": pl.String,
}


def lit(
    *rows: Mapping[str, object], conditions: Mapping[Lights, Sequence[str]] | None = None
) -> list[tuple[str, str]]:
    frame = nw.from_native(pl.DataFrame([{**ROW, **row} for row in rows], schema_overrides=TYPES))
    return with_lights(frame, conditions).select("light", "why").rows()


@pytest.mark.parametrize(
    ("completion", "light"),
    [
        (1.0, "green"),
        (0.95, "green"),
        (0.95 - 1e-15, "green"),  # noise of computing, not a shortfall
        (0.9499, "yellow"),
        (0.85, "yellow"),
        (0.8499, "red"),
        (-0.5, "red"),
    ],
)
def test_completion_decides_between_the_thresholds(completion: float, light: str) -> None:
    assert lit({"completion": completion}) == [(light, "completion")]


def test_without_target_there_is_no_light() -> None:
    assert lit({"target": None, "due": None, "completion": None}) == [("none", "no_target")]


@pytest.mark.parametrize("absent", ["missing", "not_due", "not_applicable"])
def test_absent_value_says_why(absent: str) -> None:
    assert lit({"value": None, "completion": None, "absent": absent}) == [(absent, "absence")]


def test_conditions_come_before_the_completion_the_worst_first() -> None:
    # green = growing at least as fast as planned and average, yellow = below either, red = falling
    lights = Lights(
        red=parse_formula("growth < 0"),
        yellow=parse_formula("value < average"),
        green=parse_formula("growth >= 0"),
    )
    rows = (
        {"value": 30.0, "growth": -0.01, "completion": 1.2},  # falls: red, though on pace
        {"value": 40.0, "growth": 0.01, "completion": 0.5},  # below the mean of (30 + 40 + 80)/3 = 50
        {"value": 80.0, "growth": 0.01, "completion": 0.5},  # above it and growing: green though far behind
    )
    assert lit(*rows, conditions={lights: ["gdp"]}) == [
        ("red", "condition"),
        ("yellow", "condition"),
        ("green", "condition"),
    ]


def test_condition_left_open_does_not_hold() -> None:
    lights = Lights(red=parse_formula("growth < 0"))
    assert lit({"growth": None, "completion": 0.9}, conditions={lights: ["gdp"]}) == [
        ("yellow", "completion")
    ]


def test_condition_gives_a_light_without_a_target() -> None:
    lights = Lights(red=parse_formula("growth < 0"))
    row = {"growth": -0.1, "target": None, "due": None, "completion": None}
    assert lit(row, conditions={lights: ["gdp"]}) == [("red", "condition")]


def test_conditions_hold_for_their_indicators_only() -> None:
    lights = Lights(red=parse_formula("value >= 0"))
    rows = ({"indicator": "gdp"}, {"indicator": "jobs"})
    assert lit(*rows, conditions={lights: ["jobs"]}) == [("green", "completion"), ("red", "condition")]


def test_average_is_of_the_group() -> None:
    lights = Lights(red=parse_formula("value < average"))
    rows = (
        {"group": "towns", "value": 10.0},
        {"group": "towns", "value": 20.0},
        {"group": "parks", "value": 5.0},
    )
    assert [light for light, _ in lit(*rows, conditions={lights: ["gdp"]})] == ["red", "green", "green"]


def test_growth_is_asked_for_only_where_a_condition_names_it() -> None:
    assert needs_growth(Lights(red=parse_formula("growth < 0")))
    assert not needs_growth(Lights(red=parse_formula("completion < 0.5")))


def test_no_two_lights_look_alike_without_their_colour() -> None:
    assert len({look.mark for look in LOOKS.values()}) == len(LOOKS)
    assert LOOKS["red"].words("zh") == "■ 告警"
    assert LOOKS["red"].words("en") == "■ alarm"
