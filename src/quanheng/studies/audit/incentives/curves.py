"""What a rule pays for a measure: its points along the range of the measure, the pool staying as it is.

The rule is asked itself, as in scoring: for one unit, the one in the middle, whose measure is moved while its
target, its items and what is observed of the others stay. A place is counted anew among the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import narwhals as nw
import numpy as np

from quanheng.engine.formulas.measures import scope_of
from quanheng.engine.frame import columns as c
from quanheng.engine.stages.points.points import rated
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.scheme.formulas.tree import Call, Comparison, Formula, Name, Number, names_in, parts_of
from quanheng.scheme.rules.pool import COUNT_BESIDE_ZERO, Rank
from quanheng.scheme.tree.scheme import Indicator
from quanheng.studies.audit.pool import Floats, Pool

_BESIDE: Final = 1e-6
"""How far beside a threshold a curve is asked, too, as a part of the range."""
_MARGIN: Final = 0.05
"""How far a curve goes beyond what was observed, as a part of the range."""
_MOST_PLACES: Final = 200
"""So many observed values a curve of places shows at most."""
NOT_AROUND: Final = Text(
    en="its condition looks at other units, whose figures would move, too",
    zh="其条件涉及其他单位，它们的数值也会变动",
)
ACROSS_GROUPS: Final = Text(en="its places are counted across groups", zh="其位次跨分组计算")
NOT_VARYING: Final = Text(en="its measure is the same for all, or not there", zh="其指标值全部相同或缺失")


class Curve(Value):
    """The points of one rule at rising values of its measure, for the unit in `row`; NaN for none."""

    row: int
    x: Floats
    points: Floats

    @property
    def width(self) -> float:
        """From the first to the last value."""
        return float(self.x[-1] - self.x[0])


class Step(Value):
    """Where a little pays most: between which values, how many points, over what part of the range."""

    start: float
    end: float
    points: float
    over: float


def curve_of(pool: Pool, indicator: Indicator, count: int) -> Curve | Text:
    """Return the curve of an indicator at about `count` values, or why there is none."""
    reason = _no_curve(indicator, pool)
    if reason is not None:
        return reason
    values = pool.treated(indicator.code)
    rising = np.sort(values[~np.isnan(values)])
    if not len(rising) or rising[0] == rising[-1]:
        return NOT_VARYING
    row = int(np.flatnonzero(values == rising[(len(rising) - 1) // 2])[0])
    x = _grid(pool, indicator, rising, row, count)
    return Curve(row=row, x=x, points=_points_at(pool, indicator, row, x, values))


def steepest(curve: Curve, little: float) -> Step | None:
    """Return where `little`, a part of the range, pays most; None where nothing is paid.

    Where two values lie farther apart, what is paid between them counts in proportion.
    """
    reach = little * curve.width
    widths, gains = np.diff(curve.x), np.diff(curve.points)
    paid = np.abs(gains) * np.minimum(1.0, reach / widths)
    if np.isnan(paid).all() or np.nanmax(paid) <= 0.0:
        return None
    at = int(np.nanargmax(paid))
    return Step(
        start=float(curve.x[at]),
        end=float(curve.x[at + 1]),
        points=float(paid[at]),
        over=float(min(reach, widths[at]) / curve.width),
    )


def thresholds_in(indicator: Indicator) -> tuple[float, ...]:
    """Return the stated values of the measure at which the points change, rising.

    Examples:
        >>> from quanheng.scheme.formulas.parse import parse_formula
        >>> from quanheng.scheme.rules.met import Met
        >>> rule = Met(condition=parse_formula("x >= 8 and 12 > x"))
        >>> thresholds_in(Indicator(code="a", name=Text(), weights={}, measure=parse_formula("b"), rule=rule))
        (8.0, 12.0)
    """
    asked = (value for formula in indicator.rule.formulas() for value in _compared_with_x(formula))
    return tuple(sorted({*indicator.rule.thresholds, *asked}))


def _compared_with_x(formula: Formula) -> Iterator[float]:
    for part in parts_of(formula.tree):
        match part:
            case Comparison(_, Name("x"), Number(value)) | Comparison(_, Number(value), Name("x")):
                yield value
            case _:
                pass


def _no_curve(indicator: Indicator, pool: Pool) -> Text | None:
    parts = [part for formula in indicator.rule.formulas() for part in parts_of(formula.tree)]
    if any(isinstance(part, Call) for part in parts):
        return NOT_AROUND
    ranked = any(isinstance(each, Rank) for each in indicator.rule.statistics())
    across = indicator.within == "all" and len(pool.scheme.groups) > 1
    if ranked and (across or not isinstance(indicator.within, str)):
        return ACROSS_GROUPS
    return None


def _grid(pool: Pool, indicator: Indicator, known: Floats, row: int, count: int) -> Floats:
    low, high = float(known.min()), float(known.max())
    width = high - low
    least, most = low - _MARGIN * width, high + _MARGIN * width
    if low >= 0.0:
        least = max(least, 0.0)  # a share or a number of things is never below 0
    if indicator.rule.allowed is not None:
        least, most = max(least, indicator.rule.allowed[0]), min(most, indicator.rule.allowed[1])
    corners = [*thresholds_in(indicator), *_target(pool, indicator, row)]
    beside = [corner + way * _BESIDE * width for corner in corners for way in (-1.0, 0.0, 1.0)]
    values = [*np.linspace(least, most, count), *beside]
    if any(isinstance(each, Rank) for each in indicator.rule.statistics()):
        seen = np.unique(known)
        values += list(seen[np.unique(np.linspace(0, len(seen) - 1, _MOST_PLACES).astype(int))])
    grid = np.unique(np.array(values, dtype=np.float64))
    return grid[(grid >= least) & (grid <= most)]


def _target(pool: Pool, indicator: Indicator, row: int) -> tuple[float, ...]:
    column = c.target(indicator.code)
    if not indicator.rule.needs_target or column not in pool.frame.columns:
        return ()
    target = pool.frame[column][row]
    return () if target is None else (float(target),)


def _points_at(pool: Pool, indicator: Indicator, row: int, x: Floats, values: Floats) -> Floats:
    code = indicator.code
    own = (c.stat(code, ""), c.target(code), c.target_na(code))
    asked = {name for formula in indicator.rule.formulas() for name in names_in(formula.tree)}
    items = {c.item(name) for name in (*indicator.rule.items(), *asked)}
    flags = {c.item_na(name) for name in (*indicator.rule.items(), *asked)}
    names = [name for name in pool.frame.columns if name.startswith(own[0]) or name in {*own, *items, *flags}]
    # what an indicator is worth, which a formula may ask for, goes by group
    rows = pool.frame.select(c.GROUP, *names, c.absence(code))[[row] * len(x)]
    rows = rows.with_columns(_series(c.treated(code), x))
    for statistic in indicator.rule.statistics():
        if isinstance(statistic, Rank):
            others = np.sort(np.delete(values, row))
            others = others[~np.isnan(others)]
            others = others[others != 0.0] if statistic.beside_zero else others
            place = _places(others, x, indicator, statistic)
            rows = rows.with_columns(_series(c.stat(code, statistic.name), place))
            if statistic.beside_zero:  # the unit counts where it has not 0
                count = np.full(len(x), len(others) + 1.0)
                rows = rows.with_columns(_series(c.stat(code, COUNT_BESIDE_ZERO.name), count))
    scheme = pool.scheme
    scope = scope_of(rows.lazy(), scheme)
    found = rated(indicator, scope, rounding=indicator.rounding)
    if found.ratio is not None:
        rows = rows.with_columns(found.ratio.alias(c.ratio(code)))
    return (
        rows.select(found.points.cast(nw.Float64()).alias("points"))["points"].to_numpy().astype(np.float64)
    )


def _places(others: Floats, x: Floats, indicator: Indicator, statistic: Rank) -> Floats:
    """Return the place among the others at each `x`, or how many are worse, or no better with itself."""
    below = np.searchsorted(others, x, "left").astype(np.float64)
    above = len(others) - np.searchsorted(others, x, "right").astype(np.float64)
    better, worse = (above, below) if indicator.direction == "more" else (below, above)
    if statistic.with_equals:
        return len(others) - better + 1.0
    return worse if statistic.of_beaten else better + 1.0


def _series(name: str, values: Floats) -> nw.Series[Any]:
    return nw.new_series(name, values, nw.Float64(), backend="polars")
