"""Laws of what stands above indicators: rules of nodes, ends of the total, and which totals are first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from quanheng.findings.finding import Finding, Kind
from quanheng.scheme.fields.told import told_key
from quanheng.scheme.rules.given import Given
from quanheng.scheme.tree.settle import Settled
from quanheng.scheme.weights.methods import BenefitOfTheDoubt

TARGET_OF_A_NODE: Final = Kind(
    code="QH280",
    severity="error",
    en="the rule of '{code}' looks at a target, which a node with children does not have",
    zh="“{code}”的规则要用目标，而有下级的节点没有目标",
    hint_en="state anchors, as in 'scale: {{worst: 40, best: 90}}', or rate by other units",
    hint_zh="请写明标准值，例如用功效系数法（scale: {{worst: 40, best: 90}}），或与其他单位比较",
)
NODE_IS_NOT_GIVEN: Final = Kind(
    code="QH281",
    severity="error",
    en="the points of '{code}' come from its children: they cannot be 'given', too",
    zh="“{code}”的得分由下级合成，不能再直接评分（given）",
    hint_en="remove the rule, or the children",
    hint_zh="请删去规则，或删去下级",
)


def check_node_rules(settled: Settled) -> Iterator[Finding]:
    """Yield a QH280 or QH281 for each rule that cannot rate the points that children make (points §9)."""
    for node in settled.scheme.rated_nodes:
        where = settled.node_at(node.code, "rule")
        if isinstance(node.rule, Given):
            yield NODE_IS_NOT_GIVEN.at(where, code=node.code)
        elif node.rule.needs_target:
            yield TARGET_OF_A_NODE.at(where, code=node.code)


CUT_BEFORE_FOLD: Final = Kind(
    code="QH871",
    severity="warning",
    en="the floor or cap of the total is of the year's own total: with reviews folded in it may go beyond",
    zh="总分的上下限只限全年自身得分：折入季季评之后的总分可能超出",
    hint_en="leave out the end of the total, or the fold of reviews, if the final total has to keep to it",
    hint_zh="如最后总分也不得超出，请删去总分的上下限，或不折入季季评",
)


def check_ends_of_total(settled: Settled) -> Iterator[Finding]:
    """Yield a QH871 where the total has a floor or a cap and reviews are folded in afterwards."""
    scheme = settled.scheme
    if scheme.root.bounds and scheme.reviews is not None and scheme.reviews.fold is not None:
        yield CUT_BEFORE_FOLD.at(settled.at("cap" if scheme.root.bounds.cap else "floor"))


BOUND_OF_THE_OTHER_END: Final = Kind(
    code="QH872",
    severity="error",
    en="the tier '{name}' has '{key}', which does not fit who is first",
    zh="等次“{name}”写了“{key}”，与名次的方向不符",
    hint_en="write 'at_least' where the highest total is first, 'at_most' where 'lowest_first: true' is",
    hint_zh="高分在前的写最低得分（at_least），低分在前（lowest_first: true）的写最高得分（at_most）",
)
GAP_IS_REWARDED: Final = Kind(
    code="QH873",
    severity="note",
    en="'{code}' gives few points for want of a figure, which is best where the lowest total is first",
    zh="“{code}”缺数时按低分计，而本方案低分在前，缺数反而有利",
    hint_en="if that is not meant, let the weight go to the siblings ('missing: redistribute')",
    hint_zh="如非本意，请改为由同级指标分担权重（missing: redistribute）",
)
BEST_WEIGHTS: Final = Kind(
    code="QH874",
    severity="error",
    en="'{code}' takes for each unit the weights that give it the most points, and the lowest total is first",
    zh="“{code}”为每个单位取得分最高的权重，而本方案低分在前",
    hint_en="state the weights, or let more be better and leave out 'lowest_first'",
    hint_zh="请写明权重；或改为以高分为优，并删去低分在前（lowest_first）",
)
MARKS_AGAINST_THE_ORDER: Final = Kind(
    code="QH875",
    severity="warning",
    en="the lowest total is first: marks that '{name}' adds make a unit worse, those it takes off better",
    zh="加分会增加总分，扣分会减少总分，而本方案低分在前：“{name}”的作用与其名称相反",
    hint_en="write what shall make a unit better as a penalty, and the other way round",
    hint_zh="要使单位更优的请写成扣分，反之写成加分",
)


def check_bounds_of_tiers(settled: Settled) -> Iterator[Finding]:
    """Yield a QH872 for each tier with a bound of the wrong end."""
    scheme = settled.scheme
    for tier in scheme.tiers:
        wrong = "at_least" if scheme.lowest_first else "at_most"
        if getattr(tier, wrong) is not None:
            yield BOUND_OF_THE_OTHER_END.at(tier.where, name=tier.name, key=told_key(wrong, ("tiers",)))


def check_lowest_first(settled: Settled) -> Iterator[Finding]:
    """Yield what would turn against a scheme in which the lowest total is first."""
    scheme = settled.scheme
    if not scheme.lowest_first:
        return
    for indicator in scheme.indicators:
        if indicator.gaps.missing.name in {"zero", "worst"}:
            yield GAP_IS_REWARDED.at(indicator.where, code=indicator.code)
    for dimension in scheme.dimensions:
        if isinstance(dimension.method, BenefitOfTheDoubt):
            yield BEST_WEIGHTS.at(dimension.where, code=dimension.code)
    for rule in scheme.adjustments.rules:
        if rule.kind != "veto":
            yield MARKS_AGAINST_THE_ORDER.at(rule.where, name=rule.name)


TOTAL_LAWS: Final[tuple[Callable[[Settled], Iterator[Finding]], ...]] = (
    check_node_rules,
    check_ends_of_total,
    check_bounds_of_tiers,
    check_lowest_first,
)
