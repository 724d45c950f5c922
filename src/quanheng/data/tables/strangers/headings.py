"""Headings that stand over two columns: an error where they name something, else they are passed over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from quanheng.data.cells.addresses import Merge, letters_of
from quanheng.data.tables.headings import plain
from quanheng.data.tables.levels import Names
from quanheng.data.tables.table import Sheet
from quanheng.data.telling.findings import HEADING_TWICE
from quanheng.data.telling.names import shown
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind, Location

_HARMLESS: Final = frozenset({"note"})
"""Columns that may stand in a table more than once."""

UNCLEAR_HEADING: Final = Kind(
    code="QH321",
    severity="error",
    en="the merged headings cannot be told apart: column {column} has no name of its own",
    zh="合并表头无法识别：第 {column} 列没有自己的名称",
    hint_en="write one heading row without merged cells",
    hint_zh="请改为一行不合并的表头",
)
UNUSED_TWICE: Final = Kind(
    code="QH366",
    severity="note",
    en="columns passed over, for their heading is repeated and names nothing here ({number}): {words}",
    zh="{number} 列的表头重复且与本表无关，未读取：{words}",
    hint_en="nothing; if one is needed, give it a heading of its own",
    hint_zh="无需处理；若需要其中某列，请为其单独命名",
)


class ReadHeading(Protocol):
    """What is looked at of a heading: its rows, its columns by key, its names."""

    first: int
    last: int
    keys: dict[str, int]
    names: list[str | None]


def repeated_headings(
    sheet: Sheet, heading: ReadHeading, names: Names, collector: Collector
) -> frozenset[int] | None:
    """Return the columns to pass over because their heading is repeated and names nothing.

    None and a finding where a repeated heading names something, or each column needs a name of its own.
    """
    columns: dict[str, list[int]] = {}
    for column, name in enumerate(heading.names):
        if name and name.strip():
            columns.setdefault(plain(name), []).append(column)
    repeated = [own for own in columns.values() if len(own) > 1]
    known = {column: key for key, column in heading.keys.items()}
    clear = True
    passed_over: set[int] = set()
    for first, *others in repeated:
        name = heading.names[first] or ""
        if not names.each_named and not names(name) and known.get(first, "note") in _HARMLESS:
            passed_over |= {first, *others} - known.keys()
        else:
            clear = False
            _tell(sheet, heading, first, others, collector)
    if passed_over:
        line = Location(file=sheet.file, sheet=sheet.sheet, line=heading.last + 1)
        words = _counted(heading.names, passed_over)
        collector.gather(UNUSED_TWICE, line, words)
    return frozenset(passed_over) if clear else None


def _tell(
    sheet: Sheet, heading: ReadHeading, first: int, others: Sequence[int], collector: Collector
) -> None:
    where = Location(file=sheet.file, sheet=sheet.sheet, line=heading.last + 1)
    for column in others:
        if any(_covers(merge, heading, first) and _covers(merge, heading, column) for merge in sheet.merged):
            collector.add(UNCLEAR_HEADING.at(where, column=letters_of(column)))
        else:
            facts = {
                "heading": shown(heading.names[column]),
                "first": letters_of(first),
                "second": letters_of(column),
            }
            collector.add(HEADING_TWICE.at(where, **facts))


def _counted(names: Sequence[str | None], columns: set[int]) -> Mapping[str, int]:
    words: dict[str, int] = {}
    for column in sorted(columns):
        word = shown((names[column] or "").strip())
        words[word] = words.get(word, 0) + 1
    return words


def _covers(merge: Merge, heading: ReadHeading, column: int) -> bool:
    return merge.top <= heading.last and merge.bottom >= heading.first and merge.left <= column <= merge.right
