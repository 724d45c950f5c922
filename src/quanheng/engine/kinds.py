"""The findings the engine makes: QH5xx."""

from __future__ import annotations

from typing import Final

from quanheng.findings.finding import Kind

NO_FIGURES: Final = Kind(
    code="QH501",
    severity="error",
    en="no figure is reported for the round {round}; there are figures of {periods}",
    zh="{round}没有任何数据；已有数据的时期：{periods}",
    hint_en="choose a round that has figures, or add them",
    hint_zh="请选择有数据的考核期，或补充数据",
)
RECORD_CONDITION: Final = Kind(
    code="QH502",
    severity="error",
    en="the item {item!r} cannot be taken from the ledger {ledger!r}: {why}",
    zh="无法从台账“{ledger}”得出数据项“{item}”：{why_zh}",
    hint_en="compare dates with dates and numbers with numbers, and look for cells that spoil the column",
    hint_zh="日期只能与日期比较、数字只能与数字比较；请检查该列中是否混入其他内容",
)
ATTRIBUTE_NOT_A_NUMBER: Final = Kind(
    code="QH503",
    severity="error",
    en="the item {item!r} is the units' column {column!r}, which holds {written!r} and not only numbers",
    zh="数据项“{item}”取自单位表的“{column}”列，但该列有非数字内容“{written}”",
    hint_en="write numbers, or leave the cell empty where there is none",
    hint_zh="请填写数字；没有数值的请留空",
)
EARLIER_FIGURE: Final = Kind(
    code="QH504",
    severity="warning",
    en="{item} of {unit} for {round} is of {period}, but others have reported up to {latest}",
    zh="{unit}的“{item}”（{round}）采用的是{period}的数据，而其他单位已报至{latest}",
    hint_en="report the later figure; until then the earlier one counts",
    hint_zh="请补报最新数据；补报前按已有的较早数据计算",
)
EMPTY_AMOUNT: Final = Kind(
    code="QH505",
    severity="warning",
    en="{count} records that make up the item {item!r} have no {column!r}; they add nothing",
    zh="计入数据项“{item}”的事项中有{count}条缺少“{column}”，未计入",
    hint_en="fill in the amounts, or leave these records out by the item's condition",
    hint_zh="请补填；不应计入的，请在条件（where）中排除",
)
NO_SUCH_COLUMN: Final = Kind(
    code="QH506",
    severity="error",
    en="the frame has no column {column!r}, which {what} needs",
    zh="数据表没有“{column}”列，而{what_zh}需要它",
    hint_en="add the column, empty if no unit has a value; {suggest_en}",
    hint_zh="请补充该列，所有单位都没有数值的可整列留空；{suggest_zh}",
)
NOT_NUMBERS: Final = Kind(
    code="QH507",
    severity="error",
    en="the column {column!r} belongs to numbers and holds {written}",
    zh="“{column}”列应为数字，却有{written}",
    hint_en="convert it to numbers before scoring; leave empty what is missing",
    hint_zh="请先转换为数字；缺失的请留空",
)
NOT_FINITE: Final = Kind(
    code="QH508",
    severity="error",
    en="the column {column!r} has {count} infinite values",
    zh="“{column}”列有{count}个无穷大的值",
    hint_en="correct them, or leave empty what is missing",
    hint_zh="请更正；缺失的请留空",
)
ROW_WITHOUT_UNIT: Final = Kind(
    code="QH509",
    severity="error",
    en="{count} rows of the frame have no unit",
    zh="数据表有{count}行没有单位",
    hint_en="write the code of a unit in every row, or drop these rows",
    hint_zh="每行都应写明单位，否则请删除该行",
)
UNIT_TWICE: Final = Kind(
    code="QH510",
    severity="error",
    en="the unit {unit!r} has {count} rows{when}",
    zh="单位“{unit}”{when_zh}有{count}行",
    hint_en="leave one row for a unit, or add a column 'period' that tells its rows apart",
    hint_zh="每个单位只留一行；多个时期的数据请增加 period 列加以区分",
)
STRANGE_GROUP: Final = Kind(
    code="QH511",
    severity="error",
    en="the scheme has no group {group!r}",
    zh="方案中没有“{group}”这一分组",
    hint_en="write the code of a group: {suggest_en}",
    hint_zh="请填写分组代码：{suggest_zh}",
)
TWO_GROUPS: Final = Kind(
    code="QH512",
    severity="error",
    en="the unit {unit!r} stands in {count} groups",
    zh="单位“{unit}”分属{count}个分组",
    hint_en="write the same group in all its rows",
    hint_zh="同一单位各行的分组应当一致",
)
STRANGE_PERIOD: Final = Kind(
    code="QH513",
    severity="error",
    en="{text!r} in the column {column!r} is not a period",
    zh="“{column}”列中的“{text}”不是有效的时期",
    hint_en="write 2023, 2023-H1, 2023-Q3 or 2023-06",
    hint_zh="请写成 2023、2023-H1、2023-Q3 或 2023-06",
)
NO_ROWS: Final = Kind(
    code="QH514",
    severity="error",
    en="the frame has no rows",
    zh="数据表没有任何行",
    hint_en="hand over a row for every unit",
    hint_zh="请提供每个单位的数据行",
)
TOO_MANY_PAIRS: Final = Kind(
    code="QH521",
    severity="error",
    en="{node!r} is aggregated by Copeland, in pairs of units, and {group!r} has {count} units",
    zh="{node!r}采用 Copeland 法（两两比较），而分组{group!r}有{count}个单位",
    hint_en="choose another aggregation, or split the group: up to {most} units can be compared",
    hint_zh="请改用其他合成方法，或拆分该组；两两比较最多支持{most}个单位",
)
WINSORISED: Final = Kind(
    code="QH522",
    severity="note",
    en="{count} values of {node!r} were winsorised in {pool!r}: skewness {skewness}, kurtosis {kurtosis}",
    zh="指标{node!r}在{pool!r}有{count}个离群值作了缩尾处理（偏度{skewness}，峰度{kurtosis}）",
    hint_en="look at them before the result is published; the trace names the units",
    hint_zh="发布前请核对这些数值，单位见计分依据",
)
LOGGED: Final = Kind(
    code="QH523",
    severity="note",
    en="{node!r} was log-transformed in {pool!r}: skewness {skewness}, kurtosis {kurtosis}",
    zh="指标{node!r}在{pool!r}偏度{skewness}、峰度{kurtosis}，缩尾不足以消除，已作对数变换",
    hint_en="look at its distribution, or rate its logarithm from the start",
    hint_zh="请查看其分布，或在公式中直接取对数",
)
STILL_OUTLYING: Final = Kind(
    code="QH524",
    severity="warning",
    en="{node!r} has outliers in {pool!r} even after treatment: skewness {skewness}, kurtosis {kurtosis}",
    zh="指标{node!r}在{pool!r}处理后仍有离群值：偏度{skewness}，峰度{kurtosis}",
    hint_en="allow more points, state limits, or rate it by place",
    hint_zh="请增加缩尾个数、写明上下限，或改用排序赋分",
)
TOO_MANY_PROGRAMS: Final = Kind(
    code="QH525",
    severity="error",
    en="{node!r} is weighed by benefit of the doubt, unit by unit, and {group!r} has {count} units",
    zh="{node!r}采用 BOD 法逐单位求权，而分组{group!r}有{count}个单位",
    hint_en="choose another method, or split the group: up to {most} units can be weighed",
    hint_zh="请改用其他赋权方法，或拆分该组；最多支持{most}个单位",
)
NEGATIVE_TO_WEIGH: Final = Kind(
    code="QH526",
    severity="error",
    en="{child!r} has negative points, which {method!r} weights of {node!r} cannot take",
    zh="指标{child!r}有负分，{node!r}无法用{method!r}法求权",
    hint_en="give its rule a floor of 0, or choose another method",
    hint_zh="请为其计分规则设0分下限，或改用其他赋权方法",
)
INCONSISTENT_JUDGEMENTS: Final = Kind(
    code="QH527",
    severity="warning",
    en="the judgements about {node!r} contradict each other in {pool!r}: consistency ratio {ratio}",
    zh="{node!r}的判断矩阵在{pool!r}一致性不足：一致性比率为{ratio}",
    hint_en="look at the comparisons again until the ratio is at most 0.10",
    hint_zh="请调整判断矩阵，使一致性比率不大于0.10",
)
EQUAL_FOR_WANT_OF_UNITS: Final = Kind(
    code="QH528",
    severity="warning",
    en="the children of {node!r} weigh the same in {pool!r}: {method!r} sees no difference in {count} units",
    zh="{node!r}在{pool!r}按等权处理：指标齐全的单位有{count}个，{method!r}法无从区分",
    hint_en="state the weights, or report what is missing",
    hint_zh="请直接写明权重，或补报缺失数据",
)
MISSING_MEASURE: Final = Kind(
    code="QH541",
    severity="error",
    en="{unit!r} has no value for the indicator {node!r}, and its gaps policy is 'error'",
    zh="{unit!r}缺少指标{node!r}的数据，而该指标缺数时按“报错”处理",
    hint_en="report the figure, or state another policy under 'gaps: {{missing: …}}'",
    hint_zh="请补报数据，或在 gaps: {{missing: …}} 中写明其他处理办法",
)
UNDEFINED_MEASURE: Final = Kind(
    code="QH542",
    severity="error",
    en="the measure of {node!r} cannot be computed for {unit!r}: it divides by zero, or takes the log"
    " of a number not above 0",
    zh="{unit!r}的指标{node!r}无法计算：除数为零，或对不大于零的数取对数",
    hint_en="correct the figure, write '/' if the indicator does not apply, or guard it with where()",
    hint_zh="请更正数据；指标不适用时填“/”；或在公式中用 where() 加以限定",
)
GIVEN_OUT_OF_RANGE: Final = Kind(
    code="QH543",
    severity="error",
    en="the points given to {unit!r} for {node!r} lie outside the rule's range",
    zh="{unit!r}的{node!r}直接评分超出规定范围",
    hint_en="correct the points, or widen 'given: {{range: …}}'",
    hint_zh="请更正评分，或放宽 given: {{range: …}}",
)
MISSING_TARGET: Final = Kind(
    code="QH544",
    severity="error",
    en="{unit!r} has a value for {node!r} but no target to rate it by",
    zh="{unit!r}的指标{node!r}有数据而无目标，无法计分",
    hint_en="state the target in targets.csv, or '/' if none is set for this unit",
    hint_zh="请在目标表中填写目标；确无目标的填“/”",
)
NO_POINTS: Final = Kind(
    code="QH545",
    severity="error",
    en="{unit!r} has a value for {node!r} but the rule's anchor or reference has none",
    zh="{unit!r}的指标{node!r}有数据，但计分所用的标准值缺失",
    hint_en="report the item that the rule refers to, or name a unit that has a value",
    hint_zh="请补报计分规则引用的数据，或改用有数据的参照单位",
)
NO_COEFFICIENT: Final = Kind(
    code="QH546",
    severity="error",
    en="the coefficient of {node!r} has no value for {unit!r}",
    zh="{unit!r}的{node!r}缺少难度系数",
    hint_en="report the items of the coefficient, or give a default with coalesce(…, 1)",
    hint_zh="请补报系数所用数据，或用 coalesce(…, 1) 给出缺省值",
)
SEPARATES_NOBODY: Final = Kind(
    code="QH547",
    severity="warning",
    en="the indicator {node!r} separates nobody: worst and best are equal for {count} units, who all get 100",
    zh="指标{node!r}没有区分度：{count}个单位的最优值与最劣值相同，均得100分",
    hint_en="state anchors, or give the weight to an indicator that tells units apart",
    hint_zh="请改用明确的标准值，或把权重调给有区分度的指标",
)
ZERO_IN_MEAN: Final = Kind(
    code="QH548",
    severity="warning",
    en="{unit!r} has 0 points under {node!r}, so its geometric or harmonic mean is 0",
    zh="{unit!r}在{node!r}下有指标得0分，几何（调和）平均因此为0",
    hint_en="give the rules a base above 0, or choose another mean, if this is not meant",
    hint_zh="若非本意，请为计分规则设基础分，或改用其他平均方法",
)
NEGATIVE_IN_MEAN: Final = Kind(
    code="QH549",
    severity="error",
    en="{unit!r} has negative points under {node!r}, which a geometric or harmonic mean cannot take",
    zh="{unit!r}在{node!r}下有负分，几何（调和）平均无法计算",
    hint_en="give the rules a floor of 0, or choose the arithmetic mean",
    hint_zh="请为计分规则设0分下限，或改用算术平均",
)
MORE_OF_THE_SAME: Final = Kind(
    code="QH550",
    severity="note",
    en="{count} more units have the finding {code} at {node!r}",
    zh="另有{count}个单位在{node!r}上有同样的问题（{code}）",
    hint_en="mend the first ones and check again",
    hint_zh="请先处理已列出的单位，再次检查",
)
NOT_RANKED: Final = Kind(
    code="QH551",
    severity="note",
    en="{unit!r} is listed but not ranked: too little of its weight has a value",
    zh="{unit!r}可用权重不足，列出但不参加排名",
    hint_en="report the missing figures, or lower 'gaps: {{at_least: …}}'",
    hint_zh="请补报缺失数据，或调低 gaps: {{at_least: …}}",
)
ADJUSTMENT_OF_ANOTHER_TIME: Final = Kind(
    code="QH552",
    severity="note",
    en="the adjustment of {unit!r} dated {date} lies outside the round {round} and does not count in it",
    zh="{unit!r}日期为{date}的加减分（否决）不在考核期{round}内，不计入",
    hint_en="correct the date, or leave it empty to let the row count in every round",
    hint_zh="请更正日期；需在各期均计入的，日期留空",
)
NOBODY_TO_TAKE_FROM: Final = Kind(
    code="QH553",
    severity="warning",
    en="{unit!r} has no value for {node!r}, nor has anybody in its pool: its weight is shared out",
    zh="{unit!r}缺少{node!r}的数据，且同组（同类）单位均无数据可供填补，其权重由同级指标分担",
    hint_en="report a figure, let the gap be 'redistribute', or write '/' where it does not apply",
    hint_zh="请补报数据，或改用 redistribute、neutral；指标不适用的填“/”",
)
ABOUT_A_POOL: Final = frozenset({"QH547"})
"""Codes of findings about a pool of units, told once and not for each unit."""
