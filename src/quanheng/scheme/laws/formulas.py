"""Laws of formulas: names and functions known where they stand, sorts that fit, items that are used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from quanheng.findings.finding import Finding, Kind
from quanheng.findings.nearest import suggestion
from quanheng.findings.text import Text
from quanheng.scheme.formulas.functions import FUNCTIONS
from quanheng.scheme.formulas.scopes import NODE_FUNCTIONS
from quanheng.scheme.formulas.sorts import mixed_in
from quanheng.scheme.formulas.tree import (
    Call,
    Comparison,
    Expression,
    Name,
    OfNode,
    OfSeries,
    OneOf,
    Words,
    names_in,
    nodes_in,
    parts_of,
)
from quanheng.scheme.tree.settle import Settled
from quanheng.scheme.tree.uses import Use, read_by_others, uses_of

_SORTS: Final = {
    "number": Text(en="a number", zh="数字"),
    "condition": Text(en="a condition", zh="条件"),
    "words": Text(en="a text", zh="文字"),
    "day": Text(en="a date", zh="日期"),
    None: Text(en="a column", zh="列"),
}
_ANCHOR_WORDS: Final = ("observed", "target", "best", "mean", "median")


UNKNOWN_NAME: Final = Kind(
    code="QH220",
    severity="error",
    en="the name '{name}' is not known in: {text}",
    zh="公式中的名称“{name}”未定义：{text}",
    hint_en="{suggest}",
    hint_zh="{suggest}",
)


def check_names(settled: Settled) -> Iterator[Finding]:
    """Yield a QH220 for each name that means nothing where it stands."""
    nodes = {node.code for node in settled.scheme.nodes}
    for use in uses_of(settled.scheme):
        if use.open_names:
            continue
        for name in names_in(use.formula.tree):
            if name not in use.names:
                meant = name in nodes and use.functions >= NODE_FUNCTIONS
                hint = {"suggest": _as_points(name)} if meant else suggestion(name, use.names)
                yield UNKNOWN_NAME.at(use.formula.where, name=name, text=use.formula.brief, **hint)


def _as_points(node: str) -> Text:
    return Text(
        en=f"it is a node: write points({node}), or score({node}) in marks",
        zh=f"它是节点：请写“百分制得分({node})”（points({node})），按分值则写“得分({node})”（score({node})）",
    )


def check_anchors(settled: Settled) -> Iterator[Finding]:
    """Yield a QH220 for each anchor that names an item that does not exist."""
    items = {item.code for item in settled.scheme.items}
    for indicator in settled.scheme.all_rated:
        for item in indicator.rule.items():
            if item not in items:
                known = suggestion(item, (*items, *_ANCHOR_WORDS))
                yield UNKNOWN_NAME.at(indicator.where, name=item, text=item, **known)


FUNCTION_NOT_HERE: Final = Kind(
    code="QH223",
    severity="error",
    en="{function}() cannot be used here: {text}",
    zh="此处不能使用 {function}()：{text}",
    hint_en="here can stand: {functions}",
    hint_zh="此处可用：{functions}",
)


def check_functions(settled: Settled) -> Iterator[Finding]:
    """Yield a QH223 for each function that has no meaning where it stands."""
    for use in uses_of(settled.scheme):
        for part in parts_of(use.formula.tree):
            if isinstance(part, Call | OfNode | OfSeries) and part.function not in use.functions:
                yield FUNCTION_NOT_HERE.at(
                    use.formula.where,
                    function=part.function.removesuffix(" of units"),
                    text=use.formula.brief,
                    functions=", ".join(sorted(use.functions & FUNCTIONS.keys())),
                )


WRONG_SORT: Final = Kind(
    code="QH224",
    severity="error",
    en="{sign} is given {found}, it takes {expected}: {text}",
    zh="{sign}的运算对象是{found}，应为{expected}：{text}",
    hint_en="compare with ==, <, >= … to get a condition; put texts in quotes; dates are like 2023-06-30",
    hint_zh="用 ==、<、>= 等比较得到条件；文字加引号；日期如 2023-06-30",
)


def check_sorts(settled: Settled) -> Iterator[Finding]:
    """Yield a QH224 where numbers, conditions, texts and dates are mixed up."""
    for use in uses_of(settled.scheme):
        for mixed in mixed_in(use.formula.tree, use.names, use.result):
            expected = [_SORTS[sort] for sort in sorted(mixed.expected)]
            yield WRONG_SORT.at(
                use.formula.where,
                sign=_sign(mixed.sign),
                found=_SORTS[mixed.found],
                expected=Text(
                    en=" or ".join(sort.en for sort in expected), zh="或".join(sort.zh for sort in expected)
                ),
                text=use.formula.brief,
            )


def check_meanings(settled: Settled) -> Iterator[Finding]:
    """Yield a QH225 for each name that could mean two things where it stands."""
    items = {item.code for item in settled.scheme.items}
    nodes = {node.code for node in settled.scheme.nodes}
    for use in uses_of(settled.scheme):
        for name in names_in(use.formula.tree):
            is_item, is_node = name in items and not use.open_names, use.nodes and name in nodes
            if name in use.words and (is_item or is_node) and name != use.measure:
                other = Text(en="an item", zh="数据项") if is_item else Text(en="a node", zh="节点")
                yield _two_meanings(use, name, Text(en="a word of the language", zh="本语言的词"), other)
            elif name not in use.words and is_item and is_node:
                yield _two_meanings(use, name, Text(en="an item", zh="数据项"), Text(en="a node", zh="节点"))


UNUSED_ITEM: Final = Kind(
    code="QH221",
    severity="note",
    en="no formula uses the item '{item}'",
    zh="数据项“{item}”没有被任何公式使用",
    hint_en="use it, or remove it",
    hint_zh="请使用或删去",
)


def check_items_are_used(settled: Settled) -> Iterator[Finding]:
    """Yield a QH221 for each item that nothing uses."""
    used = {
        name for use in uses_of(settled.scheme) if not use.open_names for name in names_in(use.formula.tree)
    }
    used |= {item for indicator in settled.scheme.all_rated for item in indicator.rule.items()}
    used |= read_by_others(settled.scheme)
    used |= {
        item.merge.by for item in settled.scheme.items if item.merge is not None and item.merge.by is not None
    }
    for item in settled.scheme.stated_items:
        if item.code not in used:
            yield UNUSED_ITEM.at(item.where, item=item.code)


GROWTH_BESIDE_PUBLISHED: Final = Kind(
    code="QH222",
    severity="warning",
    en="growth({item}) is derived, but the published rate '{item}_growth' is an item",
    zh="“{item}”的增长率（growth）为推算值，而已有公布的增速数据项“{item}_growth”",
    hint_en="published growth is at comparable prices and revised; use '{item}_growth' if that is meant",
    hint_zh="公布的增速按可比价计算并经修订；如指公布数，请用“{item}_growth”",
)


def check_published_growth(settled: Settled) -> Iterator[Finding]:
    """Yield a QH222 for each growth(X) beside which an item X_growth is published (DESIGN 5)."""
    items = {item.code for item in settled.scheme.items}
    for use in uses_of(settled.scheme):
        for part in parts_of(use.formula.tree):
            match part:
                case Call("growth", (Name(item),)) if f"{item}_growth" in items:
                    yield GROWTH_BESIDE_PUBLISHED.at(use.formula.where, item=item)


CONSTANT_MEASURE: Final = Kind(
    code="QH226",
    severity="warning",
    en="the measure of '{code}' is the same for all units: {text}",
    zh="“{code}”的指标值对所有单位都相同：{text}",
    hint_en="use an item in it",
    hint_zh="请在公式中使用数据项",
)


def check_measures_vary(settled: Settled) -> Iterator[Finding]:
    """Yield a QH226 for each measure that names no item and no node."""
    for indicator in settled.scheme.indicators:
        if not names_in(indicator.measure.tree) and not nodes_in(indicator.measure.tree):
            yield CONSTANT_MEASURE.at(
                indicator.measure.where, code=indicator.code, text=indicator.measure.brief
            )


UNKNOWN_WORD: Final = Kind(
    code="QH227",
    severity="warning",
    en="no {what} is called '{word}': {text}",
    zh="没有名为“{word}”的{what}：{text}",
    hint_en="{suggest}",
    hint_zh="{suggest}",
)


def check_words(settled: Settled) -> Iterator[Finding]:
    """Yield a QH227 for each tier or group that a formula compares with and that does not exist."""
    scheme = settled.scheme
    tiers = [*(tier.name for tier in scheme.tiers), *filter(None, [scheme.adjustments.veto_tier])]
    known = {
        "tier": (tiers, Text(en="tier", zh="等次")),
        "group": ([group.code for group in scheme.groups], Text(en="group", zh="分组")),
    }
    for use in uses_of(scheme):
        if not use.nodes:
            continue
        for name, word in _compared_words(use.formula.tree):
            if name not in known:
                continue
            names, what = known[name]
            if word not in names:
                yield UNKNOWN_WORD.at(
                    use.formula.where,
                    word=word,
                    what=what,
                    text=use.formula.brief,
                    **suggestion(word, names),
                )


FORMULA_LAWS: Final[tuple[Callable[[Settled], Iterator[Finding]], ...]] = (
    check_names,
    check_anchors,
    check_functions,
    check_sorts,
    check_meanings,
    check_words,
    check_published_growth,
    check_measures_vary,
    check_items_are_used,
)


TWO_MEANINGS: Final = Kind(
    code="QH225",
    severity="warning",
    en="'{name}' is both {one} and {other}; here it means {one}: {text}",
    zh="“{name}”既是{one}又是{other}，此处按{one}解释：{text}",
    hint_en="rename one of the two",
    hint_zh="请改其中一个的名称",
)


def _sign(sign: str) -> Text:
    return Text(en="the formula", zh="公式") if sign == "=" else Text(en=f"'{sign}'", zh=f"“{sign}”")


def _two_meanings(use: Use, name: str, one: Text, other: Text) -> Finding:
    return TWO_MEANINGS.at(
        use.formula.where,
        name=name,
        one=one,
        other=other,
        text=use.formula.brief,
    )


def _compared_words(tree: Expression) -> Iterator[tuple[str, str]]:
    """Yield each name that is compared with words, and the words."""
    for part in parts_of(tree):
        match part:
            case Comparison(_, Name(name), Words(word)) | Comparison(_, Words(word), Name(name)):
                yield name, word
            case OneOf(Name(name), choices):
                yield from ((name, choice.value) for choice in choices if isinstance(choice, Words))
