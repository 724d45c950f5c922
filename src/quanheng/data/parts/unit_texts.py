"""Text attributes of units that formulas compare with words: `type == 'town'` (formulas l)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

import polars as pl

from quanheng.data.tables.column_types import Content
from quanheng.data.telling.names import Nearness, shown
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Finding, Kind
from quanheng.scheme.items.item import FromUnits, Item
from quanheng.scheme.tree.scheme import Scheme
from quanheng.scheme.tree.uses import names_beside_words

_SHOWN: Final = 8
NO_SUCH_TEXT: Final = Kind(
    code="QH666",
    severity="warning",
    en="no unit has {word!r} in the column {column!r}{near}",
    zh="单位表的“{column}”列没有“{word}”{near}",
    hint_en="write it as the units have it, letter by letter: {known}; if none is of it now, nothing",
    hint_zh="请按单位表的写法逐字填写：{known}；如目前确无此类单位，无需处理",
)
NO_TEXTS: Final = Kind(
    code="QH667",
    severity="error",
    en="the column {column!r} of the units holds no texts, and is compared with {word!r}",
    zh="单位表的“{column}”列不是文字，却与“{word}”比较",
    hint_en="compare numbers without quotes, as in level == 2; dates by their days",
    hint_zh="数字不加引号（如“等级 == 2”）；日期按日比较",
)


def check_words(units: pl.DataFrame, scheme: Scheme, collector: Collector) -> None:
    """Add a finding for each word that formulas compare a column with and that no unit has."""
    for item in scheme.items:
        if isinstance(item.source, FromUnits) and item.source.column in units.columns:
            known = units[item.source.column]
            texts = known.drop_nulls().unique().to_list() if known.dtype == pl.String else None
            collector.add_all(check_texts(item, texts))


def content_of(item: Item, scheme: Scheme, *, used: Collection[str]) -> Content:
    """Return what an item expects of its column: texts where formulas compare it with words alone.

    One that is not among the `used` expects nothing.
    """
    of_texts = {
        each.source.column
        for each in scheme.items
        if isinstance(each.source, FromUnits) and each.source.words
    }
    if isinstance(item.source, FromUnits) and item.source.column in of_texts:
        return "anything" if item.code in names_beside_words(scheme) else "text"
    if item.code not in used:
        return "anything"
    return "date" if item.kind == "date" else "number"


def check_texts(item: Item, texts: Sequence[str] | None) -> Iterator[Finding]:
    """Yield what is wrong with the words an item is compared with; the column has `texts`, or holds none."""
    if not isinstance(item.source, FromUnits) or not item.source.words:
        return
    column, words = item.source.column, item.source.words
    if texts is None:
        yield NO_TEXTS.at(item.where, column=shown(column), word=shown(words[0]))
        return
    known = ", ".join(shown(text) for text in sorted(texts)[:_SHOWN]) + (" …" if len(texts) > _SHOWN else "")
    for word in (each for each in words if each not in texts):
        yield NO_SUCH_TEXT.at(
            item.where, column=shown(column), word=shown(word), known=known, **Nearness(texts).facts(word)
        )
