"""Findings QH260 to QH279: the laws of pace, reviews, ledgers, campaigns and of what items cover."""

from __future__ import annotations

from typing import Final

from quanheng.findings.finding import Kind

# --- pace -----------------------------------------------------------------------------------------

SHARE_OUTSIDE_YEAR: Final = Kind(
    code="QH260",
    severity="warning",
    en="'{period}' is no period of the round's year {year}, so its share is due at no time",
    zh="“{period}”不属于考核年度{year}，所写比例不起作用",
    hint_en="write periods of {year}",
    hint_zh="请写{year}年的期间",
)
SHARES_FALL: Final = Kind(
    code="QH261",
    severity="error",
    en="the share {share} due by the end of '{period}' is under the {before} due by the end of '{earlier}'",
    zh="“{period}”末应完成{share}，低于“{earlier}”末的{before}",
    hint_en="shares are counted from the year's start and never fall",
    hint_zh="比例为年初以来累计数，不得下降",
)
SHARE_TWICE: Final = Kind(
    code="QH262",
    severity="error",
    en="'{period}' ends with '{other}', and another share is due then",
    zh="“{period}”与“{other}”同时结束，但所写比例不同",
    hint_en="keep one of the two",
    hint_zh="请只保留其一",
)
YEAR_END_SHARE: Final = Kind(
    code="QH263",
    severity="error",
    en="'{period}' ends the year, then the whole target is due, not {share}",
    zh="“{period}”末为年末，应完成100%，而不是{share}",
    hint_en="remove it, or change the target",
    hint_zh="请删去，或修改目标",
)

# --- reviews --------------------------------------------------------------------------------------

FOLD_NEEDS_YEAR: Final = Kind(
    code="QH264",
    severity="warning",
    en="the round '{round}' is no year, so 'fold' has no effect on it",
    zh="考核期“{round}”不是年度，fold 不起作用",
    hint_en="write the year as the scheme's round; a review is scored with 'quanheng score --round'",
    hint_zh="方案的考核期请写年度；季评用“quanheng score --round”计算",
)
THROUGH_NOT_LONGER: Final = Kind(
    code="QH265",
    severity="error",
    en="'through: {through}' is not longer than 'every: {every}'",
    zh="“through: {through}”应长于“every: {every}”",
    hint_en="name a longer period, or remove 'through'",
    hint_zh="请写更长的周期，或删去 through",
)
NOTHING_REVIEWED: Final = Kind(
    code="QH266",
    severity="warning",
    en="no indicator has figures for every {every}, so there is nothing to review",
    zh="没有按{every_zh}报送的指标，无可评议",
    hint_en="set 'every' of the items, or name what is reviewed in 'nodes'",
    hint_zh="请写明数据项的报送周期（every），或在 nodes 中写明评议的节点",
)
REPORTED_TOO_RARELY: Final = Kind(
    code="QH267",
    severity="warning",
    en="'{code}' is reviewed every {every}, but the item '{item}' is reported every {reported}",
    zh="“{code}”按{every_zh}评议，但数据项“{item}”按{reported_zh}报送",
    hint_en="collect '{item}' as often, or leave '{code}' out of 'nodes'",
    hint_zh="请提高“{item}”的报送频率，或不将“{code}”列入 nodes",
)

# --- ledgers --------------------------------------------------------------------------------------

COLUMN_TWO_ROLES: Final = Kind(
    code="QH268",
    severity="error",
    en="'{column}' cannot be both '{one}' and '{other}' of a record",
    zh="列“{column}”不能同时作为“{one}”和“{other}”",
    hint_en="name two columns",
    hint_zh="请写两个不同的列",
)
DAYS_ARE_DATES: Final = Kind(
    code="QH269",
    severity="error",
    en="'{column}' holds the day in '{role}', it cannot be of the sort '{sort}'",
    zh="列“{column}”是“{role}”日期，类型不能为“{sort}”",
    hint_en="write '{column}: date'",
    hint_zh="请写“{column}: date”",
)
UNKNOWN_STATE: Final = Kind(
    code="QH270",
    severity="error",
    en="there is no state '{state}'",
    zh="没有状态“{state}”",
    hint_en="every state stands under 'moves', one without a move as '{state}: []'; {suggest_en}",
    hint_zh="每个状态都应列在 moves 中，无后续的写“{state}: []”；{suggest_zh}",
)
FIELD_TWICE: Final = Kind(
    code="QH271",
    severity="error",
    en="the column '{column}' is declared twice, also as '{other}'",
    zh="列“{column}”重复声明（另写作“{other}”）",
    hint_en="keep one of the two",
    hint_zh="请只保留一处",
)
BOUNDS_ORDER: Final = Kind(
    code="QH272",
    severity="error",
    en="'least: {least}' of '{column}' is over 'most: {most}'",
    zh="“{column}”的最小值{least}大于最大值{most}",
    hint_en="let 'least' be the lower of the two",
    hint_zh="请使 least 不大于 most",
)
STATE_NOT_REACHED: Final = Kind(
    code="QH273",
    severity="warning",
    en="no record can come to the state '{state}'",
    zh="没有事项能进入状态“{state}”",
    hint_en="add a move to it, or name it in 'first'",
    hint_zh="请补充进入该状态的流转，或列入 first",
)
NEVER_DONE: Final = Kind(
    code="QH274",
    severity="warning",
    en="every state of '{ledger}' can be left and no column says when a record was closed: none is ever done",
    zh="台账“{ledger}”的各状态都可再流转，又没有办结日期列，事项永远不会完成",
    hint_en="name the last states in 'done', or the column in 'closed'",
    hint_zh="请在 done 中写明办结状态，或在 closed 中写明办结日期列",
)
UNKNOWN_LEDGER: Final = Kind(
    code="QH275",
    severity="error",
    en="there is no ledger '{ledger}' under 'ledgers'",
    zh="ledgers 中没有台账“{ledger}”",
    hint_en="declare it there; {suggest_en}",
    hint_zh="请在该处声明；{suggest_zh}",
)
NAME_LIKE_DECLARED: Final = Kind(
    code="QH276",
    severity="warning",
    en="'{name}' is not declared, it looks like a {what_en} that is",
    zh="“{name}”没有声明，与已声明的{what_zh}相近",
    hint_en="{suggest_en}",
    hint_zh="{suggest_zh}",
)

# --- campaigns ------------------------------------------------------------------------------------

MILESTONE_ORDER: Final = Kind(
    code="QH277",
    severity="error",
    en="'{name}' is out of order: {value} after {before}",
    zh="“{name}”次序不符：{value}列在{before}之后",
    hint_en="let days and shares rise, and every milestone lie between 'from' and 'to'",
    hint_zh="日期和比例应依次递增，各节点应在 from 与 to 之间",
)
NOT_AN_INDICATOR: Final = Kind(
    code="QH278",
    severity="error",
    en="there is no indicator '{code}'",
    zh="没有指标“{code}”",
    hint_en="{suggest_en}",
    hint_zh="{suggest_zh}",
)

# --- items ----------------------------------------------------------------------------------------

SCOPES_MIXED: Final = Kind(
    code="QH279",
    severity="warning",
    en="'{one}' covers {one_scope}, '{other}' covers {other_scope}: {text}",
    zh="“{one}”的口径为{one_scope}，“{other}”为{other_scope}：{text}",
    hint_en="use items of one scope, or change 'scope' if both cover the same",
    hint_zh="请使用同一口径的数据项；口径相同的请统一 scope 的写法",
)
