"""What an audit says about how it was made: where it looked at less than all, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from quanheng.findings.finding import Kind
from quanheng.findings.text import Text

FEW_UNITS: Final = Kind(
    code="QH710",
    severity="warning",
    en="the group '{group}' has {units} units: what compares them stays empty",
    zh="分组“{group}”只有{units}个单位：凡比较各单位的结果均为空",
    hint_en="correlations and influence need three units, a curve needs ten",
    hint_zh="相关和影响至少需要3个单位，曲线至少需要10个",
)
SAMPLED: Final = Kind(
    code="QH711",
    severity="note",
    en="in '{group}' Kendall's tau is of a sample of {sample} of {units} units, drawn with seed {seed}",
    zh="分组“{group}”的肯德尔系数取自{units}个单位中的{sample}个（随机种子{seed}）",
    hint_en="'kendall_units' says how many are looked at; all pairs of them are",
    hint_zh="取多少个单位由研究文件设定（kendall_units）；其中每两个都比较",
)
BINNED: Final = Kind(
    code="QH712",
    severity="note",
    en="in '{group}' curves of influence go through {bins} groups of neighbours, for {count} nodes "
    "have more values",
    zh="分组“{group}”中{count}个节点取值较多，影响曲线先把相邻的值合为{bins}组",
    hint_en="'bins' says how many groups there are",
    hint_zh="组数由研究文件设定（bins）",
)
LINES: Final = Kind(
    code="QH713",
    severity="note",
    en="in '{group}' influence is that of straight lines for {nodes}, and correlations say little: "
    "fewer than "
    "{fewest} units",
    zh="分组“{group}”中{nodes}的影响按直线计算，相关也不足为凭：单位不到{fewest}个",
    hint_en="few units agree or differ by chance; nothing of that is called conspicuous",
    hint_zh="单位少时，一致或相反多属偶然，不列为值得注意之处",
)
RANKS_INSIDE: Final = Kind(
    code="QH714",
    severity="note",
    en="in '{group}' Spearman's ranks are those inside each column: {units} units are many, and some "
    "have gaps",
    zh="分组“{group}”的斯皮尔曼系数用各列内的位次计算：单位多（{units}个）且有缺失",
    hint_en="up to {exact} units the ranks are those among the units that have both figures",
    hint_zh="单位不超过{exact}个时，按两项数值都有的单位排位次",
)
NOT_REACHED: Final = Kind(
    code="QH715",
    severity="note",
    en="in '{group}' no weights give the influence intended under {wholes}",
    zh="分组“{group}”中，没有权重能使下列整体的各部分达到应有的影响：{wholes}",
    hint_en="the nearest are in the table 'intended'; parts that say the same, or go against each "
    "other, share "
    "their influence: join or drop one",
    hint_zh="最接近的权重见“达到应有影响所需的权重”表；重复或相互抵消的部分会分走影响：请合并或删去其中之一",
)
NO_WEIGHTS: Final = Kind(
    code="QH716",
    severity="note",
    en="in '{group}' no weights are looked for under {nodes}",
    zh="分组“{group}”未为{nodes}求权重",
    hint_en="they are where parts differ for three units that have all of them, are joined by an "
    "arithmetic, geometric, "
    "harmonic or power mean with the same weights for all, and are above 0 where the mean needs it",
    hint_zh="须至少3个单位各部分都有得分且有差异，按算术、几何、调和或幂平均合成，各单位权重相同，且得分符合该平均的要求（大于0）",
)
LEFT_OUT: Final = Kind(
    code="QH717",
    severity="note",
    en="in '{group}' alpha and components leave out {nodes}: their points are the same for all, or not there",
    zh="分组“{group}”的信度系数和主成分不含{nodes}：其得分全部相同或缺失",
    hint_en="what does not vary belongs to nothing",
    hint_zh="没有差异的指标与其他指标无从比较",
)
INCOMPLETE: Final = Kind(
    code="QH718",
    severity="note",
    en="in '{group}' alpha, components and weights are of the units with points for every child: {nodes}",
    zh="分组“{group}”的信度系数、主成分和所求权重只用各下级都有得分的单位：{nodes}",
    hint_en="fill the gaps, or read them as figures of those units",
    hint_zh="请补齐缺失的数据，或只把它们看作这些单位的结果",
)
NO_CURVE: Final = Kind(
    code="QH719",
    severity="note",
    en="in '{group}' there is no curve of {node}: {reason}",
    zh="分组“{group}”没有{node}的曲线：{reason}",
    hint_en="its points stand in the other tables",
    hint_zh="其得分见其他各表",
)
MANY_PAIRS: Final = Kind(
    code="QH720",
    severity="note",
    en="in '{group}' there are {pairs} pairs: the table has the {kept} whose Pearson's correlation "
    "is strongest",
    zh="分组“{group}”共有{pairs}对：表中只列皮尔逊相关最强的{kept}对",
    hint_en="name fewer 'levels' to see all of theirs",
    hint_zh="减少层级（levels）即可看到全部",
)
NOBODY: Final = Kind(
    code="QH721",
    severity="warning",
    en="in '{group}' nobody has a figure for {nodes}",
    zh="分组“{group}”没有任何单位有{nodes}的数据",
    hint_en="an indicator without figures weighs on nothing: drop it, or have it reported",
    hint_zh="没有数据的指标不起作用：请删去，或补报数据",
)

_SHOWN: Final = 5


def listed(names: Sequence[Text]) -> Text:
    """Return names as a list, the first of many.

    Examples:
        >>> listed([Text(en="growth", zh="增速"), Text(en="safety", zh="安全")]).en
        "'growth', 'safety'"
    """
    return joined(
        [Text(en=f"'{name.in_language('en')}'", zh=f"“{name.in_language('zh')}”") for name in names]
    )


def joined(parts: Sequence[Text]) -> Text:
    """Return parts one after the other, the first of many."""
    shown, left = parts[:_SHOWN], len(parts) - _SHOWN
    en = ", ".join(part.in_language("en") for part in shown)
    zh = "、".join(part.in_language("zh") for part in shown)
    if left > 0:
        return Text(en=f"{en} and {left} more", zh=f"{zh}等{len(parts)}个")
    return Text(en=en, zh=zh)
