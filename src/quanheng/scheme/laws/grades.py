"""Laws of tiers, awards, ties and adjustments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from quanheng.findings.finding import Finding, Kind, Location
from quanheng.findings.nearest import nearest, suggestion
from quanheng.findings.text import Text
from quanheng.scheme.fields.findings import UNKNOWN_NODE
from quanheng.scheme.fields.told import told_key
from quanheng.scheme.grades.tiers import Demands, Tier
from quanheng.scheme.laws.categories import check_categories
from quanheng.scheme.tree.pools import Inside, in_one_round
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
    hint_en="list the best tier first: 'top' and 'at_most' rise, 'at_least' falls",
    hint_zh="请从高到低排列：名次比例（top）和最高得分（at_most）递增，最低得分（at_least）递减",
)


def check_tier_order(settled: Settled) -> Iterator[Finding]:
    """Yield a QH252 where `top` does not rise or `at_least` does not fall from tier to tier."""
    told: set[str] = set()
    for group in settled.scheme.groups:
        before: dict[str, float] = {}
        for tier in settled.scheme.tiers_in(group.code):
            for key, name, value, sign in _demands(tier.demands_in(group.code)):
                if key in before and (value - before[key]) * sign <= 0 and tier.name not in told:
                    told.add(tier.name)
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
    told: set[str] = set()
    for group in settled.scheme.groups:
        tiers = [tier for tier in settled.scheme.tiers_in(group.code) if not tier.from_below]
        for tier in tiers:
            is_open, is_last = _is_open(tier, group.code), tier is tiers[-1]
            if is_open != is_last and tier.name not in told:
                told.add(tier.name)
                kind = LAST_TIER_CLOSED if is_last else TIER_OPEN_EARLY
                yield kind.at(tier.where, name=tier.name)


GROUP_WITHOUT_TIERS: Final = Kind(
    code="QH191",
    severity="warning",
    en="no tier stands in the group '{group}', so its units end in none",
    zh="分组“{group}”没有任何等次，其单位不评等次",
    hint_en="add a tier for it, or name it in 'groups', 'top' or 'at_least' of one",
    hint_zh="请为其设置等次，或在某一等次的适用分组（groups）、名额（top）、下限（at_least）中写上该组",
)


def check_groups_have_tiers(settled: Settled) -> Iterator[Finding]:
    """Yield a QH191 for each group without a tier, where others have some."""
    scheme = settled.scheme
    for group in scheme.groups:
        if scheme.tiers and not scheme.tiers_in(group.code):
            yield GROUP_WITHOUT_TIERS.at(group.where, group=group.code)


LOWERED_TO_NOTHING: Final = Kind(
    code="QH192",
    severity="error",
    en="what lowers a tier names '{tier}', which is none of the tiers",
    zh="降等规则所写的等次“{tier}”不在等次列表中",
    hint_en="write the name of a tier; {suggest}",
    hint_zh="请写等次列表中的名称；{suggest}",
)
LOWERED_WITHOUT_TIERS: Final = Kind(
    code="QH193",
    severity="error",
    en="the scheme lowers tiers and has none",
    zh="方案写了降等规则（lower），却没有等次",
    hint_en="add 'tiers', or remove 'lower'",
    hint_zh="请补充等次（tiers），或删去降等规则（lower）",
)


def check_lowerings(settled: Settled) -> Iterator[Finding]:
    """Yield a QH192 for each tier that is no tier, a QH193 where there is nothing to be lowered."""
    names = [tier.name for tier in settled.scheme.tiers]
    for lowering in settled.scheme.lower:
        if not names:
            yield LOWERED_WITHOUT_TIERS.at(lowering.where)
        elif lowering.to is not None and lowering.to not in names:
            yield LOWERED_TO_NOTHING.at(lowering.where, tier=lowering.to, **suggestion(lowering.to, names))


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
    scheme = settled.scheme
    named = [(code, settled.at("ties", "break_by", index)) for index, code in enumerate(scheme.ties)]
    for group, nodes in scheme.ties_by_group.items():
        named += [(code, settled.at("ties", "break_by", group, at)) for at, code in enumerate(nodes)]
    named += [(rule.node, rule.where) for rule in settled.scheme.adjustments.rules]
    for code, where in named:
        if code not in codes:
            yield UNKNOWN_NODE.at(where, node=code, **suggestion(code, codes))


MARKS_DIFFER: Final = Kind(
    code="QH194",
    severity="error",
    en="all units stand in one ranking, and '{group}' has {marks} marks where '{other}' has {others}",
    zh="全部单位统一排名（ranking: all），而分组“{group}”满分{marks}，“{other}”满分{others}",
    hint_en="give the groups the same marks, or rank each group by itself",
    hint_zh="请让各组满分相同，或各组分别排名",
)


def check_one_ranking(settled: Settled) -> Iterator[Finding]:
    """Yield a QH194 for each group whose totals cannot be compared with those of the first."""
    scheme = settled.scheme
    if scheme.ranks_all:
        first = scheme.groups[0]
        for group in scheme.groups[1:]:
            if group.marks != first.marks:
                yield MARKS_DIFFER.at(
                    settled.at("ranking"),
                    group=group.code,
                    marks=f"{group.marks:g}",
                    other=first.code,
                    others=f"{first.marks:g}",
                )


TREATED_IN_A_POOL: Final = Kind(
    code="QH196",
    severity="error",
    en="'{code}' is compared within a pool, in which outliers are not treated",
    zh="“{code}”在比较范围内比较，其中不做异常值处理",
    hint_en="write 'treat: none' for it, or compare it within the group or all units",
    hint_zh="请为该指标写明不处理异常值（treat: none），或改为在本组或全部单位中比较",
)
POOL_UNUSED: Final = Kind(
    code="QH197",
    severity="note",
    en="nothing is compared within the pool '{code}'",
    zh="没有指标使用比较范围“{code}”",
    hint_en="name it in 'within' of an indicator, or remove it",
    hint_zh="请在指标的比较范围（within）中写上它，或删去",
)


def check_pools(settled: Settled) -> Iterator[Finding]:
    """Yield a QH196 for each indicator treated in a pool, a QH197 for each pool that nothing looks at."""
    used = set()
    for indicator in settled.scheme.all_rated:
        within = indicator.within
        looked = in_one_round(within)
        if isinstance(looked, Inside):
            used.add(looked.code)
        if not isinstance(within, str) and indicator.treat is not None and indicator.treat.by_pool:
            yield TREATED_IN_A_POOL.at(indicator.where, code=indicator.code)
    for pool in settled.scheme.pools:
        if pool.code not in used:
            yield POOL_UNUSED.at(pool.where, code=pool.code)


def _laws_of_node_caps(settled: Settled) -> Iterator[Finding]:
    """Yield what is wrong with caps of adjustments at nodes."""
    adjustments = settled.scheme.adjustments
    if adjustments.bonus.nodes or adjustments.penalty.nodes:
        from quanheng.scheme.laws.node_caps import check_node_caps  # noqa: PLC0415  few schemes have any

        yield from check_node_caps(settled)


GRADE_LAWS: Final[tuple[Callable[[Settled], Iterator[Finding]], ...]] = (
    check_grade_names,
    check_tier_order,
    check_tiers_are_reached,
    check_groups_have_tiers,
    check_lowerings,
    check_veto_tier,
    check_nodes_exist,
    check_categories,
    _laws_of_node_caps,
    check_one_ranking,
    check_pools,
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


def _demands(tier: Demands) -> Iterator[tuple[str, str, float, float]]:
    """Yield what a tier demands: what it can be compared by, its key, its value, and which way it goes."""
    if tier.top is not None and tier.top.share is not None:
        yield "share", "top", tier.top.share, 1.0
    if tier.top is not None and tier.top.count is not None:
        yield "count", "top", float(tier.top.count), 1.0
    if tier.at_least is not None:
        yield "at_least", "at_least", tier.at_least, -1.0
    if tier.at_most is not None:
        yield "at_most", "at_most", tier.at_most, 1.0


def _is_open(tier: Tier, group: str) -> bool:
    return tier.demands_in(group) == Demands() and not tier.conditions
