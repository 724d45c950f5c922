"""Laws of figures over the months or quarters of the round: what may be asked of each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from quanheng.findings.finding import Finding, Kind
from quanheng.findings.text import Text
from quanheng.periods.every import EVERY_IN_CHINESE, MONTHS_IN, MONTHS_OF_SERIES
from quanheng.scheme.formulas.scopes import POOL_FUNCTIONS, ROW_FUNCTIONS, TIME_FUNCTIONS
from quanheng.scheme.formulas.tree import Call, OfNode, OfSeries, names_in, parts_of
from quanheng.scheme.items.item import Reported
from quanheng.scheme.tree.settle import Settled
from quanheng.scheme.tree.uses import uses_of

_INSIDE: Final = (ROW_FUNCTIONS | TIME_FUNCTIONS | POOL_FUNCTIONS) - {"place"}
_WORDS: Final = {"months": Text(en="month", zh="月"), "quarters": Text(en="quarter", zh="季")}

NOT_IN_PERIODS: Final = Kind(
    code="QH182",
    severity="error",
    en="{function}() cannot be asked of each {period}: {text}",
    zh="不能对每{period}使用 {function}()：{text}",
    hint_en="ask items in it; targets, places, points and other months belong outside",
    hint_zh="其中只能用数据项；目标、位次、节点得分和其他各月、各季请写在外面",
)
TOO_RARE: Final = Kind(
    code="QH183",
    severity="error",
    en="the item '{item}' is reported every {every}, and {function}() looks at every {period}: {text}",
    zh="数据项“{item}”按{every}填报，而 {function}() 要看每{period}的数：{text}",
    hint_en="write 'every: {period}' if it is reported so often, or look at longer periods",
    hint_zh="如确实按期填报，请改填报周期（every: {period}）；否则请改看更长的期间",
)


def check_series(settled: Settled) -> Iterator[Finding]:
    """Yield a QH182 or QH183 for what cannot be asked of each period."""
    items = {item.code: item for item in settled.scheme.items}
    for use in uses_of(settled.scheme):
        for series in parts_of(use.formula.tree):
            if not isinstance(series, OfSeries) or series.of_reviews:
                continue
            facts = {"period": _WORDS[series.every], "text": use.formula.brief}
            for part in parts_of(series.of):
                if isinstance(part, Call | OfNode | OfSeries) and part.function not in _INSIDE:
                    function = part.function.removesuffix(" of units")
                    yield NOT_IN_PERIODS.at(use.formula.where, function=function, **facts)
            for name in names_in(series.of):
                item = items.get(name)
                if item is None or not isinstance(item.source, Reported):
                    continue
                if MONTHS_IN[item.every] > MONTHS_OF_SERIES[series.every]:
                    every = Text(en=item.every, zh=EVERY_IN_CHINESE[item.every])
                    yield TOO_RARE.at(
                        use.formula.where, item=name, every=every, function=series.every, **facts
                    )


SERIES_LAWS: Final[tuple[Callable[[Settled], Iterator[Finding]], ...]] = (check_series,)
