"""What the workbook says, in both languages: names of sheets, headings, remarks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from quanheng.documents.workbook.draft.guide_words import GUIDE
from quanheng.documents.workbook.draft.page_words import PAGES
from quanheng.findings.text import Language, Text


def say(key: str, language: Language, /, **facts: object) -> str:
    """Return the wording `key` in `language`, its gaps filled with `facts`.

    Examples:
        >>> say("sheet.ranking", "zh"), say("rules.points", "en", name="growth")
        ('结果', 'growth: points by the rule')
    """
    wording = _WORDS[key].in_language(language)
    return wording.format_map({name: str(fact) for name, fact in facts.items()})


_SHEETS: Final = {
    "sheet.ranking": Text(zh="结果", en="Ranking"),
    "sheet.scores": Text(zh="得分", en="Scores"),
    "sheet.points": Text(zh="百分制得分", en="Points"),
    "sheet.marks": Text(zh="分值", en="Marks"),
    "sheet.in_force": Text(zh="有效权重", en="Weights in force"),
    "sheet.rules": Text(zh="计分", en="Rules"),
    "sheet.statistics": Text(zh="分组统计", en="Statistics"),
    "sheet.measures": Text(zh="指标值", en="Measures"),
    "sheet.data": Text(zh="数据", en="Reported values"),
    "sheet.periods": Text(zh="各期", en="Periods"),
    "sheet.weights": Text(zh="权重", en="Weights"),
    "sheet.adjustments": Text(zh="加减分", en="Adjustments"),
    "sheet.entries": Text(zh="加减分明细", en="Entries"),
    "sheet.guide": Text(zh="说明", en="Guide"),
}
_TITLES: Final = {
    "title.ranking": Text(zh="结果：位次随总分变动重新计算", en="Ranking: places follow from the totals"),
    "title.scores": Text(
        zh="得分＝分值×百分制得分÷100；写明保留小数且算术合成的，为下级得分之和",
        en="Scores = marks × points ÷ 100; the sum of the children where scores are rounded",
    ),
    "title.points": Text(
        zh="百分制得分：指标按计分规则，上级按权重合成",
        en="Points (0-100): of indicators by their rule, of dimensions the mean of their children",
    ),
    "title.marks": Text(
        zh="分值：缺数据或不适用的指标，其分值按比例移给同级",
        en="Marks: what each node is worth to the unit; those of what is absent go to its siblings",
    ),
    "title.in_force": Text(
        zh="有效权重：有得分的按“权重”表，没有得分的为0",
        en="Weights in force: as on the sheet of weights, 0 where a node has no points",
    ),
    "title.rules": Text(
        zh="计分：被评的值、比率、按规则所得百分制得分",
        en="Rules: the value that is rated, the ratio, and the points the rule gives",
    ),
    "title.statistics": Text(
        zh="分组统计：计分规则所参照的同组单位的统计值",
        en="Statistics of the units of each group, as the rules look at them",
    ),
    "title.measures": Text(
        zh="指标值：按公式由“数据”表算出", en="Measures: computed from the reported values"
    ),
    "title.data": Text(
        zh="数据：空白为缺数据，“/”为不适用；在此修改，各表随之重算",
        en="Reported values: empty is missing, / is not applicable; what is changed here changes every sheet",
    ),
    "title.periods": Text(
        zh="各期：考核期内各月、各季的数据，各次评议的结果",
        en="Periods: figures of the months and quarters of the round, results of its reviews",
    ),
    "title.weights": Text(
        zh="权重：方案写明的，或由引擎算出并固定的",
        en="Weights: stated, or computed by the engine and frozen",
    ),
    "title.adjustments": Text(zh="加减分、一票否决", en="Adjustments and vetoes"),
    "title.entries": Text(zh="加减分明细：手工登记的各项", en="Entries: marks given and taken by hand"),
}
_COLUMNS: Final = {
    "column.unit": Text(zh="单位代码", en="unit"),
    "column.name": Text(zh="单位", en="name"),
    "column.called": Text(zh="名称", en="name"),
    "column.group": Text(zh="分组", en="group"),
    "column.node": Text(zh="代码", en="node"),
    "column.parent": Text(zh="上级", en="parent"),
    "column.origin": Text(zh="来源", en="origin"),
    "column.indicator": Text(zh="指标代码", en="indicator"),
    "column.statistic": Text(zh="统计量", en="statistic"),
    "column.remark": Text(zh="说明", en="remark"),
    "column.everyone": Text(zh="全部单位", en="all units"),
    "column.kind": Text(zh="类别", en="kind"),
    "column.marks": Text(zh="分值", en="marks"),
    "column.reason": Text(zh="事由", en="reason"),
    "column.date": Text(zh="日期", en="date"),
    "column.evidence": Text(zh="依据", en="evidence"),
    "column.category": Text(zh="分类", en="category"),
    "column.file": Text(zh="文件", en="file"),
    "column.cell": Text(zh="单元格", en="cell"),
}
_RANKING: Final = {
    "cell.too_long": Text(
        zh="公式过长，取自引擎", en="the formula is too long for a cell: taken from the engine"
    ),
    "ranking.total": Text(zh="总分", en="total"),
    "ranking.place": Text(zh="位次", en="place"),
    "ranking.tier": Text(zh="等次", en="tier"),
    "ranking.awards": Text(zh="奖项", en="awards"),
    "ranking.comma": Text(zh="、", en=", "),
    "ranking.awards_note": Text(zh="取自引擎", en="taken from the engine"),
    "ranking.available": Text(zh="可用权重占比", en="weight available"),
    "ranking.available_note": Text(
        zh="有数据的权重占全部权重的比例",
        en="the part of the weight that has points of its own",
    ),
    "ranking.compared": Text(zh="排名比较值", en="compared for places"),
    "ranking.compared_note": Text(
        zh="不参加排名的单位留空；未写明保留小数的，按9位小数比较",
        en="empty for a unit that is not ranked; compared at nine decimals where nothing coarser is set",
    ),
    "ranking.tie": Text(zh="同分时比较：{name}", en="ties broken by: {name}"),
    "ranking.placed": Text(zh="同组排名单位数", en="units placed in the group"),
    "ranking.frozen": Text(zh="取自引擎的输入", en="input taken from the engine"),
    "ranking.history": Text(zh="往期：{name}", en="earlier rounds: {name}"),
}
_DATA: Final = {
    "data.before": Text(zh="{name}（前{months}个月）", en="{name} ({months} months before)"),
    "data.ledger": Text(
        zh="台账汇总（{how} {ledger}），取自引擎",
        en="from a ledger ({how} {ledger}), taken from the engine",
    ),
    "data.periods": Text(
        zh="按考核期内各期计算：{formula}", en="made of the periods of the round: {formula}"
    ),
    "data.reviews_live": Text(
        zh="按考核期内各次季季评的结果统计：{formula}",
        en="of the results of the reviews inside the round: {formula}",
    ),
    "periods.value": Text(zh="公式在本期的结果", en="what the formula gives in the period"),
    "periods.step": Text(zh="中间步骤 {period}", en="step {period}"),
    "periods.review": Text(zh="该次评议的结果，取自引擎", en="result of the review, taken from the engine"),
    "periods.score": Text(zh="得分", en="score"),
    "periods.place": Text(zh="位次", en="place"),
    "periods.place_from_below": Text(zh="倒数位次", en="place from below"),
    "periods.tier": Text(zh="等次", en="tier"),
    "periods.award": Text(zh="获“{award}”", en="award '{award}'"),
    "data.reviews": Text(
        zh="按考核期内各次季季评的结果统计：{formula}，取自引擎",
        en="of the results of the reviews inside the round: {formula}, taken from the engine",
    ),
    "data.attribute": Text(zh="单位属性：{column}", en="attribute of the units: {column}"),
    "data.earlier": Text(
        zh="前{months}个月的值，取自引擎",
        en="value of {months} months before, taken from the engine",
    ),
    "data.cumulative": Text(zh="考核期末累计值", en="cumulative to the end of the round"),
    "data.flow": Text(zh="考核期合计", en="sum over the round"),
    "data.stock": Text(zh="考核期末值", en="last value of the round"),
    "data.rate": Text(zh="按公布数", en="as published"),
    "data.date": Text(zh="当年第几天（1月1日为1）", en="day of the year (1 January is 1)"),
    "data.target": Text(zh="目标：{name}", en="target: {name}"),
    "data.target_note": Text(zh="本考核期目标", en="target of the round"),
}
_WEIGHTS: Final = {
    "weights.floor": Text(zh="得分的最低分", en="floor of the score"),
    "weights.cap": Text(zh="得分的上限", en="cap of the score"),
    "weights.full_marks": Text(zh="总分值", en="full marks"),
    "weights.marks": Text(zh="方案写明的分值", en="marks stated in the scheme"),
    "weights.relative": Text(zh="方案写明的相对权重", en="proportions stated in the scheme"),
    "weights.frozen": Text(
        zh="按{method}法由引擎算出并固定的权重",
        en="computed by the engine with the method '{method}' and frozen",
    ),
    "weights.by_attribute": Text(
        zh="按单位属性，见有效权重", en="by an attribute of the unit: see weights in force"
    ),
    "weights.by_unit": Text(
        zh="各单位各不相同，见“有效权重”表右侧",
        en="differ by unit: see 'Weights in force', to the right",
    ),
    "weights.part": Text(
        zh="占总权重的比例（移转前）", en="part of the whole, before anything is redistributed"
    ),
    "in_force.available": Text(zh="{name}：有数据的占比", en="{name}: available"),
    "in_force.applicable": Text(zh="{name}：适用的占比", en="{name}: applicable"),
    "in_force.benchmark": Text(zh="{name}：标杆", en="{name}: benchmark"),
    "rules.ceiling": Text(zh="{name}：上限条件是否成立", en="{name}: whether the condition of a cap holds"),
    "weights.ceiling": Text(zh="有条件的上限", en="cap under a condition"),
    "in_force.enough": Text(
        zh="{name}：数据是否足够（至少{least}）", en="{name}: whether enough is there (at least {least})"
    ),
    "in_force.own": Text(zh="本单位权重：{name}", en="the unit's own weight: {name}"),
}
_RULES: Final = {
    "measures.step": Text(zh="中间值", en="step"),
    "measures.ordering": Text(zh="比较值（12位有效数字）", en="compared at 12 significant digits"),
    "rules.filled": Text(zh="{name}：补缺后", en="{name}: gaps filled"),
    "rules.treated": Text(zh="{name}：处理后", en="{name}: treated"),
    "measures.node_points": Text(zh="百分制得分：{name}", en="points of {name}"),
    "measures.node_score": Text(zh="得分：{name}", en="score of {name}"),
    "measures.node_frozen": Text(
        zh="节点自身的得分，取自计分结果", en="what the node has by itself, as it was scored"
    ),
    "rules.joined": Text(zh="{name}：下级合成得分", en="{name}: joined points of its children"),
    "rules.place": Text(zh="{name}：组内位次", en="{name}: place"),
    "rules.reached": Text(
        zh="{name}：不优于它的单位数（含自身）", en="{name}: units no better, itself with them"
    ),
    "rules.beaten": Text(zh="{name}：优于几个单位", en="{name}: units beaten"),
    "rules.ratio": Text(zh="{name}：比率", en="{name}: ratio"),
    "rules.pool": Text(zh="与{pool}比较；由引擎给出", en="compared with {pool}; taken from the engine"),
    "rules.points": Text(zh="{name}：按规则得分", en="{name}: points by the rule"),
    "rules.coefficient": Text(zh="{name}：难度系数", en="{name}: coefficient"),
    "rules.met": Text(zh="{name}：参加两两比较的单位数", en="{name}: units compared in pairs"),
    "points.own": Text(zh="{name}：加减分前", en="{name}: before adjustments"),
    "points.following": Text(
        zh="由得分倒算：100×得分÷分值", en="follows from the score: 100 × score ÷ marks"
    ),
    "scores.earned": Text(zh="{name}：加减分前", en="{name}: before adjustments"),
    "scores.exact": Text(zh="总分：取整前", en="total before its rounding"),
    "scores.own_total": Text(zh="总分：折入季季评前", en="total before the reviews are folded in"),
    "scores.folded": Text(
        zh="折算：自身得分占{own}，季季评平均占{reviews}",
        en="folded: {own} its own total, {reviews} the mean of the reviews",
    ),
    "scores.review": Text(zh="季季评：{round}", en="review {round}"),
    "scores.step_mean": Text(zh="季季评平均：{step}", en="mean of the reviews of {step}"),
    "scores.reviews_mean": Text(zh="季季评平均", en="mean of the reviews"),
    "statistic.n_beside_zero": Text(zh="单位数（0值除外）", en="n beside 0"),
    "statistic.n": Text(zh="单位数", en="n"),
    "statistic.min": Text(zh="最小值", en="min"),
    "statistic.max": Text(zh="最大值", en="max"),
    "statistic.mean": Text(zh="平均值", en="mean"),
    "statistic.median": Text(zh="中位数", en="median"),
    "statistic.sd": Text(zh="标准差", en="sd"),
    "statistic.fill": Text(zh="补缺值", en="fills gaps"),
    "statistic.worst": Text(zh="最低得分", en="lowest points"),
    "statistic.limit_low": Text(zh="下限", en="lower limit"),
    "statistic.limit_high": Text(zh="上限", en="upper limit"),
    "statistic.log_from": Text(zh="取对数前减去", en="subtracted before the logarithm"),
    "statistic.log_plus": Text(zh="取对数前加上", en="added before the logarithm"),
    "statistic.skewness": Text(zh="偏度（处理前）", en="skewness before treatment"),
    "statistic.kurtosis": Text(zh="峰度（处理前）", en="kurtosis before treatment"),
    "statistic.of_values": Text(zh="对被评的值", en="of the rated values"),
    "statistic.of_points": Text(zh="对按规则所得分", en="of the points by the rule"),
    "statistic.of_measures": Text(zh="对指标值", en="of the measures"),
    "statistic.over": Text(zh="{rounds}各期合看；取自引擎", en="over {rounds}; taken from the engine"),
    "statistic.over_of": Text(
        zh="{rounds}各期合看；取自引擎：{owners}", en="over {rounds}; taken from the engine: {owners}"
    ),
    "statistic.frozen": Text(zh="取自引擎的输入", en="input taken from the engine"),
}
_ADJUSTMENTS: Final = {
    "adjustments.bonus_rule": Text(zh="计算加分：{formula}", en="computed bonus: {formula}"),
    "adjustments.penalty_rule": Text(zh="计算扣分：{formula}", en="computed penalty: {formula}"),
    "adjustments.veto_rule": Text(zh="否决条件（1为成立）：{formula}", en="veto if (1 holds): {formula}"),
    "adjustments.gate_of": Text(zh="{name}：条件", en="{name}: gate"),
    "adjustments.gate": Text(zh="1为成立，0为不成立：{formula}", en="1 holds, 0 fails: {formula}"),
    "adjustments.bonus_gate": Text(zh="加分条件", en="gate of the bonus"),
    "adjustments.penalty_gate": Text(zh="扣分条件", en="gate of the penalty"),
    "adjustments.bonus_asked": Text(zh="应加分：{name}", en="bonus asked for: {name}"),
    "adjustments.penalty_asked": Text(zh="应扣分：{name}", en="penalty asked for: {name}"),
    "adjustments.bonus_all": Text(zh="应加分合计", en="bonus asked for, all nodes"),
    "adjustments.penalty_all": Text(zh="应扣分合计", en="penalty asked for, all nodes"),
    "adjustments.bonus_counts": Text(zh="实加分：{name}", en="bonus that counts: {name}"),
    "adjustments.penalty_counts": Text(zh="实扣分：{name}", en="penalty that counts: {name}"),
    "adjustments.bonus_asked_in": Text(
        zh="应加分（{category}）：{name}", en="bonus asked for, {category}: {name}"
    ),
    "adjustments.penalty_asked_in": Text(
        zh="应扣分（{category}）：{name}", en="penalty asked for, {category}: {name}"
    ),
    "adjustments.bonus_all_in": Text(
        zh="应加分合计（{category}）", en="bonus asked for, {category}, all nodes"
    ),
    "adjustments.penalty_all_in": Text(
        zh="应扣分合计（{category}）", en="penalty asked for, {category}, all nodes"
    ),
    "adjustments.bonus_kept": Text(zh="分类上限内应加分：{name}", en="bonus within its categories: {name}"),
    "adjustments.penalty_kept": Text(
        zh="分类上限内应扣分：{name}", en="penalty within its categories: {name}"
    ),
    "adjustments.bonus_below": Text(zh="应加分：{name}及其以下", en="bonus asked for: {name} and below it"),
    "adjustments.penalty_below": Text(
        zh="应扣分：{name}及其以下", en="penalty asked for: {name} and below it"
    ),
    "adjustments.bonus_below_in": Text(
        zh="应加分（{category}）：{name}及其以下", en="bonus asked for, {category}: {name} and below it"
    ),
    "adjustments.penalty_below_in": Text(
        zh="应扣分（{category}）：{name}及其以下", en="penalty asked for, {category}: {name} and below it"
    ),
    "adjustments.bonus_left": Text(
        zh="节点上限内应加分：{name}", en="bonus within the caps of nodes: {name}"
    ),
    "adjustments.penalty_left": Text(
        zh="节点上限内应扣分：{name}", en="penalty within the caps of nodes: {name}"
    ),
    "adjustments.no_category": Text(zh="未分类", en="no category"),
    "adjustments.cap": Text(zh="上限{cap}分", en="capped at {cap}"),
    "adjustments.entered": Text(zh="登记数：{name}", en="entered: {name}"),
    "adjustments.vetoed": Text(zh="一票否决", en="vetoed"),
    "adjustments.vetoed_note": Text(zh="1为否决", en="1 is vetoed"),
}
_WORDS: Final[Mapping[str, Text]] = {
    **_SHEETS,
    **_TITLES,
    **_COLUMNS,
    **_RANKING,
    **_DATA,
    **_WEIGHTS,
    **_RULES,
    **_ADJUSTMENTS,
    **GUIDE,
    **PAGES,
}
