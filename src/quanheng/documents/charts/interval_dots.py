"""位次区间图: for each unit the interval in which its place lies, and the place that it has."""

from __future__ import annotations

from collections.abc import Sequence

from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.studies.charts.chart import Cells, Chart
from quanheng.studies.charts.kinds import intervals
from quanheng.studies.charts.labels import labels_of


class Interval(Value):
    """A unit with its place, and the interval in which it lies; None where it has none."""

    code: str
    name: str
    place: int | None
    low: float | None
    high: float | None


def interval_dots(name: str, units: Sequence[Interval], *, share: float, title: Text) -> Chart:
    """Return the intervals of `units` in this order; they hold `share` of the replicates.

    A unit without an interval has a row and nothing in it.
    """
    names = labels_of([unit.name or unit.code for unit in units], [unit.code for unit in units])
    rows = [
        {"name": label, "low": unit.low, "high": unit.high, "middle": None, "nominal": unit.place}
        for label, unit in zip(names, units, strict=True)
    ]
    return Chart(
        name=name,
        title=title,
        sentence=_sentence(names, units, share),
        definition=intervals(rows, Text(zh="位次", en="place"), reverse=True),
        cells=Cells(
            headings=(
                *(Text(zh="单位", en="unit"), Text(zh="名称", en="name"), Text(zh="位次", en="place")),
                *(Text(zh="区间起", en="from"), Text(zh="区间止", en="to")),
            ),
            rows=tuple((u.code, u.name, u.place, u.low, u.high) for u in units),
        ),
    )


def _sentence(names: Sequence[str], units: Sequence[Interval], share: float) -> Text:
    known = [
        (unit.high - unit.low, label, unit)
        for label, unit in zip(names, units, strict=True)
        if unit.low is not None and unit.high is not None
    ]
    per_cent = f"{100 * share:.12g}%"
    key = Text(
        zh=f"线段为{per_cent}的重复所在区间，菱形为现位次",
        en=f"line: interval of {per_cent} of the replicates; diamond: place",
    )
    if not known:
        return Text(zh=f"没有位次区间；{key.zh}。", en=f"There are no intervals; {key.en}.")
    wide, label, unit = max(known, key=lambda each: each[0])
    sure = sum(1 for span, _, _ in known if not span)
    told = Text(
        zh=f"{len(known)}个单位中{sure}个的位次确定；区间最宽的是{label}（{unit.low:g}—{unit.high:g}位）",
        en=f"The places of {sure} of {len(known)} are certain; the widest interval is that of {label} "
        f"({unit.low:g} to {unit.high:g})",
    )
    if not wide:
        told = Text(zh=f"{len(known)}个单位的位次都确定", en=f"The places of all {len(known)} are certain")
    return Text(zh=f"{told.zh}；{key.zh}。", en=f"{told.en}; {key.en}.")
