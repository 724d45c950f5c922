"""How outliers are treated before rating: a closed union of treatments, each of which answers for itself."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar, Literal, TypeAlias

from quanheng.findings.value import Value


class Treating(Value):
    """What every treatment answers; one that does not is refused by the type checker."""

    @property
    @abstractmethod
    def by_pool(self) -> bool:
        """Whether it is decided for each pool of units what is done to a value."""

    @property
    @abstractmethod
    def quantiles(self) -> tuple[float, ...]:
        """The quantiles (0 to 1) of the pool that it looks at."""


class Winsorise(Treating):
    """The JRC/COINr procedure: only where |skewness| and kurtosis are over their limits.

    Up to `points` values are winsorised; if that is not enough the original is log-transformed
    (`then="log"`) or the winsorised values stay (`then="none"`).
    """

    points: int = 5
    then: Literal["log", "none"] = "log"
    skewness: float = 2.0
    kurtosis: float = 3.5

    by_pool: ClassVar[bool] = True
    quantiles: ClassVar[tuple[float, ...]] = ()


class QuantileLimits(Treating):
    """Values outside the `low` and `high` quantiles (0 to 1) are set to these."""

    low: float
    high: float

    by_pool: ClassVar[bool] = True

    @property
    def quantiles(self) -> tuple[float, ...]:
        """The two limits."""
        return (self.low, self.high)


class AlwaysLog(Treating):
    """The natural logarithm of every value; values must be above 0."""

    by_pool: ClassVar[bool] = False
    quantiles: ClassVar[tuple[float, ...]] = ()


Treatment: TypeAlias = Winsorise | QuantileLimits | AlwaysLog
