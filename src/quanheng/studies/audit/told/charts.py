"""The charts of an audit: weight against influence, the map of correlations, the curves of incentives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np

from quanheng.findings.text import Text
from quanheng.studies.audit.audited import Audited
from quanheng.studies.audit.incentives.curves import Curve, steepest
from quanheng.studies.audit.settings import AuditForm
from quanheng.studies.charts.chart import Chart
from quanheng.studies.charts.kinds import heat_map, lines, scatter

_MOST_NAMES: Final = 50
"""A map has no more rows; of more indicators it shows the first."""
_MOST_CURVES: Final = 6
_MOST_LABELS: Final = 10
"""The parts farthest from the line are named; all names would cover each other."""


def charts_of(groups: Sequence[Audited], settings: AuditForm) -> tuple[Chart, ...]:
    """Return the charts of each group."""
    return tuple(
        chart
        for found in groups
        if not found.is_small
        for chart in _charts(found, settings, f"-{found.pool.group.code}" if len(groups) > 1 else "")
    )


def _charts(found: Audited, settings: AuditForm, suffix: str) -> Iterator[Chart]:
    name = found.pool.name
    where = Text(en=f" ({name.in_language('en')})", zh=f"（{name.in_language('zh')}）") if suffix else Text()
    yield from _influence(found, settings, suffix, where)
    yield from _correlations(found, suffix, where)
    yield from _curves(found, settings, suffix, where)


def _influence(found: Audited, settings: AuditForm, suffix: str, where: Text) -> Iterator[Chart]:
    influence = found.influences[-1]
    known = [
        (part, weight, share)
        for part, weight, share in zip(
            influence.parts, influence.weights.tolist(), influence.shares.tolist(), strict=True
        )
        if not np.isnan(share)
    ]
    if not known:
        return
    known.sort(key=lambda each: (-abs(each[2] - each[1]), each[0].code))
    rows = [
        {
            "name": found.pool.name_of(part.code) if place < _MOST_LABELS else "",
            "x": round(100 * weight, 4),
            "y": round(100 * share, 4),
            "marked": bool(abs(share - weight) >= settings.apart),
        }
        for place, (part, weight, share) in enumerate(known)
    ]
    part, weight, share = known[0]
    name = found.pool.name_of(part.code)
    yield Chart(
        name=f"influence{suffix}",
        title=Text(
            en=f"Weight against influence on the total{where.en}", zh=f"对总分的权重与实际影响{where.zh}"
        ),
        sentence=Text(
            en=f"Farthest apart: {name.in_language('en')}, weight {weight:.1%}, influence {share:.1%}.",
            zh=f"相差最大：{name.in_language('zh')}，权重{weight:.1%}，实际影响{share:.1%}。",
        ),
        definition=scatter(
            rows,
            Text(en="weight, %", zh="权重（%）"),
            Text(en="influence, %", zh="实际影响（%）"),
            diagonal=True,
        ),
    )


def _correlations(found: Audited, suffix: str, where: Text) -> Iterator[Chart]:
    nodes = found.pool.indicators[:_MOST_NAMES]
    codes = {node.code for node in nodes}
    rows: list[dict[str, Any]] = []
    values: list[float] = []
    for pair in found.pairs.pairs:
        if {pair.one.code, pair.other.code} <= codes and not np.isnan(pair.pearson):
            value = round(pair.pearson, 4)
            values.append(value)
            one, other = found.pool.name_of(pair.one.code), found.pool.name_of(pair.other.code)
            rows += [
                {"row": one, "column": other, "value": value},
                {"row": other, "column": one, "value": value},
            ]
    if not rows:
        return
    against = sum(1 for value in values if value < 0)
    yield Chart(
        name=f"correlations{suffix}",
        title=Text(en=f"Correlations of indicators{where.en}", zh=f"指标之间的相关系数{where.zh}"),
        sentence=Text(
            en=f"{against} of {len(values)} pairs go against each other.",
            zh=f"{len(values)}对中有{against}对方向相反。",
        ),
        definition=heat_map(rows, Text(en="Pearson's correlation", zh="皮尔逊相关系数"), diverging=True),
    )


def _curves(found: Audited, settings: AuditForm, suffix: str, where: Text) -> Iterator[Chart]:
    steep = [
        (step.points, code, curve)
        for code, curve in found.curves.items()
        if isinstance(curve, Curve) and (step := steepest(curve, settings.little)) is not None
    ]
    steep.sort(key=lambda each: (-each[0], each[1]))
    rows = [
        {
            "series": found.pool.name_of(code),
            "x": round(float(100 * (x - curve.x[0]) / curve.width), 4),
            "y": round(float(points), 4),
        }
        for _, code, curve in steep[:_MOST_CURVES]
        for x, points in zip(curve.x.tolist(), curve.points.tolist(), strict=True)
        if not np.isnan(points)
    ]
    if not rows:
        return
    points, code, _ = steep[0]
    name = found.pool.name_of(code)
    yield Chart(
        name=f"curves{suffix}",
        title=Text(en=f"What the measure pays{where.en}", zh=f"指标值换得多少分{where.zh}"),
        sentence=Text(
            en=f"A little pays most in {name.in_language('en')}: {points:.3g} points at one place.",
            zh=f"“{name.in_language('zh')}”小幅变动得分最多：一处即差{points:.3g}分。",
        ),
        definition=lines(
            rows,
            Text(en="measure, % of its range", zh="指标值（占其范围的%）"),
            Text(en="points", zh="得分（百分制）"),
            Text(en="indicator", zh="指标"),
        ),
    )
