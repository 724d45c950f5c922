"""The tables of weight against influence, and of the weights that would give the influence intended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from quanheng.findings.text import Text
from quanheng.studies.audit.audited import Audited
from quanheng.studies.audit.influences import Influence
from quanheng.studies.columns import GROUP, NUMBER, TEXT, TRUTH, WHOLE, Columns, known, table
from quanheng.studies.study import Table

_WHOLE: Final = (
    TEXT,
    Text(en="The whole: a dimension, or the total.", zh="整体：维度或总分。"),
)
_PART: Final = (
    TEXT,
    Text(
        en="A part of it: a child, or for the total any indicator.", zh="部分：下级；对总分也可以是任一指标。"
    ),
)
_AMONG: Final = (
    TEXT,
    Text(
        en="What the parts are: `children` of the whole, or all `indicators` of the total.",
        zh="范围：下级（children）或总分的全部指标（indicators）。",
    ),
)
_INFLUENCE: Final[Columns] = {
    "group": GROUP,
    "whole": _WHOLE,
    "among": _AMONG,
    "part": _PART,
    "n": (WHOLE, Text(en="How many units have both.", zh="单位数：两者都有得分的单位数。")),
    "weight": (NUMBER, Text(en="Its weight as a part of the whole.", zh="权重：占整体的比例。")),
    "correlation": (
        NUMBER,
        Text(en="Pearson's correlation with the whole.", zh="相关：与整体的皮尔逊相关系数。"),
    ),
    "r2": (
        NUMBER,
        Text(en="The correlation ratio by a straight line.", zh="线性相关比：按直线计算的相关比（r²）。"),
    ),
    "s": (NUMBER, Text(en="The correlation ratio by a curve.", zh="相关比：按曲线计算的相关比（S）。")),
    "curve": (
        TEXT,
        Text(
            en="How it was found: `spline`, `binned` (spline through groups of neighbours), "
            "`means` (of few "
            "values), `line` (too few units), `none` (nothing varies).",
            zh="曲线：平滑样条（spline）、先合并相邻值的样条（binned）、少数取值的均值（means）、"
            "单位太少只用直线（line）、没有差异（none）。",
        ),
    ),
    "influence_linear": (
        NUMBER,
        Text(en="r2 as a part of the sum of all parts'.", zh="线性影响：r² 占各部分之和的比例。"),
    ),
    "influence": (
        NUMBER,
        Text(en="s as a part of the sum of all parts'.", zh="影响：S 占各部分之和的比例。"),
    ),
    "apart": (NUMBER, Text(en="Influence less weight.", zh="差距：影响减权重。")),
}
_INTENDED: Final[Columns] = {
    "group": GROUP,
    "whole": _WHOLE,
    "among": _AMONG,
    "part": _PART,
    "units": (
        WHOLE,
        Text(
            en="How many units have points for all parts; only they count.",
            zh="单位数：各部分都有得分的单位数，只按这些单位计算。",
        ),
    ),
    "intended": (NUMBER, Text(en="The influence it is meant to have.", zh="应有影响。")),
    "weight": (NUMBER, Text(en="Its weight now.", zh="现权重。")),
    "influence": (
        NUMBER,
        Text(
            en="Its influence now, by straight lines on the scale on which points are added: of "
            "a geometric "
            "mean their logarithms, of a harmonic one their reciprocals, of a power mean their powers.",
            zh="现影响（按直线）：在相加的尺度上计算，几何平均取对数，调和平均取倒数，幂平均取幂。",
        ),
    ),
    "weight_found": (
        NUMBER,
        Text(en="The weight that gives it, or comes nearest.", zh="所求权重：达到或最接近应有影响的权重。"),
    ),
    "influence_found": (
        NUMBER,
        Text(en="Its influence with that weight, by straight lines.", zh="所得影响（按直线）。"),
    ),
    "influence_found_curve": (NUMBER, Text(en="The same, by curves.", zh="所得影响（按曲线）。")),
    "reached": (
        TRUTH,
        Text(
            en="Whether all parts of the whole reach what is intended.",
            zh="达到：整体的各部分是否都达到应有影响。",
        ),
    ),
}


def influence_tables(groups: Sequence[Audited]) -> tuple[Table, ...]:
    """Return the tables of influence and of intended influence."""
    inner = [(each, influence) for each in groups for influence in each.influences]
    return (
        table(
            "influence",
            Text(en="Weight against influence", zh="权重与实际影响"),
            _INFLUENCE,
            known(row for each, influence in inner for row in _influence(each, influence)),
        ),
        table(
            "intended",
            Text(en="Weights that would give the influence intended", zh="达到应有影响所需的权重"),
            _INTENDED,
            known(row for each, influence in inner for row in _intended(each, influence)),
        ),
    )


def _influence(found: Audited, influence: Influence) -> Iterator[tuple[object, ...]]:
    linear, by_curve = influence.linear, influence.shares
    for place, (part, ratio) in enumerate(zip(influence.parts, influence.ratios, strict=True)):
        yield (
            found.pool.group.code,
            influence.whole.code,
            influence.among,
            part.code,
            ratio.n,
            float(influence.weights[place]),
            ratio.correlation,
            ratio.linear,
            ratio.ratio,
            ratio.curve,
            float(linear[place]),
            float(by_curve[place]),
            float(by_curve[place] - influence.weights[place]),
        )


def _intended(found: Audited, influence: Influence) -> Iterator[tuple[object, ...]]:
    intended = influence.intended
    if intended is None:
        return
    for place, part in enumerate(influence.parts):
        yield (
            found.pool.group.code,
            influence.whole.code,
            influence.among,
            part.code,
            intended.units,
            float(intended.influence[place]),
            float(influence.weights[place]),
            float(intended.now[place]),
            float(intended.found.weights[place]),
            float(intended.found.influence[place]),
            float(intended.then[place]),
            intended.found.is_reached,
        )
