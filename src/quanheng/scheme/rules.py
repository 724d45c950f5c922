"""Rules: how a measure `x` becomes points. A closed union of values; `engine/points.py` gives them meaning.

Every rule knows only its own numbers. The indicator's direction decides where the best end lies for
anchors that are observed; stated anchors carry their own direction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from quanheng.scheme.formula import Formula

# --- anchors -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Constant:
    """A stated number; `text` keeps how it was written (`log(100)`)."""

    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Observed:
    """The best or worst observed value of the group."""


@dataclass(frozen=True, slots=True)
class Quantile:
    """The linear quantile `share` (0 to 1) of the observed values; `q10` is 0.1."""

    share: float


@dataclass(frozen=True, slots=True)
class TargetAnchor:
    """The unit's own target for this indicator."""


@dataclass(frozen=True, slots=True)
class UnitAnchor:
    """The measure of the named unit."""

    unit: str


@dataclass(frozen=True, slots=True)
class ItemAnchor:
    """The unit's own value of an item."""

    item: str


@dataclass(frozen=True, slots=True)
class Statistic:
    """A statistic of the observed values, for `ratio`."""

    name: Literal["best", "mean", "median"]


Anchor: TypeAlias = Constant | Observed | Quantile | TargetAnchor | UnitAnchor | ItemAnchor
Reference: TypeAlias = Constant | Statistic | ItemAnchor

# --- rules ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """功效系数法、极差法: r = (x - worst)/(best - worst); p = base + (100 - base)·f(r).

    f(r) = r for `linear`; ((100/base)^r - 1)/(100/base - 1), that is p = base·(100/base)^r, for
    `exponential` (which needs base > 0). `clamp` bounds r to [0, 1] on `both` sides, only `above`,
    only `below`, or `none`. `round_ratio` rounds r half-up to so many decimals first.
    """

    worst: Anchor = Observed()
    best: Anchor = Observed()
    base: float = 0.0
    clamp: Literal["both", "above", "below", "none"] = "both"
    curve: Literal["linear", "exponential"] = "linear"
    round_ratio: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slope:
    """So many points (`amount`) for each `per` of distance from the target, not past `limit` points.

    `per` is in completion (0.01 is one per cent) or, where the target rule compares by difference, in
    the measure's own unit. `whole` counts only complete steps (不足一个步长不计).
    """

    per: float
    amount: float
    limit: float
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """目标完成法: c = x/target (direction less: 2 - x/target).

    `met_only`: 100 if c >= 1 else 0. Without `base`: p = 100·c within [floor, cap]. With `base`: base at
    c = 1, more by the slope `over` (limit: `up_to`), less by the slope `short` (limit: `down_to`); a side
    without a slope stays at `base`. `compare="difference"` uses x - target (less: target - x) in place
    of c - 1, for rates in percentage points.
    """

    met_only: bool = False
    floor: float = 0.0
    cap: float = 100.0
    base: float | None = None
    over: Slope | None = None
    short: Slope | None = None
    compare: Literal["ratio", "difference"] = "ratio"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """区间插值: straight lines through the (x, p) points in rising x, flat outside."""

    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """分档赋分: points of the highest threshold reached (direction less: x <= threshold), else `otherwise`.

    `steps` stand in rising order of threshold.
    """

    steps: tuple[tuple[float, float], ...]
    otherwise: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceEvenly:
    """排序赋分: `first` points for place 1, `last` for place n, evenly between; n is the number placed.

    p = first - (first - last)·(place - 1)/(n - 1); n = 1 gives `first`.
    """

    first: float = 100.0
    last: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceByStep:
    """排序赋分: `first` points for place 1, `step` fewer for each further place, not under `floor`."""

    first: float = 100.0
    step: float
    floor: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceTable:
    """排序赋分: a table of (from place, to place, points); other places get `otherwise`."""

    table: tuple[tuple[int, int, float], ...]
    otherwise: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Percentile:
    """百分位: 100·(units strictly worse)/(n - 1); n = 1 gives 100."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """比值法: 100·x/ref (direction less: 100·ref/x), not over `cap`, not under 0."""

    ref: Reference
    cap: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ZScore:
    """标准化: center + spread·(x - mean)/sd, the sign by the direction; sd with n - ddof."""

    center: float = 50.0
    spread: float = 10.0
    ddof: Literal[0, 1] = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduct:
    """扣分法: start - each·max(0, x - free), not under `floor`. In the file `start` is called `from`."""

    start: float = 100.0
    each: float
    free: float = 0.0
    floor: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ideal:
    """适度指标: 100 inside [low, high]; outside falling by the distance over c, not under 0.

    Below: 100·(1 - (low - x)/c); above: 100·(1 - (x - high)/c), with c = `width`, or if that is None
    c = max(low - min, max - high) of the observed values.
    """

    low: float
    high: float
    width: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """达标赋分: 100 if the condition over `x`, `target` and items holds, else 0."""

    condition: Formula


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """直接评分: x itself, checked to lie in [low, high]."""

    low: float = 0.0
    high: float = 100.0


PlaceRule: TypeAlias = PlaceEvenly | PlaceByStep | PlaceTable
Rule: TypeAlias = (
    Scale | Target | Bands | Steps | PlaceRule | Percentile | Ratio | ZScore | Deduct | Ideal | Met | Given
)
