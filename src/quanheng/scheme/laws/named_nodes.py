"""Laws of nodes in formulas: they exist, ask for nothing in a circle, and mean what is printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from quanheng.findings.finding import Finding, Kind
from quanheng.findings.nearest import suggestion
from quanheng.findings.text import Text
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.formulas.tree import Call, Expression, OfNode, children_of, nodes_in
from quanheng.scheme.tree.named import (
    asked_by,
    asked_in,
    below,
    circles_of,
    formulas_over_nodes,
    marks_by_group,
    names_nodes,
)
from quanheng.scheme.tree.scheme import Dimension, Node, Scheme, rounds_scores
from quanheng.scheme.tree.settle import Settled

UNKNOWN_NODE: Final = Kind(
    code="QH288",
    severity="error",
    en="there is no node '{node}', which is asked for in: {text}",
    zh="公式用到的节点“{node}”不存在：{text}",
    hint_en="{suggest}",
    hint_zh="{suggest}",
)
NODES_IN_A_CIRCLE: Final = Kind(
    code="QH289",
    severity="error",
    en="the points of '{node}' are asked for to make themselves: {circle}",
    zh="“{node}”的得分要用其自身计算，形成循环：{circle}",
    hint_en="a measure, coefficient or condition can ask for no node that it is part of; let it ask for "
    "figures, or for another node",
    hint_zh="指标、系数、条件的公式不能用到所在节点及其各级上级，也不能相互引用；请改用数据项，或改用其他节点",
)
NOT_AS_PRINTED: Final = Kind(
    code="QH680",
    severity="error",
    en="what a formula asks of '{node}' would not be what the result shows of it: {why}",
    zh="公式中“{node}”的得分会与结果所列不一致：{why}",
    hint_en="give marks, floors and caps at a node above it, or let the formula ask for another node",
    hint_zh="请把加减分、下限、上限放在其上级节点，或在公式中改用其他节点",
)
TOTAL_ASKED_FOR: Final = Kind(
    code="QH880",
    severity="error",
    en="the total is made of what asks for it, and is not known before: {text}",
    zh="总分由引用它的内容构成，此时尚未得出：{text}",
    hint_en="ask for a dimension; tiers and awards look at the total by 'score'",
    hint_zh="请改用某个维度；等次、奖项可用“得分”（score）看总分",
)
NOT_EARLIER: Final = Kind(
    code="QH681",
    severity="error",
    en="{function}() cannot look at a node, whose points are of this round alone: {text}",
    zh="{function}() 不能用于节点，节点得分只有本期的：{text}",
    hint_en="let it look at figures, and keep points(…) and score(…) outside",
    hint_zh="请只对数据项使用，并把百分制得分（points）、得分（score）写在其外",
)
NO_STATED_MARKS: Final = Kind(
    code="QH682",
    severity="error",
    en="'{node}' is worth no fixed marks, since weights above it are computed: score({node}) has no meaning",
    zh="“{node}”之上的权重由计算得出，没有固定分值，不能用“得分({node})”（score({node})）",
    hint_en="ask for points({node}), which are the same whatever it is worth",
    hint_zh="请改用“百分制得分({node})”（points({node})），它与分值无关",
)
BEFORE_ROUNDING: Final = Kind(
    code="QH684",
    severity="warning",
    en="what a formula asks of '{node}' is taken before scores are rounded: its last digits may differ from"
    " those printed",
    zh="公式中“{node}”的得分取自得分舍入之前，末位可能与结果所列不同",
    hint_en="round points instead of scores, as in 'rounding: {{points: 2}}', if the two have to agree",
    hint_zh="如需两者一致，请改为对百分制得分舍入，例如“舍入”（rounding: {{points: 2}}）",
)
_MARKS_THERE: Final = Text(en="marks are given or taken at '{at}'", zh="在“{at}”上有加减分")
_CUT_THERE: Final = Text(en="'{at}' has a floor or a cap", zh="“{at}”设有下限或上限")


ASKED_FOR: Final = Kind(
    code="QH188",
    severity="error",
    en="'{node}' cannot be left out: formulas ask for the points or the score of '{asked}'",
    zh="“{node}”不能去掉：其他公式用到“{asked}”的得分",
    hint_en="ask for a weight of 0 (--weight), or for a scheme whose formulas are changed, too (--scheme)",
    hint_zh="可改问权重为0（--weight），或另写一份连公式一并修改的方案（--scheme）",
)


def check_named_nodes(settled: Settled) -> Iterator[Finding]:
    """Yield what is wrong with each node that a measure names (points §10)."""
    scheme = settled.scheme
    if not names_nodes(scheme):
        return
    known = {node.code: node for node in scheme.nodes}
    of_points = {part.node for part in asked_by(scheme.root)}
    for formula in formulas_over_nodes(scheme):
        for part in nodes_in(formula.tree):
            if part.node not in known:
                yield UNKNOWN_NODE.at(
                    formula.where, node=part.node, text=formula.brief, **suggestion(part.node, known)
                )
            elif part.node == ROOT and ROOT not in of_points:
                yield TOTAL_ASKED_FOR.at(formula.where, text=formula.brief)
        for function in _that_look_back(formula.tree):
            yield NOT_EARLIER.at(formula.where, function=function, text=formula.brief)
    for circle in circles_of(scheme):
        yield NODES_IN_A_CIRCLE.at(known[circle[0]].where, node=circle[0], circle=" → ".join(circle))
    for part in asked_in(scheme):
        if part.node in known and part.node != ROOT:
            yield from _of_node(scheme, part, known[part.node])


def _of_node(scheme: Scheme, part: OfNode, node: Node) -> Iterator[Finding]:
    for at, why in changes_at(scheme, node):
        yield NOT_AS_PRINTED.at(node.where, node=node.code, why=said_at(why, at))
    if part.function == "score" and marks_by_group(scheme, node.code) is None:
        yield NO_STATED_MARKS.at(node.where, node=node.code)
    if rounds_scores(node) and (part.function == "score" or isinstance(node, Dimension)):
        yield BEFORE_ROUNDING.at(node.where, node=node.code)


def changes_at(scheme: Scheme, node: Node) -> Iterator[tuple[str, Text]]:
    """Yield where, at or below `node`, the scheme changes scores after they are earned, and what does."""
    adjusted = {rule.node for rule in scheme.adjustments.rules if rule.kind != "veto"}
    for each in below(node):
        if each.code in adjusted:
            yield each.code, _MARKS_THERE
        if each.bounds:
            yield each.code, _CUT_THERE


def said_at(why: Text, at: str) -> Text:
    """Return why what a node has is changed, with where that is."""
    return Text(en=why.en.format(at=at), zh=why.zh.format(at=at))


def given_at(node: str) -> Text:
    """Return that marks are given or taken at `node`."""
    return said_at(_MARKS_THERE, node)


_LOOKING_BACK: Final = frozenset({"lag", "growth", "change", "own"})


def _that_look_back(tree: Expression) -> Iterator[str]:
    """Yield the functions of other periods that look at a node."""
    if isinstance(tree, Call) and tree.function in _LOOKING_BACK:
        if nodes_in(tree):
            yield tree.function
        return
    for child in children_of(tree):
        yield from _that_look_back(child)


NAMED_NODE_LAWS: Final[tuple[Callable[[Settled], Iterator[Finding]], ...]] = (check_named_nodes,)
