"""Goals: a place, a tier or a score, as the total that reaches it while the others stay where they are."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, floor, inf
from typing import Final

from quanheng.engine.frame import columns as c
from quanheng.findings.finding import Finding, Kind
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.scheme.grades.quotas import Quota
from quanheng.scheme.grades.tiers import Tier
from quanheng.scheme.tree.scheme import Scheme
from quanheng.studies.balance.model.frozen import Pool

NOTHING_ABOVE: Final = Kind(
    code="QH780",
    severity="error",
    en="{unit} is {what} already: there is nothing above to be reached",
    zh="{unit}已是{what}，上面没有可达到的了",
    hint_en="ask for a score, or for another unit",
    hint_zh="可改问某一得分，或另一单位",
)
BARRED: Final = Kind(
    code="QH787",
    severity="error",
    en="{unit} cannot reach {goal}: {why}",
    zh="{unit}无法达到{goal}：{why}",
    hint_en="no lever moves that; ask for a score",
    hint_zh="任何可调数据项都改变不了；可改问某一得分",
)


class Goal(Value):
    """What a unit is to reach, by place, tier (its number among the scheme's) or score; in words `text`."""

    unit: str
    text: Text
    place: int | None = None
    tier: int | None = None
    score: float | None = None

    def reached(self, pool: Pool) -> bool:
        """Return whether the unit has it in a scored round."""
        if self.place is not None:
            place = pool.place(self.unit)
            return place is not None and place <= self.place
        if self.tier is not None:
            tier = pool.text(self.unit, c.TIER)
            return tier in [each.name for each in _down_to(self.tier, pool, self.unit)]
        return self.score is not None and round(pool.total(self.unit) or -inf, 9) >= self.score

    def total(self, pool: Pool) -> float:
        """Return the least total that reaches it, as the others stand; ties are left to a full scoring."""
        if self.place is not None:
            return _total_of_place(self.place, pool.rival_totals(self.unit))
        if self.tier is not None:
            tiers = _down_to(self.tier, pool, self.unit)
            wanted = min((_total_of_tier(tier, pool, self.unit) for tier in tiers), default=inf)
            return max(wanted, _total_above_the_last(self.tier, pool, self.unit))
        return -inf if self.score is None else self.score


def place_goal(pool: Pool, unit: str, name: str, place: int | None) -> Goal | Finding:
    """Return the goal of a place, of the next one where none is named; or why there is none."""
    now = pool.place(unit)
    if now is None:
        why = Text(en="it has no place", zh="未参加排名")
        return BARRED.at(unit=name, goal=Text(en="a place", zh="位次"), why=why)
    if place is None and now == 1:
        return NOTHING_ABOVE.at(unit=name, what=Text(en="first", zh="第1名"))
    wanted = now - 1 if place is None else place
    text = Text(en=f"{name} reaches place {wanted}", zh=f"{name}达到第{wanted}名")
    return Goal(unit=unit, text=text, place=wanted)


def tier_goal(pool: Pool, unit: str, name: str, tier: int) -> Goal | Finding:
    """Return the goal of the tier with this number, 0 the first; or why it cannot be reached."""
    called = pool.scheme.tiers[tier].name
    goal = Text(en=f"tier {called!r}", zh=f"“{called}”")
    if pool.row(unit)[c.VETOED]:
        return BARRED.at(unit=name, goal=goal, why=Text(en="it is vetoed", zh="被一票否决"))
    if pool.place(unit) is None:
        return BARRED.at(unit=name, goal=goal, why=Text(en="it has no place", zh="未参加排名"))
    if not pool.scheme.tiers[tier].stands_in(_group(pool, unit)):
        why = Text(en="its group does not have this tier", zh="所在分组不设此等次")
        return BARRED.at(unit=name, goal=goal, why=why)
    return Goal(unit=unit, text=Text(en=f"{name} reaches {goal.en}", zh=f"{name}进入{goal.zh}"), tier=tier)


def next_tier(pool: Pool, unit: str) -> int | None:
    """Return the number of the tier above the unit's; None where there is none, or it has no tier."""
    own = pool.text(unit, c.TIER)
    if pool.row(unit)[c.VETOED]:
        return None
    above: int | None = None
    for number, tier in enumerate(pool.scheme.tiers):
        if tier.name == own:
            return above
        if tier.stands_in(_group(pool, unit)):
            above = number
    return None


def tier_number(scheme: Scheme, name: str) -> int | None:
    """Return the number of the tier that is called so."""
    return next((number for number, tier in enumerate(scheme.tiers) if tier.name == name), None)


def _total_of_place(place: int, rivals: list[float]) -> float:
    return rivals[place - 1] if place <= len(rivals) else -inf


def _group(pool: Pool, unit: str) -> str:
    return pool.text(unit, c.GROUP) or ""


def _down_to(number: int, pool: Pool, unit: str) -> list[Tier]:
    """Return the tiers of the unit's group that are no lower than the one with this number."""
    return [tier for tier in pool.scheme.tiers[: number + 1] if tier.stands_in(_group(pool, unit))]


def _total_of_tier(tier: Tier, pool: Pool, unit: str) -> float:
    rivals = pool.rival_totals(unit, within_group=isinstance(tier.top, Mapping))
    asked = tier.demands_in(_group(pool, unit))
    wanted = -inf if asked.at_least is None else asked.at_least
    if asked.top is not None:
        wanted = max(wanted, _total_of_place(admitted_of(asked.top, len(rivals) + 1), rivals))
    return wanted


def _total_above_the_last(number: int, pool: Pool, unit: str) -> float:
    """Return the total at which the unit is no longer among the last of a lower tier."""
    wanted = -inf
    for tier in pool.scheme.tiers[number + 1 :]:
        rivals = pool.rival_totals(unit, within_group=isinstance(tier.last, Mapping))
        last = tier.demands_in(_group(pool, unit)).last
        if last is not None and tier.stands_in(_group(pool, unit)):
            behind = admitted_of(last, len(rivals) + 1)
            wanted = max(wanted, rivals[-behind] if behind <= len(rivals) else -inf)
    return wanted


def admitted_of(quota: Quota, units: int) -> int:
    """Return how many places a quota admits of so many units (places §3).

    Examples:
        >>> admitted_of(Quota(share=0.3), 5), admitted_of(Quota(share=0.3, rounding="down"), 5)
        (2, 1)
    """
    if quota.share is None:
        return quota.count or 0
    wanted = round(quota.share * units, 9)
    match quota.rounding:
        case "half":
            return max(1, floor(wanted + 0.5))
        case "down":
            return max(1, floor(wanted))
        case "up":
            return max(1, ceil(wanted))
