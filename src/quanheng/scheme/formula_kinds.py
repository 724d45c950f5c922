"""Findings QH16x and QH17x: the form of formulas."""

from __future__ import annotations

from typing import Final

from quanheng.findings.finding import Kind

FORMULA_EMPTY: Final = Kind(
    code="QH160",
    severity="error",
    en="a formula is empty",
    zh="公式为空",
    hint_en="write a formula such as 'gdp / population', or remove the key",
    hint_zh="请写公式，例如“gdp / population”，或删去该键",
)
FORMULA_TOO_LONG: Final = Kind(
    code="QH161",
    severity="error",
    en="a formula has {length} characters, more than {limit}",
    zh="公式有{length}个字符，超过{limit}个",
    hint_en="split it over several indicators",
    hint_zh="请拆分为多个指标",
)
FORMULA_TOO_DEEP: Final = Kind(
    code="QH162",
    severity="error",
    en="the formula nests more than {limit} levels at character {position}",
    zh="公式在第{position}个字符处嵌套超过{limit}层",
    hint_en="use fewer brackets; add many items with sum(…)",
    hint_zh="请减少括号；多项相加可用 sum(…)",
)
FORMULA_CHARACTER: Final = Kind(
    code="QH163",
    severity="error",
    en="'{found}' (character {position}) has no meaning in a formula: {text}",
    zh="公式第{position}个字符“{found}”无法识别：{text}",
    hint_en="a formula has names, numbers, + - * / **, comparisons, and/or/not, brackets and functions; "
    "a name with other characters stands in `back quotes`",
    hint_zh="公式由名称、数字、+ - * / **、比较、and/or/not、括号和函数组成；其他名称请用反引号`…`括起",
)
FORMULA_UNEXPECTED: Final = Kind(
    code="QH164",
    severity="error",
    en="'{found}' (character {position}) cannot stand there: {text}",
    zh="公式第{position}个字符处不应出现“{found}”：{text}",
    hint_en="expected {expected_en}",
    hint_zh="此处应为{expected_zh}",
)
FORMULA_UNFINISHED: Final = Kind(
    code="QH165",
    severity="error",
    en="the formula ends too early: {text}",
    zh="公式不完整：{text}",
    hint_en="expected {expected_en}",
    hint_zh="此处应为{expected_zh}",
)
FORMULA_OPEN_QUOTE: Final = Kind(
    code="QH166",
    severity="error",
    en="the quote at character {position} is not closed: {text}",
    zh="第{position}个字符处的引号没有闭合：{text}",
    hint_en="close it with the same quote",
    hint_zh="请补上对应的引号",
)
FORMULA_OTHER_SIGN: Final = Kind(
    code="QH167",
    severity="error",
    en="'{found}' (character {position}) is not a sign of this language: {text}",
    zh="公式第{position}个字符“{found}”不是本语言的符号：{text}",
    hint_en="write '{instead}'",
    hint_zh="请写“{instead}”",
)
FORMULA_BAD_NUMBER: Final = Kind(
    code="QH168",
    severity="error",
    en="'{found}' (character {position}) is neither a number, a date nor a span: {text}",
    zh="公式第{position}个字符处的“{found}”不是有效的数字、日期或时间跨度：{text}",
    hint_en="numbers are like 12.5 or 8%, dates like 2023-06-30, spans like 1y; names begin with a letter",
    hint_zh="数字如 12.5、8%，日期如 2023-06-30，时间跨度如 1y、3m；名称以字母或汉字开头",
)
FORMULA_UNKNOWN_FUNCTION: Final = Kind(
    code="QH169",
    severity="error",
    en="there is no function '{function}' (character {position}): {text}",
    zh="没有函数“{function}”（第{position}个字符）：{text}",
    hint_en="{suggest_en}",
    hint_zh="{suggest_zh}",
)
FORMULA_ARGUMENTS: Final = Kind(
    code="QH170",
    severity="error",
    en="{function}() has {found} argument(s), it takes {least} to {most}: {text}",
    zh="{function}() 有{found}个参数，应为{least}至{most}个：{text}",
    hint_en="{function}: {about_en}",
    hint_zh="{function}：{about_zh}",
)
FORMULA_SPAN: Final = Kind(
    code="QH171",
    severity="error",
    en="a span such as 1y is the second argument of lag and nothing else (character {position}): {text}",
    zh="时间跨度（如 1y）只能且必须作为 lag 的第二个参数（第{position}个字符）：{text}",
    hint_en="write lag(item, 1y), lag(item, 1q) or lag(item, 3m)",
    hint_zh="请写 lag(数据项, 1y)、lag(数据项, 1q) 或 lag(数据项, 3m)",
)
NOT_A_CONSTANT: Final = Kind(
    code="QH172",
    severity="error",
    en="'{text}' is not a number: {problem_en}",
    zh="“{text}”不是一个数：{problem_zh}",
    hint_en="write a number, or a formula of numbers such as log(100) or 1/3",
    hint_zh="请写数字，或只含数字的公式，例如 log(100)、1/3",
)
FORMULA_TOO_MANY_STEPS: Final = Kind(
    code="QH173",
    severity="error",
    en="a formula takes more than {limit} steps for each unit: {text}",
    zh="公式对每个单位的计算超过{limit}步：{text}",
    hint_en="nest fewer growths and quotients in each other, or report an intermediate figure as an item",
    hint_zh="请减少增长率、除法的层层嵌套，或把中间结果作为数据项报送",
)
