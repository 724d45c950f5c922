"""A chart as a value: one Vega-Lite definition with texts in both languages, and the sentence it shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias

from quanheng.findings.showing import Shows
from quanheng.findings.text import Language, Text
from quanheng.findings.value import Value
from quanheng.findings.visible import printable

_SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v6.json"
_FONT: Final = "Noto Sans CJK SC, Microsoft YaHei, sans-serif"
_LABEL: Final = 320
"""So many pixels wide may a label be before it is cut."""
_ROOM: Final = {"labelLimit": _LABEL, "labelOverlap": "greedy", "labelSeparation": 4}
_LINE: Final = 96
"""So wide is a line of the sentence; a Chinese character counts twice."""


Cell: TypeAlias = Text | str | float | None


class Cells(Value):
    """What a chart shows, as a table: its headings, and a row for each thing that is drawn."""

    headings: tuple[Text, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()

    def in_language(self, language: Language) -> dict[str, list[str | float | None]]:
        """Return the columns of the table by their headings."""
        return {
            heading.in_language(language): [_cell(row[number], language) for row in self.rows]
            for number, heading in enumerate(self.headings)
        }


NO_CELLS: Final = Cells()


def _cell(cell: Cell, language: Language) -> str | float | None:
    return cell.in_language(language) if isinstance(cell, Text) else cell


class Chart(Value, Shows):
    """A chart: of a study, or of a result.

    `name` is the file it is drawn to, without `.svg`. `sentence` says what there is to see, and stands for
    the chart where it is not seen. `definition` is Vega-Lite, its data in it; wherever people read a text
    there may stand a `Text`. `cells` are the same data as a table; a study has its own tables instead.
    """

    name: str
    title: Text
    sentence: Text
    definition: Mapping[str, Any]
    cells: Cells = NO_CELLS

    def in_language(self, language: Language) -> dict[str, Any]:
        """Return the Vega-Lite definition with its texts in `language`, a plain JSON value.

        What would act in a picture instead of being seen is shown by its number.

        Examples:
            >>> bars = {
            ...     "mark": "bar",
            ...     "encoding": {"x": {"field": "a", "title": Text(en="score", zh="得分")}},
            ... }
            >>> chart = Chart(name="bars", title=Text(en="Bars"), sentence=Text(en="High."), definition=bars)
            >>> chart.in_language("zh")["encoding"]["x"]["title"]
            '得分'
        """
        sentence = printable(self.sentence.in_language(language))
        title = {
            "text": printable(self.title.in_language(language)),
            "subtitle": _in_lines(sentence),
            "anchor": "start",
        }
        return {
            "$schema": _SCHEMA,
            "title": title,
            "description": sentence,
            "config": {"font": _FONT, "axis": _ROOM, "legend": {"labelLimit": _LABEL}},
            **_told(self.definition, language),
        }


def _in_lines(sentence: str) -> list[str]:
    """Return a sentence as lines that are no wider than a chart is.

    Examples:
        >>> _in_lines("short"), [len(line) for line in _in_lines("很" * 60)]
        (['short'], [48, 12])
    """
    lines, line, width = [], "", 0
    for word in _words(sentence):
        own = sum(_WIDE if sign >= _FAR_EAST else 1 for sign in word)
        if line and width + own > _LINE:
            lines.append(line.rstrip())
            line, width = "", 0
        line, width = line + word, width + own
    return [*lines, line.rstrip()]


def _words(sentence: str) -> Iterator[str]:
    """Yield what must not be cut: a Chinese character, or what stands up to the next blank."""
    word = ""
    for sign in sentence:
        ends = sign >= _FAR_EAST or word[-1:] == " " or word[-1:] >= _FAR_EAST
        if word and ends and sign not in _CLOSING and word[-1] not in _OPENING:
            yield word
            word = ""
        word += sign
    yield word


_CLOSING, _OPENING = frozenset("，。；：、）》”’"), frozenset("（《“‘")
"""What begins no line, and what ends none."""
_FAR_EAST: Final = "\u2e80"
_WIDE: Final = 2


def _told(part: Any, language: Language) -> Any:  # noqa: ANN401  any part of a definition
    match part:
        case Text():
            return printable(part.in_language(language))
        case str():
            return printable(part)
        case Mapping():
            return {key: _told(value, language) for key, value in part.items()}
        case list() | tuple():
            return [_told(value, language) for value in part]
        case _:
            return part
