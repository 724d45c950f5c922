"""A chart as a value: one Vega-Lite definition with texts in both languages, and the sentence it shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from quanheng.findings.text import Language, Text
from quanheng.findings.value import Value

_SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v6.json"
_FONT: Final = "Noto Sans CJK SC, Microsoft YaHei, sans-serif"


class Chart(Value):
    """A chart of a study.

    `name` is the file it is drawn to, without `.svg`. `sentence` says what there is to see. `definition` is
    Vega-Lite, its data in it; wherever people read a text there may stand a `Text`.
    """

    name: str
    title: Text
    sentence: Text
    definition: Mapping[str, Any]

    def in_language(self, language: Language) -> dict[str, Any]:
        """Return the Vega-Lite definition with its texts in `language`, a plain JSON value.

        Examples:
            >>> bars = {
            ...     "mark": "bar",
            ...     "encoding": {"x": {"field": "a", "title": Text(en="score", zh="得分")}},
            ... }
            >>> chart = Chart(name="bars", title=Text(en="Bars"), sentence=Text(en="High."), definition=bars)
            >>> chart.in_language("zh")["encoding"]["x"]["title"]
            '得分'
        """
        title = {
            "text": self.title.in_language(language),
            "subtitle": self.sentence.in_language(language),
            "anchor": "start",
        }
        return {
            "$schema": _SCHEMA,
            "title": title,
            "description": self.sentence.in_language(language),
            "config": {"font": _FONT},
            **_told(self.definition, language),
        }


def _told(part: Any, language: Language) -> Any:  # noqa: ANN401  any part of a definition
    match part:
        case Text():
            return part.in_language(language)
        case Mapping():
            return {key: _told(value, language) for key, value in part.items()}
        case list() | tuple():
            return [_told(value, language) for value in part]
        case _:
            return part
