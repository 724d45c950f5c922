"""The tables of what a scheme makes worth doing: thresholds, steps, curves, bonuses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from quanheng.findings.text import Text
from quanheng.studies.audit.audited import Audited
from quanheng.studies.audit.incentives.curves import Curve, steepest
from quanheng.studies.columns import GROUP, INDICATOR, NUMBER, TEXT, TRUTH, WHOLE, Columns, known, table
from quanheng.studies.study import Table

_THRESHOLDS: Final[Columns] = {
    "group": GROUP,
    "indicator": INDICATOR,
    "threshold": (
        NUMBER,
        Text(en="The threshold; null for each unit's own target.", zh="界限：为空表示各单位自己的目标。"),
    ),
    "width": (
        NUMBER,
        Text(
            en="How wide each interval is; of a target, as a part of it.",
            zh="区间宽度：对目标则为占目标的比例。",
        ),
    ),
    "before": (
        WHOLE,
        Text(en="How many units lie in the interval before it.", zh="线下：界限之前区间内的单位数。"),
    ),
    "passed": (WHOLE, Text(en="How many have just passed it.", zh="刚过线：刚过界限区间内的单位数。")),
    "beyond": (WHOLE, Text(en="How many lie in the next interval.", zh="再往上：下一区间内的单位数。")),
    "expected": (
        NUMBER,
        Text(en="How many of those just passed were to be expected.", zh="预期：刚过线的预期单位数。"),
    ),
    "p": (
        NUMBER,
        Text(
            en="How likely so many or more are by chance; null with fewer than 8 units or none beyond.",
            zh="概率：偶然出现这么多或更多的概率；不足8个单位或其上没有单位时为空。",
        ),
    ),
    "p_adjusted": (
        NUMBER,
        Text(en="The same for all thresholds together (Holm).", zh="校正概率：对全部界限一并校正（Holm）。"),
    ),
}
_STEPS: Final[Columns] = {
    "group": GROUP,
    "indicator": INDICATOR,
    "from": (NUMBER, Text(en="From this value of the measure,", zh="自：指标值从。")),
    "to": (NUMBER, Text(en="to this one.", zh="至：指标值到。")),
    "points": (
        NUMBER,
        Text(en="Points that a little pays there.", zh="得分：小幅变动带来的得分（百分制）。"),
    ),
    "marks": (NUMBER, Text(en="The same in marks.", zh="分数：折合分数。")),
    "over": (
        NUMBER,
        Text(en="Over which part of the measure's range.", zh="幅度：占指标值范围的比例。"),
    ),
    "times_average": (
        NUMBER,
        Text(en="How many times what the same costs on average.", zh="倍数：为平均水平的几倍。"),
    ),
}
_CURVES: Final[Columns] = {
    "group": GROUP,
    "indicator": INDICATOR,
    "unit": (
        TEXT,
        Text(en="Whose target and items they are with.", zh="单位：按哪个单位的目标和数据计算。"),
    ),
    "measure": (NUMBER, Text(en="A value of the measure.", zh="指标值。")),
    "points": (NUMBER, Text(en="The points that the rule gives for it.", zh="得分：规则给出的得分。")),
    "marks": (NUMBER, Text(en="The same in marks.", zh="分数：折合分数。")),
    "points_per_unit": (
        NUMBER,
        Text(
            en="Points for each 1 of the measure, up to the next value.",
            zh="每1得分：到下一个值之间，指标值每变动1的得分。",
        ),
    ),
}
_BONUSES: Final[Columns] = {
    "group": GROUP,
    "kind": (TEXT, Text(en="`bonus` or `penalty`.", zh="类别：加分（bonus）或扣分（penalty）。")),
    "cap": (
        NUMBER,
        Text(
            en="The most marks of the kind; null where nothing caps them.",
            zh="上限：最多几分，无上限时为空。",
        ),
    ),
    "units": (WHOLE, Text(en="How many units have some.", zh="单位数：有此类加减分的单位数。")),
    "most": (
        NUMBER,
        Text(en="The most that counted for one unit.", zh="最多：一个单位实际计入的最多分数。"),
    ),
    "indicator": (TEXT, Text(en="The indicator worth most.", zh="最大指标：分值最大的指标。")),
    "marks": (NUMBER, Text(en="The marks it is worth.", zh="分值。")),
    "larger": (
        TRUTH,
        Text(en="Whether the kind can be, or was, worth more.", zh="超过：加减分是否可以或已经超过该指标。"),
    ),
}


def incentive_tables(groups: Sequence[Audited], little: float) -> tuple[Table, ...]:
    """Return the tables of thresholds, steps, bonuses and curves."""
    return (
        table(
            "thresholds",
            Text(en="Who has just passed a threshold", zh="刚好过线的单位"),
            _THRESHOLDS,
            known(row for each in groups for row in _thresholds(each)),
        ),
        table(
            "steps",
            Text(en="Where a little pays most", zh="小幅变动得分最多之处"),
            _STEPS,
            known(row for each in groups for row in _steps(each, little)),
        ),
        table(
            "bonuses",
            Text(en="Bonus and penalty beside the largest indicator", zh="加减分与分值最大的指标"),
            _BONUSES,
            known(row for each in groups for row in _bonuses(each)),
        ),
        table(
            "curves",
            Text(en="Points along the measure", zh="得分随指标值的变化"),
            _CURVES,
            known(row for each in groups for row in _curves(each)),
        ),
    )


def _thresholds(found: Audited) -> Iterator[tuple[object, ...]]:
    for each in found.passed:
        yield (
            found.pool.group.code,
            each.indicator,
            each.threshold,
            each.width,
            each.before,
            each.passed,
            each.beyond,
            each.expected,
            each.p,
            each.adjusted,
        )


def _steps(found: Audited, little: float) -> Iterator[tuple[object, ...]]:
    for code, curve in found.curves.items():
        step = steepest(curve, little) if isinstance(curve, Curve) else None
        if step is None or not isinstance(curve, Curve):
            continue
        average = float(np.nanmax(curve.points) - np.nanmin(curve.points)) * step.over
        marks = step.points * found.pool.marks(code) / 100.0
        times = step.points / average if average > 0 else None
        yield found.pool.group.code, code, step.start, step.end, step.points, marks, step.over, times


def _curves(found: Audited) -> Iterator[tuple[object, ...]]:
    for code, curve in found.curves.items():
        if not isinstance(curve, Curve):
            continue
        marks = found.pool.marks(code) / 100.0
        unit = found.pool.name_of_unit(curve.row)
        slopes = [*(np.diff(curve.points) / np.diff(curve.x)).tolist(), None]
        for x, points, slope in zip(curve.x.tolist(), curve.points.tolist(), slopes, strict=True):
            yield found.pool.group.code, code, unit, x, points, points * marks, slope


def _bonuses(found: Audited) -> Iterator[tuple[object, ...]]:
    for each in found.bonuses:
        yield (
            found.pool.group.code,
            each.kind,
            each.cap,
            each.units,
            each.most,
            each.indicator,
            each.marks,
            each.is_larger,
        )
