"""Kinds of findings about time: calendars, the order of periods, versions, and targets through the year."""

from __future__ import annotations

from quanheng.findings import Kind

REVISION_WITHOUT_REASON = Kind(
    code="QH440",
    severity="warning",
    en="the target of {indicator} for {unit} in {period} is changed on {day} and no reason is given",
    zh="{unit} 的 {indicator} 在 {period} 的目标于 {day} 调整，但没有写明事由",
    hint_en="write down why under 'reason'",
    hint_zh="请在“事由”列写明调整原因",
)
KNOWN_TOO_EARLY = Kind(
    code="QH441",
    severity="warning",
    en="{item} of {unit} is said to be known on {day}, before {period} began",
    zh="{unit} 的 {item} 知悉日期为 {day}，早于 {period} 开始之日",
    hint_en="check the day and the period",
    hint_zh="请核对知悉日期和期间",
)
