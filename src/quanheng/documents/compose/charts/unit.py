"""One unit beside its group: from the group's mean to its own score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import narwhals as nw

from quanheng.documents.charts.waterfall import Ends, Step, waterfall
from quanheng.documents.compose.charts.made_of import REST, TOTAL, made_of
from quanheng.documents.compose.numbers import decimals_of_totals
from quanheng.documents.others import FEWEST
from quanheng.documents.subject import Subject
from quanheng.engine.frame import columns as c
from quanheng.findings.finding import Finding, Kind
from quanheng.findings.text import Text
from quanheng.studies.charts.chart import Chart

TELLING: Final = Kind(
    code="QH851",
    severity="note",
    en="no waterfall of units of {group}: fewer than {fewest} of them have a score, and a mean would"
    " tell those of others",
    zh="未画{group}各单位的瀑布图（waterfall）：该组有得分的单位少于 {fewest} 个，组均会透露其他单位的得分",
    hint_en="the office sees it: --audience internal",
    hint_zh="内部使用请加 --audience internal",
)
_MEAN: Final = Text(zh="本组平均分", en="the mean of its group")


def waterfall_charts(subject: Subject, units: Sequence[str] = ()) -> Iterator[Chart | Finding]:
    """Yield the waterfall of each of `units` that has a score, of all where none is named.

    Of a group so small that its mean tells of the others there is none for a unit; it is told.

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
        if subject.audience == "unit" and len(filled) < FEWEST:
            if not units or set(units) & set(filled[c.UNIT].to_list()):
                whose = Text(zh=group.name.zh or group.code, en=group.name.in_language("en") or group.code)
                yield TELLING.at(group=whose, fewest=FEWEST)
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
