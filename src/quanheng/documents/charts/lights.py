"""灯图: the lights of units × indicators, each a mark of its own shape, never a colour alone."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from quanheng.findings.text import Language, Text
from quanheng.findings.value import Value
from quanheng.studies.charts.chart import Cells, Chart
from quanheng.studies.charts.labels import labels_of, texts_of

_CELL: Final = 26
_KEY: Final = 24
"""How far below the last row the key stands."""
_CHARACTER: Final = 13
_NARROW: Final = 0.56
"""How wide a letter of the alphabet is, beside a Chinese character."""
_BETWEEN: Final = 22


class Sign(Value):
    """How a light is drawn: its mark, its colour and its word."""

    mark: str
    colour: str
    word: Text


class Lights(Value):
    """What is drawn: rows and columns by code and name, and the light of each; a pair may have none.

    `alarms` are the lights that are bad news, the worst first.
    """

    units: Sequence[tuple[str, str]]
    indicators: Sequence[tuple[str, Text]]
    lights: Mapping[tuple[str, str], str]
    signs: Mapping[str, Sign]
    alarms: Sequence[str] = ()


def lights(name: str, drawn: Lights, *, title: Text) -> Chart:
    """Return a chart with a row for each unit and a column for each indicator, and the key below."""
    names = labels_of([called or code for code, called in drawn.units], [code for code, _ in drawn.units])
    heads = texts_of([text for _, text in drawn.indicators], [code for code, _ in drawn.indicators])
    rows = list(_rows(drawn, names, heads))
    return Chart(
        name=name,
        title=title,
        sentence=_sentence(drawn, names),
        definition={
            "width": _CELL * len(heads),
            "height": _CELL * len(names),
            "layer": [
                {
                    "data": {"values": rows},
                    "mark": {"type": "text", "fontSize": 16},
                    "encoding": {
                        "y": {
                            "field": "name",
                            "type": "nominal",
                            "title": None,
                            "scale": {"domain": names},
                            "axis": {"ticks": False, "domain": False},
                        },
                        "x": {
                            "field": "indicator",
                            "type": "nominal",
                            "title": None,
                            "scale": {"domain": heads},
                            "axis": {
                                "orient": "top",
                                "labelAngle": -45,
                                "labelAlign": "left",
                                "labelOverlap": False,
                                "ticks": False,
                                "domain": False,
                            },
                        },
                        "text": {"field": "mark"},
                        "color": {"field": "colour", "type": "nominal", "scale": None, "legend": None},
                        "description": {"field": "said"},
                    },
                },
                *_key(drawn.signs, y=_CELL * len(names) + _KEY),
            ],
        },
        cells=Cells(
            headings=(
                *(Text(zh="单位", en="unit"), Text(zh="名称", en="name")),
                *(Text(zh="指标", en="indicator"), Text(zh="状态", en="light")),
            ),
            rows=tuple(
                (code, called, text, drawn.signs[light].word)
                for code, called in drawn.units
                for indicator, text in drawn.indicators
                if (light := drawn.lights.get((code, indicator))) is not None
            ),
        ),
    )


def _rows(drawn: Lights, names: Sequence[str], heads: Sequence[Text]) -> Iterator[dict[str, Any]]:
    """Yield each light with what is said where it is read aloud."""
    for name, (unit, _) in zip(names, drawn.units, strict=True):
        for head, (indicator, _) in zip(heads, drawn.indicators, strict=True):
            light = drawn.lights.get((unit, indicator))
            if light is not None:
                sign = drawn.signs[light]
                said = Text(zh=f"{name}，{head.zh}：{sign.word.zh}", en=f"{name}, {head.en}: {sign.word.en}")
                yield {
                    "name": name,
                    "indicator": head,
                    "mark": sign.mark,
                    "colour": sign.colour,
                    "said": said,
                }


def _key(signs: Mapping[str, Sign], *, y: int) -> Iterator[dict[str, Any]]:
    """Yield a layer for each mark and its word, in one line."""
    x = 0.0
    for sign in signs.values():
        for text, ink, wide in (
            (Text(zh=sign.mark, en=sign.mark), sign.colour, 1.3 * _CHARACTER),
            (sign.word, "#222222", max(_length(sign.word.zh), _length(sign.word.en)) + _BETWEEN),
        ):
            yield {
                "data": {"values": [{"key": text}]},
                "mark": {"type": "text", "align": "left", "fontSize": _CHARACTER, "color": ink},
                "encoding": {"x": {"value": x}, "y": {"value": y}, "text": {"field": "key"}},
            }
            x += wide


def _length(text: str) -> float:
    """Return about how many pixels `text` takes."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return (wide + (len(text) - wide) * _NARROW) * _CHARACTER


def _sentence(drawn: Lights, names: Sequence[str]) -> Text:
    """Return how many there are of each light, and who has most of the worst that there is."""
    counts = Counter(drawn.lights.values())
    told = {light: sign.word for light, sign in drawn.signs.items() if counts[light]}
    parts = {
        language: [f"{word.in_language(language)} {counts[light]}" for light, word in told.items()]
        for language in _LANGUAGES
    }
    zh, en = "，".join(parts["zh"]), ", ".join(parts["en"])
    worst = next((light for light in drawn.alarms if counts[light]), None)
    if worst is None:
        return Text(
            zh=f"{zh}。" if zh else "没有可显示的状态。", en=f"{en}." if en else "There are no lights."
        )
    bad = Counter(unit for (unit, _), light in drawn.lights.items() if light == worst)
    most = max(bad.values())
    who = [name for name, (code, _) in zip(names, drawn.units, strict=True) if bad[code] == most]
    word = drawn.signs[worst].word
    several = len(who) > 1
    return Text(
        zh=f"{zh}。{word.zh}最多的是{who[0]}{f'等{len(who)}个单位' if several else ''}（{most}项）。",
        en=f"{en}. {who[0]}{f' and {len(who) - 1} more have' if several else ' has'} most of "
        f"{word.en} ({most}).",
    )


_LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
