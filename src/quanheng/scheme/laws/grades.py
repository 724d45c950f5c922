"""Laws of tiers, awards, ties and adjustments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from quanheng.findings.finding import Finding, Kind, Location
from quanheng.findings.nearest import nearest, suggestion
from quanheng.findings.text import Text
from quanheng.scheme.fields.findings import UNKNOWN_NODE
from quanheng.scheme.fields.told import told_key
from quanheng.scheme.grades.grades import Tier
from quanheng.scheme.tree.settle import Settled


def check_grade_names(settled: Settled) -> Iterator[Finding]:
    """Yield a QH251 for each tier, award or adjustment rule whose name stands twice."""
    scheme = settled.scheme
    yield from _twice([(tier.name, tier.where) for tier in scheme.tiers], Text(en="tiers", zh="等次"))
    yield from _twice([(award.name, award.where) for award in scheme.awards], Text(en="awards", zh="奖项"))
    rules = [(rule.name, rule.where) for rule in scheme.adjustments.rules]
    yield from _twice(rules, Text(en="adjustment rules", zh="加减分规则"))


TIER_ORDER: Final = Kind(
    code="QH252",
    severity="error",
    en="the tier '{name}' has '{key}: {value}', the tier before it {before}",
    zh="等次“{name}”的“{key}: {value}”与前一等次的{before}次序不符",
    hint_en="list the best tier first: 'top' rises and 'at_least' falls",
    hint_zh="请从高到低排列：名次比例（top）递增，最低得分（at_least）递减",
)


def check_tier_order(settled: Settled) -> Iterator[Finding]:
    """Yield a QH252 where `top` does not rise or `at_least` does not fall from tier to tier."""
    before: dict[str, float] = {}
    for tier in settled.scheme.tiers:
        for key, name, value, sign in _demands(tier):
            if key in before and (value - before[key]) * sign <= 0:
                yield TIER_ORDER.at(
                    tier.where,
                    name=tier.name,
                    key=told_key(name, ("tiers",)),
                    value=f"{value:.12g}",
                    before=f"{before[key]:.12g}",
                )
            before[key] = value


LAST_TIER_CLOSED: Final = Kind(
    code="QH253",
    severity="warning",
    en="the last tier '{name}' has a condition, so units can end in no tier",
    zh="最后一个等次“{name}”设有条件，可能有单位没有等次",
    hint_en="add a last tier with a name alone",
    hint_zh="请在最后增加一个只有名称的等次",
)
TIER_OPEN_EARLY: Final = Kind(
    code="QH254",
    severity="error",
    en="all units enter the tier '{name}', nobody reaches those after it",
    zh="所有单位都会进入等次“{name}”，其后的等次不会有单位",
    hint_en="add 'top' or 'at_least' to it, or put it last",
    hint_zh="请补充名次比例（top）或最低得分（at_least），或将其移到最后",
)


def check_tiers_are_reached(settled: Settled) -> Iterator[Finding]:
    """Yield a QH253 where units can end in no tier, a QH254 for a tier that leaves none for those after."""
    tiers = settled.scheme.tiers
    for last in tiers[-1:]:
        if not _is_open(last):
            yield LAST_TIER_CLOSED.at(last.where, name=last.name)
    for tier in tiers[:-1]:
        if _is_open(tier):
            yield TIER_OPEN_EARLY.at(tier.where, name=tier.name)


VETO_TIER_NEAR: Final = Kind(
    code="QH256",
    severity="warning",
    en="the veto's tier '{tier}' is not one of the tiers",
    zh="否决后的等次“{tier}”不在等次列表中",
    hint_en="{suggest}",
    hint_zh="{suggest}",
)


def check_veto_tier(settled: Settled) -> Iterator[Finding]:
    """Yield a QH256 where the tier of a veto looks like a tier misspelt; it need not be one of them."""
    tier = settled.scheme.adjustments.veto_tier
    names = [tier.name for tier in settled.scheme.tiers]
    if tier is not None and tier not in names and nearest(tier, names) is not None:
        where = settled.at("adjustments", "veto", "tier")
        yield VETO_TIER_NEAR.at(where, tier=tier, **suggestion(tier, names))


def check_nodes_exist(settled: Settled) -> Iterator[Finding]:
    """Yield a QH255 for each node that ties or adjustments name and that does not exist."""
    codes = [node.code for node in settled.scheme.nodes]
    named = [(code, settled.at("ties", "break_by", index)) for index, code in enumerate(settled.scheme.ties)]
    named += [(rule.node, rule.where) for rule in settled.scheme.adjustments.rules]
    for code, where in named:
        if code not in codes:
            yield UNKNOWN_NODE.at(where, node=code, **suggestion(code, codes))


GRADE_LAWS: Final[tuple[Callable[[Settled], Iterator[Finding]], ...]] = (
    check_grade_names,
    check_tier_order,
    check_tiers_are_reached,
    check_veto_tier,
    check_nodes_exist,
)


TIER_TWICE: Final = Kind(
    code="QH251",
    severity="error",
    en="two {what} are called '{name}'",
    zh="有两个{what}名为“{name}”",
    hint_en="rename one of the two",
    hint_zh="请改其中一个的名称",
)


def _twice(named: list[tuple[str, Location]], what: Text) -> Iterator[Finding]:
    seen: set[str] = set()
    for name, where in named:
        if name in seen:
            yield TIER_TWICE.at(where, name=name, what=what)
        seen.add(name)


def _demands(tier: Tier) -> Iterator[tuple[str, str, float, float]]:
    """Yield what a tier demands: what it can be compared by, its key, its value, and which way it goes."""
    if tier.top is not None and tier.top.share is not None:
        yield "share", "top", tier.top.share, 1.0
    if tier.top is not None and tier.top.count is not None:
        yield "count", "top", float(tier.top.count), 1.0
    if tier.at_least is not None:
        yield "at_least", "at_least", tier.at_least, -1.0


def _is_open(tier: Tier) -> bool:
    return tier.top is None and tier.at_least is None and tier.unless is None
