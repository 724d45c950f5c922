"""What the pages for readers say, in both languages."""

from __future__ import annotations

from typing import Final

from quanheng.findings.text import Text

PAGES: Final = {
    "page.contents": Text(zh="目录", en="Contents"),
    "page.units": Text(zh="单位查询", en="One unit"),
    "page.findings": Text(zh="核查发现", en="Findings"),
    "page.trace": Text(zh="计分依据", en="Trace"),
    "page.sheet": Text(zh="工作表", en="Sheet"),
    "page.about": Text(zh="内容", en="What it holds"),
    "page.count": Text(zh="{groups}个组、{units}个单位", en="{units} units in {groups} groups"),
    "page.place": Text(zh="位次", en="place"),
    "page.unit": Text(zh="单位代码", en="unit"),
    "page.name": Text(zh="单位", en="name"),
    "page.group": Text(zh="分组", en="group"),
    "page.total": Text(zh="总分", en="total"),
    "page.tier": Text(zh="等次", en="tier"),
    "page.difference": Text(zh="与组均之差", en="off the mean"),
    "page.judged": Text(zh="与组均相比", en="beside the mean"),
    "page.above": Text(zh="高于组均", en="above"),
    "page.below": Text(zh="低于组均", en="below"),
    "page.same": Text(zh="持平", en="the same"),
    "page.mean": Text(zh="组均", en="mean of the group"),
    "page.group_title": Text(zh="{name}：位次与各方面得分", en="{name}: places and scores by dimension"),
    "page.group_about": Text(
        zh="{name}（{count}个单位）：位次、各方面得分、与组均相比、条形图",
        en="{name} ({count} units): places, scores by dimension, beside the mean, as bars",
    ),
    "page.group_chart": Text(zh="{name}总分", en="{name}: totals"),
    "page.unit_about": Text(
        zh="{name}：各指标分值、得分，与组均相比", en="{name}: marks and scores of each node, beside the mean"
    ),
    "page.unit_chart": Text(
        zh="各方面百分制得分与组均", en="points by dimension, beside the mean of the group"
    ),
    "page.chooser_title": Text(
        zh="单位查询：点选蓝色单元格选择单位，下面各数随之改变",
        en="One unit: choose it in the blue cell, and what stands below follows",
    ),
    "page.chooser_about": Text(
        zh="在{count}个单位中选择一个：各指标分值、得分，与组均相比",
        en="one of {count} units is chosen: marks and scores of each node, beside the mean",
    ),
    "page.chosen": Text(zh="选择单位", en="choose"),
    "page.list": Text(
        zh="可选单位、所在组的首行和末行、所选行", en="units to choose, ends of the group, the one chosen"
    ),
    "page.node": Text(zh="指标", en="node"),
    "page.parent": Text(zh="上级", en="parent"),
    "page.marks": Text(zh="分值", en="marks"),
    "page.score": Text(zh="得分", en="score"),
    "page.points": Text(zh="百分制得分", en="points"),
    "page.mean_points": Text(zh="组均", en="mean"),
    "page.findings_title": Text(
        zh="核查发现：读取和计分时发现的情况", en="Findings: what was found on the way"
    ),
    "page.findings_about": Text(
        zh="读取和计分时发现的情况（{count}条）", en="what was found on the way ({count})"
    ),
    "page.no_findings": Text(zh="没有", en="none"),
    "page.severity": Text(zh="级别", en="level"),
    "page.error": Text(zh="错误", en="error"),
    "page.warning": Text(zh="警告", en="warning"),
    "page.remark": Text(zh="提示", en="note"),
    "page.code": Text(zh="代码", en="code"),
    "page.where": Text(zh="位置", en="where"),
    "page.message": Text(zh="情况", en="what"),
    "page.hint": Text(zh="建议", en="what to do"),
    "page.trace_title": Text(zh="计分依据：每个得分的每一步", en="Trace: every step of every score"),
    "page.trace_about": Text(
        zh="每个得分的每一步（{count}行）", en="every step of every score ({count} rows)"
    ),
    "page.no_trace": Text(
        zh="计分依据超过{most}行，见结果文件夹中的 trace.parquet，或用 quanheng explain 查看",
        en="the trace has more than {most} rows: see trace.parquet in the result, or quanheng explain",
    ),
    "page.no_groups": Text(
        zh="超过{units}个单位或{groups}个组，不另列各组",
        en="of more than {units} units or {groups} groups none has a sheet",
    ),
    "page.trace_unit": Text(zh="单位代码", en="unit"),
    "page.trace_node": Text(zh="指标代码", en="node"),
    "page.trace_step": Text(zh="步骤", en="step"),
    "page.trace_stage": Text(zh="环节", en="stage"),
    "page.trace_value": Text(zh="数值", en="value"),
    "page.trace_text": Text(zh="说明", en="text"),
    "page.footer": Text(zh="第 &P 页，共 &N 页", en="page &P of &N"),
}
"""The wordings, by key: Chinese, English."""
