"""Laws of tiers, awards, ties and adjustments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from quanheng.findings.finding import Finding, Place
from quanheng.findings.nearest import nearest, suggestion
from quanheng.scheme import law_kinds
from quanheng.scheme.grades import Tier
from quanheng.scheme.settle import Settled


def check_grade_names(settled: Settled) -> Iterator[Finding]:
    """Yield a QH251 for each tier, award or adjustment rule whose name stands twice."""
    scheme = settled.scheme
    yield from _twice([(tier.name, tier.where) for tier in scheme.tiers], "tiers", "等次")
    yield from _twice([(award.name, award.where) for award in scheme.awards], "awards", "奖项")
    rules = [(rule.name, rule.where) for rule in scheme.adjustments.rules]
    yield from _twice(rules, "adjustment rules", "加减分规则")


def check_tier_order(settled: Settled) -> Iterator[Finding]:
    """Yield a QH252 where `top` does not rise or `at_least` does not fall from tier to tier."""
    before: dict[str, float] = {}
    for tier in settled.scheme.tiers:
        for key, name, value, sign in _demands(tier):
            if key in before and (value - before[key]) * sign <= 0:
                yield law_kinds.TIER_ORDER.at(
                    tier.where, name=tier.name, key=name, value=f"{value:.12g}", before=f"{before[key]:.12g}"
                )
            before[key] = value


def check_tiers_are_reached(settled: Settled) -> Iterator[Finding]:
    """Yield a QH253 where units can end in no tier, a QH254 for a tier that leaves none for those after."""
    tiers = settled.scheme.tiers
    for last in tiers[-1:]:
        if not _is_open(last):
            yield law_kinds.LAST_TIER_CLOSED.at(last.where, name=last.name)
    for tier in tiers[:-1]:
        if _is_open(tier):
            yield law_kinds.TIER_OPEN_EARLY.at(tier.where, name=tier.name)


def check_veto_tier(settled: Settled) -> Iterator[Finding]:
    """Yield a QH256 where the tier of a veto looks like a tier misspelt; it need not be one of them."""
    tier = settled.scheme.adjustments.veto_tier
    names = [tier.name for tier in settled.scheme.tiers]
    if tier is not None and tier not in names and nearest(tier, names) is not None:
        where = settled.at("adjustments", "veto", "tier")
        yield law_kinds.VETO_TIER_NEAR.at(where, tier=tier, **suggestion(tier, names))


def check_nodes_exist(settled: Settled) -> Iterator[Finding]:
    """Yield a QH255 for each node that ties or adjustments name and that does not exist."""
    codes = [node.code for node in settled.scheme.nodes]
    named = [(code, settled.at("ties", "break_by", index)) for index, code in enumerate(settled.scheme.ties)]
    named += [(rule.node, rule.where) for rule in settled.scheme.adjustments.rules]
    for code, where in named:
        if code not in codes:
            yield law_kinds.UNKNOWN_NODE.at(where, node=code, **suggestion(code, codes))


GRADE_LAWS: Final[tuple[Callable[[Settled], Iterator[Finding]], ...]] = (
    check_grade_names,
    check_tier_order,
    check_tiers_are_reached,
    check_veto_tier,
    check_nodes_exist,
)


def _twice(named: list[tuple[str, Place]], what_en: str, what_zh: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for name, where in named:
        if name in seen:
            yield law_kinds.TIER_TWICE.at(where, name=name, what_en=what_en, what_zh=what_zh)
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
