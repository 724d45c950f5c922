"""Where a value, or its points, cannot be computed: no policy for gaps settles that (absence §5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import narwhals as nw

from quanheng.engine.formulas.expressions import Scope
from quanheng.engine.frame import columns as c
from quanheng.engine.stages.condition import Condition
from quanheng.engine.stages.points.anchored import needs_cap
from quanheng.findings.finding import Kind
from quanheng.scheme.rules.ratio import Ratio
from quanheng.scheme.rules.scale import Scale
from quanheng.scheme.tree.scheme import Indicator

UNDEFINED_MEASURE: Final = Kind(
    code="QH542",
    severity="error",
    en="the measure of {node!r} cannot be computed for {unit!r}: it divides by zero, or takes the log"
    " of a number not above 0, or the root of one below 0",
    zh="{unit!r}的指标{node!r}无法计算：除数为零，对不大于零的数取对数，或对小于零的数开方",
    hint_en="correct the figure, write '/' if the indicator does not apply, or guard it with where()",
    hint_zh="请更正数据；指标不适用时填“/”；或在公式中用“若”（where）加以限定",
)
NO_RATIO: Final = Kind(
    code="QH554",
    severity="error",
    en="there is no ratio for {unit!r} at {node!r}: what it is compared with is not above 0, or less is"
    " better and its value is below 0",
    zh="{unit!r}的{node!r}无法按比值计分：参照值不大于0，或越小越好而指标值小于0",
    hint_en="choose another reference, or a rule that compares by distance: scale, place or zscore",
    hint_zh="请改用其他参照值，或改用按差距比较的功效系数法、排序赋分法、标准化法（scale, place, zscore）",
)
NEEDS_CAP: Final = Kind(
    code="QH555",
    severity="error",
    en="{unit!r} has 0 for {node!r}, of which less is better: without a cap no ratio says how good that is",
    zh="{unit!r}的{node!r}为0且越小越好：没有封顶分，比值无法体现其优劣",
    hint_en="write 'ratio: {{…, cap: 120}}', say: 0 then has the cap",
    hint_zh="请在比值法中写明最高分（ratio.cap），例如 120；数值为0的得封顶分",
)
NOTHING_TO_COMPLETE: Final = Kind(
    code="QH556",
    severity="error",
    en="what {unit!r} is to reach of {node!r} is 0, and completion divides by it",
    zh="{unit!r}的{node!r}应完成数为0，无法计算完成率",
    hint_en="write '/' if the target does not apply, or a rule that compares by difference",
    hint_zh="目标不适用的填“/”，或改按差值比较（compare: difference）",
)
ANCHORS_TURNED: Final = Kind(
    code="QH559",
    severity="error",
    en="the anchors of {node!r} are the wrong way round for {count} units: by the direction, 'worst' is"
    " better than 'best'",
    zh="指标{node!r}的标准值对{count}个单位方向颠倒：按指标方向，最差值（worst）反而优于最好值（best）",
    hint_en="state 'worst' and 'best' so that the values lie between them, or let both be observed",
    hint_zh="请重写最差值（worst）、最好值（best），使指标值介于两者之间，或两者都取实际最值（observed）",
)


NOBODY_TO_COMPARE: Final = Kind(
    code="QH647",
    severity="error",
    en="{unit!r} cannot be rated at {node!r}: it is not in the pool in which it would be placed, or nobody"
    " of that pool has a value",
    zh="{unit!r}的{node!r}无法计分：该单位不在应排位次的比较范围内，或比较范围内没有单位有值",
    hint_en="let the indicator apply to units of the pool only, fill in the column of the units, or choose "
    "another 'within'",
    hint_zh="请让该指标只适用于比较范围内的单位，或补填单位表中的该列，或改写比较范围（within）",
)


def undefined_points(indicator: Indicator, scope: Scope) -> Iterator[Condition]:
    """Yield where nothing can be computed: the measure, or the points of a value (absence §5)."""
    code = indicator.code
    undefined, value = nw.col(c.absence(code)) == c.UNDEFINED, nw.col(c.treated(code))
    divides = indicator.rule.divides_by_target or isinstance(indicator.rule, Ratio | Scale)
    unmeasured = undefined & value.is_null() if divides else undefined
    yield Condition(kind=UNDEFINED_MEASURE, node=code, holds=unmeasured)
    if not isinstance(indicator.within, str) and indicator.rule.statistics():
        unrated = nw.col(c.rated(code)).is_null() & ~value.is_null() & (nw.col(c.absence(code)) == c.PRESENT)
        yield Condition(kind=NOBODY_TO_COMPARE, node=code, holds=unrated)
    if isinstance(indicator.rule, Scale) and indicator.rule.is_bound:
        yield Condition(kind=ANCHORS_TURNED, node=code, holds=undefined & ~value.is_null())
    if indicator.rule.divides_by_target:
        yield Condition(kind=NOTHING_TO_COMPLETE, node=code, holds=undefined & ~value.is_null())
    if isinstance(indicator.rule, Ratio):
        uncapped = needs_cap(indicator, scope)
        no_ratio = undefined & ~value.is_null()
        if uncapped is not None:
            yield Condition(kind=NEEDS_CAP, node=code, holds=no_ratio & uncapped)
            no_ratio = no_ratio & ~uncapped
        yield Condition(kind=NO_RATIO, node=code, holds=no_ratio)
