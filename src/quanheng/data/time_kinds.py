"""Kinds of findings about time: calendars, the order of periods, versions, and targets through the year."""

from __future__ import annotations

from quanheng.findings import Kind

OTHER_CALENDAR = Kind(
    code="QH340",
    severity="error",
    en="{text!r} is of {calendar}",
    zh="“{text}”是{calendar_zh}",
    hint_en="write the day of the common calendar: 2023-03-18, 2023-06",
    hint_zh="请改写为公历，如 2023-03-18、2023-06",
)
TWO_DIGIT_YEAR = Kind(
    code="QH341",
    severity="error",
    en="{text!r} has a year of two digits",
    zh="“{text}”的年份只有两位",
    hint_en="write the year with four digits: 2023-03-18, 2023-06",
    hint_zh="请写四位年份，如 2023-03-18、2023-06",
)
YEAR_OUT_OF_RANGE = Kind(
    code="QH342",
    severity="error",
    en="the year of {text!r} is not between {first} and {last}",
    zh="“{text}”的年份不在 {first} 至 {last} 之间",
    hint_en="correct the year; if it is of another calendar, write the common one",
    hint_zh="请更正年份；若为其他历法，请改写为公历",
)
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
