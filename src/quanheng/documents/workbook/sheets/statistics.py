"""The sheet of statistics: what rules look at in the other units of the group, live over the rated values.

The rows of a group stand together, so MIN, MEDIAN, PERCENTILE over a range do; text (an absent value) in a
range is passed over by all of them, in Excel, WPS and LibreOffice alike.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from quanheng.documents.workbook.draft.draft import Draft, Line
from quanheng.documents.workbook.formulas.cells import MISSING, Shown, number
from quanheng.documents.workbook.formulas.parts import settled
from quanheng.documents.workbook.formulas.references import EVERYONE, by_group, group_span
from quanheng.documents.workbook.formulas.rows import FIRST
from quanheng.engine.frame import columns as c
from quanheng.engine.stages.points.gaps import FILL, WORST
from quanheng.engine.stages.treatment.treat import KURTOSIS, LIMIT_HIGH, LIMIT_LOW, SKEWNESS
from quanheng.findings.value import Value
from quanheng.scheme.rules.pool import (
    COUNT,
    COUNT_BESIDE_ZERO,
    LEAST,
    MEAN,
    MEDIAN,
    MOST,
    Deviation,
    Plain,
    QuantileOf,
)
from quanheng.scheme.tree.scheme import Indicator


class _Statistic(Value, kw_only=False):
    """A statistic of a range: its formula, the least count of values it needs, and its number in Python."""

    name: str
    formula: str
    least: int
    number: Callable[[Sequence[float]], float]


def statistic(indicator: Indicator, name: str) -> str:
    """Return the reference to a statistic of the pool of `indicator`, for the unit of the row."""
    return by_group(c.stat(indicator.code, name))


def add_statistics(draft: Draft, indicator: Indicator) -> None:
    """Add the statistics of what the rule of `indicator` rates."""
    for found in _of(indicator):
        _add(draft, indicator, found, key=c.treated(indicator.code), pools=_pools(draft, indicator))


def of_group(draft: Draft, indicator: Indicator, asked: Plain, *, called: str, key: str) -> str:
    """Add what is `asked` of the column `key` by group, under a name of its own; return the reference."""
    found = next(each for each in (_COUNT, _MIN, _MAX, _MEAN, _MEDIAN) if each.name == asked.name)
    _add(draft, indicator, replace(found, name=called), key=key, pools=_groups(draft, indicator))
    return statistic(indicator, called)


def add_limits(draft: Draft, indicator: Indicator, key: str, *, low: float, high: float) -> None:
    """Add the quantiles of the column `key` that values are limited to."""
    for name, share in ((LIMIT_LOW, low), (LIMIT_HIGH, high)):
        found = replace(_quantile(QuantileOf(share)), name=name)
        _add(draft, indicator, found, key=key, pools=_pools(draft, indicator))


def add_shape(draft: Draft, indicator: Indicator, key: str) -> None:
    """Add the skewness and kurtosis of the column `key`, by which the engine decided on its treatment."""
    for name, function in ((SKEWNESS, "SKEW"), (KURTOSIS, "KURT")):
        shown = _of_engine(draft, indicator, name)
        line = Line(
            key=c.stat(indicator.code, name),
            texts=(indicator.code, draft.name_of(indicator), draft.say(f"statistic.{name}"), function),
            role="live",
            values={pool: MISSING if value is None else value for pool, value in shown.items()},
            formula=f"IFERROR({function}({group_span(key)}),{_NOTHING})",
        )
        draft.add_line("statistics", line)


def frozen_statistic(draft: Draft, indicator: Indicator, name: str) -> str:
    """Add a figure that the engine decided on, as an input, and return the reference to it."""
    line = Line(
        key=c.stat(indicator.code, name),
        texts=(
            indicator.code,
            draft.name_of(indicator),
            draft.say(f"statistic.{name}"),
            draft.say("statistic.frozen"),
        ),
        role="frozen",
        values=_of_engine(draft, indicator, name),
    )
    draft.add_line("statistics", line)
    return statistic(indicator, name)


def _of_engine(draft: Draft, indicator: Indicator, name: str) -> dict[str, Shown]:
    """Return the engine's figure for each pool: of the first unit of the pool that has one."""
    numbers = draft.facts.numbers(c.stat(indicator.code, name))
    return {pool: next(iter(_known(draft, numbers, pool)), None) for pool in _pools(draft, indicator)}


