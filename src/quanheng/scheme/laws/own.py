"""The law of `own(x)`: x is a cumulative item, nothing else has a part of its own that is not the figure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from quanheng.findings.finding import Finding, Kind
from quanheng.findings.text import Text
from quanheng.scheme.formulas.own import OWN
from quanheng.scheme.formulas.tree import Call, Expression, Name, parts_of
from quanheng.scheme.items.item import FromLedger, FromUnits, Item
from quanheng.scheme.tree.settle import Settled
from quanheng.scheme.tree.uses import uses_of

NO_OWN_PART: Final = Kind(
    code="QH228",
    severity="error",
    en="own() takes a cumulative item, {why}: {text}",
    zh="当期（own）只能用于累计数据项，{why}：{text}",
    hint_en="{instead}",
    hint_zh="{instead}",
)

_FLOW: Final = (
    Text(en="and '{item}' is a flow", zh="而“{item}”是当期数（flow）"),
    Text(
        en="its figure is the period's own already: write {item}",
        zh="其数值本身即当期数，请直接写 {item}",
    ),
)
_LEDGER: Final = (
    Text(en="and '{item}' is taken from a ledger", zh="而“{item}”取自台账"),
    Text(
        en="say in its 'where' which records are of the period: period_start <= … <= period_end",
        zh="请在其条件（where）中写明本期的事项：period_start <= … <= period_end",
    ),
)
_LEVEL: Final = (
    Text(en="and '{item}' does not add up over a year", zh="而“{item}”不是逐期累加的数"),
    Text(
        en="write {item}, or change({item}); an item that counts from January is of 'kind: cumulative'",
        zh="请直接写 {item}，同比增减写 change({item})；如果是年初起的累计数，请把类型改为累计（cumulative）",
    ),
)
_NO_ITEM: Final = (
    Text(en="and this is no item", zh="而这里不是数据项"),
    Text(
        en="put own() around each item alone: own(a) / own(b), lag(own(a), 3m), growth(own(a))",
        zh="请把当期直接写在每个数据项外（own(a) / own(b)、lag(own(a), 3m)、growth(own(a))）",
    ),
)


def check_own(settled: Settled) -> Iterator[Finding]:
    """Yield a QH228 for each own() of what is no cumulative item; an unknown name is told elsewhere."""
    items = {item.code: item for item in settled.scheme.items}
    for use in uses_of(settled.scheme):
        for part in parts_of(use.formula.tree):
            if isinstance(part, Call) and part.function == OWN and OWN in use.functions:
                (of, *_) = part.arguments
                wrong = _wrong_with(of, items)
                if wrong is not None:
                    why, instead = (_of_item(text, of) for text in wrong)
                    yield NO_OWN_PART.at(use.formula.where, text=use.formula.brief, why=why, instead=instead)


def _wrong_with(of: Expression, items: dict[str, Item]) -> tuple[Text, Text] | None:
    if not isinstance(of, Name):
        return _NO_ITEM
    match items.get(of.name):
        case None:
            return None
        case Item(source=FromLedger()):
            return _LEDGER
        case Item(source=FromUnits()):
            return _LEVEL
        case Item(kind="cumulative"):
            return None
        case Item(kind="flow"):
            return _FLOW
        case _:
            return _LEVEL


def _of_item(text: Text, of: Expression) -> Text:
    name = of.name if isinstance(of, Name) else ""
    return Text(en=text.en.replace("{item}", name), zh=text.zh.replace("{item}", name))


OWN_LAWS: Final[tuple[Callable[[Settled], Iterator[Finding]], ...]] = (check_own,)
