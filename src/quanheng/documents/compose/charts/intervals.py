"""How sure the places of each group are, as a chart, from the study of robustness beside the result."""

from __future__ import annotations

from collections.abc import Iterator

from quanheng.documents.charts.interval_dots import Interval, interval_dots
from quanheng.documents.compose.charts.scores import FEWEST, MOST, of_many
from quanheng.documents.compose.charts.titles import titled
from quanheng.documents.compose.standings import rankings_of
from quanheng.documents.studied import Robustness
from quanheng.documents.subject import Subject
from quanheng.findings.text import Text
from quanheng.studies.charts.chart import Chart


def interval_charts(subject: Subject, study: Robustness) -> Iterator[Chart]:
    """Yield the intervals of the units of each group that have a place, so many units a chart."""
    for group, rows in rankings_of(subject):
        placed = [row for row in rows if row["place"] is not None and row["unit"] in study.units]
        if len(placed) < FEWEST:
            continue
        for start in range(0, len(placed), MOST):
            part = placed[start : start + MOST]
            units = []
            for row in part:
                known = study.units[row["unit"]]
                units.append(
                    Interval(
                        code=row["unit"],
                        name=row["name"] or "",
                        place=row["place"],
                        low=known.low,
                        high=known.high,
                    )
                )
            title = titled(subject.result.scheme, group, Text(zh="位次区间", en="Intervals of places"))
            yield interval_dots(
                f"intervals-{group.code}-{start}",
                units,
                share=study.level,
                title=of_many(title, start, part, len(placed)),
            )
