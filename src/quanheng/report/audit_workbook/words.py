"""What the workbook says, in both languages: names of sheets, headings, remarks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from quanheng.findings.text import Language
from quanheng.report.audit_workbook.guide_words import GUIDE


def say(key: str, language: Language, /, **facts: object) -> str:
    """Return the wording `key` in `language`, its gaps filled with `facts`.

    Examples:
        >>> say("sheet.ranking", "zh"), say("rules.points", "en", name="growth")
        ('结果', 'growth: points by the rule')
    """
    zh, en = _WORDS[key]
    return (zh if language == "zh" else en).format_map({name: str(fact) for name, fact in facts.items()})


_SHEETS: Final = {
    "sheet.ranking": ("结果", "Ranking"),
    "sheet.scores": ("得分", "Scores"),
    "sheet.points": ("百分制得分", "Points"),
    "sheet.marks": ("分值", "Marks"),
    "sheet.in_force": ("有效权重", "Weights in force"),
    "sheet.rules": ("计分", "Rules"),
    "sheet.statistics": ("分组统计", "Statistics"),
    "sheet.measures": ("指标值", "Measures"),
    "sheet.data": ("数据", "Reported values"),
    "sheet.weights": ("权重", "Weights"),
    "sheet.adjustments": ("加减分", "Adjustments"),
    "sheet.entries": ("加减分明细", "Entries"),
    "sheet.guide": ("说明", "Guide"),
}
_TITLES: Final = {
    "title.ranking": ("结果：位次随总分变动重新计算", "Ranking: places follow from the totals"),
    "title.scores": (
        "得分＝分值×百分制得分÷100；写明保留小数且算术合成的，为下级得分之和",
        "Scores = marks × points ÷ 100; the sum of the children where scores are rounded",
    ),
    "title.points": (
        "百分制得分：指标按计分规则，上级按权重合成",
        "Points (0-100): of indicators by their rule, of dimensions the mean of their children",
    ),
    "title.marks": (
        "分值：缺数据或不适用的指标，其分值按比例移给同级",
        "Marks: what each node is worth to the unit; those of what is absent go to its siblings",
    ),
    "title.in_force": (
        "有效权重：有得分的按“权重”表，没有得分的为0",
        "Weights in force: as on the sheet of weights, 0 where a node has no points",
    ),
    "title.rules": (
        "计分：被评的值、比率、按规则所得百分制得分",
        "Rules: the value that is rated, the ratio, and the points the rule gives",
    ),
    "title.statistics": (
        "分组统计：计分规则所参照的同组单位的统计值",
        "Statistics of the units of each group, as the rules look at them",
    ),
    "title.measures": ("指标值：按公式由“数据”表算出", "Measures: computed from the reported values"),
    "title.data": (
        "数据：空白为缺数据，“/”为不适用；在此修改，各表随之重算",
        "Reported values: empty is missing, / is not applicable; what is changed here changes every sheet",
    ),
    "title.weights": (
        "权重：方案写明的，或由引擎算出并固定的",
        "Weights: stated, or computed by the engine and frozen",
    ),
    "title.adjustments": ("加减分、一票否决", "Adjustments and vetoes"),
    "title.entries": ("加减分明细：手工登记的各项", "Entries: marks given and taken by hand"),
}
_COLUMNS: Final = {
    "column.unit": ("单位代码", "unit"),
    "column.name": ("单位", "name"),
    "column.called": ("名称", "name"),
    "column.group": ("分组", "group"),
    "column.node": ("代码", "node"),
    "column.parent": ("上级", "parent"),
    "column.origin": ("来源", "origin"),
    "column.indicator": ("指标代码", "indicator"),
    "column.statistic": ("统计量", "statistic"),
    "column.remark": ("说明", "remark"),
    "column.everyone": ("全部单位", "all units"),
    "column.kind": ("类别", "kind"),
    "column.marks": ("分值", "marks"),
    "column.reason": ("事由", "reason"),
    "column.date": ("日期", "date"),
    "column.evidence": ("依据", "evidence"),
    "column.file": ("文件", "file"),
    "column.cell": ("单元格", "cell"),
}
_RANKING: Final = {
    "cell.too_long": ("公式过长，取自引擎", "the formula is too long for a cell: taken from the engine"),
    "ranking.total": ("总分", "total"),
    "ranking.place": ("位次", "place"),
    "ranking.tier": ("等次", "tier"),
    "ranking.awards": ("奖项", "awards"),
    "ranking.comma": ("、", ", "),
    "ranking.awards_note": ("取自引擎", "taken from the engine"),
    "ranking.available": ("可用权重占比", "weight available"),
    "ranking.available_note": (
        "有数据的权重占全部权重的比例",
        "the part of the weight that has points of its own",
    ),
    "ranking.compared": ("排名比较值", "compared for places"),
    "ranking.compared_note": (
        "不参加排名的单位留空；未写明保留小数的，按9位小数比较",
        "empty for a unit that is not ranked; compared at nine decimals where nothing coarser is set",
    ),
    "ranking.tie": ("同分时比较：{name}", "ties broken by: {name}"),
    "ranking.placed": ("同组排名单位数", "units placed in the group"),
    "ranking.frozen": ("取自引擎的输入", "input taken from the engine"),
    "ranking.history": ("往期：{name}", "earlier rounds: {name}"),
}
_DATA: Final = {
    "data.before": ("{name}（前{months}个月）", "{name} ({months} months before)"),
    "data.ledger": (
        "台账汇总（{how} {ledger}），取自引擎",
        "from a ledger ({how} {ledger}), taken from the engine",
    ),
    "data.attribute": ("单位属性：{column}", "attribute of the units: {column}"),
    "data.earlier": (
        "前{months}个月的值，取自引擎",
        "value of {months} months before, taken from the engine",
    ),
    "data.cumulative": ("考核期末累计值", "cumulative to the end of the round"),
    "data.flow": ("考核期合计", "sum over the round"),
    "data.stock": ("考核期末值", "last value of the round"),
    "data.rate": ("按公布数", "as published"),
    "data.date": ("当年第几天（1月1日为1）", "day of the year (1 January is 1)"),
    "data.target": ("目标：{name}", "target: {name}"),
    "data.target_note": ("本考核期目标", "target of the round"),
}
_WEIGHTS: Final = {
    "weights.full_marks": ("总分值", "full marks"),
    "weights.marks": ("方案写明的分值", "marks stated in the scheme"),
    "weights.relative": ("方案写明的相对权重", "proportions stated in the scheme"),
    "weights.frozen": (
        "按{method}法由引擎算出并固定的权重",
        "computed by the engine with the method '{method}' and frozen",
    ),
    "weights.by_unit": (
        "各单位各不相同，见“有效权重”表右侧",
        "differ by unit: see 'Weights in force', to the right",
    ),
    "weights.part": ("占总权重的比例（移转前）", "part of the whole, before anything is redistributed"),
    "in_force.available": ("{name}：有数据的占比", "{name}: available"),
    "in_force.applicable": ("{name}：适用的占比", "{name}: applicable"),
    "in_force.benchmark": ("{name}：标杆", "{name}: benchmark"),
    "in_force.own": ("本单位权重：{name}", "the unit's own weight: {name}"),
}
_RULES: Final = {
    "measures.step": ("中间值", "step"),
    "measures.ordering": ("比较值（12位有效数字）", "compared at 12 significant digits"),
    "rules.filled": ("{name}：补缺后", "{name}: gaps filled"),
    "rules.treated": ("{name}：处理后", "{name}: treated"),
    "rules.place": ("{name}：组内位次", "{name}: place"),
    "rules.beaten": ("{name}：优于几个单位", "{name}: units beaten"),
    "rules.ratio": ("{name}：比率", "{name}: ratio"),
    "rules.points": ("{name}：按规则得分", "{name}: points by the rule"),
    "rules.coefficient": ("{name}：难度系数", "{name}: coefficient"),
    "rules.met": ("{name}：参加两两比较的单位数", "{name}: units compared in pairs"),
    "points.own": ("{name}：加减分前", "{name}: before adjustments"),
    "points.following": ("由得分倒算：100×得分÷分值", "follows from the score: 100 × score ÷ marks"),
    "scores.earned": ("{name}：加减分前", "{name}: before adjustments"),
    "scores.exact": ("总分：取整前", "total before its rounding"),
    "scores.own_total": ("总分：折入季季评前", "total before the reviews are folded in"),
    "scores.folded": (
        "折算：自身得分占{own}，季季评平均占{reviews}",
        "folded: {own} its own total, {reviews} the mean of the reviews",
    ),
    "scores.review": ("季季评：{round}", "review {round}"),
    "scores.step_mean": ("季季评平均：{step}", "mean of the reviews of {step}"),
    "scores.reviews_mean": ("季季评平均", "mean of the reviews"),
    "statistic.n": ("单位数", "n"),
    "statistic.min": ("最小值", "min"),
    "statistic.max": ("最大值", "max"),
    "statistic.mean": ("平均值", "mean"),
    "statistic.median": ("中位数", "median"),
    "statistic.sd": ("标准差", "sd"),
    "statistic.fill": ("补缺值", "fills gaps"),
    "statistic.worst": ("最低得分", "lowest points"),
    "statistic.limit_low": ("下限", "lower limit"),
    "statistic.limit_high": ("上限", "upper limit"),
    "statistic.log_from": ("取对数前减去", "subtracted before the logarithm"),
    "statistic.log_plus": ("取对数前加上", "added before the logarithm"),
    "statistic.skewness": ("偏度（处理前）", "skewness before treatment"),
    "statistic.kurtosis": ("峰度（处理前）", "kurtosis before treatment"),
    "statistic.of_values": ("对被评的值", "of the rated values"),
    "statistic.of_points": ("对按规则所得分", "of the points by the rule"),
    "statistic.of_measures": ("对指标值", "of the measures"),
    "statistic.frozen": ("取自引擎的输入", "input taken from the engine"),
}
_ADJUSTMENTS: Final = {
    "adjustments.bonus_rule": ("计算加分：{formula}", "computed bonus: {formula}"),
    "adjustments.penalty_rule": ("计算扣分：{formula}", "computed penalty: {formula}"),
    "adjustments.veto_rule": ("否决条件（1为成立）：{formula}", "veto if (1 holds): {formula}"),
    "adjustments.gate_of": ("{name}：条件", "{name}: gate"),
    "adjustments.gate": ("1为成立，0为不成立：{formula}", "1 holds, 0 fails: {formula}"),
    "adjustments.bonus_gate": ("加分条件", "gate of the bonus"),
    "adjustments.penalty_gate": ("扣分条件", "gate of the penalty"),
    "adjustments.bonus_asked": ("应加分：{name}", "bonus asked for: {name}"),
    "adjustments.penalty_asked": ("应扣分：{name}", "penalty asked for: {name}"),
    "adjustments.bonus_all": ("应加分合计", "bonus asked for, all nodes"),
    "adjustments.penalty_all": ("应扣分合计", "penalty asked for, all nodes"),
    "adjustments.bonus_counts": ("实加分：{name}", "bonus that counts: {name}"),
    "adjustments.penalty_counts": ("实扣分：{name}", "penalty that counts: {name}"),
    "adjustments.cap": ("上限{cap}分", "capped at {cap}"),
    "adjustments.entered": ("登记数：{name}", "entered: {name}"),
    "adjustments.vetoed": ("一票否决", "vetoed"),
    "adjustments.vetoed_note": ("1为否决", "1 is vetoed"),
}
_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    **_SHEETS,
    **_TITLES,
    **_COLUMNS,
    **_RANKING,
    **_DATA,
    **_WEIGHTS,
    **_RULES,
    **_ADJUSTMENTS,
    **GUIDE,
}
