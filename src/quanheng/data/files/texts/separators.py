"""What separates the cells of a text: told by a first line `sep=;`, or by what stands evenly in its lines."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from quanheng.data.telling.names import shown
from quanheng.findings.finding import Finding, Kind, Location
from quanheng.findings.patterns import linear
from quanheng.findings.text import Text
from quanheng.findings.value import Value

SEPARATORS: Final = {
    ",": Text(zh="逗号", en="commas"),
    "\t": Text(zh="制表符", en="tabs"),
    ";": Text(zh="分号", en="semicolons"),
    "|": Text(zh="竖线", en="bars"),
}
"""What may separate cells, the likelier first, and how it is called."""
_SAMPLE: Final = 100_000
_LINES: Final = 200
_STATED: Final = linear(
    r'"?sep=([,;|\t])"?[ ,;|\t]*(?:\n|$)',
    re.IGNORECASE,
    why="what follows an opening quotation mark ends at the next one",
)
_QUOTED: Final = linear(r'"[^"]*"', why="what follows an opening quotation mark ends at the next one")

TWO_SEPARATORS: Final = Kind(
    code="QH344",
    severity="error",
    en="it is unclear what separates the cells: by {first} the heading begins {first_cell!r}, by {second} "
    "{second_cell!r}",
    zh="分隔符不明：按{first}，表头以“{first_cell}”开头；按{second}，以“{second_cell}”开头",
    hint_en="put a first line 'sep=,' (or ';') above the table, or save it again as 'CSV UTF-8'",
    hint_zh="请在表格上方加一行“sep=,”（或“;”），或另存为“CSV UTF-8”",
)


class Separated(Value):
    """The separator of a text, and how many characters a first line takes that states it."""

    separator: str
    stated: int = 0


def separator_of(text: str, where: Location) -> Separated | Finding:
    """Return what separates the cells of `text`, a comma if nothing does; the finding if it is unclear."""
    stated = _STATED.match(text)
    if stated is not None:
        return Separated(separator=stated[1], stated=stated.end())
    lines = _lines(text)
    even = {separator: _evenness(separator, lines) for separator in SEPARATORS}
    best = max(even, key=even.__getitem__)
    second = max((separator for separator in even if separator != best), key=even.__getitem__)
    if len(lines) > 1 and even[best] == even[second] and even[best][0] == len(lines):
        facts = {
            "first": SEPARATORS[best],
            "first_cell": shown(lines[0].split(best)[0]),
            "second": SEPARATORS[second],
            "second_cell": shown(lines[0].split(second)[0]),
        }
        return TWO_SEPARATORS.at(where, **facts)
    return Separated(separator=best)


def _lines(text: str) -> list[str]:
    """Return the first lines with text, what is quoted left out."""
    lines = _QUOTED.sub("", text[:_SAMPLE]).split("\n")
    if len(text) > _SAMPLE and len(lines) > 1:
        lines.pop()
    return [line for line in lines if line.strip()][:_LINES]


def _evenness(separator: str, lines: list[str]) -> tuple[int, int]:
    """Return how many lines hold the usual number of separators, and that number."""
    counts = Counter(number for line in lines if (number := line.count(separator)))
    if not counts:
        return 0, 0
    usual, often = max(counts.items(), key=lambda entry: (entry[1], entry[0]))
    return often, usual
