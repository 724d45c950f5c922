from __future__ import annotations

import pytest

from quanheng.data.tables.headings import LONG_DATA, TARGETS, UNITS, WIDE_DATA, match, plain, without_measure


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        (["unit", "name", "group"], {"unit": 0, "name": 1, "group": 2}),
        (["单位", "名称", "分组"], {"unit": 0, "name": 1, "group": 2}),
        (["代码", "单位", "类别"], {"unit": 0, "name": 1, "group": 2}),
        (["name", "group"], {"unit": 0, "group": 1}),
        (["分组", "单 位　"], {"unit": 1, "group": 0}),
        ([None, "Unit"], {"unit": 1}),
    ],
)
def test_the_columns_of_units_are_found(headings: list[str | None], found: dict[str, int]) -> None:
    assert match(headings, UNITS) == found


def test_the_columns_of_other_tables_are_found() -> None:
    assert match(["指标", "单位", "期间", "数值"], LONG_DATA) == {
        "item": 0,
        "unit": 1,
        "period": 2,
        "value": 3,
    }
    assert match(["被考核单位", "年度", "gdp"], WIDE_DATA) == {"unit": 0, "period": 1}
    assert match(["单位", "指标", "目标值", "挑战目标"], TARGETS) == {
        "unit": 0,
        "indicator": 1,
        "target": 2,
        "stretch": 3,
    }


def test_of_two_alike_the_first_counts() -> None:
    assert match(["unit", "unit"], WIDE_DATA) == {"unit": 0}


@pytest.mark.parametrize(
    ("heading", "parts"),
    [
        ("地区生产总值（亿元）", ("地区生产总值", "亿元")),
        ("增速(%)", ("增速", "%")),
        ("产值 [万元]", ("产值", "万元")),
        ("gdp", ("gdp", "")),
        ("（亿元）", ("（亿元）", "")),
    ],
)
def test_a_measuring_unit_in_brackets_is_taken_off(heading: str, parts: tuple[str, str]) -> None:
    assert without_measure(heading) == parts


def test_headings_are_compared_plainly() -> None:
    assert plain(" Ｕ nit\n") == "unit"
