from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quanheng.data.context.mentions import mentions_in, told_by
from quanheng.periods.period import parse_period


def told(text: str, *, year: int = 2000) -> str | None:
    mention = told_by(text)
    if mention is None:
        return None
    meant = mention.spelled
    written = str(parse_period(mention.words, year=meant.year or year))
    return written if mention.sure else f"{written}?"


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2022年各镇产值", "2022"),
        ("2023年1月税收完成情况", "2023-01"),
        ("2023年5月", "2023-05"),
        ("各镇 2023 年 5 月 主要指标", "2023-05"),
        ("２０２３年５月", "2023-05"),
        ("2023年1-5月各镇主要指标", "2023-05"),
        ("2023年1—9月各镇主要指标", "2023-Q3"),
        ("2023年前三季度主要经济指标", "2023-Q3"),
        ("2023年上半年考核数据", "2023-H1"),
        ("2023年第一季度", "2023-Q1"),
        ("2023年度考核情况表（一季度）", "2023-Q1"),
        ("2023年度情况表(1-6月)", "2023-H1"),
        ("2023年11月", "2023-11"),
        ("1月", "2000-01"),
        ("12月", "2000-12"),
        ("各镇5月情况", "2000-05"),
        ("上半年", "2000-H1"),
        ("数据-2023年5月", "2023-05"),
        ("截至2023年6月末", "2023-06"),
        ("data_2023Q2", "2023-Q2"),
        ("towns Q2 2023", "2023-Q2"),
        ("output-2023-05", "2023-05"),
        ("figures_202305", "2023-05"),
        ("Output of the towns, June 2023", "2023-06"),
        ("2022", "2022"),
        ("gdp_2022", "2022?"),
        ("SVI2018_US_COUNTY", "2018?"),
        ("Output of the towns 2022", "2022?"),
    ],
)
def test_a_period_is_told(text: str, period: str) -> None:
    assert told(text) == period


@pytest.mark.parametrize(
    "text",
    [
        "各镇主要指标",
        "Sheet1",
        "a",
        "2021-2025年规划",
        "2021—2025规划指标",
        "2021年至2023年各镇产值",
        "以2020年为基期的产值",
        "2022年为基期",
        "按2020年不变价计算",
        "比2022年增加",
        "同比2022年5月",
        "填报日期：2023年7月5日",
        "填报时间：2023年7月",
        "2023年7月5日印发",
        "2023-07-05",
        "示考〔2022〕15号",
        "示考[2022]15号",
        "2022年、2023年对照",
        "2022/23 season",
        "GDP, constant 2015 prices",
        "GDP (2017 PPP)",
        "index 2015 = 100",
        "2000家企业",
        "规上企业（2000万元以上）",
        "10月1日",
        "地区生产总值",
        "1月、2月",
        "45000 firms",
    ],
)
def test_years_that_are_not_the_tables_own_are_left(text: str) -> None:
    assert told(text) is None


@given(text=st.text(alphabet="0123456789年月季度半上下前至日号填报以为基-—/.QH ab()", max_size=60))
def test_what_is_mentioned_stands_in_the_text(text: str) -> None:
    for mention in mentions_in(text):
        squeezed = "".join(text.split())
        assert "".join(mention.words.split()) in squeezed
