"""What the views of a page say, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from quanheng.findings.text import Text

_RANKING: Final[Mapping[str, Text]] = {
    "sort.by": Text(zh="排序依据", en="sort by"),
    "search": Text(zh="查找单位", en="find a unit"),
    "found": Text(zh="找到 {count} 个单位", en="{count} units found"),
    "nobody.found": Text(zh="{group}：没有符合的单位", en="{group}: no unit of this name"),
    "nobody.placed": Text(zh="{group}没有参加排名的单位", en="nobody is ranked in {group}"),
    "first.is": Text(
        zh="{group}共 {of} 个单位排名，第 1 位：{names}（{score} 分）",
        en="{group}: first of {of} is {names} with {score}",
    ),
    "ranking.of": Text(zh="{group}排名（{units} 个单位）", en="Ranking of {group} ({units} units)"),
    "ranking.trial": Text(zh="{group}：试算，非考核结果", en="{group}: a trial, not a result"),
    "ranking.note": Text(
        zh="位次在分组内排列；总分相同的按方案规定的次序区分，仍相同的并列。点击表头可按该列排序。",
        en="Places are taken inside each group; equal totals share one where the scheme does not tell them"
        " apart. A heading sorts by its column.",
    ),
    "place.there": Text(zh="该项位次", en="place there"),
    "move": Text(zh="位次变化", en="move"),
    "file.ranking": Text(zh="排名", en="ranking"),
    "file.trial": Text(zh="试算", en="trial"),
}
_TRIAL: Final[Mapping[str, Text]] = {
    "trial": Text(
        zh="权重试算：如果权重不同，排名会怎样？", en="Try other weights: what would the ranking be?"
    ),
    "trial.note": Text(
        zh="拖动滑块改变权重，本页按方案规定的合成、缺项、修约和并列规则重新计算。等次、奖项不随之试算。",
        en="Move a slider: this page scores again by the scheme's rules for means, gaps, rounding and ties."
        " Tiers and awards are not tried.",
    ),
    "trial.mark": Text(zh="试算，非考核结果", en="a trial, not a result"),
    "trial.off": Text(zh="权重试算不可用：{why}", en="weights cannot be tried here: {why}"),
    "trial.checked": Text(
        zh="权重试算已自检：按原权重重算的总分和位次与引擎一致",
        en="the page scored the given weights again, and its totals and places are those of the engine",
    ),
    "check.failed": Text(
        zh="自检未通过：{unit} 的重算结果与引擎不一致",
        en="the page's own scoring of {unit} is not the engine's",
    ),
    "weights.of": Text(zh="改变哪个分组的权重", en="change the weights of"),
    "weight.of": Text(zh="{name}的权重", en="weight of {name}"),
    "below": Text(zh="“{name}”之下", en="below {name}"),
    "reset": Text(zh="恢复原权重", en="Reset to the given weights"),
    "reset.done": Text(zh="已恢复原权重", en="the given weights are back"),
    "nobody.moved": Text(zh="位次没有变化", en="no place changes"),
    "moved.are": Text(zh="{count} 个单位位次有变：{told}", en="{count} units move: {told}"),
    "place.trial": Text(zh="试算位次", en="trial place"),
    "move.trial": Text(zh="与考核结果相比", en="against the result"),
    "place.official": Text(zh="考核位次", en="place in the result"),
    "total.official": Text(zh="考核总分", en="total in the result"),
    "mark": Text(zh="说明", en="what this is"),
}
_UNIT: Final[Mapping[str, Text]] = {
    "of.marks": Text(zh="满分 {marks}", en="of {marks}"),
    "units.in": Text(zh="共 {count} 个单位", en="{count} units"),
    "compare.near": Text(zh="与前后单位并列比较", en="Compare with the next ones"),
    "waterfall": Text(zh="从组均值到本单位得分", en="From the group's mean to this score"),
    "group.mean": Text(zh="组均值", en="group's mean"),
    "rest": Text(zh="合成、加减分、折入、修约", en="means, adjustments, reviews, rounding"),
    "step": Text(zh="步骤", en="step"),
    "amount": Text(zh="增减", en="amount"),
    "level": Text(zh="到达", en="comes to"),
    "above.mean": Text(zh="比组均值 {mean} 高 {by} 分", en="{by} above the group's mean of {mean}"),
    "below.mean": Text(zh="比组均值 {mean} 低 {by} 分", en="{by} below the group's mean of {mean}"),
    "most.by": Text(zh="，影响最大的是{name}（{amount}）", en="; most by {name} ({amount})"),
    "causes": Text(zh="与上期相比的升降原因", en="What moved it since the round before"),
    "causes.up": Text(zh="总分上升 {by} 分", en="up by {by}"),
    "causes.down": Text(zh="总分下降 {by} 分", en="down by {by}"),
    "causes.same": Text(zh="总分不变", en="the total is as before"),
    "causes.gain": Text(zh="，拉高最多的是{name}（{amount}）", en="; {name} adds most ({amount})"),
    "causes.loss": Text(zh="，拉低最多的是{name}（{amount}）", en="; {name} takes most ({amount})"),
    "causes.unknown": Text(
        zh="上期只有公布的总分和位次，升降原因无从得知",
        en="of the round before only totals and places are known, not what moved them",
    ),
    "other.causes": Text(zh="其他 {count} 项", en="{count} other causes"),
    "rounding.shown": Text(zh="数字取舍", en="rounding of the figures shown"),
    "file.causes": Text(zh="升降原因", en="causes"),
    "interval": Text(zh="位次区间", en="interval"),
    "interval.note": Text(
        zh="位次区间：把{varied}在合理范围内变动并反复计分，{share} 的重复中位次落在此区间内。",
        en="interval: places in {share} of the replicates, in which {varied} were otherwise.",
    ),
    "level.with": Text(zh="与{names}难分高下", en="cannot be told apart from {names}"),
    "profile": Text(zh="各指标与组均值相比", en="Each indicator beside the group's mean"),
    "profile.said": Text(
        zh="最强：{best}（{up}）；最弱：{worst}（{down}）",
        en="strongest in {best} ({up}), weakest in {worst} ({down})",
    ),
    "difference": Text(zh="差距", en="difference"),
    "why": Text(zh="计分依据", en="Why this score"),
    "why.note": Text(
        zh="逐级展开，直到数据所在的文件、工作表和单元格",
        en="Open it level by level, down to file, sheet and cell",
    ),
    "open.all": Text(zh="全部展开", en="Open all"),
    "close.all": Text(zh="全部收起", en="Close all"),
    "no.traces": Text(zh="本页不含计分依据", en="how each score came about is not part of this page"),
    "spread.kept": Text(
        zh="本组 {count} 个单位有总分；方案不公布总分，各单位总分的分布未列",
        en="{count} units of the group have a total; the scheme does not publish totals, how they are"
        " spread is left out",
    ),
    "spread": Text(
        zh="本组 {count} 个单位总分：最低 {low}，下四分位 {q1}，中位数 {median}，上四分位 {q3}，最高 {high}",
        en="totals of the {count} units of the group: least {low}, lower quartile {q1}, median {median},"
        " upper quartile {q3}, greatest {high}",
    ),
    "file.waterfall": Text(zh="瀑布图", en="waterfall"),
    "file.profile": Text(zh="指标对比", en="profile"),
}
_OTHERS: Final[Mapping[str, Text]] = {
    "mark.unit": Text(zh="标出单位", en="mark a unit"),
    "nobody.marked": Text(zh="不标出", en="none"),
    "nobody": Text(zh="没有单位", en="no unit"),
    "best.worst": Text(
        zh="最高 {best}（{high}），最低 {worst}（{low}）",
        en="highest {best} ({high}), lowest {worst} ({low})",
    ),
    "own.here": Text(zh="；{name} {points}，第 {place} 位", en="; {name} {points}, place {place}"),
    "mean.is": Text(zh="均值 {mean}", en="mean {mean}"),
    "moves.in": Text(zh="{group}位次变化", en="Moves in {group}"),
    "moves.counted": Text(
        zh="上升 {up} 个，下降 {down} 个，持平 {same} 个", en="{up} up, {down} down, {same} as before"
    ),
    "moves.most": Text(zh="；上升最多：{name}（{by} 位）", en="; most by {name} (up {by})"),
    "before": Text(zh="上期", en="before"),
    "now": Text(zh="本期", en="now"),
    "place.before": Text(zh="上期位次", en="place before"),
    "place.now": Text(zh="本期位次", en="place now"),
    "total.before": Text(zh="上期总分", en="total before"),
    "total.now": Text(zh="本期总分", en="total now"),
    "unit.number": Text(zh="第 {number} 个单位", en="unit {number}"),
    "unit.score": Text(zh="{name}得分", en="{name}, score"),
    "unit.points": Text(zh="{name}百分制", en="{name}, points"),
    "best.mark": Text(zh="★", en="★"),
    "compare.of": Text(zh="{names}（★ 最高）", en="{names} (★ highest)"),
    "ahead.in": Text(
        zh="{name}有 {count}/{of} 个指标领先", en="{name} is ahead in {count} of {of} indicators"
    ),
    "tree.of": Text(zh="{group}的方案：各节点所占比重", en="The scheme of {group}: what each node weighs"),
    "tree.said": Text(
        zh="{count} 个维度、{leaves} 个指标，比重最大的是{name}（{part}）",
        en="{count} dimensions and {leaves} indicators; {name} weighs most ({part})",
    ),
    "part.of.whole": Text(zh="占总分", en="part of the whole"),
    "file.tree": Text(zh="方案", en="scheme"),
    "file.moves": Text(zh="位次变化", en="moves"),
    "file.compare": Text(zh="并列比较", en="compare"),
}
_LIGHTS: Final[Mapping[str, Text]] = {
    "lights.said": Text(
        zh="截至 {at}：正常 {green} 项，预警 {yellow} 项，告警 {red} 项",
        en="by {at}: {green} on pace, {yellow} behind, {red} with an alarm",
    ),
    "lights.of": Text(zh="{group}：截至 {at} 的进度", en="{group}: how far by {at}"),
    "lights.why": Text(zh="预警、告警和未报送的原因", en="Why lights are yellow or red, and what is not in"),
    "lights.none": Text(zh="没有预警、告警或未报送", en="no light is yellow or red, and every report is in"),
    "light": Text(zh="灯", en="light"),
    "reason": Text(zh="原因", en="reason"),
    "file.lights": Text(zh="红绿灯", en="lights"),
    "file.reasons": Text(zh="预警原因", en="reasons"),
}
_ABOUT: Final[Mapping[str, Text]] = {
    "methods.rules": Text(zh="修约、排名与等次", en="Rounding, places and tiers"),
    "methods.nodes": Text(zh="合成方法与计分规则", en="Means and rules"),
    "methods.items": Text(zh="数据来源", en="Where figures come from"),
    "methods.findings": Text(zh="计分中发现的问题", en="Findings"),
    "no.findings": Text(zh="没有发现问题", en="nothing was found"),
    "places.how": Text(
        zh="位次：分组内按总分由高到低，总分相同的并列，其后位次相应顺延（1、2、2、4）",
        en="places: inside the group, highest total first, equal totals share a place (1 2 2 4)",
    ),
    "places.lowest": Text(
        zh="位次：分组内按总分由低到高，总分相同的并列，其后位次相应顺延（1、2、2、4）",
        en="places: inside the group, lowest total first, equal totals share a place (1 2 2 4)",
    ),
    "rounding.none": Text(zh="各步均不修约", en="nothing is rounded"),
}

VIEWS: Final[Mapping[str, Text]] = {**_RANKING, **_TRIAL, **_UNIT, **_OTHERS, **_LIGHTS, **_ABOUT}
