"""Laws of the caps that bonus and penalty marks have at nodes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from quanheng.findings.finding import Finding, Kind
from quanheng.findings.nearest import suggestion
from quanheng.findings.text import Text
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.fields.findings import UNKNOWN_NODE
from quanheng.scheme.grades.grades import ADJUSTMENTS, Limit, NodeLimit
from quanheng.scheme.tree.scheme import Scheme
from quanheng.scheme.tree.settle import Settled

NO_SUCH_CAP: Final = Kind(
    code="QH298",
    severity="error",
    en="the cap of {kind} at '{node}' cannot hold: {why}",
    zh="{kind}在“{node}”的上限无法使用：{why}",
    hint_en="{suggest}",
    hint_zh="{suggest}",
)
NODE_CAP_OVER_ANOTHER: Final = Kind(
    code="QH299",
    severity="warning",
    en="the cap of {cap} for {what} at '{node}' is above {other}",
    zh="“{node}”的{what}上限为{cap}，高于{other}",
    hint_en="lower it, or leave it out: the other cap holds anyway",
    hint_zh="请调低或删去：后者仍然有效",
)
_AT_THE_TOTAL: Final = {
    "why": Text(en="that is the cap over all nodes", zh="这就是各节点合计的上限"),
    "suggest": Text(
        en="write it as 'cap' beside 'nodes', and those of categories under 'categories'",
        zh="请与节点上限（nodes）并列写为上限（cap），各分类的上限写在分类（categories）中",
    ),
}
_NO_MARKS: Final = {
    "why": Text(en="it says no marks", zh="没有写分数"),
    "suggest": Text(
        en="write a number of marks, or caps of categories there; or leave the node out",
        zh="请写分数，或写其中各分类的上限；不需要的请删去该节点",
    ),
}


def check_node_caps(settled: Settled) -> Iterator[Finding]:
    """Yield what is wrong with caps at nodes.

    QH255 no such node; QH298 no such category, no marks, or the total; QH299 another cap is lower.
    """
    scheme = settled.scheme
    codes = [node.code for node in scheme.nodes]
    for kind in ("bonus", "penalty"):
        limit, named = scheme.adjustments.limit_of(kind), ADJUSTMENTS[kind]
        categories = [each.code for each in limit.categories]
        for each in limit.nodes:
            if each.node not in codes:
                yield UNKNOWN_NODE.at(each.where, node=each.node, **suggestion(each.node, codes))
                continue
            if each.node == ROOT:
                yield NO_SUCH_CAP.at(each.where, kind=named, node=each.node, **_AT_THE_TOTAL)
                continue
            if each.cap is None and not each.categories:
                yield NO_SUCH_CAP.at(each.where, kind=named, node=each.node, **_NO_MARKS)
            for category in each.categories:
                if category not in categories:
                    yield NO_SUCH_CAP.at(
                        each.where,
                        kind=named,
                        node=each.node,
                        why=Text(
                            en=f"{named.en} has no category '{category}'",
                            zh=f"{named.zh}没有分类“{category}”",
                        ),
                        **suggestion(category, categories),
                    )
            yield from _over_another(scheme, limit, each, named)


def _over_another(scheme: Scheme, limit: Limit, here: NodeLimit, kind: Text) -> Iterator[Finding]:
    """Yield a QH299 for each cap of a node that a lower one beside or above it makes idle."""
    names = {each.code: each.name for each in limit.categories}
    caps: list[tuple[str | None, float | None]] = [(None, here.cap), *here.categories.items()]
    for category, cap in caps:
        above = [pair for pair in _others(scheme, limit, here, category, names) if pair[0] is not None]
        lowest = min(above, key=lambda pair: pair[0] or 0.0, default=None)
        if cap is not None and lowest is not None and lowest[0] is not None and cap > lowest[0]:
            of_category = "" if category is None else names.get(category, category)
            yield NODE_CAP_OVER_ANOTHER.at(
                here.where,
                node=here.node,
                what=Text(
                    zh=f"{kind.zh}分类“{of_category}”" if of_category else kind.zh,
                    en=f"the category '{of_category}' of {kind.en}" if of_category else kind.en,
                ),
                cap=f"{cap:g}",
                other=lowest[1],
            )


def _others(
    scheme: Scheme, limit: Limit, here: NodeLimit, category: str | None, names: Mapping[str, str]
) -> Iterator[tuple[float | None, Text]]:
    """Yield the caps that hold for whatever a cap of a node leaves, in words."""
    by_node = {each.node: each for each in limit.nodes}
    at = [here] if category is not None else []
    parent = scheme.parent_of(here.node)
    while parent is not None:
        at += [by_node[parent.code]] if parent.code in by_node else []
        parent = scheme.parent_of(parent.code)
    for each in at:
        yield each.cap, _told(each.cap, each.node, None)
    if category is not None:
        for each in at[1:]:
            cap = each.categories.get(category)
            yield cap, _told(cap, each.node, names.get(category, category))
        over_all = next((each.cap for each in limit.categories if each.code == category), None)
        yield over_all, _told(over_all, None, names.get(category, category))
    yield limit.cap, _told(limit.cap, None, None)


def _told(cap: float | None, node: str | None, category: str | None) -> Text:
    number = "" if cap is None else f"{cap:g}"
    of = Text() if category is None else Text(zh=f"分类“{category}”", en=f" for the category '{category}'")
    if node is None:
        return Text(zh=f"各节点合计的{of.zh}上限{number}", en=f"the cap of {number}{of.en} over all nodes")
    return Text(zh=f"“{node}”的{of.zh}上限{number}", en=f"the cap of {number}{of.en} at '{node}'")
