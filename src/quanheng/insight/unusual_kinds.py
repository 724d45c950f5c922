"""The findings about unusual reports: QH59x. They ask for a reason; none says that a figure is wrong."""

from __future__ import annotations

from typing import Final

from quanheng.findings.finding import Kind

_ASK_EN: Final = "ask for the reason before the figure is accepted; correct it or note why it is right"
_ASK_ZH: Final = "采用前请核实原因：有误的更正，属实的注明理由"

JUMP: Final = Kind(
    code="QH590",
    severity="warning",
    en="{item_en} of {unit} in {period} jumps: {part} after {before} in {earlier} ({change}, all units "
    "{usual}), {strength} times its usual spread",
    zh="{unit} {period} 的{item_zh}突变：当期 {part}，{earlier} 为 {before}（{change}，全部单位中位 "
    "{usual}），偏离达其平时波动的 {strength} 倍",
    hint_en=_ASK_EN,
    hint_zh=_ASK_ZH,
)
FALL: Final = Kind(
    code="QH591",
    severity="warning",
    en="{item_en} of {unit} in {period} is cumulative and falls: {part} after {before} in {earlier}",
    zh="{unit} {period} 的{item_zh}是累计数却下降：{part}，{earlier} 为 {before}",
    hint_en="find out whether an earlier figure was too high, or one of the month was reported as cumulative",
    hint_zh="请核实是前期多报，还是把当月数误作累计数",
)
COPY: Final = Kind(
    code="QH592",
    severity="warning",
    en="{item_en} of {unit} in {period} is exactly that of {earlier}: {part}; of {count} earlier figures of "
    "all units {share} were such a repetition",
    zh="{unit} {period} 的{item_zh}与 {earlier} 完全相同：{part}；此前全部单位的 {count} 个数据中，"
    "重复的占 {share}",
    hint_en="ask whether the figure was carried forward because the new one was not ready",
    hint_zh="请核实是否因新数据未出而沿用旧数",
)
AGAINST: Final = Kind(
    code="QH593",
    severity="warning",
    en="{item_en} of {unit} in {period} moves against the others: {change}, while {share} of the other "
    "{count} units went the other way (all units {usual})",
    zh="{unit} {period} 的{item_zh}与其他单位走势相反：{change}，其余 {count} 个单位中 {share} 反向"
    "（全部单位中位 {usual}）",
    hint_en=_ASK_EN,
    hint_zh=_ASK_ZH,
)
LANDING: Final = Kind(
    code="QH594",
    severity="warning",
    en="{item_en} of {unit} lands exactly on {aim_en} again: {part} in {period}, {hits} of {count} times so "
    "far; of the other units' figures {share} do",
    zh="{unit} 的{item_zh}又恰好落在{aim_zh}上：{period} 为 {part}，至今 {count} 次中有 {hits} 次；"
    "其他单位的数据有 {share} 如此",
    hint_en="look at the records behind the figure: who computes it may know the line it has to reach",
    hint_zh="请核对原始记录：填报人可能按及格线倒算",
)
