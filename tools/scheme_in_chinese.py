"""What the keys of the scheme language mean, in Chinese, by the English the forms are described with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

CHINESE: Final[Mapping[str, str]] = {
    # --- the file ---
    "The version of this language.": "本语言的版本。",
    "The identity of the scheme.": "方案编号。",
    "What it is called.": "名称。",
    "What it is called; if not given, its code.": "名称；不写则用其代码。",
    "The period the result is for.": "考核期。",
    "What the root is worth.": "满分。",
    "Units compared with each other.": "相互比较的单位。",
    "Units compared with each other; without any, all units are one group.": (
        "相互比较的单位；不分组则全部单位为一组。"
    ),
    "What the root is worth for it, if not the scheme's `marks`.": "该组的满分；不写则用方案的 `marks`。",
    "The figures the formulas are about.": "公式所用的数据项。",
    "For every indicator unless it says otherwise.": "各指标的默认值，指标另写的除外。",
    "The same as `gaps` under `defaults`.": "同 `defaults` 下的 `gaps`。",
    "How points are joined at every node that does not say otherwise (arithmetic).": (
        "各节点合成得分的方法，节点另写的除外（算术平均）。"
    ),
    "How weights are shared at every node that does not say otherwise (marks).": (
        "各节点分配权重的方法，节点另写的除外（分值）。"
    ),
    "The tree.": "指标体系。",
    "加减分、一票否决.": "加减分、一票否决。",
    "Decimals at each stage.": "各环节保留的小数位。",
    "What decides between equal totals.": "总分相同时比较什么。",
    "The grades, best first.": "等次，从高到低。",
    "The honours.": "奖项。",
    "序时进度: what share of a target is due by when.": "序时进度：目标在何时应完成多少。",
    "季季评: reviews inside the year.": "季季评：年内的评议。",
    "台账: whose records they hold, their dates, states and fields; a ledger may be used undeclared.": (
        "台账：事项属于谁，其日期、状态和字段；台账不声明也可使用。"
    ),
    "专项行动: tasks with milestones, and the indicators they should move.": (
        "专项行动：带阶段目标的任务，及其应带动的指标。"
    ),
    "Whether `results.xlsx` is written beside the tables; if not given, unless it would be too large.": (
        "是否在各表之外生成审计工作簿 `results.xlsx`；不写则在规模不过大时生成。"
    ),
    # --- texts, items, nodes ---
    "A text in both languages, `{zh: …, en: …}`.": "两种语言的文字，`{zh: …, en: …}`。",
    "The Chinese text.": "中文。",
    "The English text.": "英文。",
    "A figure: reported, counted or summed from a ledger, or an attribute of the units.": (
        "数据项：报送的数，由台账计数或合计的数，或单位的属性。"
    ),
    "The unit of measurement; `'%'` makes a cell `6.1%` mean 6.1.": (
        "计量单位；写 `'%'` 时，单元格 `6.1%` 就是 6.1。"
    ),
    "How its values of several periods make the value of a round (stock).": (
        "各期的数如何成为考核期的数（存量）。"
    ),
    "How often it is reported (year).": "报送周期（年）。",
    "Who reports it.": "由谁报送。",
    "口径: what it covers, such as 含开发区.": "口径：包括什么，例如“含开发区”。",
    "A ledger whose records are counted.": "对其事项计数的台账。",
    "`ledger.column` whose numbers are summed.": "求合计的“台账.列”。",
    "`ledger.column` whose numbers are averaged.": "求平均的“台账.列”。",
    "Which records of the ledger; its names are the columns, `period_start` and `period_end`.": (
        "台账的哪些事项；可用各列名，以及 `period_start`、`period_end`。"
    ),
    "The column of the ledger that says whose record it is; if not given, the ledger's `unit`.": (
        "台账中写明所属单位的列；不写则用台账的 `unit`。"
    ),
    "A column of the units.": "单位表的一列。",
    "A node of the tree: an indicator (with a measure) or a dimension (with children).": (
        "指标体系的节点：指标（有指标值）或维度（有下级）。"
    ),
    "Marks, or a proportion; one for all groups or one for each.": "分值或比例；各组相同，或分组写。",
    "The groups it applies to; if not given, those of its weights or of its parent.": (
        "适用的分组；不写则从权重或上级。"
    ),
    "The value that is rated, a formula over items.": "用来计分的值，由数据项组成的公式。",
    "How the measure becomes points.": "指标值如何成为得分。",
    "Which is better.": "以何为优。",
    "Which is better (more).": "以何为优（多为优）。",
    "What happens where there is no value.": "没有值时如何处理。",
    "How outliers are treated before rating.": "计分前如何处理异常值。",
    "Whose values count for what is observed.": "观测值看哪些单位。",
    "Whose values count for what is observed: the group's or all units' (group).": (
        "观测值看哪些单位：本组的，或全部的（本组）。"
    ),
    "How the points of the children are joined.": "下级得分的合成方法。",
    "How the children share its weight.": "下级分配其权重的方法。",
    "难度系数: the points are multiplied by it.": "难度系数：得分乘以它。",
    "What of its target is due by when, where it differs from the scheme's pace; `none` where nothing is.": (
        "目标在何时应完成多少，与方案不同之处；`none` 为年内不要求。"
    ),
    "A remark for readers.": "给读者的说明。",
    "The nodes below it.": "下级节点。",
    # --- gaps and outliers ---
    # --- rules ---
    "How the measure becomes points: exactly one of these rules.": "指标值如何成为得分：恰好写一种规则。",
    "功效系数法、极差法: r = (x - worst)/(best - worst); points = base + (100 - base)·f(r).": (
        "功效系数法、极差法：r = (x − worst)/(best − worst)；得分 = base + (100 − base)·f(r)。"
    ),
    "The value at r = 0.": "r = 0 处的值。",
    "The value at r = 1.": "r = 1 处的值。",
    "The points at r = 0.": "r = 0 处的得分。",
    "On which sides r is kept inside 0 to 1.": "r 在哪一端限于 0 至 1。",
    "f(r): r itself, or so that points = base·(100/base)^r.": "f(r)：r 本身，或使得分 = base·(100/base)^r。",
    "Round r to so many decimals first.": "r 先保留几位小数。",
    "The measure of a named unit, `{unit: DEU}`.": "所写单位的指标值，`{unit: DEU}`。",
    "The code of the unit.": "单位代码。",
    "The unit's own value of an item, `{item: county_mean}`.": "本单位某数据项的值，`{item: county_mean}`。",
    "The code of the item.": "数据项代码。",
    "目标完成法: completion of the target, c = x/target (less: 2 - x/target).": (
        "目标完成法：完成率 c = x/target（少为优：2 − x/target）。"
    ),
    "100 points if the target is met, else 0.": "达到目标得 100 分，否则 0 分。",
    "The fewest points (0).": "最低得分（0）。",
    "The most points (100).": "最高得分（100）。",
    "Points where the target is just met; more by `over`, less by `short`.": (
        "恰好完成目标的得分；超过按 `over` 加，不足按 `short` 减。"
    ),
    "`difference` compares x - target, for rates in percentage points.": (
        "`difference` 比较 x − target，用于以百分点计的比率。"
    ),
    "Points above the target.": "超过目标的加分。",
    "Points under the target.": "未达目标的减分。",
    "Points above the target: `add` for each `per`, not past `up_to`.": (
        "超过目标：每 `per` 加 `add` 分，不超过 `up_to`。"
    ),
    "Points under the target: `take` for each `per`, not past `down_to`.": (
        "未达目标：每 `per` 减 `take` 分，不低于 `down_to`。"
    ),
    "The step: a part of the target (`1%`); where `compare: difference`, in the measure's unit.": (
        "步长：目标的一部分（`1%`）；`compare: difference` 时为指标值的单位。"
    ),
    "Points for each step.": "每步加几分。",
    "Points taken for each step.": "每步减几分。",
    "The most points.": "最高得分。",
    "The fewest points.": "最低得分。",
    "Count only complete steps.": "不足一步不计。",
    "区间插值: straight lines through `[x, points]`, x rising, flat outside.": (
        "区间插值：过各点 `[x, 得分]` 的折线，x 递增，两端水平。"
    ),
    "分档赋分: the points of the highest threshold reached.": "分档赋分：所达到最高一档的得分。",
    "`[threshold, points]`, thresholds rising.": "`[界限, 得分]`，界限递增。",
    "Points where no threshold is reached.": "哪一档都未达到时的得分。",
    "排序赋分: points by place in the group: evenly, by a step, or from a table.": (
        "排序赋分：按组内位次得分，等距、逐名递减或查表。"
    ),
    "Points of place 1 (100).": "第 1 名的得分（100）。",
    "Points of the last place (0); evenly between.": "末名的得分（0）；其间等距。",
    "Points fewer for each further place.": "每退一名少几分。",
    "With `step`: the fewest points (0).": "与 `step` 同用：最低得分（0）。",
    "Points by place or range of places: `{1-3: 100, 4-6: 70}`.": (
        "各名次或名次范围的得分：`{1-3: 100, 4-6: 70}`。"
    ),
    "With `table`: points of all other places (0).": "与 `table` 同用：其余名次的得分（0）。",
    "百分位: the share of the other units it beats, 100·(strictly worse)/(n - 1).": (
        "百分位：所超过的其他单位的比例，100·(更差的单位数)/(n − 1)。"
    ),
    "比值法: 100·x/ref (less: 100·ref/x).": "比值法：100·x/ref（少为优：100·ref/x）。",
    "What x is compared with.": "x 与什么相比。",
    "标准化: center + spread·(x - mean)/sd.": "标准化：center + spread·(x − 平均值)/标准差。",
    "Points at the mean.": "平均值处的得分。",
    "Points for each standard deviation.": "每个标准差几分。",
    "1: the standard deviation of a sample (n - 1); 0: of all (n).": (
        "1：样本标准差（n − 1）；0：总体标准差（n）。"
    ),
    "扣分法: from - each·max(0, x - free), not under `floor`.": (
        "扣分法：from − each·max(0, x − free)，不低于 `floor`。"
    ),
    "Points before anything is taken.": "扣分之前的得分。",
    "Points taken for each unit of x.": "x 每 1 扣几分。",
    "So much of x costs nothing.": "x 在此数之内不扣分。",
    "适度指标: 100 inside the interval, falling with the distance outside.": (
        "适度指标：区间内 100 分，区间外随偏离递减。"
    ),
    "`[a, b]`, the ideal interval.": "`[a, b]`，适度区间。",
    "The distance at which points reach 0; if not given, the greatest that is observed.": (
        "偏离多少得 0 分；不写则取观测到的最大偏离。"
    ),
    "达标赋分: 100 if the condition over `x`, `target` and items holds, else 0.": (
        "达标赋分：关于 `x`、`target` 和数据项的条件成立得 100 分，否则 0 分。"
    ),
    "直接评分: x itself is the points, checked to lie in its range.": (
        "直接评分：x 就是得分，须在所写范围内。"
    ),
    "`[least, most]`.": "`[最低, 最高]`。",
    # --- weights and aggregation ---
    # --- adjustments, tiers, awards ---
    "Marks, or a veto, that follow from a formula.": "由公式得出的加减分或否决。",
    "What it is called in the trace.": "计分依据中的名称。",
    "What it does.": "作用。",
    "The marks, 0 or more (bonus, penalty).": "分数，不小于 0（加分、扣分）。",
    "The condition without which it does not count; for a veto, the condition under which it falls.": (
        "条件不成立则不计；对否决而言，条件成立则否决。"
    ),
    "The node it is added at; if not given, the total.": "计入哪个节点；不写则计入总分。",
    "What holds for all bonus, or all penalty, marks of a unit.": "对一个单位全部加分或全部扣分的限制。",
    "The most marks, over all nodes.": "各节点合计的上限。",
    "The condition without which none count.": "条件不成立则都不计。",
    "一票否决.": "一票否决。",
    "The tier of a vetoed unit.": "被否决单位的等次。",
    "Decimals at each stage; a stage that is not named is not rounded.": (
        "各环节保留的小数位；没有写的环节不修约。"
    ),
    "The inner ratio of a scale.": "功效系数的比率。",
    "The points of an indicator.": "指标的得分（百分制）。",
    "The score of each node.": "各节点的得分。",
    "The total.": "总分。",
    "Nodes, in order; what is still equal shares the place.": "依次比较的节点；仍相同的并列。",
    "A grade.": "等次。",
    "Down to this place: a count, or a share of the group; cumulative.": (
        "到第几名为止：名额，或占本组的比例；累计。"
    ),
    "The least total.": "总分下限。",
    "A condition under which a unit does not enter, such as `veto`.": "不能进入的条件，例如 `veto`。",
    "An honour.": "奖项。",
    "The groups it is given in; if not given, all.": "在哪些组评；不写则各组都评。",
    "How many in each group: a count or a share; if not given, all for whom the condition holds.": (
        "每组几个：名额或比例；不写则符合条件的都有。"
    ),
    "Who can have it.": "谁可以得。",
    "Greatest first; if not given, by place.": "由大到小；不写则按位次。",
    "The column of the units that names the person honoured.": "单位表中受奖人所在的列。",
    "Only in rounds of this length.": "只在这种长度的考核期评。",
    "Whether vetoed units take part.": "被否决的单位是否参评。",
    # --- pace and reviews ---
    "序时进度: what share of a target is due by when, and how its completion is judged.": (
        "序时进度：目标在何时应完成多少，完成情况如何判断。"
    ),
    "The pace of one indicator; what it does not say is as the scheme's.": (
        "一个指标的序时进度；没有写的从方案。"
    ),
    "How the year's target is spread (even).": "全年目标怎样分布（均匀）。",
    "As earlier years went, `{seasonal: 3}`.": "照往年的进度，`{seasonal: 3}`。",
    "The most years that are looked at.": "最多看几年。",
    "The share due by the end of a period, where it differs from the curve.": (
        "某期末应完成的比例，与曲线不同之处。"
    ),
    "Under this part of what is due, an indicator is yellow (95%).": "低于应完成数的此比例为黄灯（95%）。",
    "Under this part of what is due, an indicator is red (85%).": "低于应完成数的此比例为红灯（85%）。",
    "Conditions that set a light before that; the first of red, yellow, green that holds counts.": (
        "先于上述比例决定灯色的条件；依红、黄、绿取先成立的。"
    ),
    "So many of the same yellow or red light in a row are raised (2).": (
        "同样的黄灯或红灯连续几次后升级提示（2）。"
    ),
    "A record is due soon so many days before its due date (14).": "应办日期前几天为临期（14）。",
    "How often lights are given (month).": "多久亮一次灯（月）。",
    "What is due of the target during the year; if not given, as the measure's items say.": (
        "年内应完成目标的什么；不写则看指标值所用的数据项。"
    ),
    "Conditions that set a light before the completion of what is due does.": (
        "先于完成比例决定灯色的条件。"
    ),
    "When the light is red, 告警.": "何时红灯，告警。",
    "When it is yellow, 关注.": "何时黄灯，关注。",
    "When it is green, 正常.": "何时绿灯，正常。",
    "How often.": "多久一次。",
    "What is reviewed, with all below it; if not given, the indicators with figures for each review.": (
        "参评的节点及其下级；不写则为每次都有数据的指标。"
    ),
    "The mean over the year is a mean of the means of these periods, where they are longer than `every`.": (
        "全年平均先按这种周期平均、再平均；须长于 `every`。"
    ),
    "How they enter the year's result.": "如何折入全年。",
    "How the year's result is made of the reviews and the year.": "全年结果由季季评和全年怎样组成。",
    "The part of the reviews' mean.": "季季评平均所占比例。",
    "The part of the year.": "全年自身所占比例。",
    # --- ledgers and campaigns ---
    "台账: a register of enterprises, projects, hazards, requests or tasks.": (
        "台账：企业、项目、隐患、诉求、任务等的登记册。"
    ),
    "The column that tells records apart.": "区分各事项的编号列。",
    "The column that says whose record it is (unit).": "写明所属单位的列（unit）。",
    "The column of the person in charge.": "责任人所在的列。",
    "The column of the proof that a record is done.": "办结佐证所在的列。",
    "The column of the day a record begins.": "事项开始日期所在的列。",
    "The column of the day it is to be done by.": "应办日期所在的列。",
    "The column of the day it was done.": "办结日期所在的列。",
    "The states of a record and the moves between them.": "事项的状态和状态之间的流转。",
    "What the cells of a column hold.": "各列单元格的内容。",
    "A column of a ledger: what its cells hold.": "台账的一列：单元格的内容。",
    "What a cell holds (text; of the columns `opened`, `due` and `closed`, a date).": (
        "单元格的内容（文字；`opened`、`due`、`closed` 列为日期）。"
    ),
    "Whether every record has it (false; of the `key`, true).": "是否每条都须有（否；编号列为是）。",
    "The least number.": "最小值。",
    "The greatest number.": "最大值。",
    "The texts it may hold.": "只能填的文字。",
    "The states of a record and the moves allowed between them.": "事项的状态和允许的流转。",
    "The column that holds the state.": "状态所在的列。",
    "For each state, those that may follow it.": "每个状态之后可以是哪些状态。",
    "The states a new record may have; if not given, those no move leads to.": (
        "新事项的状态；不写则为没有流转进入的状态。"
    ),
    "The states in which nothing is owed any more; if not given, those without a move out.": (
        "已办结的状态；不写则为没有后续流转的状态。"
    ),
    "专项行动: tasks of a ledger with milestones, and the indicators they should move.": (
        "专项行动：台账中带阶段目标的任务，及其应带动的指标。"
    ),
    "The ledger that holds its tasks.": "任务所在的台账。",
    "Which records; its names are the columns, and `period_start` and `period_end`, its own span.": (
        "哪些事项；可用各列名，`period_start`、`period_end` 为行动起止日。"
    ),
    "Its first day.": "第一天。",
    "Its last day.": "最后一天。",
    "What is to be done by when, in order.": "何时应完成多少，依次写。",
    "The indicators it should move.": "应带动的指标。",
    "By a day, a share of the tasks is to be done.": "到某日应完成任务的一定比例。",
    "The day.": "日期。",
    "The share of the tasks.": "任务的比例。",
}
