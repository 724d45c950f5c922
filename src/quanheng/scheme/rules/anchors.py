"""What a rule compares a measure with: stated numbers, the unit's target or items, statistics of others.

An anchor says what has to be looked up to know it, and what it is called. Everything else that is asked of
anchors (which items, which units, whether a target is needed) follows from that.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import Literal, TypeAlias

from quanheng.findings.text import Language, Text
from quanheng.findings.value import Value
from quanheng.scheme.rules.pool import (
    EXTREMES,
    LEAST,
    MEAN,
    MEDIAN,
    MOST,
    PoolStatistic,
    QuantileOf,
    ValueOf,
)

Direction: TypeAlias = Literal["more", "less"]
"""Whether more or less of a measure is better."""
End: TypeAlias = Literal["greatest", "least"]


class Answering(Value):
    """What every anchor answers for itself."""

    @abstractmethod
    def _looked_up(self, end: End) -> LookedUp:
        """Return what has to be looked up, at this end of the measure."""

    @abstractmethod
    def _words(self) -> Text:
        """Return what the anchor is called."""

    def looked_up(self, direction: Direction, *, best: bool) -> LookedUp:
        """Return what has to be looked up, for the best or the worst end of a measure of this direction.

        Examples:
            >>> Observed().looked_up("less", best=True)
            Plain(name='min')
            >>> ItemAnchor("county_mean").looked_up("more", best=True)
            ItemAnchor(item='county_mean')
        """
        return self._looked_up("greatest" if best == (direction == "more") else "least")

    def in_words(self, language: Language) -> str:
        """Return what the anchor is called.

        Examples:
            >>> Quantile(0.1).in_words("zh")
            '第10百分位数'
        """
        return self._words().in_language(language)


class Constant(Answering, kw_only=False):
    """A stated number; `text` keeps how it was written (`log(100)`)."""

    value: float
    text: str

    def _looked_up(self, _end: End) -> Constant:
        return self

    def _words(self) -> Text:
        return Text(zh=self.text, en=self.text)


class Observed(Answering):
    """The best or worst observed value of the group."""

    def _looked_up(self, end: End) -> PoolStatistic:
        return MOST if end == "greatest" else LEAST

    def _words(self) -> Text:
        return Text(zh="实际值", en="observed")


class Quantile(Answering, kw_only=False):
    """The linear quantile `share` (0 to 1) of the observed values; `q10` is 0.1."""

    share: float

    def _looked_up(self, _end: End) -> PoolStatistic:
        return QuantileOf(self.share)

    def _words(self) -> Text:
        return Text(zh=f"第{100 * self.share:g}百分位数", en=f"q{100 * self.share:g}")


class TargetAnchor(Answering):
    """The unit's own target for this indicator."""

    def _looked_up(self, _end: End) -> TargetAnchor:
        return self

    def _words(self) -> Text:
        return Text(zh="目标值", en="target")


class UnitAnchor(Answering, kw_only=False):
    """The measure of the named unit."""

    unit: str

    def _looked_up(self, _end: End) -> PoolStatistic:
        return ValueOf(self.unit)

    def _words(self) -> Text:
        return Text(zh=f"单位{self.unit}的值", en=f"unit {self.unit}")


class ItemAnchor(Answering, kw_only=False):
    """The unit's own value of an item."""

    item: str

    def _looked_up(self, _end: End) -> ItemAnchor:
        return self

    def _words(self) -> Text:
        return Text(zh=f"数据项{self.item}", en=f"item {self.item}")


class Statistic(Answering, kw_only=False):
    """A statistic of the observed values, for `ratio`."""

    name: Literal["best", "mean", "median"]

    def _looked_up(self, end: End) -> PoolStatistic:
        if self.name == "best":
            return MOST if end == "greatest" else LEAST
        return MEAN if self.name == "mean" else MEDIAN

    def _words(self) -> Text:
        return Text(zh={"best": "最优值", "mean": "平均值", "median": "中位数"}[self.name], en=self.name)


Anchor: TypeAlias = Constant | Observed | Quantile | TargetAnchor | UnitAnchor | ItemAnchor
Reference: TypeAlias = Constant | Statistic | ItemAnchor
LookedUp: TypeAlias = Constant | TargetAnchor | ItemAnchor | PoolStatistic
"""All that an anchor can turn out to be: a number, a figure of the unit's own, a statistic of its pool."""


class Role(Value, kw_only=False):
    """An anchor in its role: what the rule calls it, and at which end of the measure it stands."""

    name: str
    anchor: Anchor | Reference
    best: bool

    def looked_up(self, direction: Direction) -> LookedUp:
        """Return what has to be looked up for it."""
        return self.anchor.looked_up(direction, best=self.best)

    def statistics(self) -> tuple[PoolStatistic, ...]:
        """Return what it needs of the pool; the extremes are computed together."""
        match self.looked_up("more"):
            case Constant() | TargetAnchor() | ItemAnchor():
                return ()
            case extreme if extreme in EXTREMES:
                return EXTREMES
            case statistic:
                return (statistic,)
