"""The findings of `quanheng targets split`: QH360 to QH369."""

from __future__ import annotations

from typing import Final

from quanheng.findings.finding import Kind

TOO_FINE: Final = Kind(
    code="QH360",
    severity="error",
    en="the target of {indicator} for {unit} is {value}, which has more than {decimals} decimals",
    zh="{unit} 的 {indicator} 目标为 {value}，小数超过 {decimals} 位",
    hint_en="allow more decimals (--decimals), or round the target",
    hint_zh="请用 --decimals 增加小数位数，或先把目标取整",
)
NOTHING_TO_SHARE_BY: Final = Kind(
    code="QH361",
    severity="error",
    en="{unit} has no {what} that a part of the whole could follow from",
    zh="{unit} 没有可据以分解的{what_zh}",
    hint_en="fill it in, or share the whole otherwise (--among)",
    hint_zh="请补充该数据，或换一种分解方式（--among）",
)
NO_START: Final = Kind(
    code="QH362",
    severity="note",
    en="{indicator} of {unit} has no value at the year's start, so its target stands in every part",
    zh="{unit} 的 {indicator} 没有年初值，各期目标都与全年相同",
    hint_en="report the value at the end of the year before, if the target is to be approached step by step",
    hint_zh="如需逐期递进，请补充上年末数据",
)
NO_SEASONS: Final = Kind(
    code="QH363",
    severity="warning",
    en="{indicator} has fewer than two earlier years to know its seasons from, so it is split evenly",
    zh="{indicator} 的往年数据不足两年，无法按季节规律分解，已平均分解",
    hint_en="add the history, or state the shares (--curve 2023-Q1=22%,…)",
    hint_zh="请补充历史数据，或写明各期比例（--curve 2023-Q1=22%,…）",
)
