"""What a rule looks at in the other units of its pool: extremes, quantiles, means, places (observed §1)."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from quanheng.findings.value import Value


class Plain(Value, kw_only=False):
    """A statistic that needs no number of its own: least, most, mean, median, how many have a value."""

    name: Literal["min", "max", "mean", "median", "n", "n_beside_zero"]

    @property
    def role(self) -> str:
        """What it is to a rule, for explanations; so below."""
        return self.name


class Deviation(Value, kw_only=False):
    """The standard deviation, with n - `ddof` below."""

    ddof: Literal[0, 1]

    @property
    def name(self) -> str:
        """The name of its column."""
        return "sd"

    @property
    def role(self) -> str:
        """What it is to a rule."""
        return self.name


class QuantileOf(Value, kw_only=False):
    """The linear quantile `share` (0 to 1)."""

    share: float

    @property
    def name(self) -> str:
        """The name of its column: `q10` for 0.1, `q2_5` for 0.025.

        Without a dot, which means a part of a column to Spark.
        """
        return f"q{100 * self.share:g}".replace(".", "_")

    @property
    def role(self) -> str:
        """What it is to a rule."""
        return self.name


class ValueOf(Value, kw_only=False):
    """The value of the named unit, whatever group it is in."""

    unit: str

    @property
    def name(self) -> str:
        """The name of its column; different units have different names."""
        escaped = self.unit.replace("%", "%25").replace(".", "%2E").replace("`", "%60")
        return f"unit={escaped}"

    @property
    def role(self) -> str:
        """What it is to a rule."""
        return self.name


class Rank(Value, kw_only=False):
    """The unit's own place, counted from the best; or, `of_beaten`, how many are strictly worse.

    `with_equals` counts those that are equal among the beaten, the unit itself too; `beside_zero` leaves out
    who has 0.
    """

    of_beaten: bool = False
    with_equals: bool = False
    beside_zero: bool = False

    @property
    def name(self) -> str:
        """The name of its column."""
        return "place"

    @property
    def role(self) -> str:
        """What it is to a rule: a place, or how many are worse, or no better."""
        return "reached" if self.with_equals else "beaten" if self.of_beaten else "place"


PoolStatistic: TypeAlias = Plain | Deviation | QuantileOf | ValueOf | Rank

LEAST: Final = Plain("min")
MOST: Final = Plain("max")
MEAN: Final = Plain("mean")
MEDIAN: Final = Plain("median")
COUNT: Final = Plain("n")
COUNT_BESIDE_ZERO: Final = Plain("n_beside_zero")
EXTREMES: Final = (LEAST, MOST)
