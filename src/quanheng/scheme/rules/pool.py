"""What a rule looks at in the other units of its pool: extremes, quantiles, means, places (observed §1)."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from quanheng.findings.value import Value


class Plain(Value, kw_only=False):
    """A statistic that needs no number of its own: least, most, mean, median, how many have a value."""

    name: Literal["min", "max", "mean", "median", "n"]


class Deviation(Value, kw_only=False):
    """The standard deviation, with n - `ddof` below."""

    ddof: Literal[0, 1]

    @property
    def name(self) -> str:
        """The name of its column."""
        return "sd"


class QuantileOf(Value, kw_only=False):
    """The linear quantile `share` (0 to 1)."""

    share: float

    @property
    def name(self) -> str:
        """The name of its column: `q10` for 0.1, `q2_5` for 0.025.

        Without a dot, which means a part of a column to Spark.
        """
        return f"q{100 * self.share:g}".replace(".", "_")


class ValueOf(Value, kw_only=False):
    """The value of the named unit, whatever group it is in."""

    unit: str

    @property
    def name(self) -> str:
        """The name of its column; different units have different names."""
        escaped = self.unit.replace("%", "%25").replace(".", "%2E").replace("`", "%60")
        return f"unit={escaped}"


class Rank(Value, kw_only=False):
    """The unit's own place, counted from the best; or, `of_beaten`, how many are strictly worse."""

    of_beaten: bool = False

    @property
    def name(self) -> str:
        """The name of its column."""
        return "place"


PoolStatistic: TypeAlias = Plain | Deviation | QuantileOf | ValueOf | Rank

LEAST: Final = Plain("min")
MOST: Final = Plain("max")
MEAN: Final = Plain("mean")
MEDIAN: Final = Plain("median")
COUNT: Final = Plain("n")
EXTREMES: Final = (LEAST, MOST)
