"""The winsorising of the JRC and of COINr, on the few figures of a pool that it needs.

An indicator is left alone while |skewness| or kurtosis is under its limit, both sample-adjusted:

    G1 = g1·√(n·(n - 1))/(n - 2)        G2 = ((n + 1)·g2 + 6)·(n - 1)/((n - 2)·(n - 3)),

g1 and g2 the third and fourth standardised moments (g2 less 3), as Excel's SKEW and KURT. Otherwise values
are moved in, one step after the other, until it passes or the stated number of values was moved: where the
skewness is 0 or more, all values at the maximum become the greatest value below it; where it is negative, all
at the minimum become the least value above it. Values that are tied move together, so the last step may move
more than were left; a value that moves again counts once. A pool of fewer than four values, or of values that
are all equal, has no kurtosis and is left alone, and no step is taken that would make all values equal.

This is what COINr does in `winsorise` and `check_SkewKurt` (W. Becker et al., "COINr: An R package for
developing composite indicators", Journal of Open Source Software 7(78), 2022), after the practice of the
European Commission's Joint Research Centre (OECD/JRC, Handbook on Constructing Composite Indicators, 2008).

What moves are only the outermost values, so a pool is given as its outermost distinct values with how often
each occurs, and the moments of all that lies between them: the same figures whatever the size of the data.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from quanheng.findings.value import Value
from quanheng.scheme.gaps.treatment import Winsorise

_FEWEST = 4
_TWO = 2
_MOMENT_NOISE: Final = 1e-9
"""Moments of many values are sums of their powers: engines differ from the tenth digit on (comparing §4)."""


class Shape(Value, kw_only=False):
    """Sample-adjusted skewness (G1) and excess kurtosis (G2)."""

    skewness: float
    kurtosis: float


class Core(Value, kw_only=False):
    """What lies between the tails: how many values, their mean, sd (n) and standardised moments g1, g2."""

    n: int
    mean: float
    sd: float
    skewness: float
    kurtosis: float


class Tails(Value):
    """A pool: its least and greatest distinct values, rising, with their counts, and the core between them.

    A pool of few distinct values has no core: all of them stand in `low`.
    """

    low: tuple[tuple[float, int], ...]
    core: Core | None = None
    high: tuple[tuple[float, int], ...] = ()


class Winsorised(Value):
    """How a pool comes out: values under `low` become `low`, values over `high` become `high`."""

    low: float | None
    high: float | None
    moved: int
    before: Shape | None
    after: Shape | None


def adjusted(n: int, skewness: float, kurtosis: float) -> Shape | None:
    """Return G1 and G2 of `n` values with the moments g1 and g2; None if they are not defined.

    Examples:
        >>> round(adjusted(4, 0.0, -1.36).kurtosis, 9)  # of 1, 2, 3, 4
        -1.2
    """
    if n < _FEWEST or not (math.isfinite(skewness) and math.isfinite(kurtosis)):
        return None
    return Shape(
        skewness * math.sqrt(n * (n - 1)) / (n - 2),
        ((n + 1) * kurtosis + 6) * (n - 1) / ((n - 2) * (n - 3)),
    )


def is_outlying(shape: Shape | None, rule: Winsorise) -> bool:
    """Return whether `shape` reaches both limits of `rule`, within the error of its computing.

    Examples:
        >>> is_outlying(Shape(2 - 1e-14, 4 - 1e-14), Winsorise(skewness=2, kurtosis=4))
        True
    """
    if shape is None:
        return False
    return _reaches(abs(shape.skewness), rule.skewness) and _reaches(shape.kurtosis, rule.kurtosis)


def _reaches(moment: float, limit: float) -> bool:
    return moment >= limit - _MOMENT_NOISE * (1.0 + abs(limit))


def winsorised(tails: Tails, rule: Winsorise) -> Winsorised:
    """Return what winsorising up to `rule.points` values makes of the pool.

    `tails` need `rule.points + 1` distinct values at each end, or all of them.

    Examples:
        >>> pool = Tails(low=tuple((float(value), 1) for value in (*range(1, 11), 30, 100)))
        >>> outcome = winsorised(pool, Winsorise(points=2))
        >>> outcome.high, outcome.moved, round(outcome.before.skewness, 6), round(outcome.after.skewness, 6)
        (30.0, 1, 3.063241, 1.712038)
    """
    low, high = list(tails.low), list(tails.high)
    moved_low = moved_high = 0
    before = after = _shape([*low, *high], tails.core)
    while after is not None and is_outlying(after, rule) and moved_low + moved_high < rule.points:
        if tails.core is None and len(low) <= _TWO:
            break  # the next step would make all values equal
        if after.skewness >= 0:
            end = high or low
            (_, moved_high), (value, count) = end.pop(), end.pop()
            end.append((value, count + moved_high))
        else:
            end = low or high
            (_, moved_low), (value, count) = end.pop(0), end.pop(0)
            end.insert(0, (value, count + moved_low))
        after = _shape([*low, *high], tails.core)
    return Winsorised(
        low=[*low, *high][0][0] if moved_low else None,
        high=[*low, *high][-1][0] if moved_high else None,
        moved=moved_low + moved_high,
        before=before,
        after=after,
    )


def _shape(counted: Sequence[tuple[float, int]], core: Core | None) -> Shape | None:
    """Return the shape of counted values and a core together."""
    n = sum(count for _, count in counted) + (core.n if core else 0)
    total = [count * value for value, count in counted] + ([core.n * core.mean] if core else [])
    mean = math.fsum(total) / n
    widths = [abs(value - mean) for value, _ in counted] + ([abs(core.mean - mean), core.sd] if core else [])
    width = max(widths)
    if width == 0 or not math.isfinite(width):
        return None
    # in units of the greatest distance no power can overflow
    second, third, fourth = (
        [count * ((value - mean) / width) ** k for value, count in counted] for k in (2, 3, 4)
    )
    if core is not None:
        distance, sd = (core.mean - mean) / width, core.sd / width
        square, cube, biquadrate = sd**2, core.skewness * sd**3, (core.kurtosis + 3) * sd**4
        second.append(core.n * (square + distance**2))
        third.append(core.n * (cube + 3 * distance * square + distance**3))
        fourth.append(
            core.n * (biquadrate + 4 * distance * cube + 6 * distance**2 * square + distance**4),
        )
    variance = math.fsum(second) / n
    return adjusted(n, math.fsum(third) / n / variance**1.5, math.fsum(fourth) / n / variance**2 - 3)
