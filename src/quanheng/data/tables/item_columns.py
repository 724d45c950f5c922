"""Which columns of a wide table carry which items: by code or name, with or without words in brackets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import polars as pl

from quanheng.data.context.brackets import Said, period_in, said_by, words_in
from quanheng.data.context.mentions import mentions_in
from quanheng.data.tables.headings import plain, without_measure
from quanheng.data.tables.register import Register, source_text
from quanheng.data.tables.strangers.columns import Heading, tell_strangers
from quanheng.data.telling.findings import AMBIGUOUS_NAME, HEADING_TWICE
from quanheng.data.telling.names import shown
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind, Location
from quanheng.findings.value import Value
from quanheng.periods.spellings import Spelled
from quanheng.scheme.items.item import Item, Reported


class Carried(Value):
    """The item that a column carries, by its index, and the period it is of if its heading says one.

    `measured` is the measuring unit written with it.
    """

    item: int
    period: Spelled | None = None
    measured: str = ""


class ItemNames:
    """Tells whether a text, with or without a measuring unit behind it, names an item of the scheme."""

    each_named = False

    def __init__(self, register: Register) -> None:
        """Know the items of `register`."""
        self._names = {plain(word) for word in register.item_roster.words() if word}
        self._measured = {
            plain(word): item.measured_in
            for item in register.scheme.items
            for word in (item.code, item.name.zh, item.name.en)
        }

    def __call__(self, text: str) -> bool:
        """Return whether `text` names an item."""
        return plain(text) in self._names or plain(without_measure(text)[0]) in self._names

    def measured_in(self, name: str) -> str:
        """Return what the item called `name` is measured in."""
        bare = without_measure(name)[0]
        return self._measured.get(plain(name)) or self._measured.get(plain(bare), "")


def items_by_column(
    headings: Mapping[int, Heading], register: Register, *, collector: Collector
) -> dict[int, Carried]:
    """Return by column the item it carries, for those of `headings` that name a reported item.

    Told are names of two items, items that the scheme takes from elsewhere, an item over two columns, words
    in brackets that make it another thing, and a measuring unit that is not the scheme's. Columns that are
    no item are passed over (`strangers/`).
    """
    found = find_items({column: heading.text for column, heading in headings.items()}, register)
    carried: dict[int, Carried] = {}
    for column, heading in headings.items():
        index = found.get(column)
        if index is None:
            continue
        if isinstance(index, tuple):
            facts = {"name": shown(heading.text), "first": index[0], "second": index[1]}
            collector.add(AMBIGUOUS_NAME.at(heading.where, **facts))
            continue
        own = carried_by(heading.text, index, heading.where, register, collector, measured=heading.measured)
        if own is None:
            continue
        again = [other for other, one in carried.items() if (one.item, one.period) == (index, own.period)]
        if again:
            facts = {"heading": register.item(index).code, "first": shown(headings[again[0]].text)}
            collector.add(HEADING_TWICE.at(heading.where, **facts, second=shown(heading.text)))
        elif not tell_computed(index, heading.where, register, collector):
            carried[column] = own
            tell_measure(own, heading.where, register, collector)
    strangers = [heading for column, heading in headings.items() if column not in found]
    there = frozenset(own.item for own in carried.values()) if found else None
    tell_strangers(strangers, there, register, collector)
    return carried


ANOTHER_THING: Final = Kind(
    code="QH389",
    severity="warning",
    en="{heading!r} is another thing than {item}, for {word!r} is written with it; it was not read",
    zh="“{heading}”注明“{word}”，不是 {item} 本身，未读取",
    hint_en="nothing if it only stands beside the figures; else name the column as the item, or add an item",
    hint_zh="若只是随附可忽略；否则请把表头改为数据项名称，或在方案中另设数据项",
)
OTHER_SCOPE: Final = Kind(
    code="QH390",
    severity="warning",
    en="{heading!r} has {word!r} with the name of {item}, which may be another scope; it was read as {item}",
    zh="“{heading}”在 {item} 之后注明“{word}”，口径可能不同；已作为 {item} 读取",
    hint_en="check it; write it into the item's name or 'scope' if it is meant, or add an item",
    hint_zh="请核对；若正是该口径，请写入数据项的名称或口径（scope），否则另设数据项",
)


def carried_by(
    text: str,
    index: int,
    where: Location,
    register: Register,
    collector: Collector,
    *,
    measured: str = "",
) -> Carried | None:
    """Return the item at `index`, which `text` names, with what else the text says; None if it is another.

    That it is another thing, or may be of another scope, is told.
    """
    item = register.item(index)
    words, period = _words_beside(text, item, register)
    said: dict[Said, str] = {said_by(word, item): word for word in reversed(words)}
    facts = {"heading": shown(text), "item": item.code}
    if "another" in said:
        collector.add(ANOTHER_THING.at(where, word=shown(said["another"]), **facts))
        return None
    if "scope" in said:
        collector.add(OTHER_SCOPE.at(where, word=shown(said["scope"]), **facts))
    if "period" in said:
        period = period_in(said["period"])
    written = said.get("measure") or (said.get("unclear") if item.measured_in else None) or ""
    return Carried(item=index, period=period, measured=measured or written)


def _words_beside(text: str, item: Item, register: Register) -> tuple[tuple[str, ...], Spelled | None]:
    """Return the words in brackets that are no part of a name, and a period before or behind the name."""
    if not register.item_roster.find(pl.Series([text, joined(text)], dtype=pl.String)).index.is_null().all():
        return (), None
    bare, brackets = without_measure(text)
    without = without_period(bare)
    names_it = plain(bare) in {plain(name) for name in (item.code, item.name.zh, item.name.en)}
    return words_in(brackets), None if names_it or without is None else without[1]


COMPUTED_ITEM: Final = Kind(
    code="QH412",
    severity="error",
    en="{item} is reported here, but the scheme takes it from {source}",
    zh="此处填报了 {item}，但方案规定其取自 {source}",
    hint_en="remove the figures, or change the item in the scheme",
    hint_zh="请删除这些数据，或修改方案中的该数据项",
)


def tell_computed(index: int, where: Location, register: Register, collector: Collector) -> bool:
    """Return whether the scheme takes the item from elsewhere than the data; then add a finding."""
    item = register.item(index)
    if isinstance(item.source, Reported):
        return False
    collector.add(COMPUTED_ITEM.at(where, item=item.code, source=source_text(item)))
    return True


def find_items(headings: Mapping[int, str], register: Register) -> dict[int, int | tuple[str, str]]:
    """Return by column the item that its heading names, or the two that it may name.

    A heading is taken as it stands first; then with what is in brackets as a part of the name, `产值（增速）`
    as 产值增速; then without the brackets; then without a period before or behind it.
    """
    found: dict[int, int | tuple[str, str]] = {}
    for read in (lambda text: text, joined, lambda text: without_measure(text)[0], _without_all):
        left = [column for column in headings if column not in found]
        texts = [read(headings[column]) for column in left]
        named = register.item_roster.find(pl.Series(texts, dtype=pl.String))
        for column, text, index in zip(left, texts, named.index, strict=True):
            if text in named.ambiguous:
                found[column] = named.ambiguous[text]
            elif index is not None:
                found[column] = index
    return found


def joined(text: str) -> str:
    """Return a heading with what stands in brackets as a part of the name.

    Examples:
        >>> joined("产值（增速）"), joined("gdp (growth)")
        ('产值增速', 'gdp_growth')
    """
    bare, inner = without_measure(text)
    return f"{bare}_{inner}" if inner and bare.isascii() else bare + inner


def without_period(text: str) -> tuple[str, Spelled] | None:
    """Return a heading without the one period in it, and the period; None if there is none, or nothing else.

    Examples:
        >>> without_period("2022年产值")
        ('产值', Spelled(year=2022, first_month=1, length_months=12, since_january=False))
        >>> without_period("gdp_2022")[0]
        'gdp'
    """
    found = mentions_in(text)
    if len(found) != 1:
        return None
    bare = plain(text).replace(plain(found[0].words), " ", 1).strip(" _-/·:,.的")
    return (bare, found[0].spelled) if bare and " " not in bare else None


def _without_all(text: str) -> str:
    bare = without_measure(text)[0]
    found = without_period(bare)
    return found[0] if found else bare


OTHER_MEASURING_UNIT: Final = Kind(
    code="QH418",
    severity="warning",
    en="the table says {written!r}, the scheme measures {item} in {measured_in!r}",
    zh="表中写的是“{written}”，方案中 {item} 的计量单位是“{measured_in}”",
    hint_en="convert the figures, or correct the measuring unit",
    hint_zh="请换算数据，或更正计量单位",
)


def tell_measure(own: Carried, where: Location, register: Register, collector: Collector) -> None:
    """Add a warning if a measuring unit is written with an item that is not the scheme's."""
    item = register.item(own.item)
    if own.measured and item.measured_in and plain(own.measured) != plain(item.measured_in):
        tell_other_measure(own.measured, (item,), where, collector)


def tell_other_measure(written: str, items: Iterable[Item], where: Location, collector: Collector) -> None:
    """Add a warning that `items`, which are measured in one measuring unit, are written in another."""
    found = tuple(items)
    facts = {"written": shown(written), "measured_in": found[0].measured_in}
    collector.add(OTHER_MEASURING_UNIT.at(where, item=", ".join(item.code for item in found), **facts))
