"""What the tests of charts share: a chart drawn, and whether names came through it as they are."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Final

from quanheng.documents.charts.vega import svg_of
from quanheng.findings.text import Language
from quanheng.findings.visible import printable
from quanheng.studies.charts.chart import Chart

SVG: Final = "{http://www.w3.org/2000/svg}"
HOSTILE: Final = (
    '<script>alert("1")</script>',
    "=1+1",
    "a&amp;b\x07",
    "甲\u202e乙",
    "datum.x || 1",
    "甲" * 40,
)
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")


def texts_in(chart: Chart, language: Language) -> list[str]:
    """Return what is written in a chart without its title; the picture is well-formed or this fails."""
    definition = chart.in_language(language)
    del definition["title"]
    root = ET.fromstring(svg_of(definition))  # noqa: S314  our own picture
    assert not [element for element in root.iter() if element.tag.endswith("script")]
    return ["".join(element.itertext()) for element in root.iter(f"{SVG}text")]


def require_named(chart: Chart, names: tuple[str, ...] = HOSTILE) -> None:
    """See that a chart shows each of `names` as it is, or the begin of a long one, in both languages."""
    for language in LANGUAGES:
        texts = texts_in(chart, language)
        for name in names:
            begin = printable(name)[:16]
            assert any(begin in text for text in texts), (language, name, texts)
