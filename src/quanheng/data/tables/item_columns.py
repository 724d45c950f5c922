"""Which columns of a wide table carry which items: by code or name, with or without a measuring unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from quanheng.data.tables.headings import PASSED_OVER, plain, without_measure
from quanheng.data.tables.register import Register, source_text
from quanheng.data.telling.findings import AMBIGUOUS_NAME, HEADING_TWICE, UNKNOWN_ITEM
from quanheng.data.telling.names import Nearness, shown
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind, Location
from quanheng.scheme.tree.scheme import Reported

_MANY: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading over a column that may carry an item: its text, a measuring unit below it, its place."""

    text: str
    measured: str
    where: Location


class ItemNames:
    """Tells whether a text, with or without a measuring unit behind it, names an item of the scheme."""

    def __init__(self, register: Register) -> None:
        """Know the items of `register`."""
        self._names = {plain(word) for word in register.item_roster.words() if word}

    def __call__(self, text: str) -> bool:
        """Return whether `text` names an item."""
        return plain(text) in self._names or plain(without_measure(text)[0]) in self._names


def items_by_column(
    headings: Mapping[int, Heading], register: Register, *, collector: Collector
) -> dict[int, int]:
    """Return by column the index of the item it carries, for those of `headings` that name a reported item.

    Told are strangers with the nearest item, names of two items, items that the scheme takes from elsewhere,
    an item over two columns, and a measuring unit that is not the scheme's. Columns with remarks and the
    attributes of units are passed over.
    """
    passed_over = PASSED_OVER | {plain(column) for column in register.units.columns}
    found = find_items({column: heading.text for column, heading in headings.items()}, register)
    near = Nearness(register.item_roster.words())
    carried: dict[int, int] = {}
    for column, heading in headings.items():
        index = found.get(column)
        if index is None and plain(heading.text) in passed_over:
            continue
        if index is None:
            facts = {"name": shown(heading.text), **near.facts(heading.text)}
            collector.add(UNKNOWN_ITEM.at(heading.where, **facts))
        elif isinstance(index, tuple):
            facts = {"name": shown(heading.text), "first": index[0], "second": index[1]}
            collector.add(AMBIGUOUS_NAME.at(heading.where, **facts))
        elif index in carried.values():
            first = next(other for other, carries in carried.items() if carries == index)
            facts = {"heading": register.item(index).code, "first": shown(headings[first].text)}
            collector.add(HEADING_TWICE.at(heading.where, **facts, second=shown(heading.text)))
        elif not tell_computed(index, heading.where, register, collector):
            carried[column] = index
            _compare_measures(heading, index, register, collector)
    return carried


def without_measures(texts: pl.Series, register: Register) -> pl.Series:
    """Return `texts` that name items, each that names one only without its measuring unit written so."""
    unknown = texts.filter(register.item_roster.find(texts).index.is_null()).drop_nulls().unique()
    bare = {text: without_measure(text)[0] for text in unknown.head(_MANY)}
    named = register.item_roster.find(pl.Series(list(bare.values()), dtype=pl.String)).index.is_not_null()
    known = {text: name for (text, name), is_one in zip(bare.items(), named, strict=True) if is_one}
    return texts.replace(known) if known else texts


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

    A heading is taken as it stands first, and without a measuring unit in brackets if it names nothing so.
    """
    found: dict[int, int | tuple[str, str]] = {}
    for read in (lambda text: text, lambda text: without_measure(text)[0]):
        left = [column for column in headings if column not in found]
        texts = [read(headings[column]) for column in left]
        named = register.item_roster.find(pl.Series(texts, dtype=pl.String))
        for column, text, index in zip(left, texts, named.index, strict=True):
            if text in named.ambiguous:
                found[column] = named.ambiguous[text]
            elif index is not None:
                found[column] = index
    return found


OTHER_MEASURING_UNIT: Final = Kind(
    code="QH418",
    severity="warning",
    en="the heading says {written!r}, the scheme measures {item} in {measured_in!r}",
    zh="表头写的是“{written}”，方案中 {item} 的计量单位是“{measured_in}”",
    hint_en="convert the figures, or correct the heading",
    hint_zh="请换算数据，或更正表头",
)


def _compare_measures(heading: Heading, index: int, register: Register, collector: Collector) -> None:
    """Add a warning if a measuring unit is written with the heading that is not the scheme's."""
    item = register.item(index)
    is_whole_name = heading.text in (item.code, item.name.zh, item.name.en)
    written = heading.measured or ("" if is_whole_name else without_measure(heading.text)[1])
    if written and item.measured_in and plain(written) != plain(item.measured_in):
        facts = {"written": shown(written), "item": item.code, "measured_in": item.measured_in}
        collector.add(OTHER_MEASURING_UNIT.at(heading.where, **facts))
