"""What can be wrong with the text of a formula, beside its single signs."""

from __future__ import annotations

from typing import Final

from quanheng.findings.finding import Kind

FORMULA_EMPTY: Final = Kind(
    code="QH160",
    severity="error",
    en="a formula is empty",
    zh="公式为空",
    hint_en="write a formula such as 'gdp / population', or remove the key",
    hint_zh="请写公式，例如“产值 / 人口”，或删去该项",
)
FORMULA_TOO_LONG: Final = Kind(
    code="QH161",
    severity="error",
    en="a formula has {length} characters, more than {limit}",
    zh="公式有{length}个字符，超过{limit}个",
    hint_en="split it over several indicators",
    hint_zh="请拆分为多个指标",
)
FORMULA_TOO_MANY_STEPS: Final = Kind(
    code="QH173",
    severity="error",
    en="a formula takes more than {limit} steps for each unit: {text}",
    zh="公式对每个单位的计算超过{limit}步：{text}",
    hint_en="nest fewer growths and quotients in each other, or report an intermediate figure as an item",
    hint_zh="请减少增长率、除法的层层嵌套，或把中间结果作为数据项报送",
)
FORMULA_TOO_DEEP: Final = Kind(
    code="QH162",
    severity="error",
    en="the formula nests more than {limit} levels at character {position}",
    zh="公式在第{position}个字符处嵌套超过{limit}层",
    hint_en="use fewer brackets; add many items with sum(…)",
    hint_zh="请减少括号；多项相加可用“合计”（sum）",
)
FORMULA_UNEXPECTED: Final = Kind(
    code="QH164",
    severity="error",
    en="'{found}' (character {position}) cannot stand there: {text}",
    zh="公式第{position}个字符处不应出现“{found}”：{text}",
    hint_en="expected {expected}",
    hint_zh="此处应为{expected}",
)
FORMULA_UNFINISHED: Final = Kind(
    code="QH165",
    severity="error",
    en="the formula ends too early: {text}",
    zh="公式不完整：{text}",
    hint_en="expected {expected}",
    hint_zh="此处应为{expected}",
)
FORMULA_UNKNOWN_FUNCTION: Final = Kind(
    code="QH169",
    severity="error",
    en="there is no function '{function}' (character {position}): {text}",
    zh="没有函数“{function}”（第{position}个字符）：{text}",
    hint_en="{suggest}",
    hint_zh="{suggest}",
)
FORMULA_ARGUMENTS: Final = Kind(
    code="QH170",
    severity="error",
    en="{function}() has {found} argument(s), it takes {least} to {most}: {text}",
    zh="{function}() 有{found}个参数，应为{least}至{most}个：{text}",
    hint_en="{function}: {about}",
    hint_zh="{function}：{about}",
)
FORMULA_SPAN: Final = Kind(
    code="QH171",
    severity="error",
    en="a span such as 1y is the second argument of lag and nothing else (character {position}): {text}",
    zh="时间跨度（如 1y）只能且必须作为“往期”（lag）的第二个参数（第{position}个字符）：{text}",
    hint_en="write lag(item, 1y), lag(item, 1q) or lag(item, 3m); "
    "max, min, mean and sum take one as well: mean(item, 3y)",
    hint_zh="请写“往期(数据项, 1年)”、1季或3个月（lag(x, 1y), 1q, 3m）；"
    "最大、最小、平均、合计也可带跨度，如“平均(数据项, 3年)”（mean(x, 3y)）",
)
FORMULA_SPAN_LENGTH: Final = Kind(
    code="QH176",
    severity="error",
    en="max, min, mean and sum go over 2 to {limit} rounds (character {position}): {text}",
    zh="最大、最小、平均、合计所跨的期数应为2至{limit}（第{position}个字符）：{text}",
    hint_en="mean(x, 3y) is of the round and the two years before; of the round alone, write x",
    hint_zh="“平均(x, 3年)”为本期及此前两年；只看本期直接写 x（mean(x, 3y)）",
)
FORMULA_DECIMALS: Final = Kind(
    code="QH175",
    severity="error",
    en="round takes a whole number of decimals from -{limit} to {limit} (character {position}): {text}",
    zh="“四舍五入”（round）的第二个参数应为-{limit}至{limit}的整数（第{position}个字符）：{text}",
    hint_en="write round(x), round(x, 2) or, for whole hundreds, round(x, -2)",
    hint_zh="请写“四舍五入(x)”“四舍五入(x, 2)”，取整百写“四舍五入(x, -2)”（round）",
)
FORMULA_OF_UNITS: Final = Kind(
    code="QH177",
    severity="error",
    en="{function} is of units (character {position}): {text}",
    zh="“{function}”须对各单位计算（第{position}个字符）：{text}",
    hint_en="write {function}(units(x)): over the units of the group",
    hint_zh="请写“标准差(各单位(x))”或“中位数(各单位(x))”，对组内各单位计算（units(x)）",
)
FORMULA_SERIES_ALONE: Final = Kind(
    code="QH179",
    severity="error",
    en="months() and quarters() are several numbers, and nothing takes them together: {text}",
    zh="“各月”“各季”是若干个数，须说明如何合为一个：{text}",
    hint_en="write mean(months(x)), likewise sum, max, min, sd, median; months(x > 35) counts",
    hint_zh="请写“平均(各月(x))”，或合计、最大、最小、标准差、中位数；条件直接写“各月(x > 35)”即为月数",
)
FORMULA_SERIES_NUMBER: Final = Kind(
    code="QH180",
    severity="error",
    en="{function}() takes {expected}: {text}",
    zh="“{function}”处应写{expected}：{text}",
    hint_en="write best(3, months(x)), percentile(95%, months(x)), months(x, 9) or months(x, 75%)",
    hint_zh="请写“最好(3, 各月(x))”“百分位数(95%, 各月(x))”“各月(x, 9)”或“各月(x, 75%)”",
)
FORMULA_SERIES_FORM: Final = Kind(
    code="QH181",
    severity="error",
    en="{function}() cannot take this: {text}",
    zh="“{function}”不能这样用：{text}",
    hint_en="{instead}",
    hint_zh="{instead}",
)
