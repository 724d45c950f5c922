"""What stands in brackets behind the name of an item, and whether it is still the item then.

`地区生产总值（亿元）` is the item with its measuring unit, `地区生产总值（位次）` is another thing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from quanheng.data.context.measures import measure_of
from quanheng.findings.patterns import Bounded, bounded
from quanheng.periods.spellings import Spelled, spelled
from quanheng.periods.widths import to_half_width
from quanheng.scheme.items.item import Item

Said: TypeAlias = Literal["nothing", "measure", "period", "another", "scope", "unclear"]
"""What a word in brackets says: that the figures are of another thing than the item, or of another scope."""

_ANOTHER: Final[Mapping[str, Bounded]] = {
    "place": bounded(r"位次|名次|排名|排位|排序|(?i:\b(?:rank(?:ing)?|position)\b)"),
    "target": bounded(
        r"目标|任务|计划|预算|预期|预计|预测|(?i:\b(?:targets?|goals?|plan(?:ned)?|budget|forecast|expected)\b)"
    ),
    "growth": bounded(
        r"同比|环比|增速|增长|增幅|增减|增加值率|升降|涨幅|(?i:\b(?:yoy|y/y|y-o-y|mom|growth|change)\b)"
    ),
    "share": bounded(r"占比|比重|占.{0,6}比例|(?i:\bshare\b)"),
    "done": bounded(r"完成率|完成比例|完成进度|达标率|进度|(?i:\bcompletion\b)"),
    "earlier": bounded(
        r"上年|去年|同期|上期|上月|上季|基数|基期|(?i:\b(?:previous|last year|prior|base(?:line)?)\b)"
    ),
}
_OWN: Final[Mapping[str, Bounded]] = {
    "place": _ANOTHER["place"],
    "target": _ANOTHER["target"],
    "growth": bounded(r"增|升降|涨|变化|(?i:growth|change|increase)"),
    "share": bounded(r"率|比|(?i:share|ratio|rate|percent)"),
    "done": bounded(r"完成|进度|达标|(?i:completion)"),
    "earlier": _ANOTHER["earlier"],
}
"""What in an item's own name tells that it is this thing itself."""
_CUMULATIVE: Final = bounded(r"累计|(?i:\b(?:ytd|cumulative|year to date)\b)")
_OF_PERIOD: Final = bounded(r"当期|当月|本月|当季|本季|单月|单季|(?i:\b(?:this|single) (?:month|quarter)\b)")
_OF_WHEN: Final = bounded(
    r"(?:本年|本月|本季|本期|当月|自?年初)?累计(?:数|值|额|完成|完成数)?|(?:[当本单][月季]|[当本]期)(?:数|值|额|完成|完成数)?"
    r"|(?i:ytd|cumulative|year to date|(?:this|single) (?:month|quarter))"
)
_SCOPE: Final = bounded(
    "规上|规模以上|规下|限上|限额以上|区属|市属|本级|全口径|现价|可比价|不变价|(?:不含|剔除|扣除|含|其中).{0,20}"
)
_BETWEEN: Final = bounded(r"[,、;]")
_TAIL: Final = bounded(r"(?:数据|实绩|数|值)$")


def said_by(word: str, item: Item) -> Said:
    """Return what one word in brackets behind the name of `item` says."""
    tidy = to_half_width(word).strip()
    if not tidy or _same(tidy, item.measured_in):
        return "measure" if tidy else "nothing"
    if period_in(tidy) is not None:
        return "period"
    names = " ".join((item.name.zh, item.name.en, item.code.replace("_", " "), item.scope))
    if _same(tidy, names) or tidy in names:
        return "nothing"
    for thing, pattern in _ANOTHER.items():
        if pattern.search(tidy):
            return "nothing" if _OWN[thing].search(names) else "another"
    if _CUMULATIVE.search(tidy):
        return "another" if item.kind == "flow" else "nothing"
    if _OF_PERIOD.search(tidy):
        return "another" if item.kind == "cumulative" else "nothing"
    if measure_of(tidy) is not None:
        return "measure"
    return "scope" if _SCOPE.fullmatch(tidy) else "unclear"


def says_of_when(word: str) -> bool:
    """Return whether all that `word` says is whether figures run on from January or are a period's own.

    Examples:
        >>> [says_of_when(word) for word in ("本月累计", "当月", "同比")]
        [True, True, False]
    """
    return _OF_WHEN.fullmatch(to_half_width(word).strip()) is not None


def words_in(brackets: str) -> tuple[str, ...]:
    """Return the words that stand in brackets: `2022年，亿元` are two.

    Examples:
        >>> words_in("2022年，亿元")
        ('2022年', '亿元')
    """
    return tuple(word.strip() for word in _BETWEEN.split(to_half_width(brackets)) if word.strip())


def period_in(word: str) -> Spelled | None:
    """Return the period that a word in brackets is: `2022年`, `1-5月`, `2022年数`.

    Examples:
        >>> period_in("2022年数")
        Spelled(year=2022, first_month=1, length_months=12, since_january=False)
    """
    return spelled(word) or spelled(_TAIL.sub("", to_half_width(word).strip()))


def _same(one: str, other: str) -> bool:
    return "".join(one.split()).lower() == "".join(to_half_width(other).split()).lower()
