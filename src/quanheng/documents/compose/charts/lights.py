"""The lights of units × indicators, from the progress of a book to a chart."""

from __future__ import annotations

from quanheng.documents.charts.lights import Lights, Sign, lights
from quanheng.findings.text import Text
from quanheng.insight.progress.lights import BAD, LOOKS
from quanheng.insight.progress.progress import Progress
from quanheng.studies.charts.chart import Chart


def lights_chart(progress: Progress, name: str = "lights") -> Chart:
    """Return the chart of all rows of `progress`: units in the book's order, indicators in the scheme's."""
    rows = progress.described("zh")
    chinese, english = (
        dict(table.select("indicator", "indicator_name").unique().rows())
        for table in (rows, progress.described("en"))
    )
    title = progress.scheme.title
    return lights(
        name,
        Lights(
            units=rows.select("unit", "name").unique(maintain_order=True).rows(),
            indicators=[
                (each.code, Text(zh=chinese[each.code], en=english[each.code]))
                for each in progress.scheme.indicators
                if each.code in chinese
            ],
            lights={
                (unit, code): light for unit, code, light in rows.select("unit", "indicator", "light").rows()
            },
            signs={
                light: Sign(mark=look.mark, colour=look.colour, word=look.word)
                for light, look in LOOKS.items()
            },
            alarms=BAD,
        ),
        title=Text(
            zh=f"{title.in_language('zh')}  {progress.at}", en=f"{title.in_language('en')}  {progress.at}"
        ),
    )
