"""Kinds of findings about time: calendars, the order of periods, versions, and targets through the year."""

from __future__ import annotations

from quanheng.findings.finding import Kind

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
TARGETS_OUT_OF_ORDER = Kind(
    code="QH442",
    severity="error",
    en="floor {floor}, target {target}, stretch {stretch} of {indicator} for {unit} ({period}): out of order",
    zh="{unit} 的 {indicator} 在 {period} 的底线 {floor}、目标 {target}、挑战 {stretch} 次序不对",
    hint_en="the floor is the least and the stretch the most; where less is better, the other way round",
    hint_zh="底线最低、挑战最高；越少越好的指标相反",
)
PARTS_DO_NOT_ADD_UP = Kind(
    code="QH443",
    severity="warning",
    en="the targets of {indicator} for {unit} inside {period} add up to {sum}, that of {period} is {target}",
    zh="{unit} 的 {indicator} 在 {period} 内的分期目标合计 {sum}，{period} 目标为 {target}",
    hint_en="correct one of them; 'quanheng targets split' gives parts that add up exactly",
    hint_zh="请更正其一；quanheng targets split 分解的目标与总目标完全相等",
)
TWO_TARGETS_BY_A_DAY = Kind(
    code="QH444",
    severity="warning",
    en="the target of {indicator} for {unit} is {target} for {period} and {other} for {period_other}, "
    "though both count from January to the same day",
    zh="{unit} 的 {indicator} 目标 {period} 为 {target}，{period_other} 为 {other}，"
    "而两者都是年初至同一天的累计",
    hint_en="let both say the same, or keep one",
    hint_zh="请改为一致，或只保留一个",
)
TARGETS_FALL = Kind(
    code="QH445",
    severity="warning",
    en="the target of {indicator} for {unit} falls from {other} in {period_other} to {target} in {period}, "
    "though it counts from January",
    zh="{unit} 的 {indicator} 目标从 {period_other} 的 {other} 降到 {period} 的 {target}，"
    "而它是年初以来的累计",
    hint_en="write what is to be reached from January up to each period",
    hint_zh="请填写年初至各期末的累计目标",
)
ROW_OUT_OF_ORDER = Kind(
    code="QH446",
    severity="note",
    en="{unit} has {period} after {period_other} here, in a table otherwise in order of time",
    zh="{unit} 的 {period} 排在 {period_other} 之后，而该表其余各行按时间排列",
    hint_en="nothing if only the row moved; check that its period is not mistyped",
    hint_zh="若只是行的位置不同可忽略；请核对期间是否写错",
)
AFTER_ROUND = Kind(
    code="QH447",
    severity="note",
    en="figures of {year} ({count} in this table) lie after the round {round}, which does not look at them",
    zh="该表有 {year} 年的数据 {count} 个，晚于考核期 {round}，计分时不会用到",
    hint_en="nothing if they are for a later round; else correct the period",
    hint_zh="若供以后使用可忽略；否则请更正期间",
)
YEAR_APART = Kind(
    code="QH448",
    severity="note",
    en="figures of {year} ({count} in this table) stand alone: there are none of the year after it",
    zh="该表有 {year} 年的数据 {count} 个，而其后一年没有任何数据",
    hint_en="check that the year is not mistyped",
    hint_zh="请核对年份是否写错",
)
TARGETS_OUTSIDE = Kind(
    code="QH449",
    severity="note",
    en="targets of {year} ({count} rows of this table) are not of the year of the round {round}",
    zh="该表有 {year} 年的目标 {count} 行，不属于考核期 {round} 所在年份",
    hint_en="nothing if they are for another round; else correct the period",
    hint_zh="若供其他考核期使用可忽略；否则请更正期间",
)
