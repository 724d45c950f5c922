"""Thresholds that suspiciously many have just passed.

Three intervals of one width h lie around a threshold t, towards what is better: before it [t − h, t), just
passed [t, t + h), beyond [t + h, t + 2h). Where the density is a straight line over the three, the middle
one holds a third of their units, whatever its slope; so the number just passed, of all N of the three, is
binomial with 1/3, and the chance of so many or more is the p-value (the exact form of the test of D.
Burgstahler and I. Dichev, "Earnings management to avoid earnings decreases and losses", Journal of
Accounting and Economics 24 (1997), who also set h = 2·IQR·n^(−1/3)). Of several thresholds the p-values are
Holm's (S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of
Statistics 6 (1979)).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from quanheng.engine.frame import columns as c
from quanheng.findings.value import Value
from quanheng.scheme.tree.scheme import Indicator
from quanheng.studies.audit.figures.statistics import Column
from quanheng.studies.audit.incentives.curves import thresholds_in
from quanheng.studies.audit.pool import Floats, Pool

_FEWEST: Final = 8
"""Fewer units in the three intervals tell nothing."""
_NOISE: Final = 1e-9


class Passed(Value):
    """How many units lie before, just beyond and farther beyond a threshold, and how unlikely that is.

    `threshold` is None where it is each unit's own target; distances are then parts of the target. `p` is NaN
    where there is nothing to test, and `adjusted` is the p-value after Holm.
    """

    indicator: str
    threshold: float | None
    width: float
    before: int
    passed: int
    beyond: int
    p: float
    adjusted: float = np.nan

    @property
    def expected(self) -> float:
        """How many were to be expected just beyond it: half of the others."""
        return (self.before + self.beyond) / 2.0


def passed_in(pool: Pool) -> tuple[Passed, ...]:
    """Return how each threshold of the group's indicators is passed."""
    found = [each for indicator in pool.indicators for each in _of_indicator(pool, indicator)]
    return tuple(_with_adjusted(found))


def passing(values: Floats, *, width: float) -> tuple[int, int, int, float]:
    """Return how many `values`, distances beyond a threshold, lie before, just beyond, beyond, and p.

    Examples:
        >>> values = np.array([-0.5, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 1.5])
        >>> before, passed, beyond, p = passing(values, width=1.0)
        >>> before, passed, beyond, round(p, 4)
        (1, 7, 1, 0.0083)
    """
    from scipy.stats import binom

    slack = _NOISE * width
    before = int(((values >= -width - slack) & (values < -slack)).sum())
    passed = int(((values >= -slack) & (values < width - slack)).sum())
    beyond = int(((values >= width - slack) & (values < 2 * width - slack)).sum())
    together = before + passed + beyond
    if together < _FEWEST or not (values >= width - slack).any():
        return before, passed, beyond, np.nan
    return before, passed, beyond, float(binom.sf(passed - 1, together, 1.0 / 3.0))


def _of_indicator(pool: Pool, indicator: Indicator) -> Iterator[Passed]:
    measure = pool.measure(indicator.code)
    sign = 1.0 if indicator.direction == "more" else -1.0
    for threshold in thresholds_in(indicator):
        yield _tested(indicator, threshold, sign * (measure - threshold))
    column = c.target(indicator.code)
    if indicator.rule.needs_target and column in pool.frame.columns:
        target = pool.frame[column].to_numpy().astype(np.float64)
        with np.errstate(divide="ignore", invalid="ignore"):
            away = np.where(target != 0, (measure - target) / np.abs(target), np.nan)
        yield _tested(indicator, None, sign * away)


def _tested(indicator: Indicator, threshold: float | None, away: Floats) -> Passed:
    column = Column(away)
    spread = column.quantile(0.75) - column.quantile(0.25)
    width = 2.0 * spread * column.n ** (-1.0 / 3.0) if column.n else np.nan
    if not width > 0.0:
        before, passed, beyond, p = 0, 0, 0, np.nan
    else:
        before, passed, beyond, p = passing(column.rising, width=width)
    return Passed(
        indicator=indicator.code,
        threshold=threshold,
        width=width,
        before=before,
        passed=passed,
        beyond=beyond,
        p=p,
    )


def _with_adjusted(found: Sequence[Passed]) -> Iterator[Passed]:
    tested = [place for place, each in enumerate(found) if not np.isnan(each.p)]
    rising = sorted(tested, key=lambda place: (found[place].p, place))
    adjusted: dict[int, float] = {}
    most = 0.0
    for rank, place in enumerate(rising):
        most = max(most, min(1.0, found[place].p * (len(rising) - rank)))
        adjusted[place] = most
    for place, each in enumerate(found):
        yield replace(each, adjusted=adjusted.get(place, np.nan))
