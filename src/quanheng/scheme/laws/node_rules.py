"""Laws of rules on nodes that have children: what joined points can be rated by, and of ends of the total."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from quanheng.findings.finding import Finding, Kind
from quanheng.scheme.rules.given import Given
from quanheng.scheme.tree.settle import Settled

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


NODE_RULE_LAWS: Final[tuple[Callable[[Settled], Iterator[Finding]], ...]] = (
    check_node_rules,
    check_ends_of_total,
)
