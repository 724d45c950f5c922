"""Laws of names: none looks like another one, and each ledger can be a file wherever the book is opened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from quanheng.findings.finding import Finding, Kind, Location
from quanheng.findings.look_alikes import looks, odd_letters
from quanheng.findings.text import Text
from quanheng.scheme.fields.devices import is_device
from quanheng.scheme.items.item import FromLedger
from quanheng.scheme.tree.scheme import Scheme
from quanheng.scheme.tree.settle import Settled

LOOK_ALIKE: Final = Kind(
    code="QH644",
    severity="warning",
    en="{text!r} and {other!r} at {place} look the same, but are not: {letters}",
    zh="“{text}”与 {place} 处的“{other}”字形相同而不是同一名称：{letters}",
    hint_en="if both mean one thing, write it alike everywhere; else choose what a reader can tell apart",
    hint_zh="若所指相同，请统一写法；若不同，请改用可区分的代码、名称",
)


def check_look_alikes(settled: Settled) -> Iterator[Finding]:
    """Yield a QH644 for each code or name of an item, node, group or ledger that looks like another one."""
    first: dict[str, tuple[str, Location]] = {}
    for text, where in _names(settled.scheme):
        other, place = first.setdefault(looks(text), (text, where))
        if other != text:
            letters = odd_letters(text) or odd_letters(other)
            yield LOOK_ALIKE.at(where, text=text, other=other, place=place, letters=letters)


def _names(scheme: Scheme) -> Iterator[tuple[str, Location]]:
    """Yield the codes and names people read, with where they stand."""
    called: Iterable[tuple[str, Text, Location]] = (
        *((item.code, item.name, item.where) for item in scheme.stated_items),
        *((node.code, node.name, node.where) for node in scheme.nodes),
        *((group.code, group.name, group.where) for group in scheme.groups),
        *((ledger.code, ledger.name, ledger.where) for ledger in scheme.ledgers),
    )
    for code, name, where in called:
        yield from ((text, where) for text in (code, name.zh, name.en) if text)


NAMED_AS_A_DEVICE: Final = Kind(
    code="QH645",
    severity="error",
    en="the ledger '{code}' would be a file that Windows cannot open: it takes the name for a device",
    zh="台账“{code}”与操作系统的设备同名，在部分计算机上无法作为文件打开",
    hint_en="choose another code, such as '{code}_records'",
    hint_zh="请更换代码",
)


def check_devices(settled: Settled) -> Iterator[Finding]:
    """Yield a QH645 for each ledger whose file would have the name of a device, such as con or com1."""
    scheme = settled.scheme
    named = {item.source.ledger: item.where for item in scheme.items if isinstance(item.source, FromLedger)}
    for code, where in {**named, **{ledger.code: ledger.where for ledger in scheme.ledgers}}.items():
        if is_device(code):
            yield NAMED_AS_A_DEVICE.at(where, code=code)


NAME_LAWS: Final[tuple[Callable[[Settled], Iterator[Finding]], ...]] = (check_look_alikes, check_devices)
