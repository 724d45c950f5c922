"""Findings QH230 to QH250: the laws of rules, weight methods and aggregations."""

from __future__ import annotations

from typing import Final

from quanheng.findings.finding import Kind

NO_RULE: Final = Kind(
    code="QH230",
    severity="error",
    en="'{code}' has no rule",
    zh="“{code}”没有计分规则",
    hint_en="add 'rule: …' here or under 'defaults'; 'quanheng rules' lists them",
    hint_zh="请在此处或 defaults 中补充“rule: …”；“quanheng rules”可列出全部规则",
)
BAD_QUANTILE: Final = Kind(
    code="QH231",
    severity="error",
    en="'{quantile}' is not a quantile",
    zh="“{quantile}”不是分位数",
    hint_en="quantiles go from q0 to q100",
    hint_zh="分位数为 q0 至 q100",
)
ANCHORS_EQUAL: Final = Kind(
    code="QH232",
    severity="error",
    en="'worst' and 'best' of '{code}' are both {value}",
    zh="“{code}”的 worst 与 best 同为{value}",
    hint_en="write two different values",
    hint_zh="请写两个不同的值",
)
ANCHORS_AGAINST_DIRECTION: Final = Kind(
    code="QH233",
    severity="error",
    en="'{code}' says 'direction: {direction}', but goes from {worst} (worst) to {best} (best)",
    zh="“{code}”写明“direction: {direction}”，但 worst={worst}、best={best}",
    hint_en="stated anchors carry their own direction: remove 'direction' or exchange the two",
    hint_zh="写明的标准值自带方向：请删去 direction，或对调两值",
)
NOT_RISING: Final = Kind(
    code="QH234",
    severity="error",
    en="the thresholds of '{code}' do not rise: {first} is followed by {second}",
    zh="“{code}”的分档值未递增：{first}之后是{second}",
    hint_en="order them from small to large, each once",
    hint_zh="请从小到大排列，不得重复",
)
EXPONENTIAL_NEEDS_BASE: Final = Kind(
    code="QH235",
    severity="error",
    en="the exponential curve of '{code}' needs a base above 0",
    zh="“{code}”的指数曲线要求 base 大于0",
    hint_en="add 'base: 60', say",
    hint_zh="请补充 base，例如“base: 60”",
)
REACHES_ZERO: Final = Kind(
    code="QH236",
    severity="note",
    en="under '{code}', points can be 0 ({children}), and then the {mean_en} mean is 0 whatever "
    "else was reached",
    zh="“{code}”下有指标得分可能为0（{children}），此时{mean_zh}为0",
    hint_en="give these rules a base or floor above 0 if that is not meant",
    hint_zh="如非本意，请为这些规则设置大于0的 base 或 floor",
)
CAN_BE_NEGATIVE: Final = Kind(
    code="QH237",
    severity="warning",
    en="under '{code}', points can be negative ({children}), and then there is no {mean_en} mean",
    zh="“{code}”下有指标得分可能为负（{children}），此时无法计算{mean_zh}",
    hint_en="give these rules a floor above 0, or aggregate arithmetically",
    hint_zh="请为这些规则设置大于0的下限，或改用算术平均",
)
POINTS_AGAINST_DIRECTION: Final = Kind(
    code="QH238",
    severity="warning",
    en="'{code}' says 'direction: {direction}', but its points run the other way",
    zh="“{code}”写明“direction: {direction}”，但得分变化方向相反",
    hint_en="check the points of the table, or remove 'direction'",
    hint_zh="请核对分值，或删去 direction",
)
RANGE_REVERSED: Final = Kind(
    code="QH239",
    severity="error",
    en="{key} of '{code}' goes from {low} to {high}",
    zh="“{code}”的 {key} 为 {low} 至 {high}，起止颠倒或相等",
    hint_en="write the lower bound first, the upper above it",
    hint_zh="请先写下限，且上限大于下限",
)
SLOPE_LIMIT: Final = Kind(
    code="QH240",
    severity="error",
    en="'{key}: {limit}' of '{code}' lies on the wrong side of 'base: {base}'",
    zh="“{code}”的“{key}: {limit}”与“base: {base}”不一致",
    hint_en="'up_to' is above the base, 'down_to' below it",
    hint_zh="up_to 应大于 base，down_to 应小于 base",
)
PLACES_OVERLAP: Final = Kind(
    code="QH241",
    severity="error",
    en="two rows of the place table of '{code}' contain the place {place}",
    zh="“{code}”的位次表中第{place}名出现两次",
    hint_en="let each place stand in one row",
    hint_zh="每个位次只写一次",
)
PLACES_NOT_FALLING: Final = Kind(
    code="QH242",
    severity="error",
    en="the first place of '{code}' gets {first} points, not more than the last with {last}",
    zh="“{code}”第一名得{first}分，不高于末位的{last}分",
    hint_en="let 'first' be above '{key}'",
    hint_zh="first 应大于 {key}",
)
NEUTRAL_WITHOUT_BASE: Final = Kind(
    code="QH243",
    severity="note",
    en="the rule of '{code}' has no base, so 'missing: neutral' gives 0 points",
    zh="“{code}”的规则没有 base，“missing: neutral”按0分处理",
    hint_en="write 'missing: zero' or 'redistribute' if that is meant",
    hint_zh="如属本意请写“missing: zero”，否则可写“redistribute”",
)
COMPLETION_TWICE: Final = Kind(
    code="QH244",
    severity="warning",
    en="'{code}' rates completion() by the target rule, which completes once more",
    zh="“{code}”对 completion() 再用目标规则，重复计算了完成率",
    hint_en="let the measure be the item itself",
    hint_zh="指标值请直接写数据项",
)
POWER_ZERO: Final = Kind(
    code="QH245",
    severity="error",
    en="the exponent of the power mean is 0",
    zh="幂平均的指数为0",
    hint_en="write 'aggregate: geometric', which is the mean with exponent 0",
    hint_zh="指数为0即几何平均，请写“aggregate: geometric”",
)
AHP_ORDER: Final = Kind(
    code="QH246",
    severity="error",
    en="'order' does not name each child once",
    zh="order 没有恰好列出每个下级一次",
    hint_en="name these: {children}",
    hint_zh="应列出：{children}",
)
AHP_SHAPE: Final = Kind(
    code="QH247",
    severity="error",
    en="the matrix does not have {size} rows of {size} numbers",
    zh="判断矩阵应为{size}行{size}列",
    hint_en="give it one row and one column for each child",
    hint_zh="每个下级对应一行一列",
)
AHP_NOT_RECIPROCAL: Final = Kind(
    code="QH248",
    severity="error",
    en="row {row}, column {column} is {value}, the other way round stands {other}",
    zh="判断矩阵第{row}行第{column}列为{value}，对称位置为{other}",
    hint_en="the matrix holds numbers above 0, 1 on the diagonal, and a/b opposite to b/a",
    hint_zh="矩阵各值应大于0，对角线为1，对称位置互为倒数",
)
AHP_INCONSISTENT: Final = Kind(
    code="QH249",
    severity="error",
    en="the comparisons under '{code}' contradict each other: consistency ratio {ratio}",
    zh="“{code}”的判断矩阵不一致：一致性比例为{ratio}",
    hint_en="revise the comparisons until the ratio is under 0.1",
    hint_zh="请修改判断，使一致性比例小于0.1",
)
BOD_BOUNDS: Final = Kind(
    code="QH250",
    severity="error",
    en="the bounds {least} and {most} leave no weights for the {count} children of '{code}'",
    zh="“{code}”的{count}个下级无法满足{least}至{most}的权重范围",
    hint_en="let least × children be at most 100% and most × children at least 100%",
    hint_zh="least×个数应不超过100%，most×个数应不低于100%",
)
