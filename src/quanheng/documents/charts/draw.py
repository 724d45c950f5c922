"""A chart on its way into a document: a picture, how wide it is, and the sentence that stands for it."""

from __future__ import annotations

from typing import Final

from quanheng.documents.charts.vega import png_of, svg_of
from quanheng.documents.fonts.choice import Fonts
from quanheng.findings.patterns import bounded
from quanheng.findings.text import Language
from quanheng.findings.value import Value
from quanheng.studies.charts.chart import Chart

_SIZE: Final = bounded(r'width="([0-9]{1,5}(?:\.[0-9]{1,9})?)" height="([0-9]{1,5}(?:\.[0-9]{1,9})?)"')
_CONFIG: Final = {"axis": {"labelFontSize": 13, "titleFontSize": 13, "labelLimit": 300}}
"""Letters of a size that is read on paper, and names that are not cut."""
_WIDE: Final = 440.0
"""What a picture is taken to be wide, in points, if it does not say."""
_HIGH: Final = 160 / 25.4 * 72
"""So high is a picture at most, in points: with the title of its attachment above it, it fills a page."""
_POINTS: Final = 0.75
"""Points in a pixel."""


class Drawn(Value):
    """A picture as SVG, the width in points at which it stands on a page, and its sentence."""

    svg: str
    width: float
    sentence: str


def drawn(chart: Chart, language: Language, fonts: Fonts) -> Drawn:
    """Return the picture of a chart without its title, which a document has beside it.

    It is lettered in the font of headings, which may lie in a folder of the office.

    Raises:
        UsageError: the library that draws is not installed.
    """
    definition = chart.in_language(language)
    del definition["title"]
    letters = fonts.chosen["heading"]
    family = {} if letters is None else {"font": letters.font.family}
    definition["config"] = {**definition["config"], **_CONFIG, **family}
    svg = svg_of(definition, folders=fonts.folders)
    size = _SIZE.search(svg[:1000])
    wide, high = (_WIDE, _HIGH) if size is None else (float(each) * _POINTS for each in size.groups())
    return Drawn(svg=svg, width=wide * min(1.0, _HIGH / high), sentence=chart.sentence.in_language(language))


class Pixels(Value):
    """A picture as PNG of 300 dots an inch, its width in points, and its sentence."""

    content: bytes
    width: float
    sentence: str


def pixels_of(chart: Chart, language: Language, fonts: Fonts) -> Pixels:
    """Return the picture of a chart for programs that draw no SVG.

    Raises:
        UsageError: the library that draws is not installed.
    """
    picture = drawn(chart, language, fonts)
    return Pixels(content=png_of(picture.svg), width=picture.width, sentence=picture.sentence)
