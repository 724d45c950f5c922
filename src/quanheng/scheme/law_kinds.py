"""Findings QH2xx: the laws of a scheme's tree, formulas and grades; those of rules are in `rule_kinds.py`."""

from __future__ import annotations

from typing import Final

from quanheng.findings.finding import Kind

WEIGHTS_DO_NOT_ADD_UP: Final = Kind(
    code="QH201",
    severity="error",
    en="the weights under '{code}' add up to {sum} for '{group}', it is worth {weight}",
    zh="“{code}”下各项权重（{group}）合计{sum}，应为{weight}",
    hint_en="make them add up, or write 'weights: relative' where only proportions count",
    hint_zh="请调整使其相等；若只看比例，请写“weights: relative”",
)
NO_WEIGHT: Final = Kind(
    code="QH202",
    severity="error",
    en="'{code}' has no weight",
    zh="“{code}”没有权重",
    hint_en="add 'weight: …', or write 'weights: equal' at its parent",
    hint_zh="请补充“weight: …”，或在上级写“weights: equal”",
)
UNKNOWN_GROUP: Final = Kind(
    code="QH203",
    severity="error",
    en="there is no group '{group}'",
    zh="没有分组“{group}”",
    hint_en="{suggest_en}",
    hint_zh="{suggest_zh}",
)
GROUP_OUTSIDE_PARENT: Final = Kind(
    code="QH204",
    severity="error",
    en="'{code}' applies to the group '{group}', its parent does not",
    zh="“{code}”适用于分组“{group}”，其上级不适用",
    hint_en="give the parent a weight for '{group}', or remove it here",
    hint_zh="请为上级设置“{group}”的权重，或在此删去",
)
GROUPS_DIFFER: Final = Kind(
    code="QH205",
    severity="error",
    en="'{code}' names the group '{group}' in one of 'weight' and 'groups' only",
    zh="“{code}”的 weight 与 groups 对分组“{group}”的规定不一致",
    hint_en="name the groups in 'weight' alone",
    hint_zh="只在 weight 中写明分组即可",
)
GROUP_WITHOUT_INDICATOR: Final = Kind(
    code="QH206",
    severity="error",
    en="no indicator applies to the group '{group}'",
    zh="分组“{group}”没有任何指标",
    hint_en="give indicators a weight for it, or remove the group",
    hint_zh="请为其设置指标权重，或删去该分组",
)
NODE_WITHOUT_GROUP: Final = Kind(
    code="QH207",
    severity="error",
    en="'{code}' applies to no group",
    zh="“{code}”不适用于任何分组",
    hint_en="name a group of its parent in 'weight' or 'groups', or remove the node",
    hint_zh="请在 weight 或 groups 中写明上级所含的分组，或删去该节点",
)
BRANCH_WITHOUT_INDICATOR: Final = Kind(
    code="QH208",
    severity="error",
    en="'{code}' has a weight for '{group}', but nothing below it applies to that group",
    zh="“{code}”对“{group}”有权重，但其下没有适用的指标",
    hint_en="give the weight of '{code}' by group, without '{group}'",
    hint_zh="请按分组写“{code}”的权重，并去掉“{group}”",
)
ALL_WEIGHTS_ZERO: Final = Kind(
    code="QH209",
    severity="error",
    en="all weights under '{code}' are 0 for '{group}'",
    zh="“{code}”下各项权重（{group}）均为0",
    hint_en="write proportions and 'weights: relative', also where the node itself weighs 0",
    hint_zh="请写比例并注明“weights: relative”，节点本身权重为0时也如此",
)
WEIGHT_HAS_NO_EFFECT: Final = Kind(
    code="QH210",
    severity="note",
    en="the weight of '{code}' has no effect: its parent computes weights",
    zh="“{code}”的权重不起作用：其上级的权重由计算得出",
    hint_en="remove it, or change 'weights' of the parent",
    hint_zh="请删去，或修改上级的 weights",
)
CODE_TWICE: Final = Kind(
    code="QH211",
    severity="error",
    en="the code '{code}' stands twice in the tree, first at {first}",
    zh="节点代码“{code}”重复，首次出现于{first}",
    hint_en="codes are unique in a scheme; rename one of the two",
    hint_zh="代码在方案中应唯一，请改其一",
)
TOO_MANY: Final = Kind(
    code="QH212",
    severity="error",
    en="there are {count} {what_en}, more than {limit}",
    zh="{what_zh}共{count}个，超过上限{limit}",
    hint_en="split the scheme",
    hint_zh="请拆分方案",
)
LEDGER_COLUMN: Final = Kind(
    code="QH213",
    severity="error",
    en="'{key}' names a ledger and its column, not '{value}'",
    zh="“{key}”应写“台账.列名”，而不是“{value}”",
    hint_en="write '{key}: ledger.column'",
    hint_zh="请写“{key}: 台账.列名”",
)
UNKNOWN_NAME: Final = Kind(
    code="QH220",
    severity="error",
    en="the name '{name}' is not known in: {text}",
    zh="公式中的名称“{name}”未定义：{text}",
    hint_en="{suggest_en}",
    hint_zh="{suggest_zh}",
)
UNUSED_ITEM: Final = Kind(
    code="QH221",
    severity="note",
    en="no formula uses the item '{item}'",
    zh="数据项“{item}”没有被任何公式使用",
    hint_en="use it, or remove it",
    hint_zh="请使用或删去",
)
GROWTH_BESIDE_PUBLISHED: Final = Kind(
    code="QH222",
    severity="warning",
    en="growth({item}) is derived, but the published rate '{item}_growth' is an item",
    zh="growth({item}) 为推算值，而已有公布的增速数据项“{item}_growth”",
    hint_en="published growth is at comparable prices and revised; use '{item}_growth' if that is meant",
    hint_zh="公布的增速按可比价计算并经修订；如指公布数，请用“{item}_growth”",
)
FUNCTION_NOT_HERE: Final = Kind(
    code="QH223",
    severity="error",
    en="{function}() cannot be used here: {text}",
    zh="此处不能使用 {function}()：{text}",
    hint_en="here can stand: {functions}",
    hint_zh="此处可用：{functions}",
)
WRONG_SORT: Final = Kind(
    code="QH224",
    severity="error",
    en="{sign} is given {found_en}, it takes {expected_en}: {text}",
    zh="{sign_zh}的运算对象是{found_zh}，应为{expected_zh}：{text}",
    hint_en="compare with ==, <, >= … to get a condition; put texts in quotes; dates are like 2023-06-30",
    hint_zh="用 ==、<、>= 等比较得到条件；文字加引号；日期如 2023-06-30",
)
TWO_MEANINGS: Final = Kind(
    code="QH225",
    severity="warning",
    en="'{name}' is both {one_en} and {other_en}; here it means {one_en}: {text}",
    zh="“{name}”既是{one_zh}又是{other_zh}，此处按{one_zh}解释：{text}",
    hint_en="rename one of the two",
    hint_zh="请改其中一个的名称",
)
CONSTANT_MEASURE: Final = Kind(
    code="QH226",
    severity="warning",
    en="the measure of '{code}' is the same for all units: {text}",
    zh="“{code}”的指标值对所有单位都相同：{text}",
    hint_en="use an item in it",
    hint_zh="请在公式中使用数据项",
)
UNKNOWN_WORD: Final = Kind(
    code="QH227",
    severity="warning",
    en="no {what_en} is called '{word}': {text}",
    zh="没有名为“{word}”的{what_zh}：{text}",
    hint_en="{suggest_en}",
    hint_zh="{suggest_zh}",
)
TIER_TWICE: Final = Kind(
    code="QH251",
    severity="error",
    en="two {what_en} are called '{name}'",
    zh="有两个{what_zh}名为“{name}”",
    hint_en="rename one of the two",
    hint_zh="请改其中一个的名称",
)
TIER_ORDER: Final = Kind(
    code="QH252",
    severity="error",
    en="the tier '{name}' has '{key}: {value}', the tier before it {before}",
    zh="等次“{name}”的“{key}: {value}”与前一等次的{before}次序不符",
    hint_en="list the best tier first: 'top' rises and 'at_least' falls",
    hint_zh="请从高到低排列：top 递增，at_least 递减",
)
LAST_TIER_CLOSED: Final = Kind(
    code="QH253",
    severity="warning",
    en="the last tier '{name}' has a condition, so units can end in no tier",
    zh="最后一个等次“{name}”设有条件，可能有单位没有等次",
    hint_en="add a last tier with a name alone",
    hint_zh="请在最后增加一个只有名称的等次",
)
TIER_OPEN_EARLY: Final = Kind(
    code="QH254",
    severity="error",
    en="all units enter the tier '{name}', nobody reaches those after it",
    zh="所有单位都会进入等次“{name}”，其后的等次不会有单位",
    hint_en="add 'top' or 'at_least' to it, or put it last",
    hint_zh="请补充 top 或 at_least，或将其移到最后",
)
UNKNOWN_NODE: Final = Kind(
    code="QH255",
    severity="error",
    en="there is no node '{node}'",
    zh="没有节点“{node}”",
    hint_en="{suggest_en}",
    hint_zh="{suggest_zh}",
)
VETO_TIER_NEAR: Final = Kind(
    code="QH256",
    severity="warning",
    en="the veto's tier '{tier}' is not one of the tiers",
    zh="否决后的等次“{tier}”不在等次列表中",
    hint_en="{suggest_en}",
    hint_zh="{suggest_zh}",
)
FOLD_NOT_WHOLE: Final = Kind(
    code="QH257",
    severity="error",
    en="the parts of reviews and year add up to {sum}",
    zh="季评与年度的比例合计为{sum}",
    hint_en="make them add up to 100%",
    hint_zh="请使合计为100%",
)
PACE_ORDER: Final = Kind(
    code="QH258",
    severity="error",
    en="'red: {red}' is not under 'yellow: {yellow}'",
    zh="“red: {red}”应小于“yellow: {yellow}”",
    hint_en="let red be the lower of the two",
    hint_zh="请使 red 小于 yellow",
)