def _add(draft: Draft, indicator: Indicator, found: _Statistic, *, key: str, pools: Sequence[str]) -> None:
    span = group_span(key)
    value = found.formula.format(span=span)
    formula = value if found.least == 0 else f"IF(COUNT({span})<{found.least},{_NOTHING},{value})"
    numbers = draft.numbers(key)
    shown: dict[str, Shown] = {}
    for pool in pools:
        known = _known(draft, numbers, pool)
        shown[pool] = found.number(known) if len(known) >= found.least else MISSING
    title = draft.say(f"statistic.{found.name}") if found.name in _NAMED else found.name
    draft.add_line(
        "statistics",
        Line(
            key=c.stat(indicator.code, found.name),
            texts=(indicator.code, draft.name_of(indicator), title, _remark(draft, found.name)),
            role="live",
            values=shown,
            formula=formula,
        ),
    )


def _remark(draft: Draft, name: str) -> str:
    return draft.say("statistic.of_points" if name == WORST else "statistic.of_values")


def _known(draft: Draft, numbers: Sequence[float | None], pool: str) -> list[float]:
    rows = draft.rows.all if pool == EVERYONE else draft.rows.groups[pool]
    return [value for value in numbers[rows.start - FIRST : rows.stop - FIRST] if value is not None]


def _pools(draft: Draft, indicator: Indicator) -> tuple[str, ...]:
    return (EVERYONE,) if indicator.within == "all" else _groups(draft, indicator)


def _groups(draft: Draft, indicator: Indicator) -> tuple[str, ...]:
    return tuple(group for group in draft.rows.groups if group in indicator.groups)


def _of(indicator: Indicator) -> Iterator[_Statistic]:
    asked = indicator.rule.statistics()
    yield from (_COUNT, _MIN, _MAX, _MEAN, _MEDIAN)
    yield _SDP if Deviation(ddof=0) in asked else _SD
    if COUNT_BESIDE_ZERO in asked:
        yield _COUNT_BESIDE_ZERO
    yield from (_quantile(each) for each in asked if isinstance(each, QuantileOf))


def _quantile(asked: QuantileOf) -> _Statistic:
    share = asked.share

    def quantile(values: Sequence[float]) -> float:
        ordered = sorted(values)
        position = share * (len(ordered) - 1)
        below = math.floor(position)
        above = min(below + 1, len(ordered) - 1)
        return ordered[below] + (ordered[above] - ordered[below]) * (position - below)

    return _Statistic(asked.name, f"PERCENTILE({{span}},{number(share)})", 1, quantile)


def _mean(values: Sequence[float]) -> float:
    size = max(map(abs, values))
    return round(statistics.fmean(values), 14 - math.floor(math.log10(size))) if size else 0.0


_NOTHING = '""'
_COUNT = _Statistic(COUNT.name, "COUNT({span})", 0, lambda values: float(len(values)))
_COUNT_BESIDE_ZERO = _Statistic(
    COUNT_BESIDE_ZERO.name,
    "COUNT({span})-COUNTIF({span},0)",
    0,
    lambda values: float(sum(value != 0.0 for value in values)),
)
_MIN = _Statistic(LEAST.name, "MIN({span})", 1, min)
_MAX = _Statistic(MOST.name, "MAX({span})", 1, max)
_MEAN = _Statistic(MEAN.name, settled("AVERAGE({span})", size="MAX({span}),-MIN({span})"), 1, _mean)
_MEDIAN = _Statistic(MEDIAN.name, "MEDIAN({span})", 1, statistics.median)
_SD = _Statistic(Deviation(1).name, "STDEV({span})", 2, statistics.stdev)
_SDP = _Statistic(Deviation(0).name, "STDEVP({span})", 1, statistics.pstdev)
_NAMED = frozenset(
    {
        COUNT.name,
        COUNT_BESIDE_ZERO.name,
        LEAST.name,
        MOST.name,
        MEAN.name,
        MEDIAN.name,
        Deviation(1).name,
        FILL,
        WORST,
        LIMIT_LOW,
        LIMIT_HIGH,
    }
)
