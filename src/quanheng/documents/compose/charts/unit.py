"""One unit beside its group: from the group's mean to its own score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import narwhals as nw

from quanheng.documents.charts.waterfall import Ends, Step, waterfall
from quanheng.documents.compose.charts.made_of import REST, TOTAL, made_of
from quanheng.documents.compose.numbers import decimals_of_totals
from quanheng.documents.subject import Subject
from quanheng.engine.frame import columns as c
from quanheng.findings.text import Text
from quanheng.studies.charts.chart import Chart

_MEAN = Text(zh="本组平均分", en="the mean of its group")


def waterfall_charts(subject: Subject, units: Sequence[str] = ()) -> Iterator[Chart]:
    """Yield the waterfall of each of `units` that has a score, of all where none is named.

    A child that a unit has no score of adds none, and none to the mean: so the means of the parts add up to
    that of the totals as the parts do to each total.
    """
    decimals = decimals_of_totals(subject.result.scheme)
    everyone = sorted(str(code) for code in subject.result.ranking[c.UNIT].to_list())
    numbers = {code: number for number, code in enumerate(everyone, start=1)}
    for group in subject.result.scheme.groups:
        table = made_of(subject.result, group)
        names = [name for name, _ in table.parts]
        filled = table.rows.with_columns(*[nw.col(name).fill_null(0.0) for name in names])
        if not len(filled):
            continue
        means = filled.select(*[nw.col(name).mean() for name in (*names, TOTAL)]).row(0)
        wanted = filled if not units else filled.filter(nw.col(c.UNIT).is_in(list(units)))
        for row in wanted.sort(c.UNIT).iter_rows(named=True):
            called = Text(zh=row[c.NAME] or row[c.UNIT])
            steps = [
                Step(code=code, name=name, amount=row[code] - mean, minor=code == REST[0])
                for (code, name), mean in zip(table.parts, means, strict=False)
            ]
            number = f"{numbers[row[c.UNIT]]:0{len(str(len(everyone)))}}"
            yield waterfall(
                f"waterfall-{number}-{row[c.UNIT]}",
                Ends(start=_MEAN, begin=means[-1], stop=called, end=row[TOTAL]),
                steps,
                decimals=decimals,
                title=called,
                who=called,
            )
