"""The findings about targets that are made of the year's by its pace: QH56x."""

from __future__ import annotations

from typing import Final

from quanheng.findings.finding import Kind

DUE_AS_TARGET: Final = Kind(
    code="QH560",
    severity="note",
    en="{node!r} has no target of its own in {round} ({count} units): what is due of the year's counts",
    zh="“{node}”没有{round}的目标（{count}个单位），按年度目标的序时进度计算应达数",
    hint_en="state targets for {round}, or write 'pace: none' if the year's is for the year only",
    hint_zh="请填写{round}的目标；只按全年考核的，请在指标中写 pace: none",
)
NO_SEASON: Final = Kind(
    code="QH561",
    severity="warning",
    en="{node!r} has fewer than two earlier years to tell its pace by {round}: it is even for {count} units",
    zh="“{node}”截至{round}的往年数据不足两年，{count}个单位按均匀进度计算",
    hint_en="add figures of earlier years, by month or quarter, or state a curve",
    hint_zh="请补充往年各月（季）的数据，或写明进度曲线（curve）",
)
NO_START: Final = Kind(
    code="QH562",
    severity="warning",
    en="{count} units have no value of {node!r} at the year's start: all of the target is due by {round}",
    zh="“{node}”有{count}个单位没有年初值，截至{round}按全部目标要求",
    hint_en="add the figures of the year before",
    hint_zh="请补充上年的数据",
)
