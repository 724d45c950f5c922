"""序时进度, what share of a target is due by when and how that is judged; 季季评, reviews inside the year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from quanheng.findings.finding import NOWHERE, Location
from quanheng.findings.value import Value, field
from quanheng.periods.every import Every
from quanheng.scheme.formulas.tree import Formula

Nature: TypeAlias = Literal["accumulates", "level", "from_start"]
"""What is due of a target during the year.

- `accumulates`: a share of the target (an amount that grows through the year)
- `level`: the target itself at any time (a rate, a ratio)
- `from_start`: the way from the value at the year's start to the target, a share of it (a stock)
"""


class Even(Value):
    """The same share for every month."""


class Seasonal(Value):
    """The mean share that was reached by the same month of earlier years, up to `years` of them."""

    years: int = 5


class Given(Value, kw_only=False):
    """The share due by the end of each period named (`2023-Q1`); between two of them along a straight line.

    Before the first it rises from 0 at the year's start, after the last to 1 at its end.
    """

    shares: Mapping[str, float]


Curve: TypeAlias = Even | Seasonal | Given


class Lights(Value):
    """Conditions that set a light before the completion of what is due does; the first that holds counts.

    Words: `value`, `target`, `due`, `completion` (of what is due), `growth` (of the measure against the
    year before), `average` (of the measure over the group).
    """

    red: Formula | None = None
    yellow: Formula | None = None
    green: Formula | None = None


class Pace(Value, aside=("where",)):
    """What share of a target is due by when, and how its completion is judged.

    `at` sets the share due by the end of a period, before the curve. Under `yellow` (a part of what is due)
    a light is yellow, under `red` red. So many of the same yellow or red light in a row as `repeat` says are
    raised. A record is due soon `due_soon` days before its due date. `every` is how often lights are given.
    `nature` None: as the measure's items say.
    """

    curve: Curve = Even()
    at: Mapping[str, float] = field(default_factory=dict)
    yellow: float = 0.95
    red: float = 0.85
    lights: Lights = Lights()
    repeat: int = 2
    due_soon: int = 14
    every: Every = "month"
    nature: Nature | None = None
    where: Location = NOWHERE


_YEAR: Final = len("2023-")


class Fold(Value):
    """The year's total: `reviews` × the mean of the reviews' totals + `year` × its own; both add up to 1.

    Where `each` review has a part of its own, `Q1`, their mean is weighted by these.
    """

    reviews: float
    year: float
    each: Mapping[str, float] = field(default_factory=dict)

    def weight_of(self, review: str) -> float:
        """Return what a review weighs in the mean, `2023-Q1` as `Q1` does.

        Examples:
            >>> fold = Fold(reviews=1.0, year=0.0, each={"Q1": 0.3, "Q2": 0.7})
            >>> fold.weight_of("2023-Q2"), Fold(reviews=0.4, year=0.6).weight_of("2023-Q2")
            (0.7, 1.0)
        """
        return self.each.get(review[_YEAR:], 0.0) if self.each else 1.0


class Reviews(Value, aside=("where",)):
    """Reviews `every` quarter (half, month) of the year.

    `nodes` take part, with all below them; empty: every indicator whose figures are all reported that often.
    `through`: the reviews' mean is a mean of means, month's scores -> quarter's mean -> year's mean.
    """

    every: Every
    nodes: tuple[str, ...] = ()
    through: Every | None = None
    fold: Fold | None = None
    where: Location = NOWHERE
