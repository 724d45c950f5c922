"""How it was scored, in words: every node, its figures, rounding, ties, tiers, and what was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from quanheng.documents.page.embedding import Json
from quanheng.documents.page.shown import Shown
from quanheng.documents.page.words import SEVERITIES, WORDS, pair
from quanheng.engine.results.explanation.words import STAGES
from quanheng.findings.text import Text
from quanheng.findings.visible import printable
from quanheng.scheme.formulas.worded.wording import formula_in_words
from quanheng.scheme.grades.tiers import Lowering, Tier
from quanheng.scheme.items.item import Item
from quanheng.scheme.tree.names import names_of
from quanheng.scheme.tree.scheme import Dimension, Indicator, Node, Scheme

Part = Mapping[str, Json]
"""A title with lines, or with columns and rows."""


def methods_of(shown: Shown) -> Iterator[Part]:
    """Yield the parts of the page about methods, those that are published."""
    scheme = shown.result.scheme
    yield _lines("methods.rules", _settled(scheme))
    if "indicators" in shown.parts:
        yield _table("methods.nodes", ("node", "joined.or.rated", "measure", "direction"), _rated(scheme))
        yield _table("methods.items", ("item", "measured.in", "from"), map(_item, scheme.stated_items))
    if "findings" in shown.parts:
        findings = shown.result.all_findings
        if findings:
            rows = (
                (
                    Text(zh=each.code, en=each.code),
                    SEVERITIES[each.severity],
                    Text(zh=str(each.where), en=str(each.where)),
                    Text(zh=each.message("zh"), en=each.message("en")),
                )
                for each in findings
            )
            yield _table("methods.findings", ("code", "severity", "where", "message"), rows)
        else:
            yield _lines("methods.findings", [WORDS["no.findings"]])


def how(node: Node) -> Text:
    """Return how a node comes by its points: by its rule, or from its children and their weights."""
    if isinstance(node, Indicator):
        return Text(zh=node.rule.in_words("zh"), en=node.rule.in_words("en"))
    method, mean = node.method.title, node.aggregate
    zh = "" if node.rule is None else f"；{node.rule.in_words('zh')}"
    en = "" if node.rule is None else f"; then {node.rule.in_words('en')}"
    return Text(
        zh=f"{mean.in_words('zh')}；权重：{method.in_language('zh')}{zh}",
        en=f"{mean.in_words('en')}; weights: {method.in_language('en')}{en}",
    )


def _lines(title: str, lines: Sequence[Text]) -> Part:
    return {"title": pair(WORDS[title]), "lines": [pair(line) for line in lines]}


def _table(title: str, columns: Sequence[str], rows: Iterator[Sequence[Text]]) -> Part:
    return {
        "title": pair(WORDS[title]),
        "columns": [pair(WORDS[column]) for column in columns],
        "rows": [[pair(text) for text in row] for row in rows],
        "file": title.removeprefix("methods."),
    }


def _rated(scheme: Scheme) -> Iterator[Sequence[Text]]:
    items = names_of(scheme).items
    for node in scheme.nodes:
        indent = "　" * scheme.level_of(node.code)
        name = Text(
            zh=f"{indent}{node.name.in_language('zh') or node.code}",
            en=f"{indent}{node.name.in_language('en') or node.code}",
        )
        if isinstance(node, Dimension):
            yield name, how(node), Text(), Text()
        else:
            formula = node.measure.text
            measure = Text(zh=formula_in_words(formula, items), en=formula)
            yield name, how(node), measure, WORDS[f"direction.{node.direction}"]


def _item(item: Item) -> Sequence[Text]:
    name = item.name
    return (
        Text(zh=name.in_language("zh") or item.code, en=name.in_language("en") or item.code),
        Text(zh=item.measured_in),
        Text(zh=item.department),
    )


def _settled(scheme: Scheme) -> list[Text]:
    return [
        _rounding(scheme),
        *_printed(scheme),
        WORDS["places.lowest" if scheme.lowest_first else "places.how"],
        *_ties(scheme),
        *(_tier(tier, scheme) for tier in scheme.tiers),
        *map(_lowering, scheme.lower),
        *_available(scheme),
    ]


def _rounding(scheme: Scheme) -> Text:
    said = [
        Text(
            zh=f"{whose.zh}{STAGES[stage].zh} {decimals} 位小数",
            en=f"{whose.en}{STAGES[stage].en} to {decimals} decimals",
        )
        for whose, stage, decimals in _stages(scheme)
    ]
    if not said:
        return WORDS["rounding.none"]
    zh, en = "、".join(each.zh for each in said), ", ".join(each.en for each in said)
    return Text(zh=f"四舍五入：{zh}", en=f"rounded half-up: {en}")


def _stages(scheme: Scheme) -> Iterator[tuple[Text, str, int]]:
    """Yield whose numbers are rounded, at which stage, to how many decimals."""
    rounding = scheme.rounding
    levels = (rounding.indicators, rounding.dimensions, rounding.root)
    for stage in ("ratio", "aggregate", "points", "scores"):
        decimals = [getattr(level, stage) for level in levels]
        if stage == "ratio":
            decimals = decimals[:1]
        elif stage == "aggregate":
            decimals = decimals[1:]
        if len(set(decimals)) == 1:
            found = [(Text(), decimals[0])]
        else:
            found = list(zip(_LEVELS, decimals, strict=True))
        yield from ((whose, stage, each) for whose, each in found if each is not None)
    if rounding.total is not None:
        yield Text(), "total", rounding.total
    for node in scheme.nodes:
        usual = rounding.indicators if isinstance(node, Indicator) else rounding.dimensions
        if node is not scheme.root and node.rounding != usual:
            zh, en = node.name.in_language("zh") or node.code, node.name.in_language("en") or node.code
            for stage in ("ratio", "aggregate", "points", "scores"):
                own = getattr(node.rounding, stage)
                if own is not None and own != getattr(usual, stage):
                    yield Text(zh=f"“{zh}”", en=f"{en!r} "), stage, own


_LEVELS: Final = (
    Text(zh="指标", en="of indicators, "),
    Text(zh="维度", en="of dimensions, "),
    Text(zh="总分的", en="of the total, "),
)


def _printed(scheme: Scheme) -> Iterator[Text]:
    """Yield with how many decimals totals are printed, where that decides no places."""
    decimals = scheme.rounding.printed.total
    if decimals is not None:
        yield Text(
            zh=f"总分打印 {decimals} 位小数；位次按打印前的总分排定",
            en=f"totals are printed with {decimals} decimals; places look at them before they are printed",
        )


def _ties(scheme: Scheme) -> Iterator[Text]:
    if scheme.ties:
        yield _told_apart(scheme, scheme.ties, Text())
    for group, nodes in scheme.ties_by_group.items():
        yield _told_apart(scheme, nodes, _in_group(scheme, group))


def _told_apart(scheme: Scheme, codes: Sequence[str], where: Text) -> Text:
    nodes = [scheme.node(code) for code in codes]
    zh = "、".join(node.name.in_language("zh") or node.code for node in nodes)
    en = ", ".join(node.name.in_language("en") or node.code for node in nodes)
    return Text(
        zh=f"{where.zh}总分相同的，依次比较：{zh}", en=f"{where.en}equal totals are told apart by: {en}"
    )


def _in_group(scheme: Scheme, group: str) -> Text:
    names = {each.code: each.name for each in scheme.groups}
    name = names[group]
    return Text(
        zh=f"{printable(name.in_language('zh') or group)}：",
        en=f"{printable(name.in_language('en') or group)}: ",
    )


def _tier(tier: Tier, scheme: Scheme) -> Text:
    told = tier.in_words({group.code: group.name for group in scheme.groups})
    zh, en = [told.zh] if told.zh else [], [told.en] if told.en else []
    if tier.condition is not None:
        zh.append(f"且 {formula_in_words(tier.condition.text)}")
        en.append(f"where {tier.condition.text}")
    if tier.unless is not None:
        zh.append(f"且无 {formula_in_words(tier.unless.text)}")
        en.append(f"unless {tier.unless.text}")
    name = printable(tier.name)
    return Text(zh=f"{name}：{'，'.join(zh) or '其余单位'}", en=f"{name}: {', '.join(en) or 'all others'}")


def _lowering(lowering: Lowering) -> Text:
    zh, en = formula_in_words(lowering.condition.text), lowering.condition.text
    if lowering.to is not None:
        name = printable(lowering.to)
        return Text(zh=f"{zh} 的，不高于“{name}”", en=f"no higher than '{name}' where {en}")
    return Text(zh=f"{zh} 的，降 {lowering.by} 个等次", en=f"{lowering.by} tiers lower where {en}")


def _available(scheme: Scheme) -> Iterator[Text]:
    if scheme.at_least > 0.0:
        part = f"{100 * scheme.at_least:g}%"
        yield Text(
            zh=f"有数据的权重不足 {part} 的单位列出但不排名",
            en=f"a unit with data for less than {part} of its weight is listed, not ranked",
        )
