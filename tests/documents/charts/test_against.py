from __future__ import annotations

import re

import polars as pl

import quanheng as qh
from quanheng.documents.charts.vega import svg_of
from quanheng.documents.compose.charts.one_unit import pace_chart, profile_chart
from quanheng.findings.text import Text
from quanheng.scheme.files.read import scheme_from_mapping

SCHEME = {
    "items": {"gdp": "产值", "dust": "粉尘", "rate": "增速"},
    "indicators": {
        "output": {"measure": "gdp", "weight": 60, "rule": {"scale": {"worst": 0, "best": 100}}},
        "air": {
            "measure": "dust",
            "weight": 40,
            "direction": "less",
            "rule": {"scale": {"worst": 100, "best": 0}},
        },
    },
}
TITLE = Text(zh="目标", en="Targets")


def row(
    code: str, value: float | None, target: float | None, due: float | None, expected: float | None
) -> dict[str, object]:
    named = {"indicator": code, "indicator_name": Text(zh=code, en=code), "mark": "●"}
    return named | {"value": value, "target": target, "due": due, "expected": expected}


def test_a_bar_is_the_share_of_the_target_with_what_is_due_and_what_is_expected() -> None:
    rows = [row("output", 90.0, 300.0, 150.0, 270.0), row("air", 30.0, 40.0, 40.0, None)]

    chart = pace_chart(rows, scheme_from_mapping(SCHEME), title=TITLE)

    assert chart is not None
    assert chart.cells.in_language("en") == {
        "what": ["● output", "● air (less is better)"],
        "done": [30.0, 75.0],
        "due by now": [50.0, 100.0],
        "expected by the end": [90.0, None],
    }
    # 30 of dust are under the 40 that are allowed by now; 90 are under the 150 that are due
    assert chart.sentence.en == "Of 2 targets, 1 are short of what is due by now."


def test_what_has_no_target_above_nothing_has_no_bar() -> None:
    rows = [
        row("output", 1.0, None, None, None),
        row("output", 1.0, 0.0, 0.0, None),
        row("air", None, 5.0, 1.0, None),
    ]

    assert pace_chart(rows, scheme_from_mapping(SCHEME), title=TITLE) is None


def result(count: int) -> qh.Result:
    values = [10.0, 20.0, 40.0, 80.0, 100.0, 60.0][:count]
    figures = {
        "unit": [f"T{number}" for number in range(count)],
        "gdp": values,
        "dust": [100.0 - value for value in values],
    }
    return qh.score(pl.DataFrame(figures), SCHEME)


def test_points_stand_beside_the_median_of_the_group() -> None:
    chart = profile_chart(result(5), "T3", title=TITLE)

    assert chart is not None
    assert chart.cells.rows == (
        (Text(zh="output", en="output"), 80.0, 40.0),
        (Text(zh="air", en="air"), 80.0, 40.0),
    )
    assert chart.sentence.en == "Of 2 dimensions, 2 are above the median of the group and 0 below it."


def test_a_small_group_has_no_median_since_it_would_tell_of_another() -> None:
    chart = profile_chart(result(4), "T3", title=TITLE)

    assert chart is not None
    assert [cells[2] for cells in chart.cells.rows] == [None, None]
    assert "fewer than 5" in chart.sentence.en
    assert profile_chart(result(4), "T9", title=TITLE) is None


def test_the_picture_has_a_bar_a_stroke_and_a_number_for_each_row() -> None:
    chart = profile_chart(result(6), "T0", title=TITLE)
    assert chart is not None

    svg = svg_of(chart.in_language("zh"))

    assert len(re.findall(r'aria-roledescription="bar"', svg)) == 2
    assert len(re.findall(r'aria-roledescription="tick"', svg)) == 2
    assert svg.count(">10.00</text>") == 2
    assert "条形为本单位，▏本组中位数" in svg
