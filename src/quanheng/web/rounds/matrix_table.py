"""The matrix of what is in as HTML: a box in each cell that can be decided, words for how it stands.

It is put together here and not by a template, which takes seconds for 2,000 cells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from quanheng.findings.text import Language, Text
from quanheng.web.rounds.queries.matrix import STANDING, Matrix, Spot
from quanheng.web.rounds.table import ABSENT_CELL, heading_of, names_alike

_CELL: Final = "../history/"
"""Where the page of a figure is, from that of the matrix: a whole address would be most of the page."""
_NATURES: Final = {
    "missing": Text(zh="（空）", en="(empty)"),
    "not_applicable": Text(zh="不适用", en="n/a"),
}
_ALL: Final = Text(zh="合计", en="All")
_FILES: Final = Text(zh="证明材料{count}个", en="files: {count}")
_BESIDE: Final = ("late", "doubt", "asked", "nobody", "absent")
"""What is told beside the state."""


def body_of(matrix: Matrix, language: Language) -> SafeString:
    """Return the rows of the body and the foot of the table."""
    lines = []
    alike = names_alike(matrix.all_units)
    for unit in matrix.units:
        cells = "".join(_cell(spot, language) for spot in matrix.row(unit))
        lines.append(
            heading_of(unit, language, alike)
            + cells
            + _counted(matrix.by_unit.get(unit.pk, Counter()), language)
            + "</tr>"
        )
    return mark_safe("\n".join(lines))  # noqa: S308  every text of others is escaped where it is put in


def foot_of(matrix: Matrix, language: Language) -> SafeString:
    """Return the row of totals by item."""
    cells = "".join(_counted(matrix.by_item.get(item.pk, Counter()), language) for item in matrix.items)
    everything = sum(matrix.by_item.values(), Counter[str]())
    heading = f'<tr><th scope="row">{_ALL.in_language(language)}</th>'
    row = f"{heading}{cells}{_counted(everything, language)}</tr>"
    return mark_safe(row)  # noqa: S308  words and numbers of our own


def counts_in_words(counts: Counter[str], language: Language) -> list[str]:
    """Return how many figures stand how, as it is told.

    Examples:
        >>> counts_in_words(Counter({"submitted": 3, "doubt": 1}), "zh")
        ['已提交 3', '存疑 1']
    """
    return [f"{name.in_language(language)} {counts[code]}" for code, name in STANDING.items() if counts[code]]


def _counted(counts: Counter[str], language: Language) -> str:
    return f'<td class="fixed"><small>{"<br>".join(counts_in_words(counts, language))}</small>'


def _cell(spot: Spot | None, language: Language) -> str:
    if spot is None:
        return "<td>–"
    if spot.cell is None and "absent" in spot.standing:
        return ABSENT_CELL[language]
    box = ""
    if spot.accept or spot.miss:
        named = f'aria-labelledby="u{spot.unit} i{spot.item}"'
        box = f'<input type="checkbox" name="c" value="{spot.name}" {named}>'
    marks = "".join(f"<small>{part}</small>" for part in _beside(spot, language))
    state = STANDING[spot.state].in_language(language)
    link = f'<a href="{_CELL}{spot.item}/{spot.unit}/">{state}</a>'
    return f'<td class="{spot.state}">{box}<b>{_value(spot, language)}</b>{link}{marks}'


def _value(spot: Spot, language: Language) -> str:
    if spot.cell is None:
        return ""
    words = _NATURES.get(spot.cell.nature)
    return words.in_language(language) if words else conditional_escape(spot.cell.written)


def _beside(spot: Spot, language: Language) -> Iterator[str]:
    for code in _BESIDE:
        if code in spot.standing:
            yield f'<b class="fault">{STANDING[code].in_language(language)}</b>'
    for doubt in spot.doubts:
        yield str(conditional_escape(doubt.finding.message(language)))
    if spot.files:
        yield _FILES.in_language(language).format(count=spot.files)
    if spot.cell is not None and spot.cell.note:
        yield str(conditional_escape(spot.cell.note))
