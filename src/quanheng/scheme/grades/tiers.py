"""Tiers, what lowers them, and awards. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from quanheng.findings.finding import NOWHERE, Location
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.periods.every import Every
from quanheng.scheme.formulas.tree import Formula
from quanheng.scheme.grades.quotas import ByGroup, Quota, of_groups, stated_for


class Demands(Value):
    """What a tier asks of the units of one group: a place, from above or from below, and a total."""

    top: Quota | None = None
    last: Quota | None = None
    at_least: float | None = None
    at_most: float | None = None

    def in_words(self) -> Text:
        """Return what is asked as texts say it; nothing where nothing is asked."""
        zh, en = [], []
        if self.top is not None:
            told = self.top.in_words()
            zh.append(f"位次在前 {told.zh}")
            en.append(f"the first {told.en}")
        if self.last is not None:
            told = self.last.in_words()
            zh.append(f"位次在末 {told.zh}")
            en.append(f"the last {told.en}")
        if self.at_least is not None:
            zh.append(f"总分不低于 {self.at_least:g}")
            en.append(f"a total of at least {self.at_least:g}")
        if self.at_most is not None:
            zh.append(f"总分不高于 {self.at_most:g}")
            en.append(f"a total of at most {self.at_most:g}")
        return Text(zh="，".join(zh), en=", ".join(en))


class Tier(Value, aside=("where",)):
    """A grade: entered by the units up to `top` (cumulative, by place) whose total keeps to a bound.

    The total is `at_least` so much, or `at_most` where the lowest total is first.

    `last` counts places from below, the first place never; a tier with it goes before those above it.
    `top`, `last` and the bounds hold for all groups or are stated by group; `groups` are those in which the
    tier stands, none for all. `condition`: what has to hold for a unit to enter; `unless`: under what it
    does not. The word `veto` is one of their names.
    """

    name: str
    top: ByGroup[Quota] = None
    last: ByGroup[Quota] = None
    at_least: ByGroup[float] = None
    at_most: ByGroup[float] = None
    groups: tuple[str, ...] = ()
    condition: Formula | None = None
    unless: Formula | None = None
    where: Location = NOWHERE

    @property
    def conditions(self) -> tuple[Formula, ...]:
        """Its conditions."""
        return tuple(condition for condition in (self.condition, self.unless) if condition is not None)

    @property
    def by_group(self) -> bool:
        """Whether it is another one in another group."""
        return bool(self.groups)

    def stands_in(self, group: str) -> bool:
        """Return whether units of `group` can enter it."""
        return of_groups(self.groups, group)

    @property
    def from_below(self) -> bool:
        """Whether it counts places from below."""
        return self.last is not None

    def demands_in(self, group: str) -> Demands:
        """Return what it asks of the units of `group`."""
        return Demands(
            top=stated_for(self.top, group),
            last=stated_for(self.last, group),
            at_least=stated_for(self.at_least, group),
            at_most=stated_for(self.at_most, group),
        )

    def in_words(self, names: Mapping[str, Text]) -> Text:
        """Return what it asks but for its conditions; groups by their `names` where it differs by group.

        Examples:
            >>> Tier(name="A", top=Quota(share=0.3), at_least=85.0).in_words({}).en
            'the first 30%, a total of at least 85'
            >>> by_group = Tier(name="A", top={"a": Quota(count=2)}, groups=("a",))
            >>> by_group.in_words({"a": Text(zh="甲组", en="towns")}).en
            'towns: the first 2'
        """
        if not self.by_group:
            return self.demands_in("").in_words()
        told = {group: self.demands_in(group).in_words() for group in self.groups}
        called = {group: names.get(group, Text()) for group in self.groups}
        return Text(
            zh="；".join(
                ("：" if text.zh else "").join((called[group].in_language("zh") or group, text.zh))
                for group, text in told.items()
            ),
            en="; ".join(
                (": " if text.en else "").join((called[group].in_language("en") or group, text.en))
                for group, text in told.items()
            ),
        )


class Lowering(Value, aside=("where",)):
    """降等: units for which `condition` holds end `by` so many tiers lower, or no higher than `to`."""

    condition: Formula
    by: int | None = None
    to: str | None = None
    where: Location = NOWHERE


class Award(Value, aside=("where",)):
    """An honour: the first `take` by `by` among the units of `groups` for which `condition` holds.

    `take` counts inside each group, and may be stated by group; so does `last`, which takes from below
    instead. `by` is a formula, greatest first; None is the place. `recipient` names the units' column of
    the person honoured; None honours the unit. `every` gives it only in rounds of that length.
    `despite_veto` lets vetoed units take part.
    """

    name: str
    groups: tuple[str, ...] = ()
    take: ByGroup[Quota] = None
    last: ByGroup[Quota] = None
    condition: Formula | None = None
    by: Formula | None = None
    recipient: str | None = None
    every: Every | None = None
    despite_veto: bool = False
    where: Location = NOWHERE


class Ties(TypedDict):
    """The nodes of ties, as parts of a scheme."""

    ties: tuple[str, ...]
    ties_by_group: Mapping[str, tuple[str, ...]]
