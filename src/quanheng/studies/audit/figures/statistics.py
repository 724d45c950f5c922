"""The figures of one column: counts, moments, quantiles, outliers, and what tells its units apart.

A column is sorted once; all that hangs on the order is read from there.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from quanheng.engine.stages.treatment.winsorise import Shape, adjusted
from quanheng.studies.audit.pool import Floats

Order: TypeAlias = NDArray[np.int64]
"""The rows of a column in the order of its values."""
FENCE: Final = 1.5
"""Outliers lie so many interquartile ranges beyond the quartiles (Tukey 1977)."""


@dataclass(frozen=True)
class Column:
    """A column of numbers, NaN where there is none.

    Examples:
        >>> column = Column(np.array([2.0, 1.0, np.nan, 2.0, 9.0]))
        >>> column.n, column.unique, column.most_frequent, column.median, column.separated
        (4, 3, (2.0, 2), 2.0, 0.8333333333333334)
    """

    values: Floats

    @cached_property
    def order(self) -> Order:
        """The rows in the order of their numbers, those without one left out."""
        there = np.flatnonzero(~np.isnan(self.values))
        return there[np.argsort(self.values[there])]

    @cached_property
    def rising(self) -> Floats:
        """The numbers that are there, sorted."""
        if "order" in self.__dict__:
            return self.values[self.order] + 0.0
        return np.sort(self.values[~np.isnan(self.values)]) + 0.0

    @cached_property
    def ranks(self) -> Floats:
        """The place of each number counted from the least, equal ones at the mean of theirs; NaN for none."""
        _, counts = self._runs
        ends = np.cumsum(counts)
        ranks = np.full(len(self.values), np.nan)
        ranks[self.order] = np.repeat(ends - (counts - 1) / 2.0, counts)
        return ranks

    @cached_property
    def _runs(self) -> tuple[Floats, NDArray[np.int64]]:
        """The different values, rising, and how often each occurs."""
        starts = (
            np.flatnonzero(np.concatenate(([True], np.diff(self.rising) > 0)))
            if self.n
            else np.array([], int)
        )
        return self.rising[starts], np.diff(np.append(starts, self.n))

    @property
    def n(self) -> int:
        """How many numbers there are."""
        return len(self.rising)

    @property
    def zeros(self) -> int:
        """How many are 0."""
        left, right = np.searchsorted(self.rising, 0.0, "left"), np.searchsorted(self.rising, 0.0, "right")
        return int(right - left)

    @property
    def unique(self) -> int:
        """How many different ones there are."""
        return len(self._runs[0])

    @property
    def varies(self) -> bool:
        """Whether two of them differ."""
        return self.unique > 1

    @property
    def most_frequent(self) -> tuple[float, int] | None:
        """The value that occurs most often, the least of several, and how often; None without any."""
        values, counts = self._runs
        if not len(values):
            return None
        place = int(counts.argmax())
        return float(values[place]), int(counts[place])

    @property
    def least(self) -> float:
        """The least, NaN without any."""
        return float(self.rising[0]) if self.n else np.nan

    @property
    def greatest(self) -> float:
        """The greatest, NaN without any."""
        return float(self.rising[-1]) if self.n else np.nan

    @cached_property
    def mean(self) -> float:
        """The mean, NaN without any."""
        if not self.varies:
            return self.least
        return float(self.rising.mean())

    @property
    def median(self) -> float:
        """The median, NaN without any."""
        return self.quantile(0.5)

    @cached_property
    def _moments(self) -> tuple[float, float, float]:
        """The second to fourth central moments, each over n, of values scaled to the range 1."""
        away = (self.rising - self.mean) / (self.greatest - self.least)
        square = away * away
        return float(square.mean()), float((square * away).mean()), float((square * square).mean())

    @property
    def sd(self) -> float:
        """The standard deviation, with n − 1; NaN for fewer than two."""
        if self.n < 2:  # noqa: PLR2004  a deviation is of two
            return np.nan
        if not self.varies:
            return 0.0
        width = self.greatest - self.least
        return float(width * np.sqrt(self._moments[0] * self.n / (self.n - 1)))

    @cached_property
    def shape(self) -> Shape | None:
        """The sample-adjusted skewness G1 and kurtosis G2; None where they are not defined."""
        if not self.varies:
            return None
        second, third, fourth = self._moments
        return adjusted(self.n, third / second**1.5, fourth / second**2 - 3.0)

    def quantile(self, share: float) -> float:
        """Return the linear quantile, NaN without any."""
        if not self.n:
            return np.nan
        place = share * (self.n - 1)
        low = int(place)
        high = min(low + 1, self.n - 1)
        part = place - low
        return float(self.rising[low] * (1.0 - part) + self.rising[high] * part)

    @property
    def outliers(self) -> tuple[int, int]:
        """How many lie beyond Tukey's fences, below and above."""
        low, high = self.quantile(0.25), self.quantile(0.75)
        reach = FENCE * (high - low)
        below = np.searchsorted(self.rising, low - reach, "left")
        above = self.n - np.searchsorted(self.rising, high + reach, "right")
        return int(below), int(above)

    @property
    def separated(self) -> float:
        """The share of pairs whose values differ; NaN for fewer than two."""
        if self.n < 2:  # noqa: PLR2004  a pair is of two
            return np.nan
        counts = self._runs[1].astype(np.float64)
        return float(1.0 - (counts * (counts - 1.0)).sum() / (self.n * (self.n - 1.0)))

    @property
    def gaps(self) -> tuple[float, float]:
        """The distance of the least and of the greatest from the next, as parts of the range; NaN if none."""
        if not self.varies or self.n < 3:  # noqa: PLR2004  of two, both are ends
            return np.nan, np.nan
        width = self.greatest - self.least
        rising = self.rising
        return float((rising[1] - rising[0]) / width), float((rising[-1] - rising[-2]) / width)
