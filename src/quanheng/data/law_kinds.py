"""Kinds of findings of a book: the laws of its data (QH4xx)."""

from __future__ import annotations

from quanheng.findings.finding import Kind

UNKNOWN_UNIT = Kind(
    code="QH401",
    severity="error",
    en="there is no unit {name!r}{near}",
    zh="没有单位“{name}”{near_zh}",
    hint_en="correct the unit, or add it to the units",
    hint_zh="请更正单位，或补充到单位表",
)
UNKNOWN_ITEM = Kind(
    code="QH402",
    severity="error",
    en="the scheme has no item {name!r}{near}",
    zh="方案中没有数据项“{name}”{near_zh}",
    hint_en="correct the heading or item, or add the item to the scheme",
    hint_zh="请更正名称，或在方案中添加该数据项",
)
UNKNOWN_GROUP = Kind(
    code="QH403",
    severity="error",
    en="the scheme has no group {name!r}{near}",
    zh="方案中没有分组“{name}”{near_zh}",
    hint_en="correct the group, or add it to the scheme",
    hint_zh="请更正分组，或在方案中添加",
)
UNKNOWN_INDICATOR = Kind(
    code="QH404",
    severity="error",
    en="the scheme has no indicator {name!r}{near}",
    zh="方案中没有指标“{name}”{near_zh}",
    hint_en="correct the indicator, or add it to the scheme",
    hint_zh="请更正指标，或在方案中添加",
)
UNKNOWN_NODE = Kind(
    code="QH405",
    severity="error",
    en="the scheme has no node {name!r}{near}",
    zh="方案中没有节点“{name}”{near_zh}",
    hint_en="correct the node; leave it empty for the total",
    hint_zh="请更正节点；计入总分时留空",
)
UNKNOWN_KIND = Kind(
    code="QH406",
    severity="error",
    en="{kind!r} is no kind of adjustment",
    zh="“{kind}”不是加减分类型",
    hint_en="write bonus, penalty or veto",
    hint_zh="请写 bonus（加分）、penalty（减分）或 veto（一票否决）",
)
UNKNOWN_ATTRIBUTE = Kind(
    code="QH407",
    severity="error",
    en="the scheme uses the units' column {column!r}, which the units do not have{near}",
    zh="方案用到单位表的“{column}”列，但单位表没有{near_zh}",
    hint_en="add the column to the units, or correct the scheme",
    hint_zh="请在单位表添加该列，或更正方案",
)
UNIT_TWICE = Kind(
    code="QH408",
    severity="error",
    en="the unit {unit!r} is listed twice: also at {other}",
    zh="单位“{unit}”重复：另见 {other}",
    hint_en="give each unit one row and a code of its own",
    hint_zh="请使每个单位一行、代码唯一",
)
AMBIGUOUS_NAME = Kind(
    code="QH409",
    severity="error",
    en="{name!r} may mean {first!r} or {second!r}",
    zh="“{name}”可能指“{first}”或“{second}”",
    hint_en="write the code instead of the name",
    hint_zh="请用代码代替名称",
)
TWO_VALUES = Kind(
    code="QH410",
    severity="error",
    en="{item} of {unit} in {period} has two values: {first} here and {second} at {other}",
    zh="{unit} 的 {item} 在 {period} 有两个数值：此处 {first}，{other} 为 {second}",
    hint_en="keep the right one",
    hint_zh="请保留正确的一个",
)
SAID_TWICE = Kind(
    code="QH411",
    severity="warning",
    en="{item} of {unit} in {period} is reported twice with the same value: also at {other}",
    zh="{unit} 的 {item} 在 {period} 重复填报（数值相同）：另见 {other}",
    hint_en="keep one of the two",
    hint_zh="请只保留一处",
)
COMPUTED_ITEM = Kind(
    code="QH412",
    severity="error",
    en="{item} is reported here, but the scheme takes it from {source}",
    zh="此处填报了 {item}，但方案规定其取自 {source}",
    hint_en="remove the figures, or change the item in the scheme",
    hint_zh="请删除这些数据，或修改方案中的该数据项",
)
NEVER_REPORTED = Kind(
    code="QH413",
    severity="error",
    en="the item {item!r} ({name}) is never reported",
    zh="数据项“{item}”（{name}）没有任何数据",
    hint_en="add its figures; check how its heading is written",
    hint_zh="请补充数据；并核对表头写法",
)
NOTHING_IN_ROUND = Kind(
    code="QH414",
    severity="error",
    en="no figure is reported for the round {round}",
    zh="考核期 {round} 没有任何数据",
    hint_en="add the figures, or correct the round in the scheme",
    hint_zh="请补充数据，或更正方案中的考核期",
)
SILENT_UNIT = Kind(
    code="QH415",
    severity="warning",
    en="the unit {unit!r} has no figure at all",
    zh="单位“{unit}”没有任何数据",
    hint_en="check how it is written in the data, or remove it from the units",
    hint_zh="请核对数据中的写法，或从单位表删除",
)
FALLING_CUMULATIVE = Kind(
    code="QH416",
    severity="warning",
    en="the cumulative {item} of {unit} falls from {before} in {period_before} to {value} in {period}",
    zh="{unit} 的累计数据项 {item} 从 {period_before} 的 {before} 降到 {period} 的 {value}",
    hint_en="check both figures; a flow is not cumulative",
    hint_zh="请核对两期数据；当期数不应标为累计",
)
JUMP = Kind(
    code="QH417",
    severity="warning",
    en="{item} of {unit} is {value} in {period} and {before} in {period_before}, more than tenfold apart",
    zh="{unit} 的 {item} 在 {period} 为 {value}，{period_before} 为 {before}，相差十倍以上",
    hint_en="check the measuring unit (万元, 亿元) of both figures",
    hint_zh="请核对两期数据的计量单位（万元、亿元）",
)
OTHER_MEASURING_UNIT = Kind(
    code="QH418",
    severity="warning",
    en="the heading says {written!r}, the scheme measures {item} in {measured_in!r}",
    zh="表头写的是“{written}”，方案中 {item} 的计量单位是“{measured_in}”",
    hint_en="convert the figures, or correct the heading",
    hint_zh="请换算数据，或更正表头",
)
TARGET_OF_ZERO = Kind(
    code="QH419",
    severity="error",
    en="the target of {indicator} for {unit} is 0, and completion divides by it",
    zh="{unit} 的 {indicator} 目标为 0，无法计算完成率",
    hint_en="set another target, '/' if it does not apply, or a rule that compares by difference",
    hint_zh="请设定其他目标，不适用请填“/”，或改用按差值比较的规则",
)
TWO_TARGETS = Kind(
    code="QH420",
    severity="error",
    en="{indicator} for {unit} in {period} has two targets: also at {other}",
    zh="{unit} 的 {indicator} 在 {period} 有两个目标：另见 {other}",
    hint_en="keep the right one",
    hint_zh="请保留正确的一个",
)
TARGET_OUTSIDE_GROUP = Kind(
    code="QH421",
    severity="warning",
    en="{indicator} is not assessed in the group of {unit}, so this target is not used",
    zh="{unit} 所在分组不考核 {indicator}，该目标未使用",
    hint_en="remove the row, or give the indicator a weight for the group",
    hint_zh="请删除该行，或在方案中为该分组设置权重",
)
NO_LEDGER = Kind(
    code="QH422",
    severity="error",
    en="the scheme uses the ledger {ledger!r}, which the book does not have{near}",
    zh="方案用到台账“{ledger}”，但考核册没有{near_zh}",
    hint_en="add ledgers/{ledger}.csv, or the sheet 台账-{ledger} to a workbook",
    hint_zh="请添加 ledgers/{ledger}.csv，工作簿请添加“台账-{ledger}”表",
)
NO_LEDGER_COLUMN = Kind(
    code="QH423",
    severity="error",
    en="the item {item!r} uses the column {column!r}, which the ledger {ledger!r} does not have{near}",
    zh="数据项“{item}”用到“{column}”列，但台账“{ledger}”没有{near_zh}",
    hint_en="add the column, or correct the scheme",
    hint_zh="请添加该列，或更正方案",
)
LEDGER_NOT_USED = Kind(
    code="QH424",
    severity="note",
    en="no item of the scheme uses the ledger {ledger!r}",
    zh="方案中没有数据项用到台账“{ledger}”",
    hint_en="nothing, or check its name",
    hint_zh="无需处理，或核对名称",
)
NEGATIVE_BONUS = Kind(
    code="QH425",
    severity="error",
    en="a bonus of {marks} marks takes marks away",
    zh="加分为 {marks}，实为减分",
    hint_en="write a penalty",
    hint_zh="请改为 penalty（减分）",
)
NO_MARKS = Kind(
    code="QH426",
    severity="error",
    en="the {kind} has no marks",
    zh="{kind} 没有填写分值",
    hint_en="fill in its marks",
    hint_zh="请填写分值",
)
NO_REASON = Kind(
    code="QH427",
    severity="warning",
    en="the {kind} for {unit} has no reason",
    zh="{unit} 的 {kind} 没有填写事由",
    hint_en="write down why, so that it can be explained",
    hint_zh="请填写事由，以便解释",
)
ROUND_NOT_EARLIER = Kind(
    code="QH428",
    severity="warning",
    en="the result of {round} is not earlier than the round {now} and was not read",
    zh="{round} 的结果不早于本考核期 {now}，未读取",
    hint_en="remove it from the history",
    hint_zh="请从历史结果中移除",
)
EMPTY_GROUP = Kind(
    code="QH429",
    severity="warning",
    en="no unit belongs to the group {group!r}",
    zh="分组“{group}”没有单位",
    hint_en="add its units, or remove the group from the scheme",
    hint_zh="请补充单位，或从方案删除该分组",
)
RESERVED_UNIT = Kind(
    code="QH431",
    severity="error",
    en="{unit!r} cannot be the code of a unit",
    zh="“{unit}”不能作为单位代码",
    hint_en="choose another code; * stands for all units",
    hint_zh="请更换代码；* 表示全部单位",
)
RECORD_OF_NOBODY = Kind(
    code="QH430",
    severity="warning",
    en="the record names no unit, and counts for none",
    zh="该事项没有写单位，不计入任何单位",
    hint_en="write whose record it is, or remove it",
    hint_zh="请填写所属单位，或删除该事项",
)
ROW_TWICE = Kind(
    code="QH432",
    severity="error",
    en="{unit} has a second row for {period}: the first is row {first}",
    zh="{unit} 在 {period} 有两行：第一行为第 {first} 行",
    hint_en="keep the right one",
    hint_zh="请保留正确的一行",
)
NOT_REPORTED_NOR_USED = Kind(
    code="QH433",
    severity="note",
    en="the item {item!r} ({name}) is never reported, and nothing in the scheme uses it",
    zh="数据项“{item}”（{name}）没有数据，方案中也未使用",
    hint_en="nothing; remove it from the scheme if it is not wanted",
    hint_zh="无需处理；若不需要可从方案中删除",
)
