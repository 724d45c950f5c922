"""What happens where a measure has no value (absence §3, §4, §7), and how outliers are treated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class MissingIsError:
    """`error`: a missing measure is a finding and nothing is scored (the default)."""


@dataclass(frozen=True, slots=True)
class MissingIsZero:
    """`zero`: no points."""


@dataclass(frozen=True, slots=True)
class MissingIsWorst:
    """`worst`: the lowest points that any unit of the group got from the rule."""


@dataclass(frozen=True, slots=True)
class MissingRedistributed:
    """`redistribute`: the weight goes to the siblings in proportion, else to the parent's siblings."""


@dataclass(frozen=True, slots=True)
class MissingIsNeutral:
    """`neutral`: the points of the rule's `base` (0 for a rule without one)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """`{fill: mean|median, within: <attribute>, at: value|points}`: filled from the units that have a value.

    `within` names a column of the units; None is the unit's group.
    """

    statistic: Literal["mean", "median"]
    within: str | None = None
    at: Literal["value", "points"] = "value"


MissingPolicy: TypeAlias = (
    MissingIsError | MissingIsZero | MissingIsWorst | MissingRedistributed | MissingIsNeutral | Fill
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """The policies for one indicator; `at_least` (share of weight, 0 to 1) is read at the root."""

    missing: MissingPolicy = MissingIsError()
    not_applicable: Literal["redistribute", "full"] = "redistribute"


# --- treatment of outliers, before rating ---------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Winsorise:
    """The JRC/COINr procedure: only where |skewness| and kurtosis are over their limits.

    Up to `points` values are winsorised; if that is not enough the original is log-transformed
    (`then="log"`) or the winsorised values stay (`then="none"`).
    """

    points: int = 5
    then: Literal["log", "none"] = "log"
    skewness: float = 2.0
    kurtosis: float = 3.5


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantileLimits:
    """Values outside the `low` and `high` quantiles (0 to 1) are set to these."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class AlwaysLog:
    """The natural logarithm of every value; values must be above 0."""


Treatment: TypeAlias = Winsorise | QuantileLimits | AlwaysLog
