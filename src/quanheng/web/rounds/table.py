"""The table of a grid as HTML: an input in each cell that can be written to, headings that name it.

It is put together here and not by a template, which takes seconds for 2,000 cells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from quanheng.findings.finding import Finding
from quanheng.findings.text import Language, Text
from quanheng.findings.value import Value, field
from quanheng.process.rounds.reported import REPORTED
from quanheng.web.rounds.domain.earlier import Past
from quanheng.web.rounds.models import AskedUnit, Cell
from quanheng.web.rounds.queries.grid import Box, Grid
from quanheng.web.rounds.reading import decimals_of

_LAST: Final = Text(zh="上期", en="last")
_LAST_YEAR: Final = Text(zh="去年", en="a year ago")
_THEIRS: Final = Text(zh="{who}填的是：{value}", en="{who} wrote: {value}")
_NOTHING: Final = Text(zh="（空）", en="(empty)")
_CHOOSE: Final = Text(zh="请选择", en="choose")
_MINE: Final = Text(zh="用我的", en="keep mine")
_OTHERS: Final = Text(zh="用对方的", en="take theirs")
_HISTORY: Final = "../history/"
"""Where the history of a figure is, from the page of its grid: a whole address would be most of the page."""
_AIM: Final = Text(zh="目标", en="target")
_ASKED: Final = Text(zh="考核办有提问", en="the office asks")
_DOUBT: Final = Text(zh="存疑：", en="In doubt: ")
_CHOICE: Final = Text(zh="两个值取哪一个", en="which of the two values")

ABSENT: Final = Text(zh="不在", en="not there")
ABSENT_CELL: Final[Mapping[Language, str]] = {
    language: f'<td class="fixed">{ABSENT.in_language(language)}' for language in ("zh", "en")
}
"""A cell of a unit that is not there on the last day of the round."""


class Typed(Value):
    """What somebody typed and could not save: the texts, why not, and where somebody else was faster."""

    texts: Mapping[tuple[int, int], str] = field(default_factory=dict)
    refused: Mapping[tuple[int, int], tuple[Finding, ...]] = field(default_factory=dict)
    conflicts: frozenset[tuple[int, int]] = frozenset()


def rows_of(grid: Grid, language: Language, typed: Typed) -> SafeString:
    """Return the rows of the body of the table.

    Args:
        grid: what stands in it.
        language: that of the words beside the figures.
        typed: what was typed and not saved.
    """
    lines = []
    alike = names_alike(grid.units)
    for unit in grid.units:
        cells = [
            "<td>–"
            if box is None
            else ABSENT_CELL[language]
            if is_absent(unit, box.cell)
            else _cell(box, language, typed)
            for box in grid.row(unit)
        ]
        lines.append(heading_of(unit, language, alike) + "".join(cells) + "</tr>")
    return mark_safe("\n".join(lines))  # noqa: S308  every text of others is escaped where it is put in


def names_alike(units: Iterable[AskedUnit]) -> frozenset[str]:
    """Return the names that several of `units` have: two counties may each have a town of that name."""
    often = Counter(unit.unit.name for unit in units)
    return frozenset(name for name, number in often.items() if number > 1)


def heading_of(unit: AskedUnit, language: Language, alike: frozenset[str]) -> str:
    """Return the beginning of the row of a unit: its name, and why nothing is asked of it if that is so.

    Beside a name that is one of those `alike` stands the code.
    """
    name = f"{unit.unit.name} [{unit.unit_id}]" if unit.unit.name in alike else unit.unit.name
    absence = unit.absence
    why = f"<small>{conditional_escape(absence.in_language(language))}</small>" if absence else ""
    return f'<tr><th scope="row" id="u{unit.pk}">{conditional_escape(name)}{why}</th>'


def is_absent(unit: AskedUnit, cell: Cell | None) -> bool:
    """Return whether nothing is asked of `unit` and nothing is there of it, at the place of `cell`."""
    return cell is None and not unit.is_there


def _cell(box: Box, language: Language, typed: Typed) -> str:
    marks = "".join(f"<small>{part}</small>" for part in _beside(box, language, typed))
    link = ""
    if box.version or box.is_asked:
        link = f'<a href="{_HISTORY}{box.item}/{box.unit}/">{_state(box, language)}</a>'
    if box.refused and box.place not in typed.texts:
        shown = conditional_escape(box.cell.written if box.cell else "")
        return f'<td class="{box.state} fixed"><b>{shown}</b>{marks}{link}'
    text = typed.texts.get(box.place, box.cell.written if box.cell else "")
    wrong = ' aria-invalid="true"' if box.place in typed.refused else ""
    picks = _choice(box, language) if box.place in typed.conflicts else ""
    value = f' value="{conditional_escape(text)}"' if text else ""
    return (
        f'<td class="{box.state}"><input name="{box.name}" aria-labelledby="u{box.unit} i{box.item}"'
        f"{value}{wrong}>{marks}{picks}{link}"
    )


def _beside(box: Box, language: Language, typed: Typed) -> Iterator[str]:
    """Yield what stands below a figure: what is wrong, what it was returned with, earlier ones."""
    for finding in typed.refused.get(box.place, ()):
        yield f'<b class="fault">{conditional_escape(finding.message(language))}</b>'
    if box.place in typed.conflicts and box.cell is not None:
        words = _THEIRS.in_language(language)
        value = box.cell.written or _NOTHING.in_language(language)
        yield str(conditional_escape(words.format(who=box.cell.entered_by, value=value)))
    if box.cell is not None and box.state == "returned" and box.cell.message:
        yield f'<b class="fault">{conditional_escape(box.cell.message)}</b>'
    if box.is_asked:
        yield f'<b class="fault">{_ASKED.in_language(language)}</b>'
    for doubt in box.doubts:
        yield f"{_DOUBT.in_language(language)}{conditional_escape(doubt.words.in_language(language))}"
    before = [
        f"{name.in_language(language)} {conditional_escape(cell.written)}"
        for name, cell in ((_LAST, box.earlier.last), (_LAST_YEAR, box.earlier.last_year))
        if cell is not None and cell.written and (name is _LAST or cell is not box.earlier.last)
    ]
    if before:
        yield " · ".join(before)
    if box.aim is not None:
        period = f" ({box.aim.period})" if box.aim.period else ""
        yield f"{_AIM.in_language(language)} {box.aim.written}{period}"
    if box.cell is not None and _fewer_decimals(box.cell, box.earlier.last):
        taken = decimals_of(box.cell.written)
        own = decimals_of(box.earlier.last.written) if box.earlier.last else 0
        yield Text(zh=f"小数{taken}位，上期{own}位", en=f"{taken} decimals, {own} last time").in_language(
            language
        )


def _fewer_decimals(cell: Cell, last: Past | None) -> bool:
    if last is None or cell.nature != "value" or last.nature != "value":
        return False
    return decimals_of(cell.written) < decimals_of(last.written)


def _choice(box: Box, language: Language) -> str:
    options = "".join(
        f'<option value="{value}">{name.in_language(language)}</option>'
        for value, name in (("", _CHOOSE), ("mine", _MINE), ("theirs", _OTHERS))
    )
    return f'<select name="p{box.name}" aria-label="{_CHOICE.in_language(language)}">{options}</select>'


def _state(box: Box, language: Language) -> str:
    return REPORTED.states[box.state].in_language(language)
