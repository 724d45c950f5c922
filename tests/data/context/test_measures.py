from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quanheng.data.context.measures import measure_of, measures_in


@pytest.mark.parametrize(
    ("one", "other", "times"),
    [
        ("亿元", "万元", 1e4),
        ("万元", "元", 1e4),
        ("百万元", "千元", 1e3),
        ("亿美元", "万美元", 1e4),
        ("万人", "人", 1e4),
        ("吨", "千克", 1e3),
        ("平方公里", "公顷", 100),
        ("billion US$", "US$ million", 1e3),
        ("USD thousand", "$", 1e3),
        ("％", "%", 1),
    ],
)
def test_measuring_units_of_one_sort_are_compared(one: str, other: str, times: float) -> None:
    first, second = measure_of(one), measure_of(other)

    assert first is not None
    assert second is not None
    assert first.of == second.of
    assert first.factor / second.factor == times


@pytest.mark.parametrize(("one", "other"), [("万元", "万美元"), ("人", "件"), ("%", "元")])
def test_measuring_units_of_two_sorts_are_told_apart(one: str, other: str) -> None:
    first, second = measure_of(one), measure_of(other)

    assert first is not None
    assert second is not None
    assert first.of != second.of


@pytest.mark.parametrize("text", ["", "统计局", "万", "million", "2023", "元素", "示例镇"])
def test_other_words_are_no_measuring_unit(text: str) -> None:
    assert measure_of(text) is None


@pytest.mark.parametrize(
    ("line", "units"),
    [
        ("单位：万元", ("万元",)),
        ("单位:万元", ("万元",)),
        ("计量单位： 万元、%", ("万元", "%")),
        ("（单位：亿元）", ("亿元",)),
        ("各镇主要指标（单位：万元）", ("万元",)),
        ("各镇主要指标 单位：万元 2023年5月", ("万元",)),
        ("金额单位：万元 人数单位：人", ("万元", "人")),
        ("各镇产值（万元）", ("万元",)),
        ("注：金额单位为万元", ("万元",)),
        ("Unit: US$ million", ("US$ million",)),
        ("Output of the towns (in million yuan)", ("million yuan",)),
        ("amounts in thousand USD", ("thousand USD",)),
        ("填报单位：统计局", ()),
        ("单位：示例区统计局", ()),
        ("各镇主要指标", ()),
        ("单位名称", ()),
        ("Unit: Ministry of Health", ()),
        ("各镇产值（2022年）", ()),
        ("单位：标台", ("标台",)),
    ],
)
def test_a_line_names_measuring_units(line: str, units: tuple[str, ...]) -> None:
    assert measures_in(line, {"标台"}) == units


@given(line=st.text(alphabet="单位：:万元亿人%()（）、 units in2023", max_size=60))
def test_what_a_line_names_is_known(line: str) -> None:
    assert all(measure_of(unit) is not None for unit in measures_in(line))
